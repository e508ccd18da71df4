/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inbox: received messages: stored before the SIM forgets them, each once for ever. */
#ifndef STORE_INBOX_H
#define STORE_INBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sms.h"

struct store;

enum inbox_take {
	INBOX_NEW,          /* stored, a whole message: to be read */
	INBOX_DUPLICATE,    /* was here before: only the slot is to be freed */
	INBOX_WAITING,      /* stored, other parts of it are missing */
	INBOX_COMPLETE,     /* stored, and the whole message is there: to be read */
	INBOX_REJECTED,     /* stored, never read nor answered (flash, binary, silent, no sender) */
};

/* One part of one SIM in a transaction of its own; a single message or the last missing part makes one row NEW
 * with the whole text. 0 or -errno; only after 0 may the slot be freed. -EINVAL: the part is not sane, not stored.
 * DUPLICATE: one of its key was here at any time; of a part without a network time, on the same day, or `again` says that
 * it never left its slot.
 * sim is the IMSI, modem the section name, wall the box's time. */
int inbox_take(struct store *store, const struct sms_part *part, const char *sim, const char *modem, int64_t wall,
	       enum inbox_take *what, int64_t *id) __attribute__((warn_unused_result));

/* What a modem had in a slot and nobody can decode, into QUARANTINE, in a transaction of its own; *id is its row. One
 * of this key is stored once: then 1, and *id is the earlier row. length 0: nothing could be had. 0, 1 or -errno; only
 * after 0 and 1 may the slot be freed. */
struct inbox_broken {
	const char *sim, *modem, *reason;      /* as for inbox_take() */
	int32_t slot;
	const uint8_t *pdu;
	size_t length;
	uint8_t key[SMS_KEY_SIZE];             /* sms_raw_key() */
};
int inbox_quarantine(struct store *store, const struct inbox_broken *broken, int64_t wall, int64_t *id)
	__attribute__((warn_unused_result));

/* Inside the caller's transaction: gives up the oldest message whose parts have waited 24 hours for the missing
 * ones (PARTIAL) and names its sender, who may be asked to send it again, and its first row. -ENOENT: none. */
int inbox_give_up(struct store *store, int64_t wall, char sender[SMS_ADDRESS_SIZE], int64_t *id)
	__attribute__((warn_unused_result));

/* Parts stored since the box's time `since`, while its clock could not be believed, wait a day from now on. 0 or -errno. */
int inbox_wait_anew(struct store *store, int64_t since, int64_t wall) __attribute__((warn_unused_result));

/* A message to be read. */
struct inbox_message {
	int64_t id;
	char sender[SMS_ADDRESS_SIZE];
	char time[SMS_TIME_SIZE];      /* network time, "" unknown */
	int64_t received;              /* box's time */
	int tries;                     /* readings begun before this one */
	char text[SMS_TEXT_MAX];       /* UTF-8 */
};

/* The oldest row in state NEW with id above `after`; -ENOENT none. */
int inbox_next(struct store *store, int64_t after, struct inbox_message *out) __attribute__((warn_unused_result));

/* Counts a reading of the row, committed, before it is parsed: a message that kills its reader is put into
 * QUARANTINE at the third. Outside a transaction. Returns 0, -EAGAIN if it is now in quarantine, -ENOENT if it
 * was not NEW, or -errno. */
int inbox_try(struct store *store, int64_t id) __attribute__((warn_unused_result));

enum inbox_end {
	INBOX_DONE,
	INBOX_SILENT,       /* REJECTED: nobody to answer */
	INBOX_ECHO          /* REJECTED: our own words come back */
};

/* Inside the caller's transaction: text is kept of the message instead of what was received; its PDUs and parts go. */
int inbox_mask(struct store *store, int64_t id, const char *text) __attribute__((warn_unused_result));
/* Inside the caller's transaction: the row's end state; blank removes the text (personal data),
 * also from its parts and PDUs. -ENOENT: it was not NEW. */
int inbox_end(struct store *store, int64_t id, enum inbox_end end, bool blank) __attribute__((warn_unused_result));

/* Inside the caller's transaction: the first row above `after` of a message that will not be read (parts are missing, or it
 * was refused when it came) and that nobody has looked through yet, with all that there is of its text; of a binary one
 * what letters there are. -ENOENT: none. */
int inbox_unread(struct store *store, int64_t after, int64_t *id, char text[SMS_TEXT_MAX])
	__attribute__((warn_unused_result));
/* Inside the caller's transaction: that row, and those of the same message, are looked through; blank as in inbox_end(). */
int inbox_looked_through(struct store *store, int64_t id, bool blank) __attribute__((warn_unused_result));

/* Inside the caller's transaction: what the message was about and the name of the reply text, for the operator; ""
 * unknown, or silence. */
int inbox_note(struct store *store, int64_t id, const char *verb, const char *said)
	__attribute__((warn_unused_result));

/* Inside the caller's transaction: a row for a text that came from the command line. -EMSGSIZE: too long. */
int inbox_insert(struct store *store, const char *sender, const char *time, int64_t wall, const char *text,
		 int64_t *id) __attribute__((warn_unused_result));

/* How many rows of this sender with this very text came in the last `seconds` before wall, row `id` included;
 * or -errno. */
int inbox_repeats(struct store *store, int64_t id, const char *sender, const char *text, int64_t wall, int seconds);

/* The pair of a normalised number and a text that is not answered any more (rule 3). inbox_muted: 1 it is, 0 or
 * -errno. inbox_mute: inside the caller's transaction, from now on for a day; what is over is forgotten. */
int inbox_muted(struct store *store, const char *number, const char *text, int64_t wall);
int inbox_mute(struct store *store, const char *number, const char *text, int64_t wall)
	__attribute__((warn_unused_result));

/* A row in quarantine: broken, or a message that was never read to its end. */
struct inbox_quarantined {
	int64_t id, wall;
	char modem[32], reason[64];
	int slot;                      /* -1: it was in none */
	int length;                    /* of its PDU */
};
/* The first with id above `after`; -ENOENT none. */
int inbox_next_quarantined(struct store *store, int64_t after, struct inbox_quarantined *out)
	__attribute__((warn_unused_result));
/* The PDU of one, at most size bytes of it: its length; -ENOENT: no such row in quarantine. */
int inbox_raw(struct store *store, int64_t id, uint8_t *out, size_t size) __attribute__((warn_unused_result));
/* How many came from this modem; or -errno. */
int inbox_quarantine_of(struct store *store, const char *modem);

/* A message of which parts never came; id is the first row of it. */
struct inbox_partial {
	int64_t id, wall;
	char sender[SMS_ADDRESS_SIZE], modem[32];
	int parts, total;
};
/* The first with id above `after`; -ENOENT none. */
int inbox_next_partial(struct store *store, int64_t after, struct inbox_partial *out)
	__attribute__((warn_unused_result));

struct inbox_counts { int64_t new_rows, waiting, partial, done, rejected, quarantine; };
void inbox_count(struct store *store, struct inbox_counts *out);

#endif
