/* SPDX-License-Identifier: GPL-3.0-or-later */
/* judge: the tables against the world, in a life of the core before it does anything. */
#ifndef JUDGE_H
#define JUDGE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "world.h"

/* Counts a fault in the world and says it on stderr. */
__attribute__((format(printf, 2, 3)))
void judge_fault(enum verdict verdict, const char *format, ...);

/* all: everything since the world began, not only the latest; and nothing may be under way any more. */
void judge(sqlite3 *db, bool all);

#endif
