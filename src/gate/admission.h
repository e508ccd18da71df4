/* SPDX-License-Identifier: GPL-3.0-or-later */
/* admission: what follows from requests to be registered (rules 54, 55): who may decide them, who is asked, who is told.
 * The same whether a message, the operator or time decides. Knows no loop. */
#ifndef GATE_ADMISSION_H
#define GATE_ADMISSION_H

#include <stdbool.h>
#include <stdint.h>

struct store;
struct grammar;
struct person;
struct registration;

/* Borrowed. inbox: the message that is worked at, 0 none. wall is its time, received the box's. hold: nothing of it goes
 * out (try). */
struct admission {
	struct store *store;
	const struct grammar *grammar;
	int64_t inbox, wall, received;
	bool hold;
};

/* The role that decides a request: the first of its role's approvers that somebody holds for its area. -ENOENT: nobody
 * holds one; the operator decides then. */
int admission_decider(const struct admission *admission, const struct registration *request, char role[16])
	__attribute__((warn_unused_result));

/* Whether the request went to that number: 1, 0 or -errno. */
int admission_was_asked(const struct admission *admission, const struct registration *request, const char *phone)
	__attribute__((warn_unused_result));
/* Whether the request waited longer than limit register-days. */
bool admission_over(const struct admission *admission, const struct registration *request);

/* {kelompok}: what somebody wants to be registered for: PSM, TAKMIR RW 5. */
struct reply_form;
void admission_group(const struct admission *admission, const struct registration *request, struct reply_form *form);

/* All from here on inside the caller's transaction. */

/* Everybody who may decide a request is asked to. How many there are, or -errno. */
int admission_ask(const struct admission *admission, const struct registration *request)
	__attribute__((warn_unused_result));

/* Whoever may decide a request that waits is asked, if he was not yet: after somebody came, went or moved. */
int admission_ask_all(const struct admission *admission) __attribute__((warn_unused_result));

/* Whoever holds the role in exactly this area is told that somebody else comes in his place, and his numbers are
 * strangers' again; what he reported stays the organisation's. */
int admission_replace(const struct admission *admission, const char *role, const char *area)
	__attribute__((warn_unused_result));

/* Whom an approval of that request replaces: 1 and *out; 0 nobody; or -errno (-ENOENT: there is no such request). */
int admission_replaced(const struct admission *admission, int64_t no, struct person *out)
	__attribute__((warn_unused_result));

/* Decides, and tells whoever asked. Of a role that is single the one before is replaced. by: the person who decides, 0 the
 * operator. -ENOENT as registration_decide(). */
int admission_decide(const struct admission *admission, int64_t no, bool approved, int64_t by)
	__attribute__((warn_unused_result));

/* Whether there is any that waited too long: 1, 0 or -errno. */
int admission_is_due(const struct admission *admission) __attribute__((warn_unused_result));
/* Requests that waited too long are over, and whoever asked is told. How many, or -errno. */
int admission_expire(const struct admission *admission) __attribute__((warn_unused_result));
/* The request of one number, if it waited too long. -ENOENT: it has none, or has to wait on. */
int admission_expire_own(const struct admission *admission, const char *phone) __attribute__((warn_unused_result));

#endif
