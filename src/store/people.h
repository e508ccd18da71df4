/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people: who may write, for which organisation and area. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/phone.h"

struct store;

enum person_state { PERSON_NONE, PERSON_WAITING, PERSON_ACTIVE, PERSON_BLOCKED };

struct person {
	enum person_state state;       /* PERSON_NONE: a stranger; only phone and reminders say something */
	int64_t id, organisation;
	char phone[PHONE_SIZE];
	char name[48];                 /* the reporter's own; may be empty */
	char role[16];                 /* PSM, TKSK, KAB, ... */
	char body[24];                 /* organisation's name: PSM, PKK, TAKMIR, ... */
	char area[14];                 /* Kemendagri code: 2, 5, 8 or 13 characters; "" for the whole country */
	int rw;                        /* 0: no part of a village */
	bool reminders;                /* not stopped */
};

/* By normalised phone. 0 and PERSON_NONE if unknown. */
int people_find(struct store *store, const char *phone, struct person *out) __attribute__((warn_unused_result));

/* Inside the caller's transaction: STOP and MULAI; for any number, known or not (rule 57). Reminders and notices that
 * wait for the person are dropped by STOP; MULAI from one of the numbers holds for all of them. */
int people_set_reminders(struct store *store, const char *phone, bool on) __attribute__((warn_unused_result));

/* Inside the caller's transaction: makes the person of the phone, or changes the one that has it. Somebody ACTIVE
 * belongs to the organisation of role, body, area and RW, which is made if it is the first of them; its id is put
 * into *person. An empty name keeps the one known. id and reminders are not looked at. */
int people_put(struct store *store, struct person *person) __attribute__((warn_unused_result));

/* FILE.tsv: columns sender, phone, role, org, area, area_name, rw and maybe name, in any order, header first.
 * role NONE is skipped, its phone unchecked; WAIT is pending; BLOCK is blocked; an existing phone is updated.
 * Roles must be one of roles[] (NULL-terminated), areas must be imported and of the role's level (levels[]: length
 * of the area code, 0 2 5 8 13). The first wrong line is named in *error as "file:line: what, what was expected"
 * (the caller's) and nothing of the file is imported: -EINVAL. Otherwise 0 or -errno; a file that cannot be read is
 * named in *error too, else it is NULL. role and org stay empty for somebody who waits; an empty name or org keeps the
 * name known and takes the role's. Outside a transaction. */
int people_import(struct store *store, const char *file, const char *const *roles, const int *levels, int *imported,
		  char **error) __attribute__((warn_unused_result));

#endif
