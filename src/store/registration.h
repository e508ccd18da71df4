/* SPDX-License-Identifier: GPL-3.0-or-later */
/* registration: requests to be admitted (DAFTAR) and what became of them (rules 54, 55). Whoever asked is
 * PERSON_WAITING until then. Knows no rights: who may decide is the caller's. */
#ifndef STORE_REGISTRATION_H
#define STORE_REGISTRATION_H

#include <stdint.h>

#include "base/phone.h"
#include "store/people.h"

struct store;

enum registration_state {
	REGISTRATION_WAITING, REGISTRATION_APPROVED, REGISTRATION_REFUSED, REGISTRATION_EXPIRED, REGISTRATION_WITHDRAWN
};

struct registration {
	int64_t no;
	enum registration_state state;
	char phone[PHONE_SIZE];
	char role[16], body[24];       /* as in struct person; body empty: as the role */
	char name[48];
	char area[14];
	int rw, age;                   /* 0: none, not said */
	int64_t wall;                  /* asked */
};

/* -ENOENT. A request that waited too long is WAITING until registration_expire(). */
int registration_find(struct store *store, int64_t no, struct registration *out) __attribute__((warn_unused_result));

/* The waiting request of a number. -ENOENT: none (also of somebody whom roster_import put to wait). */
int registration_waiting(struct store *store, const char *phone, struct registration *out)
	__attribute__((warn_unused_result));

/* Who holds a role in exactly this area now (rule 55: the TKSK of a kecamatan); one of them if there are several.
 * -ENOENT: nobody. */
int registration_holder(struct store *store, const char *role, const char *area, struct person *out)
	__attribute__((warn_unused_result));

/* The first request with a number above `after` that waits, and the one that waits longest; -ENOENT none. */
int registration_next(struct store *store, int64_t after, struct registration *out) __attribute__((warn_unused_result));
int registration_oldest(struct store *store, struct registration *out) __attribute__((warn_unused_result));

/* All inside the caller's transaction. */

/* The request is over, and its number a stranger's again if it still waits. -ENOENT: it did not wait any more. */
int registration_expire(struct store *store, const struct registration *request, int64_t wall)
	__attribute__((warn_unused_result));

/* Draws the next number of the series (*no) for what phone, role, body, name, area, rw, age and wall say. -EEXIST:
 * the phone is known already, in whatever state. */
int registration_put(struct store *store, const struct registration *request, int64_t *no)
	__attribute__((warn_unused_result));

/* Approved: the person is active in the organisation of role, body, area and RW, which is made if it is the first.
 * Refused: the number is a stranger again. by: who decided, 0 the operator. -ENOENT: no such request, decided, over, or
 * the number got another standing meanwhile. */
int registration_decide(struct store *store, int64_t no, bool approved, int64_t by, int64_t wall)
	__attribute__((warn_unused_result));

/* The sender takes the own waiting request back and is a stranger again. -ENOENT: none. */
int registration_withdraw(struct store *store, const char *phone, int64_t wall) __attribute__((warn_unused_result));

#endif
