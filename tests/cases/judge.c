/* SPDX-License-Identifier: GPL-3.0-or-later */
/* judge: plays tables of messages through what `kentongan try --commit` calls and compares what it says, and what the
 * database then holds, with what the table says. Of the program's insides it knows that one call, and the schema. One
 * process plays a whole table: a process for each message would read the grammar thousands of times. */
#include "../modemsim/gsm7.h"
#include "../modemsim/utf16.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "gate/desk.h"
#include "gate/try.h"
#include "lang/grammar.h"
#include "store/statement.h"
#include "store/store.h"

enum { SEPTETS_MAX = 160, PATIENCE_SECONDS = 20 };

static const char usage[] =
	"judge -g GRAMMARS -t TEMPLATE -p PEOPLE.tsv FILE.tsv...\n"
	"    plays each scene of the files on a fresh copy, in memory, of the database TEMPLATE\n"
	"    \"# category_list = NAME\" in a file: under that list\n";

struct options {
	const char *grammars, *template, *people;
	const char *list;	/* of the file that is played; NULL the grammar's own */
};

static struct grammar *grammar;		/* under that list */
static sqlite3 *template;
static struct store *store;		/* of the scene that is played */
static const char *playing = "";	/* id of the row */

/* The program dies with the judge: which message it was is worth more than the stack. */
static void
say_where(void)
{
	fprintf(stderr, "judge: this was at %s\n", playing);
}

static void
give_up(int signal)
{
	(void)signal;
	say_where();
	_exit(2);
}

void __asan_set_death_callback(void (*callback)(void)) __attribute__((weak));

/* ---- tables ---- */

/* Lines of cells, the header line among them; lines that begin with # are remarks. */
struct table {
	char  **cells;		/* columns of one line after the other, "" where a line is short */
	size_t *line;		/* number of each row in its file */
	size_t  columns, rows;
	char   *list;		/* category_list that the file asks for, or NULL */
};

static void __attribute__((noreturn, format(printf, 1, 2)))
die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("judge: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(2);
}

static void *
grow(void *p, size_t n, size_t size)
{
	p = reallocarray(p, n, size);
	if (!p)
		die("no memory");
	return p;
}

/* \n \t \\ in place. */
static void
unescape(char *s)
{
	char *to = s;

	for (; *s; s++) {
		if (*s == '\\' && s[1]) {
			s++;
			*to++ = *s == 'n' ? '\n' : *s == 't' ? '\t' : *s;
		} else {
			*to++ = *s;
		}
	}
	*to = '\0';
}

static void
table_add(struct table *t, char *text, size_t line)
{
	size_t n = 0;
	char *cell;

	if (!t->columns) {	/* the header says how many there are */
		t->columns = 1;
		for (const char *c = text; *c; c++)
			t->columns += *c == '\t';
	}
	t->cells = grow(t->cells, (t->rows + 1) * t->columns, sizeof *t->cells);
	t->line = grow(t->line, t->rows + 1, sizeof *t->line);
	while ((cell = strsep(&text, "\t")) && n < t->columns)
		t->cells[t->rows * t->columns + n++] = strdup(cell);
	while (n < t->columns)
		t->cells[t->rows * t->columns + n++] = strdup("");
	t->line[t->rows++] = line;
}

static const char category_list[] = "# category_list = ";

static void
table_read(struct table *t, const char *file)
{
	FILE *f = fopen(file, "re");
	char *text = NULL;
	size_t size = 0, line = 0;
	ssize_t len;

	*t = (struct table){ 0 };
	if (!f)
		die("%s: %s", file, strerror(errno));
	while ((len = getline(&text, &size, f)) > 0) {
		line++;
		if (text[len - 1] == '\n')
			text[len - 1] = '\0';
		if (!t->list && !strncmp(text, category_list, strlen(category_list)))
			t->list = strdup(text + strlen(category_list));
		if (*text && *text != '#')
			table_add(t, text, line);
	}
	free(text);
	fclose(f);
	if (!t->rows)
		die("%s: empty, expected a header line", file);
}

static void
table_free(struct table *t)
{
	for (size_t i = 0; i < t->rows * t->columns; i++)
		free(t->cells[i]);
	free(t->cells);
	free(t->line);
	free(t->list);
}

/* Row 0 is the header. */
static const char *
cell(const struct table *t, size_t row, const char *column)
{
	for (size_t i = 0; i < t->columns; i++) {
		if (!strcmp(t->cells[i], column))
			return t->cells[row * t->columns + i];
	}
	die("a table has no column %s", column);
}

/* The telephone number of a sender's name, or NULL. */
static const char *
phone_of(const struct table *people, const char *sender)
{
	for (size_t i = 1; i < people->rows; i++) {
		if (!strcmp(cell(people, i, "sender"), sender))
			return cell(people, i, "phone");
	}
	return NULL;
}

/* ---- the database ---- */

/* Nobody writes to the template: so there is no lock to wait for. */
static void
open_template(const char *path)
{
	char uri[4096];

	snprintf(uri, sizeof uri, "file:%s?immutable=1", path);
	if (sqlite3_open_v2(uri, &template, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) != SQLITE_OK)
		die("%s: %s", path, sqlite3_errmsg(template));
	if (store_open(&store, ":memory:", STORE_CREATE) != 0)
		die("no database");
}

/* The store stays open: SQLite prepares its statements anew where a scene needs them, which are few. */
static void
copy_template(void)
{
	sqlite3_backup *copy = sqlite3_backup_init(store->db, "main", template, "main");

	if (copy != NULL)
		(void)sqlite3_backup_step(copy, -1);
	if (copy == NULL || sqlite3_backup_finish(copy) != SQLITE_OK)
		die("the template cannot be copied: %s", sqlite3_errmsg(store->db));
}

/* The first column of the first row as a number; -1: there is none. The question's ? are the texts, in order. */
static long long
count_rows(const char *question, size_t n, const char *const *texts)
{
	sqlite3 *db = store->db;
	sqlite3_stmt *q = NULL;
	long long number = -1;

	if (sqlite3_prepare_v2(db, question, -1, &q, NULL) != SQLITE_OK)
		die("%s: %s", question, sqlite3_errmsg(db));
	for (size_t i = 0; i < n; i++)
		sqlite3_bind_text(q, (int)i + 1, texts[i], -1, SQLITE_STATIC);
	if (sqlite3_step(q) == SQLITE_ROW)
		number = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return number;
}

static long long
stored_rows(void)
{
	return count_rows("SELECT (SELECT count(*) FROM record) + (SELECT count(*) FROM receipt)"
		" + (SELECT count(*) FROM entry)", 0, NULL);
}

/* Whether the item [category, number, unit] of a report is the figure in force, checked against the list. */
static bool
is_stored(const char *list, json_t *report, json_t *item)
{
	static const char question[] =
		"SELECT count(*) FROM record WHERE state = 'CURRENT' AND village = ? AND category = ? AND unit = ?"
		" AND value = CAST(? AS INTEGER) AND period = CAST(? AS INTEGER)"
		" AND rt = CAST(? AS INTEGER) AND rw = CAST(? AS INTEGER) AND list LIKE ?";
	const char *period = json_string_value(json_object_get(report, "per"));
	char value[24], months[24], rt[24], rw[24];
	int year, month;

	if (!period || sscanf(period, "%d-%d", &year, &month) != 2)
		return false;
	snprintf(months, sizeof months, "%d", year * 12 + month - 1);
	snprintf(value, sizeof value, "%lld", json_integer_value(json_array_get(item, 1)));
	snprintf(rt, sizeof rt, "%lld", json_integer_value(json_object_get(report, "rt")));
	snprintf(rw, sizeof rw, "%lld", json_integer_value(json_object_get(report, "rw")));
	return count_rows(question, 8, (const char *[]){ json_string_value(json_object_get(report, "desa")),
		json_string_value(json_array_get(item, 0)), json_string_value(json_array_get(item, 2)),
		value, months, rt, rw, list ? list : "%" }) == 1;
}

/* ---- one message ---- */

struct wanted {
	const char *id, *text, *expect, *result, *why;
};

static void __attribute__((format(printf, 3, 4)))
complain(bool *right, const struct wanted *w, const char *format, ...)
{
	va_list args;

	if (*right)
		printf("%s: \"%s\" (%s)\n  wanted %s %s\n", w->id, w->text, w->why, w->expect, w->result);
	*right = false;
	va_start(args, format);
	fputs("  ", stdout);
	vprintf(format, args);
	putchar('\n');
	va_end(args);
}

/* What the network counts; -1: something in it needs another alphabet. */
static int
septets(const char *text)
{
	uint16_t units[1024];
	uint8_t pair[2];
	int n = utf16_from_utf8(text, units, 1024), all = 0;

	for (int i = 0; i < n; i++) {
		int one = gsm7_encode(units[i], pair);

		if (!one)
			return -1;
		all += one;
	}
	return n < 0 ? -1 : all;
}

static void
judge_replies(bool *right, const struct wanted *w, json_t *replies)
{
	size_t n = strcmp(w->expect, "ignore") ? 1 : 0, i;
	json_t *reply;

	if (!json_is_array(replies) || json_array_size(replies) != n)
		complain(right, w, "expected %zu replies, got %zu", n, json_array_size(replies));
	json_array_foreach(replies, i, reply) {
		const char *text = json_string_value(reply);
		int length = text ? septets(text) : -1;

		if (length < 1 || length > SEPTETS_MAX)
			complain(right, w, "reply of %d septets: %s", length, text ? text : "(no text)");
	}
}

/* What a rejection offers counts where the row says it: null for nothing. */
static bool
is_offered(json_t *expect, json_t *got)
{
	return !expect || json_equal(expect, got) || (json_is_null(expect) && !got);
}

static void
judge_result(bool *right, const struct wanted *w, json_t *expect, json_t *got)
{
	const char *word = json_string_value(expect);
	json_t *result = json_loads(w->result, 0, NULL), *arg = json_object_get(result, "arg");
	bool same;

	if (!json_is_object(result))
		die("%s: the wanted result is no JSON object", w->id);
	if (!strcmp(w->expect, "reject"))
		same = json_equal(json_object_get(result, "err"), json_object_get(got, "err"))
			&& (!arg || json_equal(arg, json_object_get(got, "arg")))
			&& is_offered(json_object_get(result, "tawar"), json_object_get(got, "tawar"));
	else
		same = json_equal(result, got);
	if (!word || strcmp(word, w->expect) || !same) {
		char *text = json_dumps(got, JSON_COMPACT | JSON_ENCODE_ANY);

		complain(right, w, "got    %s %s", word ? word : "(nothing)", text ? text : "(no result)");
		free(text);
	}
	json_decref(result);
}

/* Whether the newest entry of a form has each field that the result names; steps may have come together. */
static bool
is_entered(json_t *result)
{
	static const char *const others[] = {
		"cmd", "form", "desa", "area", "rt", "rw", "per", "ganti", "sama", "tumpang", "no", "isi",
	};
	const char *name;
	json_t *value;

	json_object_foreach(result, name, value) {
		char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
		bool field = true, stored;

		for (size_t i = 0; i < sizeof others / sizeof *others; i++)
			field = field && strcmp(name, others[i]);
		stored = json_is_array(value) || count_rows("SELECT json_extract(data, '$.' || ?) = json_extract(?, '$')"
			" FROM entry ORDER BY state = 'CURRENT' DESC, id DESC", 2, (const char *[]){ name, text }) == 1;
		free(text);
		if (field && !stored)
			return false;
	}
	return true;
}

/* The tables, not the program's word. */
static void
judge_database(bool *right, const struct wanted *w, const char *list, long long before)
{
	json_t *result = json_loads(w->result, 0, NULL), *item;
	const char *err = json_string_value(json_object_get(result, "err"));
	const char *verb = json_string_value(json_object_get(result, "cmd"));
	size_t i;

	if (strcmp(w->expect, "accept") && stored_rows() != before)
		complain(right, w, "records or receipts were stored");
	if (err && !strcmp(err, "E_PRIBADI")
	    && count_rows("SELECT length(body) FROM sms_in ORDER BY id DESC", 0, NULL) != 0)
		complain(right, w, "the text is still in the inbox");
	if (verb && !strcmp(w->expect, "accept") && !json_object_get(result, "isi")
	    && count_rows("SELECT count(*) FROM entry WHERE form = ? OR form LIKE ? || '-%'", 2,
			  (const char *[]){ verb, verb }) > 0 && !json_object_get(result, "sama") && !is_entered(result))
		complain(right, w, "the entry in the database does not say so");
	if (verb && (!strcmp(verb, "LAPOR") || !strcmp(verb, "RALAT"))) {
		json_array_foreach(json_object_get(result, "isi"), i, item) {
			if (!is_stored(list, result, item))
				complain(right, w, "item %zu is not the figure in force in the database", i + 1);
		}
	}
	json_decref(result);
}

static void
open_grammar(const char *folder, const char *list)
{
	char *error = NULL;

	grammar_free(grammar);
	grammar = grammar_load(folder, list, &error);
	if (grammar == NULL)
		die("%s", error);
}

/* The line of JSON of `kentongan try --json`, or NULL. */
static json_t *
ask(const char *phone, const char *at, const char *text)
{
	static const struct desk_conf conf = { .own_numbers = "", .destinations = DESK_DESTINATIONS };
	const struct try_options options = { .commit = true, .json = true, .at = at };
	char *line = NULL;
	size_t length;
	FILE *out = open_memstream(&line, &length);
	json_t *said = NULL;

	if (out == NULL)
		die("no memory");
	alarm(PATIENCE_SECONDS);
	int error = try_run(store, grammar, &conf, &options, phone, text, out);
	alarm(0);
	if (fclose(out) == 0 && error == 0)
		said = json_loads(line, 0, NULL);
	free(line);
	return said;
}

static bool
judge_row(const struct options *o, const struct table *t, size_t row, const char *phone)
{
	struct wanted w = { cell(t, row, "id"), cell(t, row, "text"), cell(t, row, "expect"), cell(t, row, "result"),
		cell(t, row, "why") };
	char *text = strdup(w.text);
	long long before = stored_rows();
	json_t *got;
	bool right = true;

	playing = w.id;

	if (!text)
		die("no memory");
	unescape(text);
	got = ask(phone, cell(t, row, "at"), text);
	free(text);
	if (!json_is_object(got)) {
		complain(&right, &w, "got    no line of JSON");
	} else {
		judge_result(&right, &w, json_object_get(got, "expect"), json_object_get(got, "result"));
		judge_replies(&right, &w, json_object_get(got, "reply"));
		judge_database(&right, &w, o->list, before);
	}
	json_decref(got);
	return right;
}

/* ---- files ---- */

/* Rows of one scene stand together, in the order of their steps. */
static size_t
judge_file(struct options *o, const struct table *people, const char *file)
{
	struct table t;
	size_t failed = 0;
	const char *scene = NULL;

	table_read(&t, file);
	o->list = t.list;
	open_grammar(o->grammars, t.list);
	for (size_t i = 1; i < t.rows; i++) {
		const char *phone = phone_of(people, cell(&t, i, "sender"));

		if (!phone)
			die("%s:%zu: nobody is called %s", file, t.line[i], cell(&t, i, "sender"));
		if (!scene || strcmp(scene, cell(&t, i, "scene"))) {
			copy_template();
			scene = cell(&t, i, "scene");
		}
		failed += !judge_row(o, &t, i, phone);
		fflush(stdout);
	}
	printf("%s: %zu of %zu messages right\n", file, t.rows - 1 - failed, t.rows - 1);
	if (t.rows == 1)
		die("%s: no rows", file);
	table_free(&t);
	return failed;
}

int
main(int argc, char **argv)
{
	struct options o = { 0 };
	struct table people;
	size_t failed = 0;
	int c;

	while ((c = getopt(argc, argv, "g:t:p:")) != -1) {
		switch (c) {
		case 'g': o.grammars = optarg; break;
		case 't': o.template = optarg; break;
		case 'p': o.people = optarg; break;
		default: fputs(usage, stderr); return 2;
		}
	}
	if (!o.grammars || !o.template || !o.people || optind == argc) {
		fputs(usage, stderr);
		return 2;
	}
	signal(SIGALRM, give_up);
	signal(SIGABRT, give_up);
	if (__asan_set_death_callback != NULL)
		__asan_set_death_callback(say_where);
	log_level(4);
	table_read(&people, o.people);
	open_template(o.template);
	for (int i = optind; i < argc; i++)
		failed += judge_file(&o, &people, argv[i]);
	table_free(&people);
	store_close(store);
	sqlite3_close(template);
	grammar_free(grammar);
	return failed ? 1 : 0;
}
