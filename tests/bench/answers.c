/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers: what questions cost, the whole way from the text to the answer, in processor time; nothing is judged.
 *
 *   answers country DB     every village of the country, 22 categories, 12 months; a quarter of it, half, the whole
 *   answers province DB    Jawa Barat, 22 categories, 60 months
 *
 * DB has the regions imported and nobody registered; it is filled for this, with figures that mean nothing. Run from
 * the checkout's root. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "gate/desk.h"
#include "lang/grammar.h"
#include "store/statement.h"
#include "store/store.h"

#define ROUNDS 20
#define RECEIVED 1766210400             /* 20 December 2025, 13.00 WIB */
#define BENCH_STAGES 3

#define VILLAGE "32.07.34.2007"
#define DISTRICT "32.07.34"
#define REGENCY "32.07"
#define PROVINCE "32"

static struct store *store;
static struct grammar *grammar;
static struct desk_answer *answer;
static const char *path;
static int first_month, last_month;      /* that are filled */

static void __attribute__((noreturn))
die(const char *what)
{
	fprintf(stderr, "answers: %s\n", what);
	exit(1);
}

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Statements of any number, which may name the :area that is filled and the :first and :last month. */
static void
run_sql(const char *sql, const char *area)
{
	sqlite3_stmt *run;

	for (; *sql != '\0'; sqlite3_finalize(run)) {
		if (sqlite3_prepare_v2(store->db, sql, -1, &run, &sql) != SQLITE_OK)
			die(sqlite3_errmsg(store->db));
		sqlite3_bind_text(run, sqlite3_bind_parameter_index(run, ":area"), area, -1, SQLITE_STATIC);
		sqlite3_bind_int(run, sqlite3_bind_parameter_index(run, ":first"), first_month);
		sqlite3_bind_int(run, sqlite3_bind_parameter_index(run, ":last"), last_month);
		while (sqlite3_step(run) == SQLITE_ROW)
			;
		if (sqlite3_reset(run) != SQLITE_OK)
			die(sqlite3_errmsg(store->db));
	}
}

static long
number(const char *sql)
{
	sqlite3_stmt *rows;
	long result;

	if (sqlite3_prepare_v2(store->db, sql, -1, &rows, NULL) != SQLITE_OK || sqlite3_step(rows) != SQLITE_ROW)
		die(sqlite3_errmsg(store->db));
	result = (long)sqlite3_column_int64(rows, 0);
	sqlite3_finalize(rows);
	return result;
}

/* --- filling --- */

#define EACH(role) "INSERT INTO organisation (role, body, area, rw) SELECT '" role "', '" role "', code, 0 FROM area"

/* A PSM and a Karang Taruna in each village, a TKSK in each kecamatan but a few, coordinators above. */
static void
register_people(void)
{
	run_sql("PRAGMA synchronous = OFF; BEGIN;"
		EACH("PSM") " WHERE length(code) = 13;" EACH("KT") " WHERE length(code) = 13;"
		EACH("TKSK") " WHERE length(code) = 8 AND code NOT LIKE '%7';" EACH("KAB") " WHERE length(code) = 5;"
		EACH("PROV") " WHERE length(code) = 2;" EACH("PUSAT") " WHERE code = '';", "");
	run_sql("INSERT INTO person (id, state, organisation) SELECT id, 'ACTIVE', id FROM organisation;"
		"INSERT INTO phone (number, person) SELECT printf('+62840%09d', id), id FROM organisation;"
		"INSERT INTO receipt (verb, person, organisation, wall) VALUES ('LAPOR', 1, 1, 0); COMMIT", "");
}

/* Categories with the unit that they are counted in; a figure that differs from village to village and month to month. */
#define KINDS "kind (k, unit) AS (SELECT 1, 'orang' UNION ALL SELECT k + 1, CASE WHEN k + 1 IN (14, 15, 16, 22) THEN" \
	" 'keluarga' WHEN k + 1 = 17 THEN 'komunitas' ELSE 'orang' END FROM kind WHERE k < 22)"
#define VALUE "(o.id * 31 + k * 7 + m * 3) % 20"
/* Of every ninth village December is missing, so that somebody is. */
#define REPORTED "NOT (substr(o.area, 13) = '9' AND m % 12 = 11)"
/* The last month of each span that the village has: what REPORTED left out has November. */
#define LAST_OF_SPAN "((period + 1) % months = 0 OR period % 12 = 10 AND substr(village, 13) = '9')"

#define MONTHS "month (m) AS (SELECT :first UNION ALL SELECT m + 1 FROM month WHERE m < :last)"
#define INTO_RECORD " INSERT INTO record (receipt, organisation, village, rt, rw, category, unit, period, value, list, word, state)"
#define INTO_ENTRY " INSERT INTO entry (form, series, no, receipt, person, organisation, area, rt, rw, period, wall, replaces," \
	" keyed, met, data, flag, state)"

/* In every twentieth village the Karang Taruna reports the elderly, too. */
static void
fill_records(const char *regency)
{
	run_sql("WITH RECURSIVE " MONTHS ", " KINDS INTO_RECORD " SELECT 1, o.id, o.area, 0, 0, printf('%02d', k), unit, m, " VALUE
		", 'pmks-2009', '', 'CURRENT' FROM (SELECT id, area FROM organisation WHERE role = 'PSM' AND area BETWEEN :area || '.' AND :area || '/'"
		" ORDER BY area) AS o CROSS JOIN month CROSS JOIN kind WHERE " REPORTED, regency);
	run_sql("WITH RECURSIVE " MONTHS INTO_RECORD " SELECT 1, o.id, o.area, 0, 0, '07', 'orang', m, 25, 'pmks-2009', '',"
		" 'CURRENT' FROM organisation AS o, month WHERE role = 'KT' AND area BETWEEN :area || '.' AND :area || '/' AND o.id % 20 = 0 AND "
		REPORTED, regency);
}

/* Services, two kinds a month in each village; groups, a total. */
static void
fill_entries(const char *regency)
{
	run_sql("WITH RECURSIVE " MONTHS INTO_ENTRY " SELECT 'LAYAN', '', 1, 1, 1, o.id, o.area, 0, 0, m, 0, 0, '', '',"
		" json_object('kat', 'pmks-2009/07', 'jml', o.id % 9 + 1, 'jenis', kind), '', 'CURRENT' FROM organisation AS o, month,"
		" (SELECT 'SEMBAKO' AS kind UNION ALL SELECT 'OBAT') WHERE role = 'PSM' AND area BETWEEN :area || '.' AND :area || '/'", regency);
	run_sql("WITH RECURSIVE " MONTHS INTO_ENTRY " SELECT 'KUBE', '', 1, 1, 1, o.id, o.area, 0, 0, m, 0, 1, '', '',"
		" json_object('kube', o.id % 4), '', 'CURRENT' FROM organisation AS o, month WHERE role = 'PSM'"
		" AND area BETWEEN :area || '.' AND :area || '/'", regency);
}

static void
fill_regency(const char *code)
{
	fill_records(code);
	fill_entries(code);
	run_sql("INSERT INTO figure (village, list, category, unit, period, value, open, reports, family)"
		" SELECT village, list, category, unit, period, max(value), count(*) > 1, count(*), 'PMKS' FROM record"
		" WHERE state = 'CURRENT' AND village BETWEEN :area || '.' AND :area || '/' GROUP BY 1, 2, 3, 4, 5", code);
	run_sql("INSERT INTO area_sum (area, first, months, list, category, unit, value, villages, open, small, bottom, vague)"
		" WITH span (months) AS (VALUES (1), (3), (6), (12))"
		" SELECT substr(village, 1, 8), period - period % months AS first, months, list, category, unit, sum(value), count(*),"
		" sum(open), 0, sum(value), 0 FROM figure, span WHERE village BETWEEN :area || '.' AND :area || '/' AND " LAST_OF_SPAN
		" GROUP BY 1, 2, 3, 4, 5, 6", code);
	run_sql("INSERT INTO presence (village, family, period, reports) SELECT village, family, period, sum(reports) FROM figure"
		" WHERE village BETWEEN :area || '.' AND :area || '/' GROUP BY 1, 2, 3 UNION ALL SELECT village, '', period, sum(reports) FROM figure"
		" WHERE village BETWEEN :area || '.' AND :area || '/' GROUP BY 1, 3", code);
	run_sql("INSERT INTO turnout (area, first, months, family, villages) WITH span (months) AS (VALUES (1), (3), (6), (12))"
		" SELECT substr(village, 1, 8), period - period % months AS first, months, family, count(*) FROM presence, span"
		" WHERE village BETWEEN :area || '.' AND :area || '/' AND " LAST_OF_SPAN " GROUP BY 1, 2, 3, 4", code);
}

static void
fill_province(const char *province)
{
	sqlite3_stmt *rows;

	if (sqlite3_prepare_v2(store->db, "SELECT code FROM area WHERE parent = ? ORDER BY code", -1, &rows, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(store->db));
	sqlite3_bind_text(rows, 1, province, -1, SQLITE_STATIC);
	while (sqlite3_step(rows) == SQLITE_ROW)
		fill_regency((const char *)sqlite3_column_text(rows, 0));
	sqlite3_finalize(rows);
}

/* What lies above the kecamatan, from what is there now. */
static void
fill_above(void)
{
	run_sql("DELETE FROM area_sum WHERE length(area) < 8; DELETE FROM turnout WHERE length(area) < 8;"
		"INSERT INTO area_sum (area, first, months, list, category, unit, value, villages, open, small, bottom, vague)"
		" WITH level (length) AS (VALUES (5), (2), (0)) SELECT substr(area, 1, length), first, months, list, category, unit,"
		" sum(value), sum(villages), sum(open), 0, sum(bottom), sum(vague) FROM area_sum, level WHERE length(area) = 8"
		" GROUP BY 1, 2, 3, 4, 5, 6;"
		"INSERT INTO turnout (area, first, months, family, villages) WITH level (length) AS (VALUES (5), (2), (0))"
		" SELECT substr(area, 1, length), first, months, family, sum(villages) FROM turnout, level WHERE length(area) = 8"
		" GROUP BY 1, 2, 3, 4;", "");
}

static void
open_for_filling(void)
{
	if (store_open(&store, path, STORE_EXISTING) != 0)
		die("the database cannot be opened");
	run_sql("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA secure_delete = OFF; PRAGMA cache_size = -400000; BEGIN", "");
}

static void
close_filled(void)
{
	run_sql("COMMIT; PRAGMA journal_mode = WAL", "");
	store_close(store);
}

/* --- asking --- */

static const char *
phone_of(const char *role, const char *area)
{
	static char phone[24];
	char sql[200];

	snprintf(sql, sizeof sql, "SELECT id FROM organisation WHERE role = '%s' AND area = '%s'", role, area);
	snprintf(phone, sizeof phone, "+62840%09ld", number(sql));
	return phone;
}

static double
ask_once(struct desk *desk, const char *phone, const char *text)
{
	struct desk_message message = { .sender = phone, .text = text, .time = "", .received = RECEIVED, .dry = true };
	double begin = now_ms();

	if (desk_handle(desk, &message, answer) != 0)
		die("a message was not handled");
	parse_clear(&answer->parse);
	return now_ms() - begin;
}

/* Who asks what. */
static const struct question { const char *role, *area, *text; } QUESTIONS[] = {
	{ "PSM", VILLAGE, "lansia 5" }, { "PSM", VILLAGE, "pmks nihil bln 5" }, { "PSM", VILLAGE, "status" },
	{ "PSM", VILLAGE, "rekap" }, { "PSM", VILLAGE, "jumlah lansia thn 2025" },
	{ "TKSK", DISTRICT, "jumlah lansia" }, { "TKSK", DISTRICT, "rekap thn 2025" }, { "TKSK", DISTRICT, "belum" },
	{ "TKSK", DISTRICT, "tumpang" }, { "TKSK", DISTRICT, "tumpang thn 2025" }, { "TKSK", DISTRICT, "status" },
	{ "TKSK", DISTRICT, "rekap layan" }, { "TKSK", DISTRICT, "jumlah kube thn 2025" },
	{ "KAB", REGENCY, "jumlah lansia" }, { "KAB", REGENCY, "rekap tw 3" }, { "KAB", REGENCY, "belum" },
	{ "KAB", REGENCY, "cek tksk" }, { "KAB", REGENCY, "jumlah kt" }, { "KAB", REGENCY, "rekap layan" },
	{ "KAB", REGENCY, "jumlah kube" },
	{ "PROV", PROVINCE, "jumlah lansia tw 4" }, { "PROV", PROVINCE, "jumlah lansia thn 2025" },
	{ "PROV", PROVINCE, "rekap thn 2025" }, { "PROV", PROVINCE, "belum" }, { "PROV", PROVINCE, "cek tksk" },
	{ "PROV", PROVINCE, "jumlah kt" }, { "PROV", PROVINCE, "rekap layan" }, { "PROV", PROVINCE, "jumlah kube thn 2025" },
	{ "PUSAT", "", "jumlah lansia" }, { "PUSAT", "", "jumlah lansia anak rtlh smt 2" }, { "PUSAT", "", "rekap" },
	{ "PUSAT", "", "rekap thn 2025" }, { "PUSAT", "", "belum" }, { "PUSAT", "", "belum smt 2" },
	{ "PUSAT", "", "belum prov jawa barat" }, { "PUSAT", "", "cek tksk" }, { "PUSAT", "", "jumlah kt" },
	{ "PUSAT", "", "rekap layan" }, { "PUSAT", "", "jumlah layan sembako thn 2025" }, { "PUSAT", "", "jumlah kube" },
};
#define QUESTIONS_ALL (sizeof QUESTIONS / sizeof *QUESTIONS)

static double times[BENCH_STAGES][QUESTIONS_ALL];

/* Every round is taken back, so that each finds what the first found. The first one, which finds nothing read yet, does
 * not count. Returns the mean. */
static double
ask(const struct question *question)
{
	static const struct desk_conf conf = { .own_numbers = "", .destinations = "^\\+62" };
	struct desk *desk = desk_new(store, grammar, &conf);
	const char *phone = phone_of(question->role, question->area);
	double first = ask_once(desk, phone, question->text), sum = 0, most = 0;
	int rounds = 0;

	/* What takes long is not asked so often. */
	for (; rounds < ROUNDS && sum < 2000; rounds++) {
		double one = ask_once(desk, phone, question->text);

		sum += one;
		most = one > most ? one : most;
	}
	printf("  %-5s %-30s %8.2f ms (at most %.2f, the first %.1f)  %.70s\n", question->role, question->text, sum / rounds, most,
	       first, answer->reply);
	desk_free(desk);
	return sum / rounds;
}

static void
measure(const char *what, double mean[QUESTIONS_ALL])
{
	struct stat file;

	if (store_open(&store, path, STORE_EXISTING) != 0 || stat(path, &file) != 0)
		die("the database cannot be opened");
	printf("%s: %ld villages with figures, %ld values in force, %ld entries, %lld MB\n", what,
	       number("SELECT sum(villages) FROM turnout WHERE area = '' AND first = 24300 AND months = 12 AND family = ''"),
	       number("SELECT count(*) FROM record"), number("SELECT count(*) FROM entry"), (long long)file.st_size >> 20);
	for (size_t i = 0; i < QUESTIONS_ALL; i++)
		mean[i] = ask(&QUESTIONS[i]);
	fflush(stdout);
	store_close(store);
}

/* How the time grows with the database. */
static void
compare(int stages)
{
	printf("times as much as with a quarter of the villages\n");
	for (size_t i = 0; i < QUESTIONS_ALL; i++) {
		printf("  %-5s %-30s", QUESTIONS[i].role, QUESTIONS[i].text);
		for (int stage = 1; stage < stages; stage++)
			printf(" %6.2f", times[stage][i] / times[0][i]);
		putchar('\n');
	}
}

/* From Jawa Barat on, so that the same areas can be asked about at each stage. */
static void
measure_country(void)
{
	static const char *const stages[] = { "a quarter of the country", "half of it", "the whole country" };
	char province[3], sql[200] = "";
	int stage = 0;
	long all, filled = 0;

	open_for_filling();
	all = number("SELECT villages FROM area WHERE code = ''");
	for (int i = 0; stage < 3; i++) {
		snprintf(sql, sizeof sql, "SELECT code FROM area WHERE length(code) = 2 ORDER BY code < '32', code LIMIT 1 OFFSET %d", i);
		snprintf(province, sizeof province, "%02ld", number(sql));
		fill_province(province);
		snprintf(sql, sizeof sql, "SELECT villages FROM area WHERE code = '%s'", province);
		filled += number(sql);
		if (filled < all * (stage == 0 ? 1 : stage == 1 ? 2 : 4) / 4)
			continue;
		fill_above();
		close_filled();
		measure(stages[stage], times[stage]);
		stage++;
		if (stage < 3)
			open_for_filling();
	}
	compare(3);
}

int
main(int argc, char **argv)
{
	const char *what = argc == 3 ? argv[1] : "";
	char *error = NULL;

	grammar = grammar_load("grammars", NULL, &error);
	if (grammar == NULL || (strcmp(what, "country") != 0 && strcmp(what, "province") != 0))
		die(error != NULL ? error : "country or province, and a database");
	path = argv[2];
	answer = calloc(1, sizeof *answer);
	open_for_filling();
	run_sql("COMMIT", "");
	register_people();
	store_close(store);
	last_month = 2025 * 12 + 11;
	if (strcmp(what, "country") == 0) {
		first_month = last_month - 11;
		measure_country();
	} else {
		first_month = last_month - 59;
		open_for_filling();
		fill_province(PROVINCE);
		fill_above();
		close_filled();
		measure("Jawa Barat, 60 months", times[0]);
	}
	free(answer);
	grammar_free(grammar);
	return 0;
}
