/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people: who may write, for which organisation and area. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/phone.h"

#define PEOPLE_ROLE_SIZE 16

struct store;

enum person_state { PERSON_NONE, PERSON_WAITING, PERSON_ACTIVE, PERSON_BLOCKED };

struct person {
	enum person_state state;       /* PERSON_NONE: a stranger; only phone and reminders say something */
	int64_t id, organisation;
	char phone[PHONE_SIZE];
	char name[48];                 /* the reporter's own; may be empty */
	char role[PEOPLE_ROLE_SIZE];   /* PSM, TKSK, KAB, ... */
	char body[24];                 /* organisation's name: PSM, PKK, TAKMIR, ... */
	char area[14];                 /* Kemendagri code: 2, 5, 8 or 13 characters; "" for the whole country */
	int rw;                        /* 0: no part of a village */
	bool reminders;                /* not stopped */
};

/* By normalised phone, which may be out's own. 0 and PERSON_NONE if unknown. */
int people_find(struct store *store, const char *phone, struct person *out) __attribute__((warn_unused_result));

/* Everybody who has a number, by id: what people_find() tells, phone the one he wrote from last. */
#define PEOPLE_NUMBERS_SIZE (8 * (PHONE_SIZE + 2))
struct person_entry {
	struct person person;
	char numbers[PEOPLE_NUMBERS_SIZE];     /* all, with ", " between; the first is person.phone */
};
/* The first with id above `after`; -ENOENT none. Other rooms may be asked and changed in between; who loses his number just
 * then is passed over. */
int people_next(struct store *store, int64_t after, struct person_entry *out) __attribute__((warn_unused_result));

/* Where the numbers of organisations have got to, 0 there is none: whether there is a new one since. */
int people_newest_organisation(struct store *store, int64_t *id) __attribute__((warn_unused_result));

/* An area where a role is held by more than one active person; -ENOENT none. */
int people_crowded(struct store *store, const char *role, char area[14]) __attribute__((warn_unused_result));

/* All from here on inside the caller's transaction. */

/* STOP and MULAI; for any number, known or not, and for all numbers of its person (rule 57). Reminders and notices that
 * wait for the person are dropped by STOP. */
int people_set_reminders(struct store *store, const char *phone, bool on) __attribute__((warn_unused_result));

/* Makes the person of the phone, or changes the one that has it. Somebody ACTIVE belongs to the organisation of role,
 * body, area and RW, which is made if it is the first of them; its id is put into *person. Somebody BLOCKED keeps the one
 * he had. An empty name keeps the one known. id and reminders are not looked at. */
int people_put(struct store *store, struct person *person) __attribute__((warn_unused_result));

/* Another number of somebody; nothing changes if it is his already. -ENOENT: nobody has phone. -EEXIST: another person
 * has the other one. */
int people_add_number(struct store *store, const char *phone, const char *other) __attribute__((warn_unused_result));
/* A new number instead of the old one. -ENOENT, -EEXIST as above, also if it is his own. */
int people_change_number(struct store *store, const char *phone, const char *other)
	__attribute__((warn_unused_result));
/* Nobody has the number any more; what was reported from it stays the organisation's. -ENOENT: nobody had. */
int people_remove_number(struct store *store, const char *phone) __attribute__((warn_unused_result));
/* The same for all numbers of whoever has this one; reminders and notices that wait for him are dropped. -ENOENT. */
int people_retire(struct store *store, const char *phone) __attribute__((warn_unused_result));
/* Somebody BLOCKED is what he was before; a stranger if that was nothing. -ENOENT: he is not blocked. */
int people_unblock(struct store *store, const char *phone) __attribute__((warn_unused_result));

#endif
