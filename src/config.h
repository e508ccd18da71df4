/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config: the INI file as each room's own values, and where the grammars are. Does not know what any of it does. */
#ifndef CONFIG_H
#define CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "gate/retention.h"
#include "modem/conf.h"
#include "store/spend.h"

#define KENTONGAN_VERSION "0.1.0"
#define CONFIG_FILE "/etc/kentongan/kentongan.conf"

#define CONFIG_NONE "none"      /* what is not wanted although it has a default */

/* Exit statuses of both programs. */
enum { EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_CONFIG };

/* What the command line says; NULL where it says nothing. */
struct config_options { const char *file, *database, *grammars; };

struct config {
	char *file;                     /* NULL: there is none, all are defaults */
	char *database, *control;
	char *menu_socket;              /* "" : none */
	char *grammars;                 /* "" : search */
	char *category_list;            /* "" : the grammar's own */
	char *own_numbers, *destinations;
	char *backup;                   /* folder, or CONFIG_NONE */
	char *backup_stick;             /* folder on another file system; "" : none */
	int backup_hour, backup_keep;   /* local time; days */
	int log_level;
	int sweep_seconds, status_seconds;
	int sms_price;                  /* rupiah for an SMS, for what the operator is shown; 0 unknown */
	struct retention_days retention;
	struct spend_rules spend;       /* limits; where a day ends and whom they spare is set by whoever has the grammar */
	struct modem_conf *modems;
	size_t modem_count;
	char *notes;                    /* lines worth a warning in the log; NULL none */
	uint64_t given;                 /* a bit per row of its section in the table: not a default */
	uint64_t *modem_given;          /* the same for each modem */
};

/* Reads options->file, or CONFIG_FILE; -d and -g override what it says. The caller frees with config_free().
 * NULL: *error (the caller's) is one or more lines "file: [section] key: what, what was expected".
 * A missing CONFIG_FILE that nobody named is no error: the defaults, file NULL. */
struct config *config_load(const struct config_options *options, char **error) __attribute__((warn_unused_result));
void config_free(struct config *config);

/* What a daemon needs and `kentongan try` does not: the file and a modem. NULL, or the complaint (the caller's). */
char *config_incomplete(const struct config *config) __attribute__((warn_unused_result));

/* Before `now` is replaced by `next` in a running daemon: what cannot change without a restart is kept as it is
 * in now. Returns lines that name such changes (the caller's), NULL if there were none. */
char *config_keep(struct config *now, struct config *next) __attribute__((warn_unused_result));

/* The configuration in force as a configuration file, defaults marked. */
void config_print(const struct config *config, FILE *out);

/* The grammar, from the first of: -g and [core] grammars (as config->grammars), grammars/ beside the executable,
 * ../share/kentongan/grammars from there, /usr/share/kentongan/grammars. NULL: *error (the caller's) says why. */
struct grammar *config_grammar(const struct config *config, char **error) __attribute__((warn_unused_result));

/* Says on out all that is wrong with configuration and grammar. EXIT_DONE or EXIT_CONFIG. */
int config_check(const struct config_options *options, FILE *out) __attribute__((warn_unused_result));

#endif
