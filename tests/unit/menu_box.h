/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menu_box: a box with a kecamatan of eight villages, one of two, and somebody of each kind, for the tests of the menu. */
#ifndef UNIT_MENU_BOX_H
#define UNIT_MENU_BOX_H

#include <string.h>

#include "gate/desk.h"
#include "gate/menu.h"
#include "memory_store.h"
#include "shipped_grammar.h"

#define NOW 1792461600          /* 2026-10-20 09:00 in Ciamis */

#define PEOPLE \
	"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Kabupaten Ciamis', '32')," \
	" ('32.07.34', 'Lumbung', '32.07'), ('32.07.32', 'Baregbeg', '32.07')," \
	" ('32.07.34.2001', 'Cikupa', '32.07.34'), ('32.07.34.2002', 'Sukaraharja', '32.07.34')," \
	" ('32.07.34.2003', 'Lumbung', '32.07.34'), ('32.07.34.2004', 'Lumbungsari', '32.07.34')," \
	" ('32.07.34.2005', 'Awiluar', '32.07.34'), ('32.07.34.2006', 'Darmaraja', '32.07.34')," \
	" ('32.07.34.2007', 'Rawa', '32.07.34'), ('32.07.34.2008', 'Sadewata', '32.07.34')," \
	" ('32.07.32.2001', 'Sukamaju', '32.07.32'), ('32.07.32.2007', 'Jelat', '32.07.32');" \
	"INSERT INTO organisation (role, body, area, rw) VALUES ('PSM', 'PSM', '32.07.34.2007', 0)," \
	" ('KT', 'KT', '32.07.34.2007', 0), ('FCU', 'FCU', '32.07.34.2007', 0), ('KPS', 'PKK', '32.07.34.2007', 4)," \
	" ('WKSBM', 'WKSBM', '32.07.34.2007', 4), ('TKSK', 'TKSK', '32.07.34', 0), ('KTKEC', 'KTKEC', '32.07.34', 0)," \
	" ('CAMAT', 'CAMAT', '32.07.34', 0), ('KADES', 'KADES', '32.07.34.2007', 0), ('KAB', 'KAB', '32.07', 0)," \
	" ('BUPATI', 'BUPATI', '32.07', 0), ('DU', 'DU', '32.07', 0), ('PROV', 'PROV', '32', 0), ('PUSAT', 'PUSAT', '', 0)," \
	" ('PSM', 'PSM', '32.07.34.2001', 0), ('PSM', 'PSM', '32.07.34.2002', 0);" EACH_A_PERSON \
	"INSERT INTO phone (number, person) SELECT '+62840100' || printf('%05d', id), id FROM person;" \
	"INSERT INTO person (state, area) VALUES ('WAITING', '32.07.34.2007'), ('BLOCKED', NULL);" \
	"INSERT INTO phone (number, person) VALUES ('+6284010000098', 17), ('+6284010000099', 18);"

static const char *const kinds[] = {
	"PSM", "KT", "FCU", "KPS", "WKSBM", "TKSK", "KTKEC", "CAMAT", "KADES", "KAB", "BUPATI", "DU", "PROV", "PUSAT",
};
#define KINDS (sizeof kinds / sizeof *kinds)

static struct desk *desk;
static const struct desk_conf conf = { .own_numbers = "", .destinations = "^\\+62" };

static inline int
set_up(void **state)
{
	(void)state;
	if (open_memory(PEOPLE) != 0)
		return -1;
	desk = desk_new(store, grammar, &conf);
	return desk != NULL ? 0 : -1;
}

static inline int
tear_down(void **state)
{
	desk_free(desk);
	return teardown(state);
}

static inline const char *
phone_of(const char *who)
{
	static char phone[20];

	if (strcmp(who, "STRANGER") == 0)
		return "+6284055500001";
	if (strcmp(who, "WAITING") == 0)
		return "+6284010000098";
	if (strcmp(who, "BLOCKED") == 0)
		return "+6284010000099";
	for (size_t i = 0; i < KINDS; i++)
		if (strcmp(kinds[i], who) == 0) {
			snprintf(phone, sizeof phone, "+62840100%05zu", i + 1);
			return phone;
		}
	fail_msg("nobody is called %s", who);
	return NULL;
}

/* A text of one column; what is there is the caller's to free by sqlite3_free(). */
static inline char *
text_of(const char *sql)
{
	sqlite3_stmt *statement;
	char *text;

	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	text = sqlite3_mprintf("%s", sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	return text;
}

/* All that was reported, and what others were told of it: the same for the same choices, by whatever door. */
static inline char *
stored(const char *phone)
{
	char sql[2000];

	snprintf(sql, sizeof sql, "SELECT"
		 " ifnull((SELECT group_concat(receipt || village || rt || rw || category || unit || period || '=' || value || state)"
		 " FROM record), '') || ';' ||"
		 " ifnull((SELECT group_concat(no || village || rt || rw || category || sex || age) FROM casebook), '') || ';' ||"
		 " ifnull((SELECT group_concat(form || no || area || rt || rw || period || data || state) FROM entry), '') || ';' ||"
		 " ifnull((SELECT group_concat(day || clock || venue || subject) FROM meeting), '') || ';' ||"
		 " ifnull((SELECT group_concat(verb || no) FROM receipt), '') || ';' ||"
		 " ifnull((SELECT group_concat(dest || body) FROM (SELECT * FROM outq WHERE dest <> '%s' ORDER BY dest, body)), '')",
		 phone);
	return text_of(sql);
}

/* Nothing of it. */
#define STORED_NOTHING ";;;;;"

static inline void
call(const char *phone, enum menu_how how, long number, const char *input, struct menu_shown *out)
{
	const struct menu_call one = { .session = "at:1", .phone = phone, .input = input, .how = how, .number = number,
				       .wall = NOW };

	assert_int_equal(menu_call(desk, &one, out), 0);
}

#endif
