/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctl: what the commands of kentongan(1) have in common. The table of them is in main.c; each is a function in a file of
 * its own. */
#ifndef CTL_CTL_H
#define CTL_CTL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "config.h"
#include "store/store.h"

struct grammar;
struct role;

/* Options that only some commands have; each row of the table says which. */
enum option_name {
	OPTION_COMMIT, OPTION_JSON, OPTION_AT, OPTION_FROM, OPTION_STATE, OPTION_NUMBERS, OPTION_TEXT, OPTION_SENSITIVE,
	OPTION_DRY_RUN,
	OPTION_NAME, OPTION_ORG, OPTION_RW, OPTION_REPLACE, OPTION_REMOVE, OPTION_UNLOCK,
	OPTIONS
};

/* What the command line says. */
struct call {
	struct config_options files;
	const char *options[OPTIONS];   /* NULL not given; "" it takes no value */
	const char **words;             /* after the command */
	int word_count;
};

struct command {
	const char *name, *arguments, *help, *more;
	int least, most;                /* words */
	int (*run)(const struct command *command, const struct call *call);
	unsigned options;               /* bits 1 << enum option_name */
};

/* The commands: each returns an exit status of config.h, and has said on standard error what went wrong. */
int ctl_try(const struct command *command, const struct call *call);
int ctl_import(const struct command *command, const struct call *call);
int ctl_config(const struct command *command, const struct call *call);
int ctl_check(const struct command *command, const struct call *call);
int ctl_guide(const struct command *command, const struct call *call);
int ctl_inbox(const struct command *command, const struct call *call);
int ctl_show(const struct command *command, const struct call *call);
int ctl_remind(const struct command *command, const struct call *call);
int ctl_people(const struct command *command, const struct call *call);
int ctl_export(const struct command *command, const struct call *call);
int ctl_backup(const struct command *command, const struct call *call);
int ctl_restore(const struct command *command, const struct call *call);
int ctl_online(const struct command *command, const struct call *call);
int ctl_ussd(const struct command *command, const struct call *call);

/* Says how it is used. EXIT_USAGE. */
int ctl_misused(const struct command *command);

/* NULL: said why, the status is EXIT_CONFIG. The caller's. */
struct config *ctl_open_config(const struct call *call);
struct grammar *ctl_open_grammar(const struct config *config);
/* NULL: said why, the status is EXIT_FAILED. The caller's. Numbers can be masked from then on. */
struct store *ctl_open_store(const char *database, enum store_mode mode);

/* NULL: it is none, and the roles were named. Whatever its letters' case. */
const struct role *ctl_find_role(const struct grammar *grammar, const char *word);

/* A stream to the daemon, which may be silent for so long; NULL: said why. Closed by fclose(). */
FILE *ctl_call_daemon(const char *socket, int seconds);

/* Everything that a command on the database needs. false: said why, status is the exit status. In either
 * case closed by ctl_leave(). */
struct ctl_room { struct config *config; struct grammar *grammar; struct store *store; int status; };
bool ctl_enter(const struct call *call, struct ctl_room *room) __attribute__((warn_unused_result));
void ctl_leave(struct ctl_room *room);

/* "2026-10-20 09:00:03 WIB", by the zone of the area code ("" where most of the box's people are); "never" of 0. */
#define CTL_TIME_SIZE 40
const char *ctl_time(const struct grammar *grammar, const char *area, int64_t wall, char out[CTL_TIME_SIZE]);
/* A number as the command line wants it shown: masked, unless --numbers was given. */
const char *ctl_number(const struct call *call, const char *number, char out[CTL_TIME_SIZE]);
/* "2 SMS", or "2 SMS, Rp 700" where the configuration knows a price. */
const char *ctl_cost(const struct config *config, int64_t sms, char out[CTL_TIME_SIZE]);

#endif
