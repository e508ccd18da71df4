/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roster: the office's list of people as a table with tabs, in and out. What roster_export writes, roster_import reads. */
#ifndef STORE_ROSTER_H
#define STORE_ROSTER_H

#include <stdbool.h>
#include <stdio.h>

struct store;

/* A role that people may be registered in. */
struct roster_role {
	const char *name;              /* NULL ends the list */
	int level;                     /* length of its area's code: 0 2 5 8 13 */
	bool single;                   /* one person an area */
};

/* FILE.tsv: columns sender, phone, role, org, area, area_name, rw and maybe name, reminders and blocked, in any order,
 * header first; lines that begin with # are remarks. sender and area_name are for whoever reads the file. Several numbers of one
 * person stand in one cell with commas between. role NONE is skipped, its phone unchecked; WAIT is pending; BLOCK is
 * blocked; an existing phone is updated. reminders is empty or stop; blocked is empty or yes, of somebody with a role.
 * role and org stay empty for somebody who waits; an empty name or org keeps the name known and takes the role's.
 * Roles must be one of roles[], areas must be imported and of the role's level. The first wrong line is named in *error
 * as "file:line: what, what was expected" (the caller's) and nothing of the file is imported: -EINVAL. Otherwise 0 or
 * -errno; a file that cannot be read is named in *error too, else it is NULL. Outside a transaction. */
int roster_import(struct store *store, const char *file, const struct roster_role *roles, int *imported, char **error)
	__attribute__((warn_unused_result));

/* Everybody with a number, in the order of registration. How many, or -errno; whether out took it is the caller's to
 * see. */
int roster_export(struct store *store, FILE *out) __attribute__((warn_unused_result));
/* What a role's area has to be, by the length of its code: "a village code like 32.07.34.2007". */
const char *roster_level(int level);
/* "Rawa, Lumbung, Kabupaten Ciamis": an area with those above it up to the kabupaten. */
int roster_area(struct store *store, const char *code, char *out, size_t size) __attribute__((warn_unused_result));
/* The header line of the table, and one person's line as roster_export() writes it. */
struct person_entry;
void roster_header(FILE *out);
int roster_line(struct store *store, const struct person_entry *entry, FILE *out) __attribute__((warn_unused_result));

#endif
