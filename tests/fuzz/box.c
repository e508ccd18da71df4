/* SPDX-License-Identifier: GPL-3.0-or-later */
/* box: a whole one, for one target. People and figures are invented. */
#include "box.h"

#include <string.h>

#include "base/log.h"
#include "base/phone.h"
#include "fuzz.h"
#include "store/inbox.h"

#define PEOPLE \
	"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Kabupaten Ciamis', '32')," \
	" ('32.07.34', 'Lumbung', '32.07'), ('32.07.32', 'Baregbeg', '32.07')," \
	" ('32.07.34.2001', 'Cikupa', '32.07.34'), ('32.07.34.2003', 'Lumbung', '32.07.34')," \
	" ('32.07.34.2004', 'Lumbungsari', '32.07.34'), ('32.07.34.2007', 'Rawa', '32.07.34')," \
	" ('32.07.32.2001', 'Sukamaju', '32.07.32'), ('32.07.32.2007', 'Jelat', '32.07.32');" \
	"INSERT INTO organisation (role, body, area, rw) VALUES ('PSM', 'PSM', '32.07.34.2007', 0)," \
	" ('KT', 'KT', '32.07.34.2007', 0), ('FCU', 'FCU', '32.07.34.2007', 0), ('KPS', 'PKK', '32.07.34.2007', 4)," \
	" ('WKSBM', 'WKSBM', '32.07.34.2007', 4), ('TKSK', 'TKSK', '32.07.34', 0), ('KTKEC', 'KTKEC', '32.07.34', 0)," \
	" ('CAMAT', 'CAMAT', '32.07.34', 0), ('KADES', 'KADES', '32.07.34.2007', 0), ('KAB', 'KAB', '32.07', 0)," \
	" ('BUPATI', 'BUPATI', '32.07', 0), ('DU', 'DU', '32.07', 0), ('PROV', 'PROV', '32', 0), ('PUSAT', 'PUSAT', '', 0)," \
	" ('PSM', 'PSM', '32.07.34.2001', 0);" \
	"INSERT INTO person (state, organisation) SELECT 'ACTIVE', id FROM organisation ORDER BY id;" \
	"INSERT INTO person (state, area) VALUES ('WAITING', '32.07.34.2007'), ('BLOCKED', NULL);" \
	"INSERT INTO phone (number, person) SELECT '+62840100' || printf('%05d', id), id FROM person;"
#define NUMBERS 18              /* of all those, and of one whom nobody knows */

/* Who says what, so that there is something to be asked about. */
static const struct { uint8_t who; const char *text; } said[] = {
	{ 0, "anak 3 lansia 2 rtlh 5 kasus hiv 3" }, { 0, "anak 3, lansia 2, rtlh 5, odha 3" }, { 1, "lansia 4" },
	{ 14, "anak 7 rt 2 rw 1" }, { 0, "pmks anak 4 bln 9" }, { 2, "FCU KBS 15" }, { 0, "LAYAN LANSIA 5 SEMBAKO RT 2" },
	{ 0, "KASUS LANSIA P 72" }, { 5, "KUBE 3 DESA RAWA" }, { 5, "CALON 17 BERKAS 1 2 4" }, { 11, "CSR BERAS 20" },
	{ 0, "TANYA kapan batas laporan?" }, { 9, "PROGRAM BARU BAZAR MURAH" },
	{ 5, "RAPAT 27/10 JAM 13.00 DI BALAI DESA HAL PENDATAAN" }, { 5, "SULUH 25 DESA RAWA HAL GIZI" },
};

static struct box box;
static sqlite3 *pristine;

static void
load_grammar(void)
{
	char *error = NULL;

	box.grammar = grammar_load(getenv("GRAMMARS") ? getenv("GRAMMARS") : "grammars", NULL, &error);
	if (!box.grammar)
		fputs(error, stderr);
	MUST(box.grammar);
}

struct box *
fuzz_box(void)
{
	static const struct desk_conf conf = { .own_numbers = "", .destinations = "^\\+62" };
	static struct desk_answer answer;

	if (box.desk)
		return &box;
	log_level(2);
	load_grammar();
	MUST(store_open(&box.store, ":memory:", STORE_CREATE) == 0);
	MUST(sqlite3_exec(box.store->db, PEOPLE, NULL, NULL, NULL) == SQLITE_OK);
	box.desk = desk_new(box.store, box.grammar, &conf);
	MUST(box.desk);
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		fuzz_box_hear(fuzz_box_phone(said[i].who), said[i].text, BOX_NOW - 3600 + (int64_t)i, &answer);
		parse_clear(&answer.parse);
	}
	MUST(sqlite3_open(":memory:", &pristine) == SQLITE_OK);
	fuzz_copy(box.store->db, pristine);
	return &box;
}

const char *
fuzz_box_phone(uint8_t who)
{
	static char phone[PHONE_SIZE];

	snprintf(phone, sizeof phone, "+62840100%05d", who % NUMBERS + 1);
	return phone;
}

void
fuzz_box_hear(const char *phone, const char *text, int64_t wall, struct desk_answer *answer)
{
	struct desk_message message = { .sender = phone, .text = text, .time = "", .received = wall };

	MUST(store_begin(box.store) == 0);
	MUST(inbox_insert(box.store, phone, "", wall, text, &message.inbox) == 0);
	MUST(store_commit(box.store) == 0);
	MUST(desk_handle(box.desk, &message, answer) == 0);
}

void
fuzz_box_restore(void)
{
	fuzz_copy(pristine, box.store->db);
}

/* --- the world --- */

static uint64_t
mix(uint64_t hash, const void *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ ((const uint8_t *)bytes)[i]) * 0x100000001b3;    /* FNV-1a */
	return hash;
}

static uint64_t
mix_table(uint64_t hash, const char *table)
{
	sqlite3_stmt *rows;
	char sql[80];

	snprintf(sql, sizeof sql, "SELECT * FROM %s", table);
	MUST(sqlite3_prepare_v2(box.store->db, sql, -1, &rows, NULL) == SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(rows); i++) {
			const void *value = sqlite3_column_blob(rows, i);

			hash = mix(hash * 31, value, (size_t)sqlite3_column_bytes(rows, i));
		}
	sqlite3_finalize(rows);
	return hash;
}

uint64_t
fuzz_box_world(void)
{
	static char tables[64][32];
	static size_t count;
	uint64_t hash = 0xcbf29ce484222325;
	sqlite3_stmt *names;

	if (count == 0) {
		MUST(sqlite3_prepare_v2(box.store->db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE"
					" 'sqlite%' AND name NOT IN ('sms_in', 'mute', 'outq', 'out_part', 'out_reference',"
					" 'spend', 'offer', 'page', 'session', 'box')", -1, &names, NULL) == SQLITE_OK);
		for (; sqlite3_step(names) == SQLITE_ROW; count++)
			snprintf(tables[count], sizeof tables[count], "%s", (const char *)sqlite3_column_text(names, 0));
		sqlite3_finalize(names);
	}
	for (size_t i = 0; i < count; i++)
		hash = mix_table(hash, tables[i]);
	return hash;
}
