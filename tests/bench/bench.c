/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench: figures, no judgement.
 *
 *   bench names DB [SEED]            each village of DB looked up with one random edit in its name
 *   bench read DB ROUNDS             the example messages, read so often: parse and rules, no store
 *   bench worst DB ROUNDS [CORPUS]   the same for messages that make the reader work hardest
 *   bench one DB ROUNDS              the same for the first of these alone
 *   bench totals DB                  sums and coverage of a filled database (it is filled for that)
 *
 * DB has regions and people imported. Run from the checkout's root. */
#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lang/fold.h"
#include "lang/grammar.h"
#include "lang/parse.h"
#include "lang/place.h"
#include "lang/rules.h"
#include "store/people.h"
#include "store/record.h"
#include "store/region.h"
#include "store/statement.h"
#include "store/store.h"
#include "store/total.h"

#define MAPS 8
#define MESSAGES_MAX 1024
#define LINE_SIZE 4096
#define OCTOBER (2026 * 12 + 9)

static struct store *store;
static struct grammar *grammar;

static void __attribute__((noreturn))
die(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(1);
}

static int64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1000000000ll + t.tv_nsec;
}

static sqlite3_stmt *
query(const char *sql)
{
	sqlite3_stmt *rows;

	if (sqlite3_prepare_v2(store->db, sql, -1, &rows, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(store->db));
	return rows;
}

static void
run_sql(const char *sql)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(store->db));
}

static struct gazetteer *
load_map(const char *prefix)
{
	struct gazetteer *map = gazetteer_new(grammar);
	size_t i;

	if (region_load(store, prefix, map) != 0)
		die("no regions");
	for (i = 0; i < grammar->alias_count; i++)
		gazetteer_add_alias(map, grammar->aliases[i].code, grammar->aliases[i].name);
	return map;
}

/* --- names --- */

static uint64_t dice;

static size_t
below(size_t n)
{
	uint64_t z = dice += 0x9e3779b97f4a7c15u;       /* splitmix64 */

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (z ^ (z >> 31)) % n;
}

/* Which edits are made: only such as change something; none in the numeral at the end. */
struct edits { const char *what; bool change, spare; };

/* How much of the name may be edited: all of it, or all but the numeral at its end. */
static size_t
editable(const char *name, const struct edits *edits)
{
	const char *last = strrchr(name, ' ');

	return edits->spare && last != NULL && place_roman(last + 1) != 0 ? (size_t)(last - name) : strlen(name);
}

/* Inserts, deletes, replaces or swaps one letter of the name. */
static void
edit(const char *name, const struct edits *edits, char out[PLACE_NAME_SIZE * 2])
{
	size_t at, length = strlen(name);
	char letter = (char)('A' + below(26));

	do
		at = below(editable(name, edits));
	while (!isalpha((unsigned char)name[at]));
	snprintf(out, PLACE_NAME_SIZE * 2, "%s", name);
	switch (below(4)) {
	case 0:
		memmove(out + at + 1, out + at, length - at + 1);
		out[at] = letter;
		break;
	case 1:
		memmove(out + at, out + at + 1, length - at);
		break;
	case 2:
		out[at] = letter;
		break;
	default:
		if (at + 1 < length && isalpha((unsigned char)name[at + 1])) {
			out[at] = name[at + 1];
			out[at + 1] = name[at];
		}
		break;
	}
}

struct score { long villages, right, wrong, taken, asked, unknown, elsewhere; };        /* taken: exactly another's name */

static void
look_up(const struct gazetteer *map, const char *code, const char *name, const struct edits *edits, struct score *score)
{
	char typed[PLACE_NAME_SIZE * 2], district[9];
	struct place_answer answer;

	do
		edit(name, edits, typed);
	while (edits->change && strcmp(typed, name) == 0);
	snprintf(district, sizeof district, "%.8s", code);
	place_find(map, district, typed, code[9] == '1' ? PLACE_KELURAHAN : PLACE_DESA, false, &answer);
	score->villages++;
	switch (answer.verdict) {
	case PLACE_FOUND: case PLACE_FUZZY:
		if (strcmp(answer.codes[0], code) == 0)
			score->right++;
		else if (answer.verdict == PLACE_FOUND)
			score->taken++;
		else
			score->wrong++;
		break;
	case PLACE_CHOOSE: score->asked++; break;
	case PLACE_ELSEWHERE: score->elsewhere++; break;
	default: score->unknown++; break;
	}
}

static double
percent(long part, long whole)
{
	return 100.0 * (double)part / (double)whole;
}

static void
look_up_all(const struct edits *edits)
{
	sqlite3_stmt *rows = query("SELECT code, name FROM area WHERE length(code) = 13 ORDER BY code");
	struct gazetteer *map = NULL;
	struct score s = { 0 };
	char prefix[6] = "";
	int64_t spent = 0;

	while (sqlite3_step(rows) == SQLITE_ROW) {
		const char *code = (const char *)sqlite3_column_text(rows, 0);
		char *name = fold_text((const char *)sqlite3_column_text(rows, 1), NULL);
		int64_t begin;

		if (strncmp(prefix, code, 5) != 0) {
			gazetteer_free(map);
			snprintf(prefix, sizeof prefix, "%.5s", code);
			map = load_map(prefix);
		}
		begin = now_ns();
		look_up(map, code, name, edits, &s);
		spent += now_ns() - begin;
		free(name);
	}
	gazetteer_free(map);
	sqlite3_finalize(rows);
	printf("  %-33s %ld villages: right %.2f %%, asked back %.2f %%, not found %.2f %%, elsewhere %.2f %%; wrong %ld,"
	       " and %ld typed exactly as another; %lld ns each\n", edits->what, s.villages, percent(s.right, s.villages),
	       percent(s.asked, s.villages), percent(s.unknown, s.villages), percent(s.elsewhere, s.villages), s.wrong, s.taken,
	       (long long)(spent / s.villages));
}

/* --- messages --- */

struct message { char text[1024]; struct who who; const struct gazetteer *map; int64_t ns; };

static struct message messages[MESSAGES_MAX];
static size_t message_count;
static struct { char prefix[6]; struct gazetteer *map; } maps[MAPS];
static char areas[MESSAGES_MAX][PLACE_CODE_SIZE];

static const struct gazetteer *
map_of(const char *area)
{
	char prefix[6];
	size_t i;

	snprintf(prefix, sizeof prefix, "%.5s", area[0] != '\0' ? area : "32.07");
	for (i = 0; i < MAPS && maps[i].map != NULL; i++)
		if (strcmp(maps[i].prefix, prefix) == 0)
			return maps[i].map;
	if (i == MAPS)
		die("more kabupaten than expected");
	memcpy(maps[i].prefix, prefix, sizeof prefix);
	return maps[i].map = load_map(prefix);
}

static void
add_message(const char *text, const char *role, const char *area, int rw)
{
	struct message *m = &messages[message_count];
	int index = grammar_role(grammar, role);

	if (message_count == MESSAGES_MAX)
		return;
	snprintf(areas[message_count], sizeof areas[0], "%s", area);
	snprintf(m->text, sizeof m->text, "%s", text);
	m->who = (struct who){ index >= 0 ? STANDING_ACTIVE : STANDING_STRANGER, index,
		{ .area = areas[message_count], .scope = index >= 0 ? grammar->roles[index].scope : SCOPE_NONE,
		  .rw = rw, .now = { 2026, 10, 20, 9, 0 } } };
	m->map = map_of(area);
	message_count++;
}

static void
find_sender(const char *sender, char role[16], char area[PLACE_CODE_SIZE], int *rw)
{
	char line[LINE_SIZE], *cells[8] = { NULL };
	FILE *file = fopen("tests/cases/people.tsv", "re");

	if (file == NULL)
		die("tests/cases/people.tsv cannot be read");
	while (fgets(line, sizeof line, file) != NULL) {
		char *rest = line;
		size_t i;

		for (i = 0; i < 8 && rest != NULL; i++)
			cells[i] = strsep(&rest, "\t\n");
		if (i < 7 || strcmp(cells[0], sender) != 0)
			continue;
		snprintf(role, 16, "%s", cells[2]);
		snprintf(area, PLACE_CODE_SIZE, "%s", cells[4]);
		*rw = atoi(cells[6]);
		break;
	}
	fclose(file);
}

static void
add_examples(void)
{
	char line[LINE_SIZE], role[16], area[PLACE_CODE_SIZE], *cells[12];
	FILE *file = fopen("tests/cases/examples.tsv", "re");

	if (file == NULL)
		die("tests/cases/examples.tsv cannot be read");
	while (fgets(line, sizeof line, file) != NULL) {
		char *rest = line;
		size_t i;
		int rw = 0;

		for (i = 0; i < 12 && rest != NULL; i++)
			cells[i] = strsep(&rest, "\t\n");
		if (line[0] == '#' || i < 11 || strcmp(cells[0], "id") == 0)
			continue;
		role[0] = area[0] = '\0';
		find_sender(cells[9], role, area, &rw);
		add_message(cells[2], role, area, rw);
	}
	fclose(file);
}

/* The longest message made of one piece again and again. */
static void
add_repeated(const char *begin, const char *piece)
{
	static const struct { const char *role, *area; } senders[] = { { "TKSK", "12.02.01" }, { "KAB", "12.02" } };
	char text[460];
	size_t i;

	snprintf(text, sizeof text, "%s", begin);
	while (strlen(text) + strlen(piece) < sizeof text)
		strcat(text, piece);
	for (i = 0; i < sizeof senders / sizeof *senders; i++)
		add_message(text, senders[i].role, senders[i].area, 0);
}

static void
add_corpus(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	char path[400], text[460];

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		FILE *file;
		size_t length;

		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		file = entry->d_name[0] != '.' ? fopen(path, "re") : NULL;
		if (file == NULL)
			continue;
		length = fread(text, 1, sizeof text - 1, file);
		text[length] = '\0';
		fclose(file);
		add_message(text, "TKSK", "12.02.01", 0);
	}
	if (dir != NULL)
		closedir(dir);
}

static void
add_worst(const char *corpus)
{
	add_repeated("", "a ");
	add_repeated("", "gelndangn ");                        /* near a category */
	add_repeated("", "gxlxndangan ");                      /* near none */
	add_repeated("", "ds hutatxruan ");                    /* near many villages */
	add_repeated("", "ds a b c d e f g h ");               /* names of many words */
	add_repeated("ds ", "hutauruk ");
	add_repeated("", "kec tarutxng ");
	add_repeated("", "desahutatoruan ");                   /* glued */
	add_repeated("", "12 ");
	add_repeated("anak ", "dua puluh ");
	add_repeated("", "korban bencana ");
	add_repeated("", "selamat ");
	if (corpus != NULL)
		add_corpus(corpus);
}

static void
read_once(struct message *m)
{
	static struct parse parse;
	static struct outcome outcome;

	parse_text(grammar, m->map, &m->who.asker, m->text, &parse);
	rules_check(grammar, m->map, &m->who, &parse, strlen(m->text), &outcome);
	parse_clear(&parse);
}

static int
by_time(const void *a, const void *b)
{
	const struct message *one = a, *two = b;

	return (two->ns > one->ns) - (two->ns < one->ns);
}

static void
read_all(const char *what, int rounds)
{
	int64_t all = 0;
	size_t i;
	int round;

	for (round = 0; round < rounds; round++)
		for (i = 0; i < message_count; i++) {
			int64_t begin = now_ns();

			read_once(&messages[i]);
			messages[i].ns += now_ns() - begin;
		}
	qsort(messages, message_count, sizeof *messages, by_time);
	for (i = 0; i < message_count; i++)
		all += messages[i].ns;
	printf("  %-28s %6zu messages  %lld ns each  median %lld  slowest %lld  \"%.40s\"\n", what, message_count,
	       (long long)(all / rounds / (int64_t)message_count), (long long)(messages[message_count / 2].ns / rounds),
	       (long long)(messages[0].ns / rounds), messages[0].text);
}

/* --- totals --- */

/* Two organisations, every category, half a year, in every village of Ciamis. */
static void
fill(void)
{
	run_sql("PRAGMA synchronous = OFF; BEGIN;"
		"INSERT OR IGNORE INTO organisation (role, body, area, rw) SELECT 'PSM', 'PSM', code, 0 FROM area"
		" WHERE code LIKE '32.07.__.____';"
		"INSERT OR IGNORE INTO organisation (role, body, area, rw) SELECT 'KT', 'KT', code, 0 FROM area"
		" WHERE code LIKE '32.07.__.____';"
		"INSERT INTO receipt (verb, person, organisation, wall) SELECT 'LAPOR', 1, 1, 0;");
	run_sql("WITH RECURSIVE month(m) AS (SELECT 24314 UNION ALL SELECT m + 1 FROM month WHERE m < 24321),"
		" kind(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM kind WHERE k < 22)"
		"INSERT INTO record (receipt, organisation, village, rt, rw, category, unit, period, value, list, word, state)"
		" SELECT 1, o.id, o.area, 0, 0, printf('%02d', k), 'orang', m, abs(random()) % 20, 'pmks-2009', '', 'CURRENT'"
		" FROM organisation o, month, kind WHERE length(o.area) = 13 AND o.area LIKE '32.07%'; COMMIT");
}

static void
time_total(const char *what, const char *area, int first, int last)
{
	int64_t begin = now_ns();
	int rounds = 0, reported, villages;
	long value;
	bool any;

	for (; rounds < 20; rounds++)
		if (total_area(store, area, first, last, "pmks-2009", "07", "orang", &value, &any) != 0)
			die("total_area");
	printf("  total_area     %-28s %8.2f ms\n", what, (double)(now_ns() - begin) / rounds / 1e6);
	begin = now_ns();
	for (rounds = 0; rounds < 20; rounds++)
		if (total_coverage(store, area, first, last, NULL, &reported, &villages) != 0)
			die("total_coverage");
	printf("  total_coverage %-28s %8.2f ms  (%d of %d villages)\n", what, (double)(now_ns() - begin) / rounds / 1e6, reported,
	       villages);
}

static void
totals(void)
{
	sqlite3_stmt *rows;

	fill();
	rows = query("SELECT count(*) FROM record");
	if (sqlite3_step(rows) == SQLITE_ROW)
		printf("  %lld values in the database\n", (long long)sqlite3_column_int64(rows, 0));
	sqlite3_finalize(rows);
	time_total("village, month", "32.07.34.2007", OCTOBER, OCTOBER);
	time_total("kecamatan, month", "32.07.34", OCTOBER, OCTOBER);
	time_total("kabupaten, month", "32.07", OCTOBER, OCTOBER);
	time_total("kabupaten, year", "32.07", 2026 * 12, 2026 * 12 + 11);
	time_total("province, month", "32", OCTOBER, OCTOBER);
	time_total("country, month", "", OCTOBER, OCTOBER);
}

int
main(int argc, char **argv)
{
	static const struct edits ways[] = {
		{ "none in the numeral (domain 5.3)", true, true }, { "... an edit may change nothing", false, true },
		{ "in the numeral, too", true, false }, { "... an edit may change nothing", false, false },
	};
	const char *what = argc > 2 ? argv[1] : "";
	int rounds = argc > 3 ? atoi(argv[3]) : 1;
	char *error = NULL;

	grammar = argc > 2 ? grammar_load("grammars", NULL, &error) : NULL;
	if (grammar == NULL)
		die(error != NULL ? error : "names, read, worst or totals, and a database");
	if (store_open(&store, argv[2], STORE_EXISTING) != 0)
		die("the database cannot be opened");
	if (strcmp(what, "names") == 0) {
		dice = (uint64_t)(argc > 3 ? atoll(argv[3]) : 1);
		for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
			look_up_all(&ways[i]);
	} else if (strcmp(what, "read") == 0) {
		add_examples();
		read_all("the example messages", rounds);
	} else if (strcmp(what, "worst") == 0) {
		add_worst(argc > 4 ? argv[4] : NULL);
		read_all("hardest messages", rounds);
	} else if (strcmp(what, "one") == 0) {
		add_worst(NULL);
		message_count = 1;
		read_all("one hard message", rounds);
	} else if (strcmp(what, "totals") == 0) {
		totals();
	}
	for (size_t i = 0; i < MAPS; i++)
		gazetteer_free(maps[i].map);
	store_close(store);
	grammar_free(grammar);
	return 0;
}
