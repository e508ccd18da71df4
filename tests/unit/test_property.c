/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_property: never a token lost. Thousands of random messages go the whole way to the tables; whatever is accepted,
 * every token of it is part of the reading and every piece of it in what was stored, nothing else has changed, and what
 * was put together well is understood as it was meant.
 *
 *   PROPERTY_SEED=n    the same messages again; without it the time, printed
 *   PROPERTY_RUNS=n    how many messages
 *   PROPERTY_FROM=n    from this message's block on (they share a database) */
#include <errno.h>
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "gate/desk.h"
#include "lang/grammar.h"
#include "sequence.h"
#include "store/statement.h"
#include "store/store.h"

#define RUNS 10000
#define BLOCK 20                /* messages that share a database */
#define LEAST_ACCEPTED 30       /* percent */
#define COMPLAINTS_MAX 12
#define OLDEST 6                /* months, rule 40 */
#define LATE_DAY 5

/* --- the model: what the tables must hold --- */

struct figure {
	int organisation, rt, rw, period;
	char village[14];
	const char *code, *unit;
	long value;
};

static struct figure figures[BLOCK * MEANT_MAX * 2];
static size_t figure_count;

static struct figure *
figure_of(const struct sequence *s, const char *village, int rt, int rw, int period, const char *code, const char *unit)
{
	size_t i;

	for (i = 0; i < figure_count; i++) {
		struct figure *f = &figures[i];

		if (f->organisation == s->sender->organisation && f->rt == rt && f->rw == rw && f->period == period &&
		    strcmp(f->village, village) == 0 && strcmp(f->code, code) == 0 && strcmp(f->unit, unit) == 0)
			return f;
	}
	return NULL;
}

static void
put_figure(const struct sequence *s, const char *village, int rt, int rw, int period, const struct meant *item)
{
	struct figure *f = figure_of(s, village, rt, rw, period, item->code, item->unit);

	if (f == NULL) {
		f = &figures[figure_count++];
		*f = (struct figure){ s->sender->organisation, rt, rw, period, "", item->code, item->unit, 0 };
		snprintf(f->village, sizeof f->village, "%s", village);
	}
	f->value = item->value;
}

/* --- well-formed messages --- */

static const char *
between_items(struct dice *dice, const struct sequence *s, bool number_first)
{
	static const char *const any[] = { " ", ", ", "; ", "\n", " - ", " / ", ",", " dan ", " + ", ". " };
	static const char *const safe[] = { " ", ", ", "; ", "\n", " dan " };
	const struct piece *last = &s->pieces[s->count - 1];

	/* A unit that must not grow into the next category's name; a plural (anak2 jalanan). */
	if (last->kind == PIECE_UNIT || last->kind == PIECE_PERIOD || (last->kind == PIECE_NUMBER && last->gap[0] == '\0'))
		return ", ";
	return number_first ? PICK(dice, safe) : PICK(dice, any);
}

static void
add_stops(struct dice *dice, struct sequence *s, unsigned percent)
{
	while (dice_percent(dice, percent)) {
		const char *word = PICK(dice, STOPS);
		const char *before = s->count != 0 ? s->pieces[s->count - 1].text : "";

		sequence_add(s, PIECE_STOP, s->count != 0 ? ", " : "", strcmp(word, before) == 0 ? "bu" : word);
	}
}

/* A category that is not in the message yet, or is counted in another unit; its words end in no digit if a number
 * is to be glued to them. */
static const struct kind *
new_kind(struct dice *dice, const struct sequence *s)
{
	const struct kind *kind;
	size_t i;

	for (;;) {
		kind = &KINDS[dice_below(dice, dice_percent(dice, 80) ? PROBLEMS : COUNT(KINDS))];
		for (i = 0; i < s->item_count && strcmp(s->items[i].code, kind->code) != 0; )
			i++;
		if (i == s->item_count)
			return kind;
	}
}

/* Right behind the name of a place nothing may be misspelt: it would be part of the name (hard case 10). */
static const char *
some_word(struct dice *dice, const struct sequence *s, const struct kind *kind)
{
	bool named = s->count != 0 && s->pieces[s->count - 1].kind == PIECE_PLACE;
	size_t count = 0;
	const char *word;

	while (count < COUNT(kind->words) && kind->words[count] != NULL)
		count++;
	do
		word = kind->words[dice_below(dice, count)];
	while (named && word[0] == '~');
	return word + (word[0] == '~');
}

static bool
ends_in_digit(const char *text)
{
	return text[0] != '\0' && isdigit((unsigned char)text[strlen(text) - 1]);
}

static const char *
unit_word(struct dice *dice, const char *unit)
{
	size_t i;

	do
		i = dice_below(dice, COUNT(UNITS));
	while (strcmp(UNITS[i].unit, unit) != 0);
	return UNITS[i].word;
}

/* What is meant; the unit to be typed, NULL none. */
static const char *
mean(struct dice *dice, struct sequence *s, const struct kind *kind)
{
	bool other = kind->other != NULL && dice_percent(dice, 40);
	struct meant *item = &s->items[s->item_count++];

	item->code = kind->code;
	item->unit = other ? kind->other : kind->unit;
	item->value = some_count(dice, other ? kind->other_most : kind->most);
	return other || dice_percent(dice, 35) ? item->unit : NULL;
}

static void
add_category(struct sequence *s, const char *gap, const struct kind *kind, const char *word)
{
	sequence_add(s, PIECE_CATEGORY, gap, word)->code = kind->code;
}

/* ANAK 3 ORANG */
static void
add_pair(struct dice *dice, struct sequence *s, const char *gap)
{
	static const char *const gaps[] = { " ", " ", " ", "=", ": ", " : ", " = ", " - ", ".", "" };
	const struct kind *kind = new_kind(dice, s);
	const char *word = some_word(dice, s, kind), *unit = mean(dice, s, kind), *between = PICK(dice, gaps);
	struct meant *item = &s->items[s->item_count - 1];

	add_category(s, gap, kind, word);
	if (dice_percent(dice, 8)) {
		sequence_add(s, PIECE_STOP, " ", dice_percent(dice, 50) ? "ada" : "sebanyak");
		between = " ";
	}
	if (item->value == 0 && unit == NULL && strcmp(item->unit, kind->unit) == 0 && dice_percent(dice, 30)) {
		sequence_add(s, PIECE_NOTHING, " ", "tidak ada");
		return;
	}
	if (item->value == 1 && strcmp(item->unit, "orang") == 0 && dice_percent(dice, 30)) {
		sequence_add(s, PIECE_NUMBER, " ", "seorang")->value = 1;
		return;
	}
	add_number(dice, s, between, item->value);
	if (between[0] == '\0' && (ends_in_digit(word) || !isdigit((unsigned char)s->pieces[s->count - 1].text[0])))
		snprintf(s->pieces[s->count - 1].gap, sizeof s->pieces->gap, " ");
	if (unit != NULL)
		sequence_add(s, PIECE_UNIT, ends_in_digit(s->pieces[s->count - 1].text) && dice_percent(dice, 30) ? "" : " ",
			     unit_word(dice, unit))->unit = unit;
}

/* 3 ORANG ANAK */
static void
add_reversed(struct dice *dice, struct sequence *s, const char *gap)
{
	const struct kind *kind = new_kind(dice, s);
	const char *word = some_word(dice, s, kind), *unit = mean(dice, s, kind);
	struct meant *item = &s->items[s->item_count - 1];
	bool family = strncmp(word, "rumah", 5) == 0 || strncmp(word, "keluarga", 8) == 0;

	add_number(dice, s, gap, item->value);
	if (unit != NULL)
		sequence_add(s, PIECE_UNIT, " ", strcmp(unit, "keluarga") == 0 || family ? "kk" : unit_word(dice, unit))
			->unit = unit;
	add_category(s, " ", kind, word);
}

static void
choose_place(struct dice *dice, struct sequence *s)
{
	const struct sender *sender = s->sender;

	s->village = sender->spots[dice_below(dice, sender->count)].code;
	s->rw = sender->rw;
	if (dice_percent(dice, 15)) {
		s->rt = dice_percent(dice, 70) ? 1 + (int)dice_below(dice, 4) : 0;
		if (sender->rw == 0 && (s->rt == 0 || dice_percent(dice, 50)))
			s->rw = 1 + (int)dice_below(dice, 4);
	}
}

static const struct spot *
spot_of(const struct sequence *s)
{
	size_t i = 0;

	while (strcmp(s->sender->spots[i].code, s->village) != 0)
		i++;
	return &s->sender->spots[i];
}

/* Place, part and month, each where chance puts it: slot 0 before the items, 1 behind the first, 2 at the end. */
struct frame { int place, part, period; };

static struct frame
choose_frame(struct dice *dice, const struct sequence *s)
{
	bool must = strlen(s->sender->area) == 8;
	int usual = this_month(s) - (s->day <= LATE_DAY ? 1 : 0);

	return (struct frame){
		must || dice_percent(dice, 20) ? (int)dice_below(dice, 3) : -1,
		s->rt != 0 || s->rw != s->sender->rw || (s->rw != 0 && dice_percent(dice, 20)) ? (int)dice_below(dice, 3) : -1,
		s->period != usual || dice_percent(dice, 15) ? (int)dice_below(dice, 3) : -1,
	};
}

static void
add_frame(struct dice *dice, struct sequence *s, const struct frame *frame, int slot)
{
	static const char *const gaps[] = { ", ", "\n", "; " };
	const char *gap = s->count == 0 ? "" : slot == 2 && dice_percent(dice, 50) && s->pieces[s->count - 1].kind != PIECE_PERIOD ?
			  " " : PICK(dice, gaps);

	if (frame->place == slot)
		add_place(dice, s, gap, spot_of(s), true);
	if (frame->part == slot)
		add_part(dice, s, s->count == 0 ? "" : ", ", s->rt, s->rw);
	if (frame->period == slot)
		add_period(dice, s, s->count == 0 ? "" : ", ", s->period);
}

static const char *
first_gap(const struct sequence *s)
{
	const struct piece *last = s->count != 0 ? &s->pieces[s->count - 1] : NULL;

	return last == NULL ? "" : last->kind == PIECE_FAMILY || last->kind == PIECE_STOP || last->kind == PIECE_VERB ? " " :
	       last->kind == PIECE_PLACE ? ": " : ", ";
}

static void
add_items(struct dice *dice, struct sequence *s, const struct frame *frame)
{
	bool number_first = dice_percent(dice, 30), list = !number_first && dice_percent(dice, 8);
	size_t count = 1 + dice_below(dice, dice_percent(dice, 70) ? 3 : 7), i;

	for (i = 0; i < count; i++) {
		const char *gap = i == 0 ? first_gap(s) : between_items(dice, s, number_first);
		char number[8];

		if (list) {
			snprintf(number, sizeof number, "%zu%s", i + 1, dice_percent(dice, 50) ? "." : ")");
			sequence_add(s, PIECE_LIST, s->count != 0 ? "\n" : "", number);
			gap = " ";
		}
		if (number_first)
			add_reversed(dice, s, gap);
		else
			add_pair(dice, s, gap);
		if (i == 0)
			add_frame(dice, s, frame, 1);
	}
}

static void
form_report(struct dice *dice, struct sequence *s)
{
	struct frame frame = choose_frame(dice, s);

	add_stops(dice, s, 25);
	if (dice_percent(dice, 40))
		sequence_add(s, PIECE_FAMILY, s->count != 0 ? " " : "", "pmks");
	add_frame(dice, s, &frame, 0);
	add_items(dice, s, &frame);
	add_frame(dice, s, &frame, 2);
	add_stops(dice, s, 15);
}

/* Whether somebody was counted there, or in a part of it, in any unit. */
static bool
is_inhabited(const struct sequence *s, const char *code)
{
	size_t i;

	for (i = 0; i < figure_count; i++) {
		const struct figure *f = &figures[i];

		if (f->organisation == s->sender->organisation && f->period == s->period && f->value > 0 &&
		    strcmp(f->village, s->village) == 0 && strcmp(f->code, code) == 0 && (s->rw == 0 || f->rw == s->rw) &&
		    (s->rt == 0 || f->rt == s->rt))
			return true;
	}
	return false;
}

/* Nothing to report, where nothing else was reported. */
static void
form_nihil(struct dice *dice, struct sequence *s)
{
	static const char *const problems[] = { "pmks nihil", "nihil", "tidak ada pmks", "pmks kosong", "tdk ada", "nihil pmks" };
	static const char *const helpers[] = { "psks nihil", "tidak ada psks", "psks kosong" };
	bool psks = dice_percent(dice, 30);
	size_t from = psks ? PROBLEMS : 0, to = psks ? COUNT(KINDS) : PROBLEMS, i;
	struct frame frame = choose_frame(dice, s);

	s->verb = MEANS_NIHIL;
	if (frame.place == 1 || frame.place == 0)
		frame.place = 2;
	frame.part = frame.part < 0 ? -1 : 2;
	frame.period = frame.period < 0 ? -1 : 2;
	sequence_add(s, PIECE_VERB, "", psks ? PICK(dice, helpers) : PICK(dice, problems));
	add_frame(dice, s, &frame, 2);
	for (i = from; i < to; i++) {
		s->formed = s->formed && !is_inhabited(s, KINDS[i].code);
		s->items[s->item_count++] = (struct meant){ KINDS[i].code, KINDS[i].unit, 0 };
	}
}

/* RALAT of a figure that is there. */
static void
form_correction(struct dice *dice, struct sequence *s)
{
	const struct figure *f = &figures[dice_below(dice, figure_count)];
	const struct kind *kind = KINDS;
	struct frame frame;
	long now;

	while (strcmp(kind->code, f->code) != 0)
		kind++;
	s->verb = MEANS_RALAT;
	s->village = f->village;
	s->rt = f->rt;
	s->rw = f->rw;
	s->period = f->period;
	now = some_count(dice, strcmp(f->unit, kind->unit) == 0 ? kind->most : kind->other_most);
	frame = choose_frame(dice, s);
	sequence_add(s, PIECE_VERB, "", dice_percent(dice, 50) ? "ralat" : "koreksi");
	add_frame(dice, s, &frame, 0);
	add_category(s, " ", kind, some_word(dice, s, kind));
	if (dice_percent(dice, 40)) {
		add_number(dice, s, " ", f->value);
		sequence_add(s, PIECE_VERB, " ", dice_percent(dice, 50) ? "jadi" : "menjadi");
	}
	add_number(dice, s, " ", now);
	if (strcmp(f->unit, kind->unit) != 0)
		sequence_add(s, PIECE_UNIT, " ", "kk")->unit = f->unit;
	add_frame(dice, s, &frame, 1);
	add_frame(dice, s, &frame, 2);
	s->items[s->item_count++] = (struct meant){ f->code, f->unit, now };
}

static bool
may_correct(const struct sequence *s, const struct figure *f)
{
	int ago = this_month(s) - f->period;

	return f->organisation == s->sender->organisation && ago >= 0 && ago <= OLDEST;
}

static void
form(struct dice *dice, struct sequence *s)
{
	size_t i;

	s->formed = true;
	choose_place(dice, s);
	s->period = this_month(s) - (s->day <= LATE_DAY ? 1 : 0);
	if (dice_percent(dice, 35))
		s->period = this_month(s) - (int)dice_below(dice, OLDEST + 1);
	if (dice_percent(dice, 4)) {
		form_nihil(dice, s);
		return;
	}
	if (figure_count != 0 && dice_percent(dice, 12)) {
		struct dice again = *dice;

		i = dice_below(&again, figure_count);
		if (may_correct(s, &figures[i])) {
			form_correction(dice, s);
			return;
		}
	}
	form_report(dice, s);
}

/* --- any other messages --- */

static void
add_any(struct dice *dice, struct sequence *s)
{
	static const char *const gaps[] = { " ", " ", " ", ", ", "\n", ". ", "", "-", "/", ": ", " (", ") ", "=" };
	const char *gap = s->count != 0 ? PICK(dice, gaps) : "";
	const struct kind *kind = &KINDS[dice_below(dice, COUNT(KINDS))];
	size_t unit = dice_below(dice, COUNT(UNITS)), roll = dice_below(dice, 100);

	if (roll < 28)
		add_category(s, gap, kind, some_word(dice, s, kind));
	else if (roll < 58)
		add_number(dice, s, gap, some_count(dice, 500));
	else if (roll < 66)
		sequence_add(s, PIECE_UNIT, gap, UNITS[unit].word)->unit = UNITS[unit].unit;
	else if (roll < 74)
		add_place(dice, s, gap, &s->sender->spots[dice_below(dice, s->sender->count)], dice_percent(dice, 20));
	else if (roll < 76)
		add_place(dice, s, gap, &PICK(dice, BAREGBEG), false);
	else if (roll < 81)
		add_period(dice, s, gap, this_month(s) - (int)dice_below(dice, OLDEST + 1));
	else if (roll < 85)
		add_part(dice, s, gap, 1 + (int)dice_below(dice, 4), (int)dice_below(dice, 3));
	else if (roll < 90)
		sequence_add(s, PIECE_STOP, gap, PICK(dice, STOPS));
	else if (roll < 92)
		sequence_add(s, PIECE_FAMILY, gap, dice_percent(dice, 70) ? "pmks" : "psks");
	else if (roll < 94)
		sequence_add(s, PIECE_NOTHING, gap, dice_percent(dice, 50) ? "tidak ada" : "tdk ada");
	else if (roll < 96)
		sequence_add(s, PIECE_VERB, gap, dice_percent(dice, 50) ? "ralat" : "jadi");
	else if (roll < 98)
		sequence_add(s, PIECE_UNKNOWN, gap, PICK(dice, FAR));
	else
		sequence_add(s, PIECE_TRAP, gap, PICK(dice, TRAPS));
}

static void
make_wild(struct dice *dice, struct sequence *s)
{
	size_t count = 2 + dice_below(dice, dice_percent(dice, 60) ? 3 : 9);

	while (count-- != 0)
		add_any(dice, s);
}

/* One slip of whoever typed a good message: something more, less, twice, elsewhere, or run together. */
static void
spoil(struct dice *dice, struct sequence *s)
{
	size_t at = dice_below(dice, s->count), to = dice_below(dice, s->count);
	struct piece piece = s->pieces[at];

	s->formed = false;
	switch (dice_below(dice, 6)) {
	case 0:
		memmove(&s->pieces[at], &s->pieces[at + 1], (s->count - at - 1) * sizeof piece);
		s->count--;
		break;
	case 1:
		if (s->count < PIECES_MAX) {
			memmove(&s->pieces[to + 1], &s->pieces[to], (s->count - to) * sizeof piece);
			s->pieces[to] = piece;
			s->count++;
		}
		break;
	case 2:
		s->pieces[at] = s->pieces[to];
		s->pieces[to] = piece;
		break;
	case 3:
		snprintf(s->pieces[at].gap, sizeof piece.gap, "%s", dice_percent(dice, 50) ? " " : "");
		break;
	default:
		if (s->count < PIECES_MAX) {
			add_any(dice, s);
			piece = s->pieces[s->count - 1];
			memmove(&s->pieces[at + 1], &s->pieces[at], (s->count - 1 - at) * sizeof piece);
			s->pieces[at] = piece;
		}
		break;
	}
	if (s->count != 0 && dice_percent(dice, 90))
		s->pieces[0].gap[0] = '\0';
}

static void
make(struct dice *dice, struct sequence *s)
{
	size_t way = dice_below(dice, 100);

	memset(s, 0, sizeof *s);
	s->sender = &PICK(dice, SENDERS);
	s->year = 2026 + (int)dice_below(dice, 2);
	s->month = 1 + (int)dice_below(dice, 12);
	s->day = 1 + (int)dice_below(dice, 28);
	if (way < 70)
		form(dice, s);
	else
		make_wild(dice, s);
	if (way >= 40 && way < 70)
		spoil(dice, s);
	write_text(dice, s);
}

/* --- the way through the program --- */

static struct grammar *grammar;
static struct store *store;
static struct desk *desk;
static struct desk_answer *answer;
static char folder[] = "property.XXXXXX", file[64];

static const struct desk_conf conf = { .own_numbers = "", .destinations = DESK_DESTINATIONS };

static int
run_sql(const char *sql)
{
	char *error = NULL;

	if (sqlite3_exec(store->db, sql, NULL, NULL, &error) == SQLITE_OK)
		return 0;
	fprintf(stderr, "%s: %s\n", sql, error);
	sqlite3_free(error);
	return -1;
}

static int
add_spots(const struct spot *spots, size_t count)
{
	char sql[200];
	size_t i;

	for (i = 0; i < count; i++) {
		snprintf(sql, sizeof sql, "INSERT INTO area (code, name, parent) VALUES ('%s', '%s', '%.8s')", spots[i].code,
			 spots[i].name, spots[i].code);
		if (run_sql(sql) != 0)
			return -1;
	}
	return 0;
}

static int
add_senders(void)
{
	static const char *const roles[] = { "TKSK", "TKSK", "PSM", "KT", "KPS" };
	char sql[600];
	size_t i;

	for (i = 0; i < COUNT(SENDERS); i++) {
		snprintf(sql, sizeof sql, "INSERT INTO organisation (id, role, body, area, rw) VALUES (%d, '%s', '%s', '%s', %d);"
			 "INSERT INTO person (id, state, organisation) VALUES (%d, 'ACTIVE', %d);"
			 "INSERT INTO phone (number, person) VALUES ('%s', %d);", SENDERS[i].organisation, roles[i], roles[i],
			 SENDERS[i].area, SENDERS[i].rw, SENDERS[i].organisation, SENDERS[i].organisation, SENDERS[i].phone,
			 SENDERS[i].organisation);
		if (run_sql(sql) != 0)
			return -1;
	}
	return 0;
}

static int
set_up(void **state)
{
	char *error = NULL;

	(void)state;
	answer = calloc(1, sizeof *answer);
	grammar = grammar_load("grammars", NULL, &error);
	if (grammar == NULL)
		fprintf(stderr, "%s\n", error);
	free(error);
	if (grammar == NULL || answer == NULL || mkdtemp(folder) == NULL)
		return -1;
	snprintf(file, sizeof file, "%s/box.db", folder);
	if (store_open(&store, file, STORE_CREATE) != 0)
		return -1;
	desk = desk_new(store, grammar, &conf);
	/* Nobody pulls the plug here: no waiting for the disk. */
	return run_sql("PRAGMA synchronous = OFF") != 0 ||
	       run_sql("INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('12', 'Sumatera Utara', ''),"
		       " ('32.07', 'Kabupaten Ciamis', '32'), ('12.02', 'Kabupaten Tapanuli Utara', '12'),"
		       " ('32.07.34', 'Lumbung', '32.07'), ('32.07.32', 'Baregbeg', '32.07'), ('12.02.01', 'Tarutung', '12.02')") != 0 ||
	       add_spots(LUMBUNG, COUNT(LUMBUNG)) != 0 || add_spots(BAREGBEG, COUNT(BAREGBEG)) != 0 ||
	       add_spots(TARUTUNG, COUNT(TARUTUNG)) != 0 || add_senders() != 0 ? -1 : 0;
}

static int
tear_down(void **state)
{
	char other[80];

	(void)state;
	desk_free(desk);
	store_close(store);
	grammar_free(grammar);
	free(answer);
	unlink(file);
	snprintf(other, sizeof other, "%s-wal", file);
	unlink(other);
	snprintf(other, sizeof other, "%s-shm", file);
	unlink(other);
	rmdir(folder);
	return 0;
}

/* Empties every table but those of people and places. */
static void
forget_all(void)
{
	static char *empty;
	sqlite3_stmt *tables;

	if (empty == NULL) {
		assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT group_concat('DELETE FROM ' || name, ';') FROM sqlite_master"
						    " WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN"
						    " ('area', 'organisation', 'person', 'phone', 'box')", -1, &tables, NULL),
				 SQLITE_OK);
		assert_int_equal(sqlite3_step(tables), SQLITE_ROW);
		empty = strdup((const char *)sqlite3_column_text(tables, 0));
		sqlite3_finalize(tables);
	}
	assert_int_equal(run_sql("PRAGMA foreign_keys = OFF; BEGIN"), 0);
	assert_int_equal(run_sql(empty), 0);
	assert_int_equal(run_sql("COMMIT; PRAGMA foreign_keys = ON"), 0);
	figure_count = 0;
}

static int64_t
time_of(const struct sequence *s)
{
	struct tm tm = { .tm_year = s->year - 1900, .tm_mon = s->month - 1, .tm_mday = s->day, .tm_hour = 3 };

	return timegm(&tm);
}

/* --- judging --- */

static struct { size_t made, accepted, formed, spoilt, wild, complaints; uint64_t seed; } tally;

static void __attribute__((format(printf, 3, 4)))
complain(const struct sequence *s, size_t number, const char *format, ...)
{
	va_list args;

	if (++tally.complaints > COMPLAINTS_MAX)
		return;
	fprintf(stderr, "message %zu of %s on %04d-%02d-%02d: \"%s\"\n  ", number, s->sender->phone, s->year, s->month, s->day,
		s->text);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\n  %s\n  PROPERTY_SEED=%llu PROPERTY_FROM=%zu\n", answer->reply, (unsigned long long)tally.seed, number);
}

static bool
is_accepted(void)
{
	return answer->outcome.expect == EXPECT_ACCEPT;
}

/* Every token is something. */
static void
check_tokens(const struct sequence *s, size_t number)
{
	size_t i;

	for (i = 0; i < answer->parse.count; i++) {
		enum reading reading = answer->parse.readings[i];

		if (reading == READ_NOT || reading == READ_UNKNOWN || reading == READ_ERROR) {
			complain(s, number, "accepted, but %s is \"%s\"", answer->parse.tokens[i].text, reading_name(reading));
			return;
		}
	}
}

/* Whether the pieces may have become one: nothing between them that keeps words apart. */
static bool
is_blurred(const struct sequence *s, size_t i)
{
	return i < s->count && i != 0 && strpbrk(s->pieces[i].gap, ",;\n(") == NULL;
}

static bool
touches(const struct sequence *s, size_t i, enum piece_kind kind)
{
	return (i != 0 && is_blurred(s, i) && s->pieces[i - 1].kind == kind) ||
	       (is_blurred(s, i + 1) && s->pieces[i + 1].kind == kind);
}

static size_t
count_stored(long value)
{
	size_t i, count = 0;

	for (i = 0; i < answer->outcome.item_count; i++)
		count += answer->outcome.items[i].value == value;
	return count;
}

/* "3. ANAK" at the beginning of a line only counts lines. */
static bool
counts_lines(const struct sequence *s, size_t i)
{
	const char *after = i + 1 < s->count ? s->pieces[i + 1].gap : "";

	return (i == 0 || strchr(s->pieces[i].gap, '\n') != NULL) && (after[0] == '.' || after[0] == ')');
}

/* 9 (9): said again. */
static bool
repeats(const struct sequence *s, size_t i)
{
	return i != 0 && s->pieces[i - 1].kind == PIECE_NUMBER && s->pieces[i - 1].value == s->pieces[i].value &&
	       strchr(s->pieces[i].gap, '(') != NULL;
}

/* 13 JUNI 2026: the day of a date. */
static bool
is_day(const struct sequence *s, size_t i)
{
	const struct piece *next = i + 1 < s->count ? &s->pieces[i + 1] : NULL;

	return next != NULL && next->kind == PIECE_PERIOD && isalpha((unsigned char)next->text[0]) &&
	       strstr(next->text, " 20") != NULL && s->pieces[i].value >= 1 && s->pieces[i].value <= 31;
}

/* A number that is not an item's belongs to the name, month or part before it, to the number beside it, or a list. */
static bool
has_number(const struct sequence *s, size_t i)
{
	size_t same = 0, j;

	for (j = 0; j < s->count; j++)
		same += s->pieces[j].kind == PIECE_NUMBER && s->pieces[j].value == s->pieces[i].value && !counts_lines(s, j) &&
			!repeats(s, j) && !touches(s, j, PIECE_NUMBER);
	return counts_lines(s, i) || is_day(s, i) || count_stored(s->pieces[i].value) >= same || touches(s, i, PIECE_NUMBER) ||
	       (i != 0 && is_blurred(s, i) && (s->pieces[i - 1].kind == PIECE_PLACE || s->pieces[i - 1].kind == PIECE_PERIOD ||
					       s->pieces[i - 1].kind == PIECE_PART)) ||
	       (answer->outcome.verb == VERB_RALAT && answer->parse.from == s->pieces[i].value) ||
	       answer->outcome.verb == VERB_NIHIL;
}

static bool
has_category(const struct sequence *s, size_t i)
{
	const struct outcome *outcome = &answer->outcome;
	size_t j;

	for (j = 0; j < outcome->item_count; j++)
		if (strcmp(grammar->categories[outcome->items[j].category].code, s->pieces[i].code) == 0)
			return true;
	return touches(s, i, PIECE_CATEGORY) || touches(s, i, PIECE_UNIT);
}

static bool
has_unit(const struct sequence *s, size_t i)
{
	const struct outcome *outcome = &answer->outcome;
	size_t j;

	for (j = 0; j < outcome->item_count; j++)
		if (strcmp(grammar->units[outcome->items[j].unit].name, s->pieces[i].unit) == 0)
			return true;
	/* KOMUNITAS ADAT, PERUSAHAAN: names, too; KELOMPOK stands for KOMUNITAS; nothing is nothing in any unit. */
	return outcome->verb == VERB_NIHIL || touches(s, i, PIECE_CATEGORY) || strcmp(s->pieces[i].unit, "perusahaan") == 0 ||
	       strcmp(s->pieces[i].unit, "kelompok") == 0;
}

static bool
has_piece(const struct sequence *s, size_t i)
{
	const struct piece *piece = &s->pieces[i];
	const struct outcome *outcome = &answer->outcome;
	bool followed = is_blurred(s, i + 1) && s->pieces[i + 1].kind == PIECE_NUMBER;

	switch (piece->kind) {
	case PIECE_CATEGORY: return has_category(s, i);
	case PIECE_NUMBER: return has_number(s, i);
	case PIECE_UNIT: return has_unit(s, i);
	/* RAWA LUMBUNG: behind a village a name that a kecamatan has, too, is the kecamatan (hard case 10). */
	case PIECE_PLACE: return followed || strcmp(outcome->village, piece->code) == 0 ||
				 (i != 0 && is_blurred(s, i) && s->pieces[i - 1].kind == PIECE_PLACE &&
				  strcasecmp(piece->text, "lumbung") == 0);
	case PIECE_PART: return (piece->rt == 0 || outcome->rt == piece->rt) && (piece->rw == 0 || outcome->rw == piece->rw);
	case PIECE_PERIOD: return followed || outcome->period == piece->value;
	case PIECE_NOTHING: return count_stored(0) != 0;
	case PIECE_UNKNOWN: case PIECE_TRAP: return false;
	default: return true;
	}
}

/* Every piece of an accepted message is in what was stored. */
static void
check_pieces(const struct sequence *s, size_t number)
{
	size_t i;

	for (i = 0; i < s->count; i++)
		if (!has_piece(s, i)) {
			complain(s, number, "accepted, but \"%s\" is lost", s->pieces[i].text);
			return;
		}
}

/* A message that was put together well is accepted as it was meant. */
static void
check_meaning(const struct sequence *s, size_t number)
{
	static const enum verb verbs[] = { [MEANS_REPORT] = VERB_REPORT, [MEANS_NIHIL] = VERB_NIHIL, [MEANS_RALAT] = VERB_RALAT };
	const struct outcome *outcome = &answer->outcome;
	size_t i;

	if (!is_accepted()) {
		complain(s, number, "refused: %s", reject_name(outcome->reject));
		return;
	}
	if (outcome->verb != verbs[s->verb] || outcome->item_count != s->item_count || outcome->period != s->period ||
	    outcome->rt != s->rt || outcome->rw != s->rw || strcmp(outcome->village, s->village) != 0) {
		complain(s, number, "meant %zu items, %s RT %d RW %d, %d-%02d; got %zu, %s RT %d RW %d, %d-%02d", s->item_count,
			 s->village, s->rt, s->rw, s->period / 12, s->period % 12 + 1, outcome->item_count, outcome->village,
			 outcome->rt, outcome->rw, outcome->period / 12, outcome->period % 12 + 1);
		return;
	}
	for (i = 0; i < s->item_count; i++) {
		const struct outcome_item *item = &outcome->items[i];

		if (strcmp(grammar->categories[item->category].code, s->items[i].code) != 0 || item->value != s->items[i].value ||
		    strcmp(grammar->units[item->unit].name, s->items[i].unit) != 0)
			complain(s, number, "meant %s %ld %s", s->items[i].code, s->items[i].value, s->items[i].unit);
	}
}

/* What the outcome says was stored becomes the model's: of a well-formed message what was meant. */
static void
follow(const struct sequence *s)
{
	const struct outcome *outcome = &answer->outcome;
	size_t i;

	for (i = 0; i < (s->formed ? s->item_count : outcome->item_count); i++) {
		const struct outcome_item *item = &outcome->items[i];
		struct meant meant = s->formed ? s->items[i] : (struct meant){ grammar->categories[item->category].code,
			grammar->units[item->unit].name, item->value };

		put_figure(s, s->formed ? s->village : outcome->village, s->formed ? s->rt : outcome->rt,
			   s->formed ? s->rw : outcome->rw, s->formed ? s->period : outcome->period, &meant);
	}
}

/* The tables hold the model, all of it and nothing else. */
static void
check_tables(const struct sequence *s, size_t number)
{
	sqlite3_stmt *rows;
	size_t count = 0;

	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT organisation, village, rt, rw, period, category, unit, value"
					    " FROM record WHERE state = 'CURRENT'", -1, &rows, NULL), SQLITE_OK);
	for (; sqlite3_step(rows) == SQLITE_ROW; count++) {
		struct sender sender = { .organisation = sqlite3_column_int(rows, 0) };
		struct sequence of = { .sender = &sender };
		const struct figure *f = figure_of(&of, (const char *)sqlite3_column_text(rows, 1), sqlite3_column_int(rows, 2),
						   sqlite3_column_int(rows, 3), sqlite3_column_int(rows, 4),
						   (const char *)sqlite3_column_text(rows, 5),
						   (const char *)sqlite3_column_text(rows, 6));

		if (f == NULL || f->value != sqlite3_column_int(rows, 7)) {
			complain(s, number, "in the tables: organisation %d, %s, category %s, %d", sqlite3_column_int(rows, 0),
				 sqlite3_column_text(rows, 1), sqlite3_column_text(rows, 5), sqlite3_column_int(rows, 7));
			break;
		}
	}
	sqlite3_finalize(rows);
	if (count != figure_count)
		complain(s, number, "%zu figures in the tables, %zu expected", count, figure_count);
}

static void
judge(const struct sequence *s, size_t number)
{
	const struct desk_message message = { .sender = s->sender->phone, .text = s->text, .time = "", .received = time_of(s),
					      .hold = true };

	assert_int_equal(desk_handle(desk, &message, answer), 0);
	tally.made++;
	tally.formed += s->formed;
	if (s->formed)
		check_meaning(s, number);
	if (is_accepted()) {
		tally.accepted++;
		tally.spoilt += !s->formed && s->item_count != 0;
		tally.wild += !s->formed && s->item_count == 0;
		check_tokens(s, number);
		check_pieces(s, number);
		follow(s);
	}
	check_tables(s, number);
	parse_clear(&answer->parse);
}

static uint64_t
number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text != NULL && *text != '\0' ? strtoull(text, NULL, 10) : otherwise;
}

static void
loses_no_token(void **state)
{
	size_t runs = number_of("PROPERTY_RUNS", RUNS), number = number_of("PROPERTY_FROM", 0) / BLOCK * BLOCK;
	struct sequence *s = calloc(1, sizeof *s);

	(void)state;
	assert_non_null(s);
	tally.seed = number_of("PROPERTY_SEED", (uint64_t)time(NULL));
	printf("PROPERTY_SEED=%llu\n", (unsigned long long)tally.seed);
	for (; tally.made < runs && tally.complaints < COMPLAINTS_MAX; number++) {
		struct dice dice = { (tally.seed << 20) + number };

		if (number % BLOCK == 0)
			forget_all();
		dice_roll(&dice);
		make(&dice, s);
		judge(s, number);
	}
	free(s);
	printf("%zu messages, %zu accepted (%zu %%): %zu well-formed, %zu with a slip, %zu of random pieces\n", tally.made,
	       tally.accepted, tally.accepted * 100 / tally.made, tally.accepted - tally.spoilt - tally.wild, tally.spoilt,
	       tally.wild);
	assert_int_equal(tally.complaints, 0);
	assert_true(tally.accepted * 100 >= tally.made * LEAST_ACCEPTED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(loses_no_token) };

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
