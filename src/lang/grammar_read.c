/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_read: the statements of grammars/ become a struct grammar. Knows what may stand in one block;
 * does not compare blocks with each other. */
#include "lang/grammar_read.h"

#include <ctype.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/grammar_cursor.h"
#include "lang/place.h"
#include "lang/reply.h"

#define PHRASE_WORDS_MAX 5      /* the parser looks no further */
#define PART_LETTERS_MIN 4
#define FORM_NAME_MAX 16
#define REMINDER_NAME_MAX 20
#define AGE_MAX 120
#define LIST_NAME_MAX 60        /* stored with every value */

enum statement_kind {
	STATEMENT_LIST, STATEMENT_DEFAULT, STATEMENT_CROSSWALK, STATEMENT_FAMILY, STATEMENT_UNIT, STATEMENT_TONGUE,
	STATEMENT_CATEGORY, STATEMENT_AMBIGUOUS, STATEMENT_WORDS, STATEMENT_MONTH, STATEMENT_VERB, STATEMENT_ROLE,
	STATEMENT_EVERYONE, STATEMENT_STRANGER, STATEMENT_WAITING, STATEMENT_LIMIT, STATEMENT_ZONE, STATEMENT_ALIAS,
	STATEMENT_REPLY, STATEMENT_CHOICE, STATEMENT_FORM, STATEMENT_REMINDER, STATEMENT_GUIDE, STATEMENT_GUIDE_TEXT,
	STATEMENT_GUIDE_PLACE, STATEMENT_STAGE, STATEMENT_MINUTES, STATEMENT_OPERATOR,
	STATEMENT_KINDS
};

/* A name that other statements may refer to, wherever they stand. */
struct declared {
	enum statement_kind kind;
	const char *name;
	int object;
	const struct grammar_line *line;
};

struct reader {
	struct grammar *grammar;
	struct grammar_notes *notes;
	struct declared *declared;
	size_t declared_count;
	struct cursor cursor;                   /* on the line being read */
	int object;                             /* what the block is about */
	bool everyone[VERBS];
};

typedef bool line_read(struct reader *reader);

struct attribute {
	const char *name;
	line_read *read;
	unsigned flags;
};
#define MANY 1u                                 /* may stand more than once in a block */
#define MUST 2u                                 /* must stand in it */

struct statement {
	const char *name;
	line_read *declare;                     /* reads the first line; sets reader->object */
	line_read *row;                         /* reads indented lines that have no name of their own */
	struct attribute attributes[20];
};

static const struct statement STATEMENTS[STATEMENT_KINDS];

static bool __attribute__((format(printf, 2, 3)))
wrong(struct reader *reader, const char *format, ...)
{
	char what[400];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	return cursor_wrong(&reader->cursor, "%s", what);
}

/* The pieces of the line. */

static const struct piece *
peek(const struct reader *reader)
{
	return cursor_peek(&reader->cursor);
}

static const char *
take(struct reader *reader, enum piece_kind kind, const char *expected)
{
	return cursor_take(&reader->cursor, kind, expected);
}

static const char *
take_word(struct reader *reader, const char *expected)
{
	return cursor_word(&reader->cursor, expected);
}

static bool
take_this(struct reader *reader, const char *word)
{
	return cursor_this(&reader->cursor, word);
}

static bool
take_number(struct reader *reader, const char *what, long least, long most, long *out)
{
	return cursor_number(&reader->cursor, what, least, most, out);
}

static bool
take_end(struct reader *reader)
{
	return cursor_end(&reader->cursor);
}

static bool
take_phrase(struct reader *reader, char *out, size_t size)
{
	return cursor_phrase(&reader->cursor, out, size);
}

/* Reads phrases to the end of the line, at least one. */
static bool
each_phrase(struct reader *reader, bool (*use)(struct reader *reader, const char *phrase, void *context), void *context)
{
	char phrase[128];
	bool good = true;

	if (peek(reader) == NULL)
		return wrong(reader, "the line ends, expected words");
	while (peek(reader) != NULL) {
		if (!take_phrase(reader, phrase, sizeof phrase))
			return false;
		good = use(reader, phrase, context) && good;
	}
	return good;
}

/* Names. */

static const struct declared *
find_declared(const struct reader *reader, enum statement_kind kind, const char *name)
{
	for (size_t i = 0; i < reader->declared_count; i++)
		if (reader->declared[i].kind == kind && strcmp(reader->declared[i].name, name) == 0)
			return &reader->declared[i];
	return NULL;
}

static bool
declare(struct reader *reader, enum statement_kind kind, const char *name, size_t object)
{
	const struct declared *before = find_declared(reader, kind, name);

	if (before != NULL)
		return wrong(reader, "%s %.40s stands already at %s:%d, expected it once", STATEMENTS[kind].name, name,
			     before->line->file, before->line->number);
	reader->declared = xgrow(reader->declared, reader->declared_count, sizeof *reader->declared);
	reader->declared[reader->declared_count++] =
		(struct declared){ .kind = kind, .name = name, .object = (int)object, .line = reader->cursor.line };
	reader->object = (int)object;
	return true;
}

static int
refer(struct reader *reader, enum statement_kind kind, const char *name)
{
	const struct declared *found = find_declared(reader, kind, name);
	char hint[80] = "";
	int best = INT_MAX;

	if (found != NULL)
		return found->object;
	for (size_t i = 0; i < reader->declared_count; i++)
		if (reader->declared[i].kind == kind)
			grammar_words_suggest(hint, name, reader->declared[i].name, &best);
	wrong(reader, "%s %.40s is not known, expected one that has a \"%s\" statement%s", STATEMENTS[kind].name, name,
	      STATEMENTS[kind].name, hint);
	return -1;
}

static int
take_reference(struct reader *reader, enum statement_kind kind)
{
	char expected[60];
	const char *name;

	snprintf(expected, sizeof expected, "the name of a %s", STATEMENTS[kind].name);
	name = take_word(reader, expected);
	return name != NULL ? refer(reader, kind, name) : -1;
}

static void
note_line(const struct grammar_line ***lines, size_t index, const struct grammar_line *line)
{
	*lines = xgrow(*lines, index, sizeof **lines);
	(*lines)[index] = line;
}

/* Words. */

bool
grammar_read_word(struct cursor *cursor, struct word_table *table, enum word_kind kind, int value, const char *phrase)
{
	struct word word = { .kind = kind, .value = value, .line = cursor->line };
	size_t blanks = 0;

	for (const char *c = phrase; *c != '\0'; c++)
		blanks += *c == ' ';
	if (blanks >= PHRASE_WORDS_MAX)
		return cursor_wrong(cursor, "\"%.60s\" has %zu words, expected at most %d", phrase, blanks + 1,
				    PHRASE_WORDS_MAX);
	word.key = grammar_words_key(phrase);
	if (word.key == NULL)
		return cursor_wrong(cursor, "\"%.60s\", expected letters, and at most digits and - / . between them",
				    phrase);
	grammar_words_add(table, &word);
	free(word.key);
	return true;
}

struct meaning { enum word_kind kind; int value; };

static bool
use_word(struct reader *reader, const char *phrase, void *context)
{
	const struct meaning *meaning = context;

	return grammar_read_word(&reader->cursor, reader->grammar->words, meaning->kind, meaning->value, phrase);
}

static bool
take_words(struct reader *reader, enum word_kind kind, int value)
{
	struct meaning meaning = { kind, value };

	return each_phrase(reader, use_word, &meaning);
}

static const struct { const char *name; enum word_kind kind; int value; } CLASSES[] = {
	{ "stop", WORD_STOP, 0 }, { "increment", WORD_INCREMENT, 0 }, { "estimate", WORD_ESTIMATE, 0 },
	{ "personal", WORD_PERSONAL, 0 }, { "nothing", WORD_NOTHING, 0 }, { "greeting", WORD_GREETING, 0 },
	{ "place", WORD_VILLAGE, PLACE_ANY }, { "desa", WORD_VILLAGE, PLACE_DESA },
	{ "kelurahan", WORD_VILLAGE, PLACE_KELURAHAN }, { "kecamatan", WORD_DISTRICT, 0 },
	{ "kabupaten", WORD_REGENCY, REGENCY_KABUPATEN }, { "kota", WORD_REGENCY, REGENCY_KOTA },
	{ "provinsi", WORD_PROVINCE, 0 }, { "country", WORD_COUNTRY, 0 }, { "asking", WORD_ASKING, 0 }, { "joining", WORD_JOINING, 0 }, { "hamlet", WORD_HAMLET, 0 }, { "rt", WORD_RT, 0 }, { "rw", WORD_RW, 0 },
	{ "period", WORD_PERIOD, 0 }, { "this", WORD_THIS, 0 }, { "last", WORD_LAST, 0 }, { "date", WORD_DATE, 0 },
	{ "year", WORD_YEAR, 0 }, { "to", WORD_TO, 0 }, { "denial", WORD_DENIAL, 0 },
	 { "receipt", WORD_RECEIPT, 0 }, { "code", WORD_CODE, 0 },
	{ "refused", WORD_REFUSED, 0 }, { "reversing", WORD_REVERSING, 0 },
	{ "introducing", WORD_INTRODUCING, 0 }, { "addressing", WORD_ADDRESSING, 0 }, { "office", WORD_OFFICE, 0 },
	{ "day", WORD_DAY, 0 }, { "monday", WORD_WEEKDAY, 1 }, { "tuesday", WORD_WEEKDAY, 2 },
	{ "wednesday", WORD_WEEKDAY, 3 }, { "thursday", WORD_WEEKDAY, 4 }, { "friday", WORD_WEEKDAY, 5 },
	{ "saturday", WORD_WEEKDAY, 6 }, { "sunday", WORD_WEEKDAY, 7 }, { "finish", WORD_FINISH, 0 }, { "reporting", WORD_REPORTING, 0 },
	{ "male", WORD_SEX, 'L' }, { "female", WORD_SEX, 'P' }, { "age", WORD_AGE, 0 }, { "rest", WORD_REST, 0 },
	{ "married", WORD_MARRIED, 0 }, { "quarter", WORD_QUARTER, 0 }, { "semester", WORD_SEMESTER, 0 },
	{ "clock", WORD_CLOCK, 0 }, { "morning", WORD_DAYPART, 0 }, { "noon", WORD_DAYPART, 12 },
	{ "afternoon", WORD_DAYPART, 15 }, { "night", WORD_DAYPART, 18 }, { "zone", WORD_ZONE, 0 }, { "at", WORD_AT, 0 }, { "subject", WORD_SUBJECT, 0 }, { "all", WORD_ALL, 0 },
	{ "case", WORD_TICKET, SERIES_CASE }, { "complaint", WORD_TICKET, SERIES_COMPLAINT },
	{ "program", WORD_TICKET, SERIES_PROGRAM }, { "new", WORD_NEW, 0 }, { "stage", WORD_STAGE, 0 },
	{ "partner", WORD_PARTNER, 0 }, { "pin", WORD_PIN, 0 },
};
#define CLASS_COUNT (sizeof CLASSES / sizeof CLASSES[0])

static bool
declare_words(struct reader *reader)
{
	const char *name = take_word(reader, "the kind of words, as in \"words stop\"");
	char hint[80] = "";
	int best = INT_MAX;

	if (name == NULL)
		return false;
	for (size_t i = 0; i < CLASS_COUNT; i++) {
		if (strcmp(CLASSES[i].name, name) == 0) {
			reader->object = (int)i;
			return take_end(reader);
		}
		grammar_words_suggest(hint, name, CLASSES[i].name, &best);
	}
	return wrong(reader, "there is no kind of words \"%.40s\"%s, expected stop, increment, estimate, desa or "
		     "another that the program knows", name, hint);
}

const char *
grammar_class_name(enum word_kind kind)
{
	for (size_t i = 0; i < CLASS_COUNT; i++)
		if (CLASSES[i].kind == kind)
			return CLASSES[i].name;
	return NULL;
}

static bool
row_words(struct reader *reader)
{
	return take_words(reader, CLASSES[reader->object].kind, CLASSES[reader->object].value);
}

/* The first word of a month is how answers write it: {per} has room for three letters and a year. */
static bool
name_month(struct reader *reader, int month)
{
	const struct piece *first = peek(reader);
	char **name = &reader->grammar->month_names[month];

	if (*name != NULL || first == NULL)
		return true;
	if (first->kind != PIECE_WORD || strlen(first->text) > 3)
		return wrong(reader, "%.40s, expected a name of at most three letters first", first->text);
	*name = xstrdup(first->text);
	return true;
}

static bool
declare_month(struct reader *reader)
{
	long month;

	if (!take_number(reader, "a month", 1, 12, &month))
		return false;
	reader->object = (int)month;
	return name_month(reader, (int)month) && take_words(reader, WORD_MONTH, (int)month);
}

static bool
row_month(struct reader *reader)
{
	return take_words(reader, WORD_MONTH, reader->object);
}

/* Lists, families, units. */

static bool
declare_list(struct reader *reader)
{
	struct grammar *grammar = reader->grammar;
	const char *name = take_word(reader, "the name of the list"), *title;

	if (name == NULL || (title = take(reader, PIECE_TEXT, "the title of the list in quotes")) == NULL)
		return false;
	if (strlen(name) > LIST_NAME_MAX)
		return wrong(reader, "list %.40s has %zu letters, expected at most %d", name, strlen(name), LIST_NAME_MAX);
	if (!take_end(reader) || !declare(reader, STATEMENT_LIST, name, grammar->list_count))
		return false;
	grammar->lists = xgrow(grammar->lists, grammar->list_count, sizeof *grammar->lists);
	grammar->lists[grammar->list_count++] = (struct category_list){ .name = xstrdup(name), .title = xstrdup(title) };
	return true;
}

static bool
use_page(struct reader *reader, const char *id, void *context)
{
	struct category_list *list = &reader->grammar->lists[reader->object];
	int reply = refer(reader, STATEMENT_REPLY, id);

	(void)context;
	if (reply < 0)
		return false;
	list->pages = xgrow(list->pages, list->page_count, sizeof *list->pages);
	list->pages[list->page_count++] = reply;
	return true;
}

/* codes BANTU_KODE1, BANTU_KODE2 */
static bool
list_codes(struct reader *reader)
{
	return each_phrase(reader, use_page, NULL);
}

/* Their value tells the list; 0 is every list. */
static bool
list_refused(struct reader *reader)
{
	return take_words(reader, WORD_REFUSED, reader->object + 1);
}

/* crosswalk pmks-2009 ppks-2012 */
static bool
declare_crosswalk(struct reader *reader)
{
	struct grammar_notes *notes = reader->notes;
	const char *from = take_word(reader, "the name of a list"), *into;

	if (from == NULL || (into = take_word(reader, "the name of another list")) == NULL || !take_end(reader))
		return false;
	for (size_t i = 0; i < notes->crosswalk_count; i++)
		if (strcmp(notes->crosswalks[i].from, from) == 0 && strcmp(notes->crosswalks[i].into, into) == 0)
			return wrong(reader, "crosswalk %.40s %.40s stands already at %s:%d, expected it once", from, into,
				     notes->crosswalks[i].line->file, notes->crosswalks[i].line->number);
	reader->object = (int)notes->crosswalk_count;
	notes->crosswalks = xgrow(notes->crosswalks, notes->crosswalk_count, sizeof *notes->crosswalks);
	notes->crosswalks[notes->crosswalk_count++] = (struct crosswalk_note){ reader->cursor.line, from, into };
	return true;
}

/* 08 -> 09, 03 -> 03 broken, 15 broken */
static bool
row_crosswalk(struct reader *reader)
{
	struct grammar_notes *notes = reader->notes;
	struct crossing_note note = { .crosswalk = (size_t)reader->object, .line = reader->cursor.line };
	const struct piece *next;

	note.from = take_word(reader, "the code of a category");
	if (note.from == NULL)
		return false;
	next = peek(reader);
	if (next == NULL || strcmp(next->text, "broken") != 0) {
		if (!take_this(reader, "->") || (note.to = take_word(reader, "the code of a category")) == NULL)
			return false;
		next = peek(reader);
	}
	note.broken = next != NULL;
	if (note.broken && !take_this(reader, "broken"))
		return false;
	notes->crossings = xgrow(notes->crossings, notes->crossing_count, sizeof *notes->crossings);
	notes->crossings[notes->crossing_count++] = note;
	return take_end(reader);
}

static bool
declare_default(struct reader *reader)
{
	struct grammar_notes *notes = reader->notes;
	const char *name = take_word(reader, "the name of a list");

	if (name == NULL || !take_end(reader))
		return false;
	if (notes->default_line != NULL)
		return wrong(reader, "default-list stands already at %s:%d, expected it once",
			     notes->default_line->file, notes->default_line->number);
	notes->default_line = reader->cursor.line;
	return true;
}

static bool
declare_family(struct reader *reader)
{
	struct grammar *grammar = reader->grammar;
	const char *name = take_word(reader, "the name of the family");

	if (name == NULL || !take_end(reader) || !declare(reader, STATEMENT_FAMILY, name, grammar->family_count))
		return false;
	grammar->families = xgrow(grammar->families, grammar->family_count, sizeof *grammar->families);
	grammar->families[grammar->family_count++] = (struct family){ xstrdup(name), NULL };
	return true;
}

static bool
family_words(struct reader *reader)
{
	return take_words(reader, WORD_FAMILY, reader->object);
}

/* help "PMKS ANAK 3 DESA {contoh}" */
static bool
take_sample(struct reader *reader, char **out)
{
	*out = grammar_read_sample(&reader->cursor);
	return *out != NULL;
}

static bool
family_help(struct reader *reader)
{
	return take_sample(reader, &reader->grammar->families[reader->object].sample);
}

static bool
declare_unit(struct reader *reader)
{
	struct grammar *grammar = reader->grammar;
	const char *name = take_word(reader, "the name of the unit");

	if (name == NULL || !take_end(reader))
		return false;
	if (strlen(name) > reply_width("sat"))
		return wrong(reader, "unit %.40s has %zu letters, expected at most %zu", name, strlen(name),
			     reply_width("sat"));
	if (!declare(reader, STATEMENT_UNIT, name, grammar->unit_count))
		return false;
	grammar->units = xgrow(grammar->units, grammar->unit_count, sizeof *grammar->units);
	grammar->units[grammar->unit_count++] = (struct unit){ xstrdup(name) };
	return true;
}

static bool
unit_words(struct reader *reader)
{
	return take_words(reader, WORD_UNIT, reader->object);
}

/* Tongues and numerals. */

static bool
declare_tongue(struct reader *reader)
{
	struct grammar *grammar = reader->grammar;
	const char *name = take_word(reader, "the short name of the tongue");

	if (name == NULL || take(reader, PIECE_TEXT, "the name of the tongue in quotes") == NULL || !take_end(reader) ||
	    !declare(reader, STATEMENT_TONGUE, name, grammar->tongue_count))
		return false;
	grammar->tongues = xgrow(grammar->tongues, grammar->tongue_count, sizeof *grammar->tongues);
	grammar->tongues[grammar->tongue_count++] = (struct tongue){ .name = xstrdup(name) };
	return true;
}

/* 32, 32.07 or 32.07.34. */
static bool
is_area(const char *text)
{
	size_t length = strlen(text);

	for (size_t i = 0; i < length; i++)
		if (i % 3 == 2 ? text[i] != '.' : !isdigit((unsigned char)text[i]))
			return false;
	return length == 2 || length == 5 || length == 8;
}

static bool
use_spoken(struct reader *reader, const char *area, void *context)
{
	struct tongue *tongue = &reader->grammar->tongues[reader->object];

	(void)context;
	if (!is_area(area))
		return wrong(reader, "%.40s, expected codes of areas such as 32 or 32.07, or \"everywhere\"", area);
	tongue->spoken = xgrow(tongue->spoken, tongue->spoken_count, sizeof *tongue->spoken);
	tongue->spoken[tongue->spoken_count++] = xstrdup(area);
	return true;
}

static bool
tongue_spoken(struct reader *reader)
{
	const struct piece *piece = peek(reader);

	if (piece != NULL && piece->kind == PIECE_WORD && strcmp(piece->text, "everywhere") == 0) {
		reader->cursor.at++;
		return take_end(reader);
	}
	return each_phrase(reader, use_spoken, NULL);
}

static bool
add_numeral(struct reader *reader, enum numeral_kind kind, long value, int unit)
{
	struct grammar *grammar = reader->grammar;
	struct numeral numeral = { .tongue = reader->object, .kind = kind, .value = (int)value, .unit = unit };

	grammar->numerals = xgrow(grammar->numerals, grammar->numeral_count, sizeof *grammar->numerals);
	grammar->numerals[grammar->numeral_count++] = numeral;
	return take_words(reader, WORD_NUMERAL, (int)grammar->numeral_count - 1);
}

static bool
tongue_value(struct reader *reader)
{
	long value;

	return take_number(reader, "a value", 0, 9999, &value) && add_numeral(reader, NUMERAL_VALUE, value, -1);
}

static bool
tongue_leading(struct reader *reader)
{
	size_t first = reader->grammar->numeral_count;

	if (!tongue_value(reader))
		return false;
	reader->grammar->numerals[first].leads = true;
	return true;
}

static bool
tongue_teen(struct reader *reader)
{
	return add_numeral(reader, NUMERAL_TEEN, 10, -1);
}

static bool
tongue_plus(struct reader *reader)
{
	long value;

	return take_number(reader, "a sum", 10, 20, &value) && add_numeral(reader, NUMERAL_TEEN, value, -1);
}

static bool
tongue_times(struct reader *reader)
{
	long value;

	return take_number(reader, "a factor", 10, 1000, &value) && add_numeral(reader, NUMERAL_TIMES, value, -1);
}

static bool
tongue_counted(struct reader *reader)
{
	long value;
	int unit;

	if (!take_number(reader, "a value", 0, 9999, &value))
		return false;
	unit = take_reference(reader, STATEMENT_UNIT);
	return unit >= 0 && add_numeral(reader, NUMERAL_VALUE, value, unit);
}

/* Categories. */

static struct category *
category(struct reader *reader)
{
	return &reader->grammar->categories[reader->object];
}

/* Every word of a phrase by itself: a secret category must not show through one of them. */
static void
note_parts(struct reader *reader, const char *phrase)
{
	char copy[128], *rest = copy, *part;

	snprintf(copy, sizeof copy, "%s", phrase);
	while ((part = strsep(&rest, " ")) != NULL) {
		struct word word = { .kind = WORD_CATEGORY, .value = reader->object, .line = reader->cursor.line };

		word.key = grammar_words_key(part);
		if (word.key != NULL && strlen(word.key) >= PART_LETTERS_MIN)
			grammar_words_add(&reader->notes->parts, &word);
		free(word.key);
	}
}

static bool
is_code(const char *code)
{
	size_t length = strlen(code);

	for (size_t i = 0; i < length; i++)
		if (!isdigit((unsigned char)code[i]) && !(i == 0 && code[i] >= 'A' && code[i] <= 'Z'))
			return false;
	return length >= 2 && length <= reply_width("kode");
}

static bool
is_keyword(const char *keyword)
{
	for (const char *c = keyword; *c != '\0'; c++)
		if (*c < 'A' || *c > 'Z')
			return false;
	return strlen(keyword) <= reply_width("kat");
}

static bool
declare_category(struct reader *reader)
{
	struct grammar *grammar = reader->grammar;
	const char *code = take_word(reader, "the code of the category"), *keyword, *name;

	if (code == NULL || (keyword = take_word(reader, "the keyword of the category")) == NULL ||
	    (name = take(reader, PIECE_TEXT, "the official name in quotes")) == NULL || !take_end(reader))
		return false;
	if (!is_code(code))
		return wrong(reader, "code %.40s, expected two or three digits, the first may be a capital letter",
			     code);
	if (!is_keyword(keyword))
		return wrong(reader, "keyword %.40s, expected one word of at most %zu capital letters", keyword,
			     reply_width("kat"));
	reader->object = (int)grammar->category_count;
	note_line(&reader->notes->category_lines, grammar->category_count, reader->cursor.line);
	grammar->categories = xgrow(grammar->categories, grammar->category_count, sizeof *grammar->categories);
	grammar->categories[grammar->category_count++] = (struct category){
		.code = xstrdup(code), .keyword = xstrdup(keyword), .name = xstrdup(name), .list = -1, .family = -1,
		.reads_unit = -1, .reads_as = -1, .age_min = -1, .age_max = -1, .rest.most = -1, .married.most = -1,
	};
	return grammar_read_word(&reader->cursor, grammar->words, WORD_CATEGORY, reader->object, keyword);
}

static bool
category_family(struct reader *reader)
{
	category(reader)->family = take_reference(reader, STATEMENT_FAMILY);
	return category(reader)->family >= 0 && take_end(reader);
}

static bool
category_list(struct reader *reader)
{
	category(reader)->list = take_reference(reader, STATEMENT_LIST);
	return category(reader)->list >= 0 && take_end(reader);
}

static bool
use_also(struct reader *reader, const char *phrase, void *context)
{
	(void)context;
	note_parts(reader, phrase);
	return grammar_read_word(&reader->cursor, reader->grammar->words, WORD_CATEGORY, reader->object, phrase);
}

static bool
category_also(struct reader *reader)
{
	return each_phrase(reader, use_also, NULL);
}

/* kinds BANJIR, LONGSOR: words of it, too. */
static bool
use_kind(struct reader *reader, const char *phrase, void *context)
{
	grammar_alert_kind(category(reader), phrase);
	return use_also(reader, phrase, context);
}

static bool
category_kinds(struct reader *reader)
{
	return each_phrase(reader, use_kind, NULL);
}

static bool
category_alert(struct reader *reader)
{
	return grammar_alert_line(&reader->cursor, reader->grammar, category(reader));
}

static bool
use_fuzzy(struct reader *reader, const char *phrase, void *context)
{
	const struct meaning *meaning = context;

	return grammar_read_word(&reader->cursor, &reader->notes->fuzzy, meaning->kind, reader->object, phrase);
}

static bool
category_fuzzy(struct reader *reader)
{
	struct meaning meaning = { WORD_CATEGORY, 0 };

	return each_phrase(reader, use_fuzzy, &meaning);
}

/* unit keluarga max 5000 / unit rumah as keluarga */
static bool
category_unit(struct reader *reader)
{
	struct category *c = category(reader);
	const struct piece *next;
	int unit = take_reference(reader, STATEMENT_UNIT);
	long max;

	if (unit < 0)
		return false;
	next = peek(reader);
	if (next != NULL && next->kind == PIECE_WORD && strcmp(next->text, "as") == 0) {
		reader->cursor.at++;
		if (c->reads_unit >= 0)
			return wrong(reader, "a second unit that is read as another, expected one");
		c->reads_as = take_reference(reader, STATEMENT_UNIT);
		c->reads_unit = unit;
		return c->reads_as >= 0 && take_end(reader);
	}
	if (!take_this(reader, "max") || !take_number(reader, "the largest count", 1, 99999, &max) || !take_end(reader))
		return false;
	for (size_t i = 0; i < c->unit_count; i++)
		if (c->units[i].unit == unit)
			return wrong(reader, "the unit stands twice in this category, expected it once");
	if (c->unit_count == sizeof c->units / sizeof c->units[0])
		return wrong(reader, "one unit too many, expected at most %zu", c->unit_count);
	c->units[c->unit_count++] = (struct count_unit){ .unit = unit, .max = max, .alert = -1 };
	return true;
}

static bool
take_bounds(struct reader *reader, const char *what, long limit, struct bounds *bounds)
{
	long least, most;

	if (!cursor_range(&reader->cursor, what, limit, &least, &most))
		return false;
	*bounds = (struct bounds){ (int)least, (int)most };
	return take_end(reader);
}

static bool
category_age(struct reader *reader)
{
	struct bounds ages;

	if (!take_bounds(reader, "ages", AGE_MAX, &ages))
		return false;
	category(reader)->age_min = ages.least;
	category(reader)->age_max = ages.most;
	return true;
}

static bool
category_rest(struct reader *reader)
{
	return take_bounds(reader, "months", 999, &category(reader)->rest);
}

static bool
category_married(struct reader *reader)
{
	return take_bounds(reader, "years", AGE_MAX, &category(reader)->married);
}

static bool
category_sex(struct reader *reader)
{
	const char *sex = take_word(reader, "P or L");

	if (sex == NULL)
		return false;
	if (strcmp(sex, "P") != 0 && strcmp(sex, "L") != 0)
		return wrong(reader, "%.40s, expected P (perempuan) or L (laki-laki)", sex);
	category(reader)->sex = sex[0];
	return take_end(reader);
}

static bool
category_secret(struct reader *reader)
{
	category(reader)->secret = true;
	if (category(reader)->alert_roles != NULL)
		return wrong(reader, "a category with an alert, expected no secret: its figures are told to nobody");
	return take_end(reader);
}

static bool
category_specific(struct reader *reader)
{
	category(reader)->specific = true;
	return take_end(reader);
}

/* Words that are asked back. */

static bool
declare_ambiguous(struct reader *reader)
{
	struct grammar *grammar = reader->grammar;
	struct grammar_notes *notes = reader->notes;
	size_t index = grammar->ambiguity_count;
	char phrase[128];

	if (!take_phrase(reader, phrase, sizeof phrase))
		return phrase[0] == '\0' && peek(reader) == NULL ? wrong(reader, "the line ends, expected a word") : false;
	if (!take_end(reader))
		return false;
	reader->object = (int)index;
	note_line(&notes->ambiguity_lines, index, reader->cursor.line);
	notes->ambiguity_lists = xgrow(notes->ambiguity_lists, index, sizeof *notes->ambiguity_lists);
	notes->ambiguity_lists[index] = -1;
	notes->ambiguity_means = xgrow(notes->ambiguity_means, index, sizeof *notes->ambiguity_means);
	notes->ambiguity_means[index] = NULL;
	grammar->ambiguities = xgrow(grammar->ambiguities, index, sizeof *grammar->ambiguities);
	grammar->ambiguities[grammar->ambiguity_count++] =
		(struct ambiguity){ .word = xstrdup(phrase), .unless_family = -1, .category = -1, .reply = -1 };
	return grammar_read_word(&reader->cursor, grammar->words, WORD_AMBIGUOUS, reader->object, phrase);
}

static bool
ambiguous_list(struct reader *reader)
{
	reader->notes->ambiguity_lists[reader->object] = take_reference(reader, STATEMENT_LIST);
	return reader->notes->ambiguity_lists[reader->object] >= 0 && take_end(reader);
}

static bool
ambiguous_reply(struct reader *reader)
{
	struct ambiguity *ambiguity = &reader->grammar->ambiguities[reader->object];

	ambiguity->reply = take_reference(reader, STATEMENT_REPLY);
	return ambiguity->reply >= 0 && take_end(reader);
}

/* after PMKS means 19 */
static bool
ambiguous_after(struct reader *reader)
{
	struct ambiguity *ambiguity = &reader->grammar->ambiguities[reader->object];

	ambiguity->unless_family = take_reference(reader, STATEMENT_FAMILY);
	if (ambiguity->unless_family < 0 || !take_this(reader, "means"))
		return false;
	reader->notes->ambiguity_means[reader->object] = take_word(reader, "the code of a category");
	return reader->notes->ambiguity_means[reader->object] != NULL && take_end(reader);
}

/* Verbs, roles and their rights. */

static enum verb
to_verb(struct reader *reader, const char *name)
{
	char hint[80] = "";
	int best = INT_MAX;

	for (int verb = VERB_REPORT; verb < VERB_FORM; verb++) {
		if (strcmp(verb_name((enum verb)verb), name) == 0)
			return (enum verb)verb;
		grammar_words_suggest(hint, name, verb_name((enum verb)verb), &best);
	}
	for (size_t i = 0; i < reader->grammar->form_count; i++)
		grammar_words_suggest(hint, name, reader->grammar->forms[i].name, &best);
	wrong(reader, "there is no verb %.40s%s, expected LAPOR, RALAT, BATAL or another that the program knows", name,
	      hint);
	return VERB_NONE;
}

static bool
declare_verb(struct reader *reader)
{
	const char *name = take_word(reader, "the name of the verb");
	enum verb verb = name != NULL && take_end(reader) ? to_verb(reader, name) : VERB_NONE;

	if (verb == VERB_REPORT)
		return wrong(reader, "verb LAPOR has no words of its own, expected the words of a family");
	return verb != VERB_NONE && declare(reader, STATEMENT_VERB, name, verb);
}

static bool
verb_words(struct reader *reader)
{
	return take_words(reader, WORD_VERB, reader->object);
}

static bool
verb_help(struct reader *reader)
{
	return take_sample(reader, &reader->grammar->samples[reader->object]);
}

static bool
verb_fuzzy(struct reader *reader)
{
	struct meaning meaning = { WORD_VERB, 0 };

	return each_phrase(reader, use_fuzzy, &meaning);
}

static const char *const SCOPES[] = {
	[SCOPE_NONE] = "none", [SCOPE_PART] = "part", [SCOPE_VILLAGE] = "village", [SCOPE_DISTRICT] = "kecamatan",
	[SCOPE_REGENCY] = "kabupaten", [SCOPE_PROVINCE] = "province", [SCOPE_COUNTRY] = "country",
};

static bool
declare_role(struct reader *reader)
{
	struct grammar *grammar = reader->grammar;
	const char *name = take_word(reader, "the name of the role"), *title;

	if (name == NULL || (title = take(reader, PIECE_TEXT, "the title of the role in quotes")) == NULL ||
	    !take_end(reader))
		return false;
	if (strlen(name) > reply_width("peran"))
		return wrong(reader, "role %.40s has %zu letters, expected at most %zu", name, strlen(name),
			     reply_width("peran"));
	if (!declare(reader, STATEMENT_ROLE, name, grammar->role_count))
		return false;
	note_line(&reader->notes->role_lines, grammar->role_count, reader->cursor.line);
	grammar->roles = xgrow(grammar->roles, grammar->role_count, sizeof *grammar->roles);
	grammar->roles[grammar->role_count++] =
		(struct role){ .name = xstrdup(name), .title = xstrdup(title), .age.most = -1, .routine.most = -1 };
	return true;
}

static bool
role_scope(struct reader *reader)
{
	const char *name = take_word(reader, "a scope");

	if (name == NULL)
		return false;
	for (int scope = SCOPE_NONE; scope <= SCOPE_COUNTRY; scope++) {
		if (strcmp(SCOPES[scope], name) == 0) {
			reader->grammar->roles[reader->object].scope = (enum scope)scope;
			return take_end(reader);
		}
	}
	return wrong(reader, "scope %.40s, expected none, part, village, kecamatan, kabupaten, province or country",
		     name);
}

static bool
use_may(struct reader *reader, const char *name, void *context)
{
	enum verb verb = to_verb(reader, name);
	bool *may = context;

	may[verb] = verb != VERB_NONE;
	return verb != VERB_NONE;
}

/* A role may send verbs and forms. */
static bool
use_role_may(struct reader *reader, const char *name, void *context)
{
	int form = grammar_form(reader->grammar, name);

	if (form < 0)
		return use_may(reader, name, context);
	grammar_form_allow(reader->grammar, form, reader->object);
	return true;
}

static bool
role_may(struct reader *reader)
{
	return each_phrase(reader, use_role_may, reader->grammar->roles[reader->object].may);
}

static bool
use_role_pin(struct reader *reader, const char *name, void *context)
{
	int form = grammar_form(reader->grammar, name);
	enum verb verb = form < 0 ? to_verb(reader, name) : VERB_FORM;

	(void)context;
	return verb != VERB_NONE && grammar_pin_need(&reader->cursor, reader->grammar, reader->notes, reader->object, verb, form);
}

static bool
role_pin(struct reader *reader)
{
	return each_phrase(reader, use_role_pin, NULL);
}

/* The role's own names in messages: KT, KARANG TARUNA. */
static bool
role_words(struct reader *reader)
{
	return take_words(reader, WORD_ROLE, (int)reader->object);
}

/* Organisations that share a role: PKK, TAKMIR, DAWIS. */
static bool
role_bodies(struct reader *reader)
{
	return take_words(reader, WORD_BODY, (int)reader->object);
}

/* secrets masked, secrets open */
static bool
role_secrets(struct reader *reader)
{
	const char *word = take_word(reader, "masked or open");

	if (word == NULL)
		return false;
	if (strcmp(word, "masked") != 0 && strcmp(word, "open") != 0)
		return wrong(reader, "%.40s, expected masked or open", word);
	reader->grammar->roles[reader->object].secrets = word[0] == 'm' ? SECRETS_MASKED : SECRETS_OPEN;
	return take_end(reader);
}

static bool
role_open(struct reader *reader)
{
	reader->grammar->roles[reader->object].open = true;
	return take_end(reader);
}

static bool
role_single(struct reader *reader)
{
	reader->grammar->roles[reader->object].single = true;
	return take_end(reader);
}

static bool
role_age(struct reader *reader)
{
	return take_bounds(reader, "ages", AGE_MAX, &reader->grammar->roles[reader->object].age);
}

/* Adds a role to "KTKEC,TKSK"; also to none, NULL. */
static bool
use_role(struct reader *reader, const char *name, void *context)
{
	char **list = context, *longer;

	if (refer(reader, STATEMENT_ROLE, name) < 0)
		return false;
	longer = *list != NULL ? xasprintf("%s,%s", *list, name) : xstrdup(name);
	free(*list);
	*list = longer;
	return true;
}

/* Who decides a request to be registered in this role. */
static bool
role_approvers(struct reader *reader)
{
	return each_phrase(reader, use_role, &reader->grammar->roles[reader->object].approvers);
}

/* Whom a question of somebody in this role goes to. */
static bool
role_asks(struct reader *reader)
{
	return each_phrase(reader, use_role, &reader->grammar->roles[reader->object].asks);
}

static bool
role_complains(struct reader *reader)
{
	return each_phrase(reader, use_role, &reader->grammar->roles[reader->object].complains);
}

static bool
role_supervisor(struct reader *reader)
{
	return each_phrase(reader, use_role, &reader->grammar->roles[reader->object].supervisor);
}

static bool
role_invites(struct reader *reader)
{
	return each_phrase(reader, use_role, &reader->grammar->roles[reader->object].invites);
}

static bool
role_copies(struct reader *reader)
{
	return each_phrase(reader, use_role, &reader->grammar->roles[reader->object].copies);
}

/* meets 1..7: the days of the month that its meetings belong on. */
static bool
role_meets(struct reader *reader)
{
	return take_bounds(reader, "days", 31, &reader->grammar->roles[reader->object].routine);
}

static bool
role_repeats(struct reader *reader)
{
	reader->grammar->roles[reader->object].repeats_minutes = true;
	return take_end(reader);
}

static bool
declare_rights(struct reader *reader)
{
	const char *name = reader->cursor.line->pieces[0].text;
	enum statement_kind kind = STATEMENT_EVERYONE;

	while (strcmp(STATEMENTS[kind].name, name) != 0)
		kind++;
	return take_end(reader) && declare(reader, kind, name, 0);
}

static bool
everyone_may(struct reader *reader)
{
	return each_phrase(reader, use_may, reader->everyone);
}

static bool
stranger_may(struct reader *reader)
{
	return each_phrase(reader, use_may, reader->grammar->stranger_may);
}

static bool
waiting_may(struct reader *reader)
{
	return each_phrase(reader, use_may, reader->grammar->waiting_may);
}

/* Limits, zones, aliases, replies. */

static const struct { const char *name; long least, most; } LIMIT_RANGES[LIMITS] = {
	[LIMIT_LATE_DAY] = { "late-day", 0, 27 },
	[LIMIT_OLDEST_MONTHS] = { "oldest-months", 0, 60 },
	[LIMIT_TEXT] = { "text", 160, 2448 },
	[LIMIT_REPLIES_HOUR] = { "replies-hour", 1, 1000 },
	[LIMIT_REPLIES_DAY] = { "replies-day", 1, 10000 },
	[LIMIT_STRANGER_HINTS] = { "stranger-hints", 0, 100 },
	[LIMIT_STRANGER_REPLIES] = { "stranger-replies", 0, 100 },
	[LIMIT_REPEATS] = { "repeats", 2, 100 },
	[LIMIT_CANCEL_HOURS] = { "cancel-hours", 1, 744 },
	[LIMIT_REGISTER_DAYS] = { "register-days", 1, 365 },
	[LIMIT_QUIET_FROM] = { "quiet-from", 0, 23 },
	[LIMIT_QUIET_UNTIL] = { "quiet-until", 0, 23 },
	[LIMIT_PACE] = { "pace", 0, 600 },
	[LIMIT_BROADCAST_HOURS] = { "broadcast-hours", 1, 744 },
	[LIMIT_PAGE_MINUTES] = { "page-minutes", 1, 1440 },
	[LIMIT_MENU_MINUTES] = { "menu-minutes", 1, 60 },
	[LIMIT_PIN_TRIES] = { "pin-tries", 1, 20 },
	[LIMIT_PIN_HOURS] = { "pin-hours", 1, 168 },
};

const char *
grammar_limit_name(enum limit limit)
{
	return LIMIT_RANGES[limit].name;
}

static bool
declare_limit(struct reader *reader)
{
	const char *name = take_word(reader, "the name of the limit");
	char hint[80] = "";
	int best = INT_MAX;
	long value;

	if (name == NULL)
		return false;
	for (int limit = 0; limit < LIMITS; limit++) {
		if (strcmp(LIMIT_RANGES[limit].name, name) != 0) {
			grammar_words_suggest(hint, name, LIMIT_RANGES[limit].name, &best);
			continue;
		}
		reader->notes->limits[limit] = true;
		if (!take_number(reader, "a number", LIMIT_RANGES[limit].least, LIMIT_RANGES[limit].most, &value))
			return false;
		reader->grammar->limits[limit] = (int)value;
		return take_end(reader) && declare(reader, STATEMENT_LIMIT, name, (size_t)limit);
	}
	return wrong(reader, "there is no limit %.40s%s, expected one that the program knows", name, hint);
}

/* zone WIB +7 */
static bool
declare_zone(struct reader *reader)
{
	struct grammar *grammar = reader->grammar;
	const char *name = take_word(reader, "the name of the zone"), *east;
	long hours;

	if (name == NULL || (east = take_word(reader, "hours before Greenwich such as +7")) == NULL)
		return false;
	if (east[0] != '+' || !cursor_to_number(east + 1, 0, 14, &hours))
		return wrong(reader, "%.40s, expected hours before Greenwich such as +7", east);
	if (!take_end(reader) || !declare(reader, STATEMENT_ZONE, name, grammar->zone_count))
		return false;
	note_line(&reader->notes->zone_lines, grammar->zone_count, reader->cursor.line);
	grammar->zones = xgrow(grammar->zones, grammar->zone_count, sizeof *grammar->zones);
	grammar->zones[grammar->zone_count++] = (struct zone){ .name = xstrdup(name), .east = (int)hours * 3600 };
	return true;
}

static bool
use_province(struct reader *reader, const char *code, void *context)
{
	struct zone *zone = &reader->grammar->zones[reader->object];

	(void)context;
	if (strlen(code) != 2 || !is_area(code))
		return wrong(reader, "%.40s, expected codes of provinces such as 32", code);
	zone->provinces = xgrow(zone->provinces, zone->province_count, sizeof *zone->provinces);
	zone->provinces[zone->province_count++] = xstrdup(code);
	return true;
}

static bool
zone_provinces(struct reader *reader)
{
	const struct piece *piece = peek(reader);

	if (piece != NULL && strcmp(piece->text, "others") == 0) {
		reader->cursor.at++;
		return take_end(reader);
	}
	return each_phrase(reader, use_province, NULL);
}

/* 32.07.34.2007 */
static bool
is_village(const char *code)
{
	char district[9];

	if (strlen(code) != 13 || code[8] != '.' || strspn(code + 9, "0123456789") != 4)
		return false;
	snprintf(district, sizeof district, "%.8s", code);
	return is_area(district);
}

static bool
declare_alias(struct reader *reader)
{
	struct grammar *grammar = reader->grammar;
	const char *code = take_word(reader, "the code of an area"), *name;
	struct alias alias;

	if (code == NULL)
		return false;
	if (!is_village(code) && !is_area(code))
		return wrong(reader, "%.40s, expected the code of a village such as 32.07.34.2007, or of an area such as 32.07", code);
	for (;;) {
		name = take(reader, PIECE_TEXT, "another name of the place in quotes");
		if (name == NULL)
			return false;
		if (name[0] == '\0' || strlen(name) >= PLACE_NAME_SIZE)
			return wrong(reader, "a name of %zu letters, expected 1 to %d", strlen(name),
				     PLACE_NAME_SIZE - 1);
		snprintf(alias.code, sizeof alias.code, "%s", code);
		alias.name = xstrdup(name);
		grammar->aliases = xgrow(grammar->aliases, grammar->alias_count, sizeof *grammar->aliases);
		grammar->aliases[grammar->alias_count++] = alias;
		if (peek(reader) == NULL)
			return true;
		if (take(reader, PIECE_COMMA, "a comma between the names") == NULL)
			return false;
	}
}

/* The grammar owns the text then. */
static bool
add_reply(struct reader *reader, const char *id, char *text)
{
	struct grammar *grammar = reader->grammar;

	if (strlen(id) >= sizeof ((struct reply_form *)NULL)->id)
		return wrong(reader, "the name %.40s is too long, expected at most %zu letters", id,
			     sizeof ((struct reply_form *)NULL)->id - 1);
	if (!declare(reader, STATEMENT_REPLY, id, grammar->reply_count))
		return false;
	note_line(&reader->notes->reply_lines, grammar->reply_count, reader->cursor.line);
	grammar->replies = xgrow(grammar->replies, grammar->reply_count, sizeof *grammar->replies);
	grammar->replies[grammar->reply_count++] = (struct reply){ .id = xstrdup(id), .text = text };
	return true;
}

/* One text or more, each a line of its own (the caller's); NULL: a fault. */
static char *
take_lines(struct reader *reader)
{
	char *lines = NULL;

	while (lines == NULL || peek(reader) != NULL) {
		const char *text = take(reader, PIECE_TEXT, lines == NULL ? "the text in quotes" :
							    "a further line in quotes or the end of the line");
		char *longer = text == NULL ? NULL : lines == NULL ? xstrdup(text) : xasprintf("%s\n%s", lines, text);

		free(lines);
		lines = longer;
		if (lines == NULL)
			return NULL;
	}
	return lines;
}

static bool
declare_reply(struct reader *reader)
{
	const char *id = take_word(reader, "the name of the reply");
	char *text;

	if (id == NULL || (text = take_lines(reader)) == NULL)
		return false;
	if (!add_reply(reader, id, text)) {
		free(text);
		return false;
	}
	return true;
}

/* Forms; what stands below them is read in grammar_form.c. */

static bool
declare_choice(struct reader *reader)
{
	struct grammar *grammar = reader->grammar;
	const char *name = take_word(reader, "the name of the choice");

	if (name == NULL || !take_end(reader) || !declare(reader, STATEMENT_CHOICE, name, grammar->choice_count))
		return false;
	grammar->choices = xgrow(grammar->choices, grammar->choice_count, sizeof *grammar->choices);
	grammar->choices[grammar->choice_count++] = (struct choice){ xstrdup(name) };
	return true;
}

static bool
row_choice(struct reader *reader)
{
	grammar_form_option(&reader->cursor, reader->grammar, reader->object);
	return true;
}

static bool
is_form_name(const char *name)
{
	size_t length = strlen(name);

	return length <= FORM_NAME_MAX && strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == length && name[0] != '-' &&
	       name[length - 1] != '-';
}

static bool
declare_form(struct reader *reader)
{
	struct grammar *grammar = reader->grammar;
	const char *name = take_word(reader, "the name of the form"), *title;

	if (name == NULL || (title = take(reader, PIECE_TEXT, "the title of the form in quotes")) == NULL ||
	    !take_end(reader))
		return false;
	if (!is_form_name(name))
		return wrong(reader, "form %.40s, expected at most %d capital letters, and - between them", name,
			     FORM_NAME_MAX);
	for (int verb = VERB_REPORT; verb < VERB_FORM; verb++)
		if (strcmp(verb_name((enum verb)verb), name) == 0)
			return wrong(reader, "form %s has the name of a verb, expected another", name);
	if (strlen(title) > reply_width("judul"))
		return wrong(reader, "the title has %zu letters, expected at most %zu", strlen(title),
			     reply_width("judul"));
	if (grammar->form_count == FORMS_MAX)
		return wrong(reader, "one form too many, expected at most %d", FORMS_MAX);
	if (!declare(reader, STATEMENT_FORM, name, grammar->form_count))
		return false;
	grammar_form_declare(grammar, reader->notes, reader->cursor.line, name, title);
	return true;
}

static bool
row_form(struct reader *reader)
{
	grammar_form_line(&reader->cursor, reader->grammar, reader->notes, reader->object);
	return true;
}

/* Reminders; what stands below them is read in grammar_calendar.c. */

static bool
is_reminder_name(const char *name)
{
	size_t length = strlen(name);

	return length <= REMINDER_NAME_MAX &&
	       strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == length && name[0] != '-';
}

static bool
declare_reminder(struct reader *reader)
{
	const char *name = take_word(reader, "the name of the reminder"), *title;

	if (name == NULL || (title = take(reader, PIECE_TEXT, "what it is for in quotes")) == NULL || !take_end(reader))
		return false;
	if (!is_reminder_name(name))
		return wrong(reader, "reminder %.40s, expected at most %d capital letters, digits and hyphens", name,
			     REMINDER_NAME_MAX);
	if (!declare(reader, STATEMENT_REMINDER, name, reader->grammar->reminder_count))
		return false;
	grammar_calendar_declare(reader->grammar, reader->notes, reader->cursor.line, name, title);
	return true;
}

static bool
row_reminder(struct reader *reader)
{
	grammar_calendar_line(&reader->cursor, reader->grammar, reader->notes, reader->object);
	return true;
}

static bool
declare_guide(struct reader *reader)
{
	return grammar_guide_line(&reader->cursor, reader->grammar);
}

static bool
declare_guide_text(struct reader *reader)
{
	return grammar_guide_text(&reader->cursor, reader->grammar);
}

static bool
declare_guide_place(struct reader *reader)
{
	return grammar_guide_place(&reader->cursor, reader->grammar);
}

/* Stages of a programme: counted up from 1. */
static bool
declare_stage(struct reader *reader)
{
	const char *name, *title;
	long number;

	if (!take_number(reader, "the number of the stage", 1, STAGES_MAX, &number) ||
	    (title = take(reader, PIECE_TEXT, "the title of the stage in quotes")) == NULL || !take_end(reader))
		return false;
	name = reader->cursor.line->pieces[1].text;
	if ((size_t)number != reader->grammar->stage_count + 1 && find_declared(reader, STATEMENT_STAGE, name) == NULL)
		return wrong(reader, "stage %ld, expected stage %zu", number, reader->grammar->stage_count + 1);
	if (strlen(title) > reply_width("judul"))
		return wrong(reader, "the title has %zu letters, expected at most %zu", strlen(title), reply_width("judul"));
	return declare(reader, STATEMENT_STAGE, name, reader->grammar->stage_count) &&
	       grammar_stage_declare(&reader->cursor, reader->grammar, title);
}

static bool
stage_tells(struct reader *reader)
{
	return grammar_stage_tells(&reader->cursor, reader->grammar, reader->object);
}

static bool
declare_minutes(struct reader *reader)
{
	const char *name = take_word(reader, "the name of the minutes"), *title;

	if (name == NULL || (title = take(reader, PIECE_TEXT, "their title in quotes")) == NULL || !take_end(reader))
		return false;
	return declare(reader, STATEMENT_MINUTES, name, reader->grammar->minutes_count) &&
	       grammar_minutes_declare(&reader->cursor, reader->grammar, name, title);
}

static bool
minutes_part(struct reader *reader)
{
	return grammar_minutes_part(&reader->cursor, reader->grammar, reader->object);
}

static bool
minutes_partners(struct reader *reader)
{
	return grammar_minutes_partners(&reader->cursor, reader->grammar, reader->object);
}

static bool
declare_operator(struct reader *reader)
{
	const char *name = take_word(reader, "the name of the operator");

	if (name == NULL || !take_end(reader) || !declare(reader, STATEMENT_OPERATOR, name, reader->grammar->operator_count))
		return false;
	grammar_operator_declare(reader->grammar, name);
	return true;
}

static bool
operator_sims(struct reader *reader)
{
	return grammar_operator_sims(&reader->cursor, reader->grammar, reader->object);
}

static bool
operator_balance(struct reader *reader)
{
	return grammar_operator_patterns(&reader->cursor, reader->grammar, reader->object, CREDIT_BALANCE);
}

static bool
operator_quota(struct reader *reader)
{
	return grammar_operator_patterns(&reader->cursor, reader->grammar, reader->object, CREDIT_QUOTA);
}

static bool
operator_balance_code(struct reader *reader)
{
	return grammar_operator_code(&reader->cursor, reader->grammar, reader->object, CREDIT_BALANCE);
}

static bool
operator_quota_code(struct reader *reader)
{
	return grammar_operator_code(&reader->cursor, reader->grammar, reader->object, CREDIT_QUOTA);
}

static bool
operator_unverified(struct reader *reader)
{
	reader->grammar->operators[reader->object].unverified = true;
	return take_end(reader);
}

static const struct statement STATEMENTS[STATEMENT_KINDS] = {
	[STATEMENT_LIST] = { .name = "list", .declare = declare_list,
			     .attributes = { { "codes", list_codes, MANY | MUST }, { "refused", list_refused, MANY } } },
	[STATEMENT_DEFAULT] = { .name = "default-list", .declare = declare_default },
	[STATEMENT_CROSSWALK] = { .name = "crosswalk", .declare = declare_crosswalk, .row = row_crosswalk },
	[STATEMENT_FAMILY] = { .name = "family", .declare = declare_family,
			       .attributes = { { "words", family_words, MANY | MUST }, { "help", family_help, 0 } } },
	[STATEMENT_UNIT] = { .name = "unit", .declare = declare_unit,
			     .attributes = { { "words", unit_words, MANY | MUST } } },
	[STATEMENT_TONGUE] = { .name = "tongue", .declare = declare_tongue,
			       .attributes = { { "spoken", tongue_spoken, MUST }, { "value", tongue_value, MANY },
					       { "leading", tongue_leading, MANY }, { "plus", tongue_plus, MANY },
					       { "teen", tongue_teen, MANY }, { "times", tongue_times, MANY },
					       { "counted", tongue_counted, MANY } } },
	[STATEMENT_CATEGORY] = { .name = "category", .declare = declare_category,
				 .attributes = { { "family", category_family, MUST }, { "list", category_list, MUST },
						 { "also", category_also, MANY }, { "fuzzy", category_fuzzy, MANY },
						 { "kinds", category_kinds, MANY }, { "alert", category_alert, 0 },
						 { "unit", category_unit, MANY | MUST }, { "age", category_age, 0 },
						 { "rest", category_rest, 0 }, { "married", category_married, 0 },
						 { "sex", category_sex, 0 }, { "secret", category_secret, 0 },
						 { "specific", category_specific, 0 } } },
	[STATEMENT_AMBIGUOUS] = { .name = "ambiguous", .declare = declare_ambiguous,
				  .attributes = { { "reply", ambiguous_reply, MUST }, { "list", ambiguous_list, 0 },
						  { "after", ambiguous_after, 0 } } },
	[STATEMENT_WORDS] = { .name = "words", .declare = declare_words, .row = row_words },
	[STATEMENT_MONTH] = { .name = "month", .declare = declare_month, .row = row_month },
	[STATEMENT_VERB] = { .name = "verb", .declare = declare_verb,
			     .attributes = { { "words", verb_words, MANY | MUST }, { "fuzzy", verb_fuzzy, MANY },
					     { "help", verb_help, 0 } } },
	[STATEMENT_ROLE] = { .name = "role", .declare = declare_role,
			     .attributes = { { "scope", role_scope, MUST }, { "may", role_may, MANY | MUST },
					     { "pin", role_pin, MANY },
					     { "words", role_words, MANY }, { "bodies", role_bodies, MANY },
					     { "open", role_open, 0 }, { "single", role_single, 0 },
					     { "approvers", role_approvers, 0 }, { "secrets", role_secrets, 0 },
					     { "age", role_age, 0 }, { "asks", role_asks, 0 },
					     { "complains", role_complains, 0 },
					     { "supervisor", role_supervisor, 0 },
					     { "invites", role_invites, 0 }, { "copies", role_copies, 0 },
					     { "meets", role_meets, 0 }, { "repeats-minutes", role_repeats, 0 } } },
	[STATEMENT_EVERYONE] = { .name = "everyone", .declare = declare_rights,
				 .attributes = { { "may", everyone_may, MANY | MUST } } },
	[STATEMENT_STRANGER] = { .name = "stranger", .declare = declare_rights,
				 .attributes = { { "may", stranger_may, MANY | MUST } } },
	[STATEMENT_WAITING] = { .name = "waiting", .declare = declare_rights,
				.attributes = { { "may", waiting_may, MANY | MUST } } },
	[STATEMENT_LIMIT] = { .name = "limit", .declare = declare_limit },
	[STATEMENT_ZONE] = { .name = "zone", .declare = declare_zone,
			     .attributes = { { "provinces", zone_provinces, MANY | MUST } } },
	[STATEMENT_ALIAS] = { .name = "alias", .declare = declare_alias },
	[STATEMENT_REPLY] = { .name = "reply", .declare = declare_reply },
	[STATEMENT_CHOICE] = { .name = "choice", .declare = declare_choice, .row = row_choice },
	[STATEMENT_FORM] = { .name = "form", .declare = declare_form, .row = row_form },
	[STATEMENT_STAGE] = { .name = "stage", .declare = declare_stage,
			      .attributes = { { "tells", stage_tells, MANY } } },
	[STATEMENT_MINUTES] = { .name = "minutes", .declare = declare_minutes,
				.attributes = { { "part", minutes_part, MANY | MUST }, { "partners", minutes_partners, 0 } } },
	[STATEMENT_OPERATOR] = { .name = "operator", .declare = declare_operator,
				 .attributes = { { "sims", operator_sims, 0 }, { "unverified", operator_unverified, 0 },
						 { "balance", operator_balance, MANY }, { "quota", operator_quota, MANY },
						 { "balance-code", operator_balance_code, 0 },
						 { "quota-code", operator_quota_code, 0 } } },
	[STATEMENT_REMINDER] = { .name = "reminder", .declare = declare_reminder, .row = row_reminder },
	[STATEMENT_GUIDE] = { .name = "guide", .declare = declare_guide },
	[STATEMENT_GUIDE_TEXT] = { .name = "guide-text", .declare = declare_guide_text },
	[STATEMENT_GUIDE_PLACE] = { .name = "guide-place", .declare = declare_guide_place },
};

static const struct statement *
find_statement(struct reader *reader)
{
	const char *name = reader->cursor.line->pieces[0].text;
	char hint[80] = "";
	int best = INT_MAX;

	for (size_t i = 0; i < STATEMENT_KINDS; i++) {
		if (reader->cursor.line->pieces[0].kind == PIECE_WORD && strcmp(STATEMENTS[i].name, name) == 0)
			return &STATEMENTS[i];
		grammar_words_suggest(hint, name, STATEMENTS[i].name, &best);
	}
	wrong(reader, "%.40s is no statement%s, expected one such as category, words, verb, role, form, limit or reply", name,
	      hint);
	return NULL;
}

/* "A, B, C" of what may stand in a block. */
static void
list_attributes(const struct statement *statement, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (const struct attribute *a = statement->attributes; a->name != NULL && used < size; a++)
		used += (size_t)snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "", a->name);
}

static void
read_attribute(struct reader *reader, const struct statement *statement, unsigned *seen)
{
	const char *name = reader->cursor.line->pieces[0].text;
	const struct attribute *attribute = statement->attributes;
	char all[120];

	reader->cursor.at = 0;
	if (statement->row != NULL) {
		statement->row(reader);
		return;
	}
	while (attribute->name != NULL && strcmp(attribute->name, name) != 0)
		attribute++;
	list_attributes(statement, all, sizeof all);
	if (attribute->name == NULL) {
		wrong(reader, "%.40s cannot stand below \"%s\", expected %s", name, statement->name,
		      all[0] != '\0' ? all : "a statement without blanks before it");
		return;
	}
	if ((attribute->flags & MANY) == 0 && (*seen & 1u << (attribute - statement->attributes)) != 0) {
		wrong(reader, "%s stands twice below this \"%s\", expected it once", name, statement->name);
		return;
	}
	*seen |= 1u << (attribute - statement->attributes);
	reader->cursor.at = 1;
	attribute->read(reader);
}

static void
end_block(struct reader *reader, const struct grammar_line *head, const struct statement *statement, unsigned seen)
{
	reader->cursor.line = head;
	for (size_t i = 0; statement != NULL && statement->attributes[i].name != NULL; i++)
		if ((statement->attributes[i].flags & MUST) != 0 && (seen & 1u << i) == 0)
			wrong(reader, "nothing says \"%s\" below this \"%s\", expected it",
			      statement->attributes[i].name, statement->name);
}

/* First pass: every name is declared, so that it may be used before its statement stands. */
static void
declare_all(struct reader *reader, const struct grammar_lines *lines, const struct statement **statements, int *objects)
{
	for (size_t i = 0; i < lines->count; i++) {
		reader->cursor.line = &lines->lines[i];
		if (reader->cursor.line->indented)
			continue;
		reader->cursor.at = 1;
		reader->object = -1;
		statements[i] = find_statement(reader);
		if (statements[i] != NULL && !statements[i]->declare(reader))
			statements[i] = NULL;
		objects[i] = reader->object;
	}
}

/* Second pass: what stands below. A block whose first line is wrong is passed over. */
static void
read_blocks(struct reader *reader, const struct grammar_lines *lines, const struct statement **statements,
	    const int *objects)
{
	const struct statement *statement = NULL;
	const struct grammar_line *head = NULL;
	unsigned seen = 0;

	for (size_t i = 0; i < lines->count; i++) {
		const struct grammar_line *line = &lines->lines[i];
		bool first = i == 0 || lines->lines[i - 1].file != line->file;

		if (!line->indented || first) {
			end_block(reader, head, statement, seen);
			statement = line->indented ? NULL : statements[i];
			head = line;
			seen = 0;
			reader->object = objects[i];
		}
		reader->cursor.line = line;
		if (line->indented && first)
			wrong(reader, "%.40s has blanks before it but no statement above, expected one",
			      line->pieces[0].text);
		else if (line->indented && statement != NULL)
			read_attribute(reader, statement, &seen);
	}
	end_block(reader, head, statement, seen);
}

void
grammar_read(struct grammar *grammar, const struct grammar_lines *lines, struct grammar_notes *notes)
{
	struct reader reader = { .grammar = grammar, .notes = notes, .cursor = { .faults = notes->faults } };
	const struct statement **statements = xcalloc(lines->count, sizeof *statements);
	int *objects = xcalloc(lines->count, sizeof *objects);

	declare_all(&reader, lines, statements, objects);
	read_blocks(&reader, lines, statements, objects);
	for (size_t i = 0; i < grammar->role_count; i++)
		for (size_t verb = 0; verb < VERBS; verb++)
			grammar->roles[i].may[verb] = grammar->roles[i].may[verb] || reader.everyone[verb];
	free(statements);
	free(objects);
	free(reader.declared);
}

static void
clear_words(struct word_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		free(table->words[i].key);
	free(table->words);
}

void
grammar_notes_clear(struct grammar_notes *notes)
{
	free(notes->category_lines);
	free(notes->ambiguity_lines);
	free(notes->reply_lines);
	free(notes->zone_lines);
	free(notes->role_lines);
	free(notes->pins);
	free(notes->forms);
	free(notes->reminders);
	free(notes->ambiguity_lists);
	free(notes->ambiguity_means);
	free(notes->crosswalks);
	free(notes->crossings);
	clear_words(&notes->fuzzy);
	clear_words(&notes->parts);
}
