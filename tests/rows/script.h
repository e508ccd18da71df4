/* SPDX-License-Identifier: GPL-3.0-or-later */
/* script: the tables of tests/rows: what every row is about (list), who there is (people.tsv), and conversations
 * (NNN.rows). How they are written stands in tests/rows/README. */
#ifndef ROWS_SCRIPT_H
#define ROWS_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROW_ID_SIZE 7           /* "000-01" */

/* A mechanism. */
struct row {
	char id[ROW_ID_SIZE], grade;    /* A by SMS, B recorded or announced, C outside */
	char *subject;
	size_t played, failed, says, hears;
};

struct somebody { char *key, *phone; bool registered; };

enum step_kind { STEP_TIME, STEP_ONLY, STEP_SAY, STEP_HEAR, STEP_RUN, STEP_SEE };
struct step {
	enum step_kind kind;
	size_t line;
	size_t who;             /* SAY, HEAR: index of somebody */
	int64_t wall;           /* TIME */
	char *text;             /* SAY, HEAR, RUN, SEE; of ONLY the keys, a blank between */
};

/* One conversation of a row, on a box of its own. */
struct conversation {
	size_t row, line;
	const char *file;
	struct step *steps;
	size_t count;
};

struct script {
	struct row *rows;
	size_t row_count;
	struct somebody *people;
	size_t people_count;
	struct conversation *conversations;
	size_t conversation_count;
};

/* Each dies with "file:line: what, what was expected". list and people come before conversations. */
void script_read_list(struct script *script, const char *file);
void script_read_people(struct script *script, const char *file);
void script_read(struct script *script, const char *file);
void script_free(struct script *script);

/* By key; people_count: nobody. */
size_t script_somebody(const struct script *script, const char *key);

#endif
