/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pin: the PINs of people, as hashes, and the wrong tries. Knows neither messages nor who needs one.
 *
 * A PIN keeps a stranger on the air from guessing: so many wrong ones within an hour, and it is locked for a day, over any
 * restart. It keeps nobody out who holds the box or a backup of it: four digits are ten thousand, and no hash makes that
 * long (at 40 ms a try, seven minutes). A secret key beside the database would be stolen with it, and lost by whoever
 * restores a backup on another box; so there is none, and the hash (Argon2id) is as dear as the daemon can bear while
 * everything else waits: 8 MiB and one pass. */
#ifndef STORE_PIN_H
#define STORE_PIN_H

#include <stdbool.h>
#include <stdint.h>

struct store;

#define PIN_LEAST 4             /* digits */
#define PIN_MOST 6

struct pin_limits { int tries, hours; };        /* wrong ones within an hour; how long it is locked then */

struct pin_state {
	int wrong;                      /* tries, in an hour that has not passed */
	bool locked;
	int64_t until;                  /* of a lock; 0: it has not begun to run, as the clock could not be believed yet */
};

/* How a PIN is. -ENOENT: the person has none. */
int pin_find(struct store *store, int64_t person, struct pin_state *out) __attribute__((warn_unused_result));
/* Whether whoever has the number has a PIN: 1, 0, or -errno. */
int pin_of_number(struct store *store, const char *number) __attribute__((warn_unused_result));
/* How many active people of that role, with a number, have none. -errno. */
int pin_count_missing(struct store *store, const char *role) __attribute__((warn_unused_result));
/* How many are locked at that time. -errno. */
int pin_count_locked(struct store *store, int64_t wall) __attribute__((warn_unused_result));

/* Whether it may be one: 4 to 6 digits, and none of those that everybody tries first (1111, 1234, 4321). */
bool pin_is_fit(const char *digits);
/* A fit one of four digits, by chance. */
void pin_draw(char out[PIN_MOST + 1]);

/* All from here on inside the caller's transaction. */

/* The person's PIN from now on, without wrong tries. digits are fit. -ENOMEM: there was no memory for the hash. */
int pin_set(struct store *store, int64_t person, const char *digits, int64_t wall) __attribute__((warn_unused_result));
/* -ENOENT: there is none. */
int pin_remove(struct store *store, int64_t person) __attribute__((warn_unused_result));
/* Forgets wrong tries, and opens a lock. -ENOENT: there is none. */
int pin_unlock(struct store *store, int64_t person) __attribute__((warn_unused_result));

enum pin_result { PIN_FITS, PIN_FITS_NOT, PIN_IS_LOCKED, PIN_IS_NONE };
struct pin_answer {
	enum pin_result result;
	int left;                       /* tries, of PIN_FITS_NOT */
	int64_t until;                  /* of PIN_IS_LOCKED; 0 as above */
	bool told;                      /* ... and that was said already within the hour */
};

/* Compares, and counts a wrong one; a locked PIN is not even looked at. digits NULL: none was given, which is no try. wall
 * is the box's clock: while it cannot be believed (outbox_set_doubt) no lock ends and no wrong try is forgotten, and when
 * it was set back a lock lasts no longer than if it began now. -ENOMEM: no memory for the hash; nothing was counted. */
int pin_try(struct store *store, int64_t person, const char *digits, int64_t wall, const struct pin_limits *limits,
	    struct pin_answer *out) __attribute__((warn_unused_result));

#endif
