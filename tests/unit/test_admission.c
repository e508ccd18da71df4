/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_admission: who is asked about a request to be registered, and who is told what became of it. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gate/admission.h"
#include "memory_store.h"
#include "shipped_grammar.h"
#include "store/registration.h"

#define NOW 1792461600          /* 2026-10-20 09:00 in Ciamis */
#define HOUR 3600
#define DAY 86400
#define RAWA "32.07.34.2007"
#define LUMBUNG "32.07.34"
#define CIKONENG "32.07.02"
#define MARGALUYU "32.07.02.2002"
#define TKSK "+6284010000001"   /* of Lumbung */
#define KAB "+6284010000002"
#define SECOND_KAB "+6284010000003"
#define RINA "+6284010000011"
#define WAWAN "+6284010000012"

/* Cikoneng has no TKSK. */
static int
setup(void **state)
{
	(void)state;
	return open_memory(
		"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Kabupaten Ciamis', '32'),"
		" ('32.07.34', 'Lumbung', '32.07'), ('32.07.34.2007', 'Rawa', '32.07.34'),"
		" ('32.07.02', 'Cikoneng', '32.07'), ('32.07.02.2002', 'Margaluyu', '32.07.02');"
		"INSERT INTO organisation (id, role, body, area, rw) VALUES (1, 'TKSK', 'TKSK', '32.07.34', 0),"
		" (2, 'KAB', 'KAB', '32.07', 0);"
		"INSERT INTO person (id, state, organisation) VALUES (1, 'ACTIVE', 1), (2, 'ACTIVE', 2), (3, 'ACTIVE', 2);"
		"INSERT INTO phone (number, person) VALUES ('" TKSK "', 1), ('" KAB "', 2), ('" SECOND_KAB "', 3);");
}

static void
execute(const char *sql)
{
	assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static struct admission
at(int64_t wall)
{
	return (struct admission){ .store = store, .grammar = grammar, .wall = wall, .received = wall };
}

/* Somebody asks for a role; gives how many are asked to decide it. */
static int
ask(const char *phone, const char *role, const char *area, int64_t wall)
{
	const struct admission admission = at(wall);
	struct registration request = { .name = "RINA", .wall = wall };
	int asked;

	snprintf(request.phone, sizeof request.phone, "%s", phone);
	snprintf(request.role, sizeof request.role, "%s", role);
	snprintf(request.area, sizeof request.area, "%s", area);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(registration_put(store, &request, &request.no), 0);
	asked = admission_ask(&admission, &request);
	assert_int_equal(store_commit(store), 0);
	return asked;
}

static void
decide(int64_t no, bool approved, int64_t by)
{
	const struct admission admission = at(NOW);

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(admission_decide(&admission, no, approved, by), 0);
	assert_int_equal(store_commit(store), 0);
}

static int
expire(int64_t wall)
{
	const struct admission admission = at(wall);
	int count;

	assert_int_equal(store_begin(store), 0);
	count = admission_expire(&admission);
	assert_int_equal(store_commit(store), 0);
	return count;
}

/* What a number was told in order, with " | " between; it is forgotten. */
static const char *
told(const char *phone)
{
	static char out[1024];
	sqlite3_stmt *statement;

	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT ifnull(group_concat(body, ' | '), '') FROM outq"
					    " WHERE dest = ? AND parts <> 9", -1, &statement, NULL), SQLITE_OK);
	sqlite3_bind_text(statement, 1, phone, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	snprintf(out, sizeof out, "%s", (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	/* The keys stay: nobody is told the same twice. */
	assert_int_equal(sqlite3_prepare_v2(store->db, "UPDATE outq SET parts = 9 WHERE dest = ?", -1, &statement, NULL),
			 SQLITE_OK);
	sqlite3_bind_text(statement, 1, phone, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
	sqlite3_finalize(statement);
	return out;
}

static enum person_state
standing(const char *phone)
{
	struct person person;

	assert_int_equal(people_find(store, phone, &person), 0);
	return person.state;
}

static void
the_nearest_is_asked(void **state)
{
	(void)state;
	assert_int_equal(ask(RINA, "PSM", RAWA, NOW), 1);
	assert_string_equal(told(TKSK), "Pendaftar No.1: RINA, PSM Rawa, " RINA ". Balas SETUJU 1 atau TOLAK 1");
	assert_string_equal(told(KAB), "");
	decide(1, true, 1);
	assert_string_equal(told(RINA), "Selamat bergabung sebagai relawan, RINA. Anda terdaftar sebagai PSM Rawa. Ketik BANTUAN untuk cara"
			    " melapor.");
}

static void
without_a_tksk_all_of_the_kabupaten_are(void **state)
{
	(void)state;
	assert_int_equal(ask(RINA, "PSM", MARGALUYU, NOW), 2);
	assert_string_equal(told(KAB), "Pendaftar No.1: RINA, PSM Margaluyu, " RINA ". Balas SETUJU 1 atau TOLAK 1");
	assert_string_equal(told(SECOND_KAB), "Pendaftar No.1: RINA, PSM Margaluyu, " RINA ". Balas SETUJU 1 atau TOLAK 1");
	decide(1, false, 2);
	assert_string_equal(told(RINA), "Mohon maaf, pendaftaran No.1 belum dapat disetujui. Silakan hubungi TKSK/Dinas"
			    " Sosial setempat.");
	assert_int_equal(standing(RINA), PERSON_NONE);
}

/* The operator sees it among the people who wait. */
static void
without_anybody_nobody_is(void **state)
{
	(void)state;
	execute("UPDATE person SET state = 'BLOCKED'");
	assert_int_equal(ask(RINA, "PSM", RAWA, NOW), 0);
	decide(1, true, 0);
	assert_int_equal(standing(RINA), PERSON_ACTIVE);
}

static void
a_new_tksk_hears_of_what_waits(void **state)
{
	(void)state;
	ask(RINA, "PSM", MARGALUYU, NOW);
	ask(WAWAN, "TKSK", CIKONENG, NOW);
	told(KAB);
	decide(2, true, 2);
	assert_string_equal(told(WAWAN), "Selamat bergabung sebagai relawan, RINA. Anda terdaftar sebagai TKSK Cikoneng. Ketik BANTUAN untuk"
			    " cara melapor. | Pendaftar No.1: RINA, PSM Margaluyu, " RINA ". Balas SETUJU 1 atau TOLAK 1");
	assert_string_equal(told(KAB), "");
}

static void
who_is_replaced_is_told(void **state)
{
	(void)state;
	assert_int_equal(ask(WAWAN, "TKSK", LUMBUNG, NOW), 2);
	assert_string_equal(told(KAB), "Pengganti petugas, No.1: RINA, TKSK Lumbung, " WAWAN ". Balas SETUJU 1 atau TOLAK 1");
	assert_string_equal(told(TKSK), "");
	decide(1, true, 2);
	assert_string_equal(told(TKSK), "Tugas Anda sebagai TKSK Lumbung kini dilanjutkan petugas baru. Nomor ini tidak terdaftar"
			    " lagi. Terima kasih atas pengabdian Anda.");
	assert_int_equal(standing(TKSK), PERSON_NONE);
	assert_int_equal(standing(WAWAN), PERSON_ACTIVE);
}

/* A KT has more than one officer. */
static void
other_roles_stand_beside_each_other(void **state)
{
	(void)state;
	ask(RINA, "KT", RAWA, NOW);
	decide(1, true, 1);
	ask(WAWAN, "KT", RAWA, NOW);
	assert_string_equal(told(TKSK), "Pendaftar No.1: RINA, KT Rawa, " RINA ". Balas SETUJU 1 atau TOLAK 1 | "
			    "Pendaftar No.2: RINA, KT Rawa, " WAWAN ". Balas SETUJU 2 atau TOLAK 2");
	decide(2, true, 1);
	assert_int_equal(standing(RINA), PERSON_ACTIVE);
	assert_int_equal(standing(WAWAN), PERSON_ACTIVE);
}

/* When the text about its end goes out, by the box's clock in Java. */
static const char *
told_at(int64_t no)
{
	static char out[32];
	sqlite3_stmt *statement;

	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT datetime(next_at, 'unixepoch', '+7 hours') FROM outq"
					    " WHERE okey LIKE 'expired:' || ? || ':%'", -1, &statement, NULL), SQLITE_OK);
	sqlite3_bind_int64(statement, 1, no);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	snprintf(out, sizeof out, "%s", (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	return out;
}

static void
what_nobody_decides_ends(void **state)
{
	(void)state;
	ask(RINA, "PSM", RAWA, NOW + 12 * HOUR);
	ask(WAWAN, "PSM", RAWA, NOW + 13 * HOUR);
	assert_int_equal(expire(NOW + 14 * DAY + 12 * HOUR), 0);
	assert_int_equal(expire(NOW + 14 * DAY + 12 * HOUR + 1), 1);
	assert_int_equal(standing(RINA), PERSON_NONE);
	assert_int_equal(standing(WAWAN), PERSON_WAITING);
	assert_string_equal(told(RINA), "Mohon maaf, pendaftaran No.1 belum diputuskan dalam 14 hari dan berakhir. Bila masih"
			    " berminat, silakan kirim DAFTAR lagi.");
	assert_int_equal(expire(NOW + 14 * DAY + 12 * HOUR + 1), 0);
	/* It was nine in the evening. */
	assert_string_equal(told_at(1), "2026-11-04 07:00:00");
}

/* Six in the evening in Java is eight in Papua, and its seven in the morning five here. */
static void
mornings_are_where_people_live(void **state)
{
	(void)state;
	execute("INSERT INTO area (code, name, parent) VALUES ('91', 'Papua', ''), ('91.71', 'Kota Jayapura', '91'),"
		" ('91.71.01', 'Jayapura Utara', '91.71'), ('91.71.01.1001', 'Gurabesi', '91.71.01')");
	ask(RINA, "PSM", RAWA, NOW);
	ask(WAWAN, "PSM", "91.71.01.1001", NOW);
	assert_int_equal(expire(NOW + 14 * DAY + 9 * HOUR), 2);
	assert_string_equal(told_at(1), "2026-11-03 18:00:00");
	assert_string_equal(told_at(2), "2026-11-04 05:00:00");
}

/* The request is void, and nothing to speak of. */
static void
whom_the_office_admitted_is_told_nothing(void **state)
{
	struct person person = { .state = PERSON_ACTIVE, .phone = RINA, .role = "KT", .body = "KT", .area = RAWA };

	(void)state;
	ask(RINA, "PSM", RAWA, NOW);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_put(store, &person), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(expire(NOW + 15 * DAY), 1);
	assert_string_equal(told(RINA), "");
	assert_int_equal(standing(RINA), PERSON_ACTIVE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_nearest_is_asked), TEST(without_a_tksk_all_of_the_kabupaten_are), TEST(without_anybody_nobody_is),
		TEST(a_new_tksk_hears_of_what_waits), TEST(who_is_replaced_is_told), TEST(other_roles_stand_beside_each_other),
		TEST(what_nobody_decides_ends), TEST(mornings_are_where_people_live), TEST(whom_the_office_admitted_is_told_nothing),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
