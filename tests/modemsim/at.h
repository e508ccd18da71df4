/* SPDX-License-Identifier: GPL-3.0-or-later */
/* at: the command interpreter of one modem (ITU-T V.250, TS 27.007 clause 4): reads lines, finds commands,
 * sends answers and unsolicited codes. What the commands do is in at_general.c, at_sms.c and ussd.c. */
#ifndef AT_H
#define AT_H

#include "modem.h"

#include <event2/event.h>

enum at_operation { AT_RUN, AT_READ, AT_TEST, AT_SET };	/* +X  +X?  +X=?  +X=... */

enum at_final {
	AT_OK,
	AT_ERROR,
	AT_CME,		/* +CME ERROR (TS 27.007, 9.2), as AT+CMEE says */
	AT_CMS,		/* +CMS ERROR (TS 27.005, 3.2.5) */
	AT_PROMPT,	/* "> ": the next bytes are data for at_sms_data */
	AT_LITERAL	/* the information lines hold the final one too */
};

struct at_result {
	enum at_final final;
	int           code;
};

struct evbuffer;

/* One command being executed. */
struct at_call {
	struct modem     *modem;
	const char       *name;		/* upper case, with its + */
	enum at_operation op;
	const char       *args;		/* behind =, borrowed */
	struct evbuffer  *info;		/* information lines so far */
};

typedef struct at_result at_handler(struct at_call *c);

struct at_command {
	const char *name;
	at_handler *run;
};

/* Tables end with a NULL name. */
extern const struct at_command at_general_commands[], at_sms_commands[], ussd_commands[];

struct at *at_new(struct modem *m, struct event_base *base);
void at_free(struct at *at);

/* The line was cut: half a command, an answer under way and what waited behind it are gone. */
void at_hang_up(struct modem *m);

/* Power came back: all that commands set is as the factory left it, a modem that hung is alive. */
void at_reset(struct modem *m);

/* The modem does not answer until it is healed or reset. */
bool at_is_dead(const struct modem *m);
void at_revive(struct modem *m);

/* Bytes from the line. */
void at_input(void *modem, const char *bytes, size_t len);

/* Adds an information line to the answer. */
void at_say(struct at_call *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Sends an unsolicited result code (without CR LF), after the answer in progress if there is one. */
void at_urc(struct modem *m, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* While on, unsolicited codes do not wait for the answer in progress: they overtake it. */
void at_overtake(struct modem *m, bool on);

/* The next parameter of a list; *args moves on behind the comma. A missing number is fallback, a missing string "".
 * at_string takes quoted and bare words and cuts at size. */
int at_number(const char **args, int fallback);
void at_string(const char **args, char *out, size_t size);

/* After AT_PROMPT: takes the data the modem got before Ctrl-Z (at_sms.c). */
struct at_result at_sms_data(struct at_call *c, const char *data);

/* The character set of strings (+CSCS) is UCS2 (at_general.c sets it). */
bool at_is_ucs2(const struct modem *m);
void at_set_charset(struct modem *m, const char *name);
const char *at_charset(const struct modem *m);
void at_set_echo(struct modem *m, bool on);
void at_set_errors(struct modem *m, int cmee);
int at_errors(const struct modem *m);

/* How often each command came: calls count for each name. */
void at_stats(const struct modem *m, void (*count)(void *arg, const char *name, unsigned long n), void *arg);
void at_clear_stats(struct modem *m);

#endif
