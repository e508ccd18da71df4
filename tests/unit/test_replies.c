/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_replies: every text of grammars/70-replies.grammar that the program can send is sent to somebody in tests/cases.
 * Plays all tables there and matches what was answered, and what others were told, with the texts. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gate/desk.h"
#include "lang/calendar.h"
#include "lang/grammar.h"
#include "store/people.h"
#include "store/roster.h"
#include "store/region.h"
#include "store/statement.h"
#include "store/store.h"

#define COLUMNS 16
#define LINE_SIZE 8192

/* Verbs and doors that are not served yet, and texts that no message of one sender leads to. */
static const struct { const char *id, *why; } UNREACHED[] = {
	{ "E_SEBAGIAN", "tests/box/two-part" }, { "SIAR_DARI", "tests/box/broadcast" },
	{ "E_DESA_PILIH_TUTUP", "no name near a sensitive word is near two villages here" },
	{ "E_TAWAR_TUTUP", "no village here is near a sensitive word" },
	{ "JWB_PULSA", "tests/box/ussd-balance" }, { "FRASA_PULSA", "test_credit_words" },
	{ "FRASA_PULSA_BELUM", "test_credit_words" }, { "FRASA_KUOTA", "test_credit_words" },
	{ "FRASA_KUOTA_BELUM", "test_credit_words" }, { "FRASA_MENIT", "test_credit_words" },
	{ "FRASA_JAM", "test_credit_words" }, { "FRASA_HARI", "test_credit_words" },
	{ "E_PIN", "no role of the shipped grammar needs a PIN: test_proof" }, { "E_PIN_SALAH", "test_proof" },
	{ "E_PIN_KUNCI", "test_proof" }, { "E_PIN_BELUM", "test_proof" }, { "E_PIN_MENU", "test_proof" },
	{ "E_ISIAN_KURANG", "no form has such a rule" },
	{ "E_ISIAN_SAMA", "no form has such a rule" },
	{ "E_BELUM_ADA", "no verb of the tables is left without service" },
};

static struct grammar *grammar;
static struct store *store;
static struct desk *desk;
static struct desk_answer *answer;
static bool *reached;
static size_t wrong_examples;
static char folder[] = "replies.XXXXXX";

static const struct desk_conf conf = { .own_numbers = "", .destinations = "^\\+62" };

/* --- a box with the three provinces and people of the tables --- */

static void
keep_lines(const char *from, const char *name, bool (*keep)(const char *line, size_t number))
{
	char path[128], line[LINE_SIZE];
	FILE *in = fopen(from, "re"), *out;
	size_t number = 0;

	assert_non_null(in);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	out = fopen(path, "we");
	assert_non_null(out);
	while (fgets(line, sizeof line, in) != NULL)
		if (keep(line, number++))
			fputs(line, out);
	fclose(in);
	fclose(out);
}

static bool
is_near(const char *line, size_t number)
{
	return number == 0 || strncmp(line, "12", 2) == 0 || strncmp(line, "32", 2) == 0 || strncmp(line, "33", 2) == 0;
}

static bool
is_no_remark(const char *line, size_t number)
{
	(void)number;
	return line[0] != '#';
}

static void
run_sql(const char *sql)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(store->db));
}

static void
import_people(void)
{
	static const int lengths[] = { [SCOPE_PART] = 13, [SCOPE_VILLAGE] = 13, [SCOPE_DISTRICT] = 8, [SCOPE_REGENCY] = 5,
				       [SCOPE_PROVINCE] = 2, [SCOPE_COUNTRY] = 0 };
	struct roster_role roles[64] = { { .name = NULL } };
	int imported;
	char path[128], *error = NULL;
	size_t i;

	for (i = 0; i < grammar->role_count; i++) {
		roles[i].name = grammar->roles[i].name;
		roles[i].level = lengths[grammar->roles[i].scope];
	}
	keep_lines("tests/cases/people.tsv", "people.tsv", is_no_remark);
	snprintf(path, sizeof path, "%s/people.tsv", folder);
	if (roster_import(store, path, roles, &imported, &error) != 0)
		fail_msg("%s", error);
}

static void
import_regions(void)
{
	static const char *const files[] = { "provinces.csv", "regencies.csv", "districts.csv", "villages.csv" };
	char path[128], *error = NULL;
	int imported;
	size_t i;

	for (i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, "grammars/regions/%s", files[i]);
		keep_lines(path, files[i], is_near);
	}
	if (region_import(store, folder, &imported, &error) != 0)
		fail_msg("%s", error);
}

static int
set_up(void **state)
{
	char *error = NULL;

	(void)state;
	grammar = grammar_load("grammars", NULL, &error);
	if (grammar == NULL) {
		fprintf(stderr, "%s\n", error);
		free(error);
		return -1;
	}
	answer = calloc(1, sizeof *answer);
	reached = calloc(grammar->reply_count, sizeof *reached);
	if (answer == NULL || reached == NULL || mkdtemp(folder) == NULL ||
	    store_open(&store, ":memory:", STORE_CREATE) != 0)
		return -1;
	import_regions();
	import_people();
	run_sql("CREATE TEMP TABLE organisation_first AS SELECT * FROM organisation;"
		"CREATE TEMP TABLE person_first AS SELECT * FROM person; CREATE TEMP TABLE phone_first AS SELECT * FROM phone");
	desk = desk_new(store, grammar, &conf);
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const files[] = { "provinces.csv", "regencies.csv", "districts.csv", "villages.csv", "people.tsv" };
	char path[128];
	size_t i;

	(void)state;
	desk_free(desk);
	store_close(store);
	grammar_free(grammar);
	free(answer);
	free(reached);
	for (i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		unlink(path);
	}
	rmdir(folder);
	return 0;
}

/* As it was after the import. */
static void
begin_scene(void)
{
	static char *empty;
	sqlite3_stmt *tables;

	if (empty == NULL) {
		assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT group_concat('DELETE FROM ' || name, ';') FROM sqlite_master"
						    " WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN"
						    " ('area', 'box')", -1, &tables, NULL), SQLITE_OK);
		assert_int_equal(sqlite3_step(tables), SQLITE_ROW);
		empty = strdup((const char *)sqlite3_column_text(tables, 0));
		sqlite3_finalize(tables);
	}
	run_sql("PRAGMA foreign_keys = OFF; BEGIN");
	run_sql(empty);
	run_sql("INSERT INTO organisation SELECT * FROM organisation_first; INSERT INTO person SELECT * FROM person_first;"
		"INSERT INTO phone SELECT * FROM phone_first; COMMIT; PRAGMA foreign_keys = ON");
}

/* --- which text it is --- */

/* Whether the text could be the template with something in its placeholders; piece: with anything around it. Each fixed
 * stretch is taken where it comes first, which leaves the most for those behind it. */
static bool
fits(const char *template, const char *text, bool piece)
{
	bool first = true;

	for (;;) {
		const char *hole = strchr(template, '{');
		size_t fixed = hole != NULL ? (size_t)(hole - template) : strlen(template), left = strlen(text);
		const char *at = memmem(text, left, template, fixed);

		if (hole == NULL && !piece && !first)
			return left >= fixed && memcmp(text + left - fixed, template, fixed) == 0;
		if (at == NULL || (first && !piece && at != text))
			return false;
		if (hole == NULL)
			return piece || at[fixed] == '\0';
		text = at + fixed;
		template = strchr(hole, '}') + 1;
		first = false;
	}
}

static void
match(const char *text)
{
	size_t i;

	for (i = 0; i < grammar->reply_count; i++)
		if (!reached[i])
			reached[i] = fits(grammar->replies[i].text, text, strncmp(grammar->replies[i].id, "FRASA", 5) == 0);
}

static void
match_told(void)
{
	sqlite3_stmt *rows;

	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT body FROM outq", -1, &rows, NULL), SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW)
		match((const char *)sqlite3_column_text(rows, 0));
	sqlite3_finalize(rows);
}

/* --- the tables --- */

static char senders[128][2][32];        /* name, telephone */
static size_t sender_count;

static size_t
split(char *line, char *cells[COLUMNS])
{
	size_t count = 0;

	line[strcspn(line, "\n")] = '\0';
	while (line != NULL && count < COLUMNS)
		cells[count++] = strsep(&line, "\t");
	return count;
}

static void
read_senders(void)
{
	char line[LINE_SIZE], *cells[COLUMNS];
	FILE *file = fopen("tests/cases/people.tsv", "re");

	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL && sender_count < 128)
		if (line[0] != '#' && split(line, cells) > 2) {
			snprintf(senders[sender_count][0], sizeof senders[0][0], "%s", cells[0]);
			snprintf(senders[sender_count++][1], sizeof senders[0][1], "%s", cells[1]);
		}
	fclose(file);
}

static const char *
phone_of(const char *sender)
{
	size_t i;

	for (i = 0; i < sender_count; i++)
		if (strcmp(senders[i][0], sender) == 0)
			return senders[i][1];
	fail_msg("nobody is called %s", sender);
	return NULL;
}

static void
unescape(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++) {
		if (*s == '\\' && s[1] != '\0') {
			s++;
			*to++ = *s == 'n' ? '\n' : *s == 't' ? '\t' : *s;
		} else {
			*to++ = *s;
		}
	}
	*to = '\0';
}

/* A table may ask for another category list. Its texts are the same. */
#define CATEGORY_LIST "# category_list = "
static struct grammar *
under_list(char *name)
{
	struct grammar *other;
	char *error;

	name[strcspn(name, "\n")] = '\0';
	other = grammar_load("grammars", name, &error);
	assert_non_null(other);
	assert_int_equal(other->reply_count, grammar->reply_count);
	desk_set_grammar(desk, other);
	return other;
}

/* Errors that depend on what is on record: the example itself is well written. */
static bool
is_state(const struct outcome *outcome)
{
	switch (outcome->reject) {
	case REJECT_TIDAK_ADA: case REJECT_KUNCI: case REJECT_BEDA: case REJECT_NIHIL: case REJECT_BELUM_ADA:
		return true;
	default:
		/* Too many for the figure that is on record. */
		return outcome->form >= 0 && outcome->rule >= 0 &&
		       grammar->forms[outcome->form].rules[outcome->rule].other < 0;
	}
}

/* The example that an answer gives, sent by the same person in the same minute, must be right itself. */
static void
send_example(const struct desk_message *message)
{
	static struct desk_answer again;
	struct desk_message example = *message;
	const char *at = answer->reply, *next;
	char text[REPLY_SIZE];
	size_t length;

	if (answer->outcome.expect != EXPECT_REJECT)
		return;
	while ((next = strstr(at, "Contoh: ")) != NULL)
		at = next + strlen("Contoh: ");
	if (at == answer->reply)
		return;
	next = strstr(at, " ketik ");
	if (next != NULL)
		at = next + strlen(" ketik ");
	next = strstr(at, ". ");
	length = next != NULL ? (size_t)(next - at) : strlen(at);
	snprintf(text, sizeof text, "%.*s", (int)length, at);
	example.text = text;
	example.dry = true;
	assert_int_equal(desk_handle(desk, &example, &again), 0);
	if (again.outcome.expect == EXPECT_REJECT && !is_state(&again.outcome)) {
		fprintf(stderr, "%s: \"%s\" is answered \"%s\", and that example with \"%s\"\n", message->sender, message->text,
			answer->reply, again.reply);
		wrong_examples++;
	}
	parse_clear(&again.parse);
}

/* Columns as in examples.tsv: id role text expect result why scene step at sender family. */
enum { TEXT = 2, SCENE = 6, AT = 8, SENDER = 9 };

static void
play_file(const char *name)
{
	char path[300], line[LINE_SIZE], scene[64] = "", *cells[COLUMNS];
	struct grammar *other = NULL;
	FILE *file;

	snprintf(path, sizeof path, "tests/cases/%s", name);
	file = fopen(path, "re");
	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL) {
		struct desk_message message = { .hold = true };

		if (strncmp(line, CATEGORY_LIST, strlen(CATEGORY_LIST)) == 0)
			other = under_list(line + strlen(CATEGORY_LIST));
		if (line[0] == '#' || split(line, cells) <= SENDER || strcmp(cells[0], "id") == 0)
			continue;
		if (strcmp(scene, cells[SCENE]) != 0) {
			match_told();
			begin_scene();
			snprintf(scene, sizeof scene, "%s", cells[SCENE]);
		}
		unescape(cells[TEXT]);
		message.sender = phone_of(cells[SENDER]);
		message.text = cells[TEXT];
		message.time = cells[AT];
		assert_true(store_time(store, message.time, &message.received, NULL));
		assert_int_equal(desk_handle(desk, &message, answer), 0);
		match(answer->reply);
		send_example(&message);
		parse_clear(&answer->parse);
	}
	match_told();
	fclose(file);
	desk_set_grammar(desk, grammar);
	grammar_free(other);
}

static const char *
why_not(const char *id)
{
	size_t i;

	for (i = 0; i < sizeof UNREACHED / sizeof *UNREACHED; i++)
		if (strcmp(UNREACHED[i].id, id) == 0)
			return UNREACHED[i].why;
	for (i = 0; i < grammar->reminder_count; i++)
		if (strcmp(grammar->replies[grammar->reminders[i].reply].id, id) == 0)
			return "a reminder: no message leads to it";
	if (strcmp(id, "FRASA_YTH") == 0 || strcmp(id, "FRASA_KOSONG") == 0 || strcmp(id, "FRASA_TW") == 0 ||
	    strcmp(id, "FRASA_SMT") == 0 || strcmp(id, "FRASA_THN") == 0)
		return "a piece of reminders";
	if (strncmp(id, "MENU_", 5) == 0)
		return "the menu: test_menu sees that all are shown";
	return NULL;
}

static void
reaches_every_text(void **state)
{
	DIR *dir = opendir("tests/cases");
	const struct dirent *entry;
	size_t missing = 0, i;

	(void)state;
	assert_non_null(dir);
	read_senders();
	while ((entry = readdir(dir)) != NULL) {
		const char *end = strrchr(entry->d_name, '.');

		if (end != NULL && strcmp(end, ".tsv") == 0 && strcmp(entry->d_name, "people.tsv") != 0)
			play_file(entry->d_name);
	}
	closedir(dir);
	for (i = 0; i < grammar->reply_count; i++) {
		const char *id = grammar->replies[i].id, *why = why_not(id);

		if (!reached[i] && why == NULL)
			fprintf(stderr, "no row of tests/cases leads to %s: \"%s\"\n", id, grammar->replies[i].text);
		else if (reached[i] && why != NULL)
			printf("%s is reached now: it need not be named here (%s)\n", id, why);
		missing += !reached[i] && why == NULL;
	}
	assert_int_equal(missing, 0);
	assert_int_equal(wrong_examples, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(reaches_every_text) };

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
