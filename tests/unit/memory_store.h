/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory_store: a database in memory for one test, with rows that the test names. */
#ifndef UNIT_MEMORY_STORE_H
#define UNIT_MEMORY_STORE_H

#include "store/statement.h"
#include "store/store.h"

/* Rawa and Cikupa in Lumbung, Ciamis; of Rawa a PSM (1) and a Karang Taruna (2), of Lumbung a TKSK (3). */
#define TWO_VILLAGES \
	"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Ciamis', '32')," \
	" ('32.07.34', 'Lumbung', '32.07'), ('32.07.34.2007', 'Rawa', '32.07.34')," \
	" ('32.07.34.2001', 'Cikupa', '32.07.34');"
#define THREE_PEOPLE \
	"INSERT INTO organisation (role, body, area, rw) VALUES ('PSM', 'PSM', '32.07.34.2007', 0)," \
	" ('KT', 'KT', '32.07.34.2007', 0), ('TKSK', 'TKSK', '32.07.34', 0);" EACH_A_PERSON
#define EACH_A_PERSON "INSERT INTO person (state, organisation) SELECT 'ACTIVE', id FROM organisation ORDER BY id;"

static struct store *store;

/* Test setup: 0, or -1. */
static inline int
open_memory(const char *rows)
{
	if (store_open(&store, ":memory:", STORE_CREATE) != 0)
		return -1;
	return sqlite3_exec(store->db, rows, NULL, NULL, NULL) == SQLITE_OK ? 0 : -1;
}

static inline int
teardown(void **state)
{
	(void)state;
	store_close(store);
	return 0;
}

#endif
