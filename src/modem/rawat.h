/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rawat: AT commands straight to a tty, past libGammu. What comes back may be any bytes. */
#ifndef MODEM_RAWAT_H
#define MODEM_RAWAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sms.h"
#include "modem/conf.h"

#define RAWAT_LINE_SIZE (2 * SMS_RAW_MAX + 2)

enum rawat_end { RAWAT_NO_END, RAWAT_OK, RAWAT_ERROR };

/* What a modem gave in place of a message: octets if it was hexadecimal, else the characters, cut at the array. */
struct rawat_bytes {
	size_t length;
	bool characters;                /* these */
	uint8_t bytes[SMS_RAW_MAX];
};

/* Of a line; blanks around it do not count. */
void rawat_bytes_of(const char *line, struct rawat_bytes *out);

/* What came between: of a message that the modem has stored, where; or the message itself, which it has not. */
struct rawat_news {
	char memory[3];                 /* of +CMTI and +CDSI */
	int slot;
	struct rawat_bytes direct;      /* of +CMT and +CDS, and then memory is "" */
};

#define RAWAT_NEWS_MOST 8               /* of more a sweep will tell */

/* An answer, as it comes in. */
struct rawat_answer {
	const char *command;            /* borrowed; its echo is passed over */
	enum rawat_end end;
	int code;                       /* of a CMS or CME ERROR; -1 */
	bool message;                   /* a line +CMGR: was there, other than that of an empty slot ",,0" */
	struct rawat_bytes body;        /* the line behind it */
	char time[SMS_TIME_SIZE];       /* of a line +CCLK:, see cclk.h; "" none */
	struct rawat_news news[RAWAT_NEWS_MOST];
	size_t news_count;
	/* own */
	bool direct_follows, body_follows;
	char line[RAWAT_LINE_SIZE];
	size_t line_length;
};

/* Empty for a new command; of a zeroed struct. The news stay until the caller has seen them. */
void rawat_begin(struct rawat_answer *answer, const char *command);

/* Takes more of it; true once the end is known. Of what comes behind the end only news are taken. */
bool rawat_take(struct rawat_answer *answer, const char *bytes, size_t length);

/* Gives a command (without CR) and takes its answer. 0 with answer->end OK or ERROR; -ETIMEDOUT, -EIO. Bytes
 * without an end do not make it wait longer. */
__attribute__((warn_unused_result))
int rawat_ask(int fd, const char *command, uint32_t wait_ms, struct rawat_answer *answer);

/* A slot as AT+CMGR wants it. */
struct rawat_slot {
	const char *memory;             /* "SM" */
	const char *back;               /* the memory to be selected again afterwards; "" or the same: none */
	int index;
};

/* Reads a slot. 0 with answer->body; -ENOENT empty; -EAGAIN the modem would not; -ETIMEDOUT, -EIO. */
__attribute__((warn_unused_result))
int rawat_read(int fd, const struct rawat_slot *slot, struct rawat_answer *answer);

/* Empties a slot. The same errors. */
__attribute__((warn_unused_result))
int rawat_delete(int fd, const struct rawat_slot *slot, struct rawat_answer *answer);

/* Asks for the modem's clock. 0 with answer->time; -EAGAIN the modem would not, or says nothing to that; -ETIMEDOUT it
 * is silent altogether; -EIO. */
__attribute__((warn_unused_result))
int rawat_clock(int fd, struct rawat_answer *answer);

/* Gives the modem the commands conf->init, each with 2 s to answer. An ERROR from the modem is logged and no
 * failure. 0 or -errno of the device; -ETIMEDOUT when there was no answer. */
__attribute__((warn_unused_result))
int rawat_init(const struct modem_conf *conf);

/* Starts the modem anew: AT+CFUN=1,1, or where that is refused off and on again. 0 when it answers again;
 * -EIO when its device goes away meanwhile, as of a USB stick it should; -ETIMEDOUT; -errno of the device. */
__attribute__((warn_unused_result))
int rawat_reset(const struct modem_conf *conf);

#endif
