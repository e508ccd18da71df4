/* SPDX-License-Identifier: GPL-3.0-or-later */
/* locate: the place that a message is about: DESA, KEC, KAB, RT, RW, and names without a mark. */
#include "lang/reader.h"

#include <stdio.h>
#include <string.h>

/* A name in the tokens and what the gazetteer says of it. */
struct named { size_t length; struct place_answer answer; };

/* "KEC LUMBUNG: besok": a colon ends a name. */
static bool
is_name_joined(const struct reader *reader, size_t at)
{
	return reader_joined(reader, at) && (reader->parse->tokens[at].gap & GAP_COLON) == 0;
}

/* Tokens that a name may consist of: words and numbers with nothing but blanks, dots, hyphens between. */
static size_t
name_reach(const struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	size_t length = 0;

	while (length < PLACE_TOKENS_MAX && at + length < parse->count &&
	       (parse->tokens[at + length].kind == TOKEN_WORD ||
		(parse->tokens[at + length].kind == TOKEN_NUMBER && length != 0)) &&
	       (length == 0 || is_name_joined(reader, at + length)))
		length++;
	return length;
}

/* Tokens up to the next known word or number: what somebody meant as a name. */
static size_t
name_run(const struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	size_t length = 0;
	int category;           /* TUNA SUSILA: two words that are nothing alone */

	while (at + length < parse->count && length < PLACE_TOKENS_MAX &&
	       parse->tokens[at + length].kind == TOKEN_WORD && (length == 0 || is_name_joined(reader, at + length)) &&
	       !reader_known(reader, at + length) &&
	       reader_phrase(reader, WORD_CATEGORY, at + length, PLACE_TOKENS_MAX, &category) == 0 &&
	       (length == 0 || !number_begins(reader, at + length)) &&
	       grammar_numeral(reader->grammar, parse->tokens[at + length].text, reader->asker->area) < 0)
		length++;
	return length;
}

static void
look_up_village(const struct reader *reader, const char *name, enum place_kind kind, bool exact, struct place_answer *out)
{
	place_find(reader->gazetteer, reader->district[0] != '\0' ? reader->district : reader->regency, name, kind, exact, out);
}

static void
look_up_district(const struct reader *reader, const char *name, enum place_kind kind, bool exact,
		 struct place_answer *out)
{
	char within[6];

	(void)kind;
	snprintf(within, sizeof within, "%.5s", strlen(reader->asker->area) >= 5 ? reader->asker->area : reader->regency);
	place_find_district(reader->gazetteer, within, name, exact, out);
}

size_t
locate_reach(const struct reader *reader, size_t at)
{
	return name_reach(reader, at);
}

size_t
locate_run(const struct reader *reader, size_t at)
{
	return name_run(reader, at);
}

typedef void look_up(const struct reader *, const char *, enum place_kind, bool, struct place_answer *);

/* Whether the name is nearer to the place found without the word at its end: DARMARAJAKK is Darmaraja, KK. */
static bool
swallows_word(const struct reader *reader, const char *name, look_up *look, enum place_kind kind,
	      const struct place_answer *found)
{
	size_t length = strlen(name), tail;
	char head[PLACE_NAME_SIZE * 2];
	struct place_answer answer;

	for (tail = 2; tail < length && name[length - tail - 1] != ' '; tail++) {
		if (!grammar_known(reader->grammar, name + length - tail))
			continue;
		snprintf(head, sizeof head, "%.*s", (int)(length - tail), name);
		look(reader, head, kind, false, &answer);
		if ((answer.verdict == PLACE_FOUND || (answer.verdict == PLACE_FUZZY && answer.edits < found->edits)) &&
		    strcmp(answer.codes[0], found->codes[0]) == 0)
			return true;
	}
	return false;
}

/* Looks the tokens up. A slip must not hide that a word was glued to the name. */
static void
find_named(const struct reader *reader, size_t at, size_t length, look_up *look, enum place_kind kind, bool exact,
	   struct place_answer *out)
{
	char name[PLACE_NAME_SIZE * 2];

	reader_span(reader, at, length, name, sizeof name);
	look(reader, name, kind, exact, out);
	if (out->verdict == PLACE_FUZZY && (reader_ends_in_part(reader, at + length - 1) ||
					    swallows_word(reader, name, look, kind, out)))
		out->verdict = PLACE_UNKNOWN;
}

static void
find_village(const struct reader *reader, size_t at, size_t length, enum place_kind kind, bool exact,
	     struct place_answer *out)
{
	find_named(reader, at, length, look_up_village, kind, exact, out);
}

static void
find_district(const struct reader *reader, size_t at, size_t length, bool exact, struct place_answer *out)
{
	find_named(reader, at, length, look_up_district, PLACE_ANY, exact, out);
}

/* A number, Roman numeral or Indonesian number word. */
static bool
is_numeral(const struct reader *reader, size_t at)
{
	const struct token *token = &reader->parse->tokens[at];

	return token->kind == TOKEN_NUMBER ||
	       (token->kind == TOKEN_WORD && (place_roman(token->text) != 0 ||
					      grammar_numeral(reader->grammar, token->text, "") >= 0));
}

/* Whether a numeral stands behind a name: it is part of names like Hutatoruan V. */
static bool
numeral_behind(const struct reader *reader, size_t at)
{
	return at < reader->parse->count && reader_joined(reader, at) && is_numeral(reader, at);
}

static size_t
exact_length(const struct reader *reader, size_t at, enum place_kind kind, const char **code)
{
	struct place_answer answer;
	size_t length;

	for (length = name_reach(reader, at); length > 0; length--) {
		find_village(reader, at, length, kind, true, &answer);
		if (answer.verdict == PLACE_FOUND) {
			*code = answer.codes[0];
			return length;
		}
	}
	return 0;
}

size_t
locate_exact(const struct reader *reader, size_t at, enum place_kind kind, const char **code)
{
	if (kind != PLACE_ANY || at >= reader->parse->count)
		return exact_length(reader, at, kind, code);
	if (!reader->exact[at].known) {
		reader->exact[at].length = exact_length(reader, at, kind, &reader->exact[at].code);
		reader->exact[at].known = true;
	}
	*code = reader->exact[at].code;
	return reader->exact[at].length;
}

void
locate_forget(const struct reader *reader)
{
	memset(reader->exact, 0, TOKENS_MAX * sizeof *reader->exact);
}

/* First place at which a fuzzy category begins inside a run of unknown words; the run's length if none. */
static size_t
run_before_category(const struct reader *reader, size_t at, size_t run)
{
	size_t i;

	for (i = 1; i < run; i++)
		if (grammar_category_near(reader->grammar, reader->parse->tokens[at + i].text) >= 0)
			return i;
	return run;
}

/* The longest exact name or family in the kecamatan. */
static bool
name_exact(const struct reader *reader, size_t at, enum place_kind kind, struct named *out)
{
	for (out->length = name_reach(reader, at); out->length > 0; out->length--) {
		find_village(reader, at, out->length, kind, true, &out->answer);
		if (out->answer.verdict != PLACE_FOUND && out->answer.verdict != PLACE_CHOOSE)
			continue;
		if (out->answer.verdict == PLACE_CHOOSE && numeral_behind(reader, at + out->length)) {
			/* Hutatoruan 2: the number is the name's, and there is no such village. */
			out->length++;
			find_village(reader, at, out->length, kind, false, &out->answer);
		}
		return true;
	}
	return false;
}

/* A name that is not exact as far as it goes: the whole of it near to one village, or exact elsewhere. */
static void
name_near(const struct reader *reader, size_t at, size_t run, enum place_kind kind, struct named *out)
{
	if (numeral_behind(reader, at + run)) {
		out->length = run + 1;
		find_village(reader, at, run + 1, kind, false, &out->answer);
		if (out->answer.verdict != PLACE_UNKNOWN)
			return;
	}
	out->length = run;
	find_village(reader, at, run, kind, false, &out->answer);
}

size_t
locate_above(const struct reader *reader, size_t at, const char *village)
{
	struct place_answer answer;
	char name[PLACE_NAME_SIZE * 2];
	size_t length, i;

	for (length = name_reach(reader, at); length > 0; length--) {
		reader_span(reader, at, length, name, sizeof name);
		find_district(reader, at, length, true, &answer);
		if (answer.verdict == PLACE_FOUND && strncmp(answer.codes[0], village, 8) == 0)
			return length;
		place_find_regency(reader->gazetteer, name, REGENCY_ANY, &answer);
		for (i = 0; i < answer.count; i++)
			if (strncmp(answer.codes[i], village, 5) == 0)
				return length;
	}
	return 0;
}

/* Whether the tokens from `at` up to `end` are nothing but that: ds rawa lumbung ciamis. */
static bool
is_all_above(const struct reader *reader, size_t at, size_t end, const char *village)
{
	size_t length;

	while (at < end) {
		length = locate_above(reader, at, village);
		if (length == 0)
			return false;
		at += length;
	}
	return true;
}

/* Domain 5.3 and hard case 10: the longest exact name; but when unknown words follow it, the whole of them may be
 * one misspelt name (ds lumbung sri), and if it is not, nothing is guessed. false: there is no name at all. */
static bool
name_read(const struct reader *reader, size_t at, enum place_kind kind, struct named *out)
{
	struct named near;
	size_t run = name_run(reader, at);
	bool exact = name_exact(reader, at, kind, out);
	size_t cut;

	if (exact && (out->length >= run || (out->answer.verdict == PLACE_FOUND &&
					     is_all_above(reader, at + out->length, at + run, out->answer.codes[0]))))
		return true;
	if (run == 0)
		return false;
	name_near(reader, at, run, kind, &near);
	/* DARMARAJA. S/D: what follows the name makes it no other. */
	if (exact && near.answer.verdict == PLACE_FUZZY && out->answer.verdict == PLACE_FOUND &&
	    strcmp(near.answer.codes[0], out->answer.codes[0]) == 0)
		return true;
	cut = run_before_category(reader, at, run);
	if (near.answer.verdict == PLACE_UNKNOWN && cut < run) {
		if (exact && out->length >= cut)
			return true;
		name_near(reader, at, cut, kind, &near);
	}
	*out = near;
	return true;
}

static void
take_village(struct reader *reader, size_t at, size_t length, const char *code, bool fuzzy)
{
	struct parse *parse = reader->parse;

	reader_mark(reader, at, length, READ_PLACE);
	if (parse->village_said && strcmp(parse->village, code) != 0) {
		reader_note(reader, &parse->placing, REJECT_TEMPAT, at, length);
		return;
	}
	snprintf(parse->village, sizeof parse->village, "%s", code);
	parse->village_said = true;
	parse->village_fuzzy |= fuzzy;
}

static void
village_problem(struct reader *reader, enum reject reject, size_t at, size_t length, const struct place_answer *answer)
{
	struct parse *parse = reader->parse;

	reader_mark(reader, at, length, READ_ERROR);
	parse->village_said = true;
	if (parse->placing.reject != REJECT_NONE)
		return;
	reader_note(reader, &parse->placing, reject, at, length);
	if (answer != NULL)
		parse->place = *answer;
}

/* Acts on what the gazetteer said of the name at `at`. */
static void
take_named(struct reader *reader, size_t at, const struct named *named)
{
	static const enum reject rejects[] = {
		[PLACE_CHOOSE] = REJECT_DESA_PILIH, [PLACE_ELSEWHERE] = REJECT_WILAYAH, [PLACE_UNKNOWN] = REJECT_DESA,
	};

	/* With a kecamatan typed, a village elsewhere is not what was meant (rule 49). */
	if (named->answer.verdict == PLACE_ELSEWHERE && reader->district_said)
		village_problem(reader, REJECT_DESA, at, named->length, NULL);
	else if (named->answer.verdict == PLACE_FOUND || named->answer.verdict == PLACE_FUZZY)
		take_village(reader, at, named->length, named->answer.codes[0], named->answer.verdict == PLACE_FUZZY);
	else
		village_problem(reader, rejects[named->answer.verdict], at, named->length, &named->answer);
}

static size_t
take_code(struct reader *reader, size_t at, size_t before, const char *code)
{
	char full[PLACE_CODE_SIZE];

	reader_mark(reader, at, before, READ_PLACE);
	if (strlen(code) == 4)
		snprintf(full, sizeof full, "%.8s.%s", reader->district, code);
	else if (strlen(code) == 10)
		snprintf(full, sizeof full, "%.2s.%.2s.%.2s.%.4s", code, code + 2, code + 4, code + 6);
	else
		snprintf(full, sizeof full, "%s", code);
	if (strlen(full) == PLACE_CODE_SIZE - 1 && gazetteer_name(reader->gazetteer, full) != NULL)
		take_village(reader, at + before, 1, full, false);
	else
		village_problem(reader, REJECT_DESA, at + before, 1, NULL);
	return before + 1;
}

/* A village code, or a bare number of four or ten digits behind a mark. */
static bool
is_code(const struct reader *reader, size_t at, bool marked)
{
	const struct token *token = &reader->parse->tokens[at];
	size_t digits;

	if (at >= reader->parse->count)
		return false;
	digits = strlen(token->text);
	return token->kind == TOKEN_VILLAGE_CODE ||
	       (marked && token->kind == TOKEN_NUMBER && (digits == 4 || digits == 10));
}

/* KEL behind a number is a unit unless a village follows (domain 3.1). */
static bool
is_unit_here(const struct reader *reader, size_t at)
{
	struct named named;

	return at > 0 && reader_word(reader, WORD_UNIT, at) >= 0 && reader->parse->readings[at - 1] == READ_NUMBER &&
	       !name_exact(reader, at + 1, PLACE_KELURAHAN, &named) && !is_code(reader, at + 1, true);
}

/* DES is a mark with a letter missing only right before a village; otherwise it is December. */
static bool
is_month_here(const struct reader *reader, size_t at)
{
	const char *code;

	return reader_word(reader, WORD_MONTH, at) > 0 && locate_exact(reader, at + 1, PLACE_ANY, &code) == 0;
}

static size_t
read_village(struct reader *reader, size_t at)
{
	struct named named;
	size_t marks = 0;
	int kind = PLACE_ANY;
	const char *code;

	while (reader_word(reader, WORD_VILLAGE, at + marks) >= 0) {
		/* A village may itself be called Kelurahan: the name wins where it is one. */
		if (marks != 0 && locate_exact(reader, at + marks, PLACE_ANY, &code) != 0)
			break;
		kind = reader_word(reader, WORD_VILLAGE, at + marks++);
	}
	if (marks == 0 || is_unit_here(reader, at) || is_month_here(reader, at))
		return 0;
	reader_mark(reader, at, marks, READ_PLACE);
	if (is_code(reader, at + marks, true))
		return take_code(reader, at, marks, reader->parse->tokens[at + marks].text);
	if (!name_read(reader, at + marks, kind, &named))
		return marks;
	take_named(reader, at + marks, &named);
	return marks + named.length;
}

/* KEC LUMBUNG RAWA, KEC LUMBUNG CIAMIS: what follows is a village of that kecamatan, or what lies above it. */
static bool
is_all_inside(const struct reader *reader, size_t at, size_t end, const char *district)
{
	char name[PLACE_NAME_SIZE * 2];
	struct place_answer answer;

	reader_span(reader, at, end - at, name, sizeof name);
	place_find(reader->gazetteer, district, name, PLACE_ANY, true, &answer);
	return answer.verdict == PLACE_FOUND || answer.verdict == PLACE_CHOOSE || is_all_above(reader, at, end, district);
}

/* The name behind KEC. */
static bool
district_read(const struct reader *reader, size_t at, struct named *out)
{
	size_t run = name_run(reader, at);

	for (out->length = name_reach(reader, at); out->length > 0; out->length--) {
		find_district(reader, at, out->length, true, &out->answer);
		if (out->answer.verdict == PLACE_FOUND &&
		    (out->length >= run || is_all_inside(reader, at + out->length, at + run, out->answer.codes[0])))
			return true;
	}
	out->length = run;
	if (run == 0)
		return false;
	find_district(reader, at, run, false, &out->answer);
	return true;
}

static size_t
read_district(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	struct named named;

	if (reader_word(reader, WORD_DISTRICT, at) < 0)
		return 0;
	reader_mark(reader, at, 1, READ_PLACE);
	if (at + 1 < parse->count && parse->tokens[at + 1].kind == TOKEN_DISTRICT_CODE) {
		reader_mark(reader, at + 1, 1, READ_PLACE);
		snprintf(parse->district, sizeof parse->district, "%.8s", parse->tokens[at + 1].text);
		return 2;
	}
	if (name_run(reader, at + 1) == 0 && reader->asks && strlen(reader->asker->area) >= 8) {
		/* SE KECAMATAN: the own one. */
		snprintf(parse->district, sizeof parse->district, "%.8s", reader->asker->area);
		return 1;
	}
	if (!district_read(reader, at + 1, &named)) {
		reader_problem(reader, REJECT_KEC, at, 1, -1);
		return 1;
	}
	if (named.answer.verdict == PLACE_FOUND || named.answer.verdict == PLACE_FUZZY) {
		reader_mark(reader, at + 1, named.length, READ_PLACE);
		if (parse->district[0] != '\0' && strcmp(parse->district, named.answer.codes[0]) != 0)
			reader_note(reader, &parse->placing, REJECT_TEMPAT, at + 1, named.length);
		snprintf(parse->district, sizeof parse->district, "%s", named.answer.codes[0]);
	} else {
		reader_problem(reader, REJECT_KEC, at + 1, named.length, -1);
	}
	return 1 + named.length;
}

/* DUSUN, KP, BLOK: smaller than what is counted. The name behind goes with it. */
static size_t
read_hamlet(struct reader *reader, size_t at)
{
	size_t run;

	if (reader_word(reader, WORD_HAMLET, at) < 0)
		return 0;
	run = name_run(reader, at + 1);
	village_problem(reader, REJECT_DESA, at, 1 + run, NULL);
	reader->parse->placing.index = 0;       /* a hamlet: the answer has a hint */
	return 1 + run;
}

static void
take_part(struct reader *reader, int *part, long value, size_t at, size_t length)
{
	if (*part != 0 && *part != value)
		reader_note(reader, &reader->parse->placing, REJECT_TEMPAT, at, length);
	*part = (int)value;
}

/* RT/RW 02/01: both marks, both numbers. */
static size_t
read_both_parts(struct reader *reader, size_t at, bool rt)
{
	struct parse *parse = reader->parse;
	const struct token *token = &parse->tokens[at + 2];

	if (reader_word(reader, rt ? WORD_RW : WORD_RT, at + 1) < 0 || at + 2 >= parse->count ||
	    token->kind != TOKEN_PAIR || token->a < 1 || token->b < 1)
		return 0;
	take_part(reader, rt ? &parse->rt : &parse->rw, token->a, at, 3);
	take_part(reader, rt ? &parse->rw : &parse->rt, token->b, at, 3);
	reader_mark(reader, at, 3, READ_PLACE);
	return 3;
}

/* RT 2, RT 02/01, RW IV, RT DUA. */
static size_t
read_part(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	bool rt = reader_word(reader, WORD_RT, at) >= 0;
	const struct token *token;
	size_t taken;
	long value = -1;
	int unit;
	bool nihil;

	if (!rt && reader_word(reader, WORD_RW, at) < 0)
		return 0;
	taken = read_both_parts(reader, at, rt);
	if (taken != 0)
		return taken;
	taken = 1;
	token = at + 1 < parse->count && reader_joined(reader, at + 1) ? &parse->tokens[at + 1] : NULL;
	if (token != NULL && token->kind == TOKEN_PAIR && token->a > 0 && token->b > 0) {
		take_part(reader, rt ? &parse->rt : &parse->rw, token->a, at, 2);
		take_part(reader, rt ? &parse->rw : &parse->rt, token->b, at, 2);
		reader_mark(reader, at, 2, READ_PLACE);
		return 2;
	}
	if (token != NULL && (token->kind == TOKEN_RANGE || token->kind == TOKEN_DECIMAL)) {
		reader_mark(reader, at, 2, READ_ERROR);
		reader_note(reader, &parse->placing, REJECT_TEMPAT, at, 2);
		return 2;
	}
	if (token != NULL && token->kind == TOKEN_WORD && place_roman(token->text) != 0)
		value = place_roman(token->text);
	else if (token != NULL)
		taken = number_read(reader, at + 1, &value, &unit, &nihil);
	if (value < 1 || value > 999) {
		reader_problem(reader, REJECT_FORMAT, at, 1, -1);
		return 1;
	}
	take_part(reader, rt ? &parse->rt : &parse->rw, value, at, 1 + taken);
	reader_mark(reader, at, 1 + taken, READ_PLACE);
	return 1 + taken;
}

size_t
locate_read(struct reader *reader, size_t at)
{
	size_t taken;

	if (is_code(reader, at, false))
		return take_code(reader, at, 0, reader->parse->tokens[at].text);
	if (reader->parse->tokens[at].kind == TOKEN_DISTRICT_CODE) {
		snprintf(reader->parse->district, sizeof reader->parse->district, "%.8s",
			 reader->parse->tokens[at].text);
		reader_mark(reader, at, 1, READ_PLACE);
		return 1;
	}
	taken = read_village(reader, at);
	if (taken == 0)
		taken = read_district(reader, at);
	if (taken == 0)
		taken = upper_read(reader, at);
	if (taken == 0)
		taken = read_hamlet(reader, at);
	if (taken == 0)
		taken = read_part(reader, at);
	return taken;
}

/* Behind a village its own kecamatan and kabupaten may stand without a mark. */
static size_t
read_above(struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	size_t length;

	if (!parse->village_said || parse->village[0] == '\0')
		return 0;
	length = locate_above(reader, at, parse->village);
	reader_mark(reader, at, length, READ_PLACE);
	return length;
}

/* Right behind a place, with blanks alone between: "rawa lumbung ciamis", but not "rawa dan lumbung", where the
 * second may be a village, too. */
static bool
follows_place(const struct reader *reader, size_t at)
{
	return at > 0 && reader->parse->readings[at - 1] == READ_PLACE &&
	       (reader->parse->tokens[at].gap & ~(unsigned)(GAP_BLANK | GAP_DOT)) == 0;
}

/* REKAP LUMBUNG from the kabupaten is about the kecamatan. */
static size_t
read_unmarked_district(struct reader *reader, size_t at)
{
	struct place_answer answer;
	size_t length = reader->parse->district[0] != '\0' ? locate_above(reader, at, reader->parse->district) : 0;

	if (length != 0) {
		/* KEC LUMBUNG CIAMIS: the kabupaten, though a kecamatan has that name, too. */
		reader_mark(reader, at, length, READ_PLACE);
		return length;
	}
	for (length = name_reach(reader, at); length > 0; length--) {
		find_district(reader, at, length, true, &answer);
		if (answer.verdict != PLACE_FOUND)
			continue;
		if (reader->parse->district[0] != '\0' && strcmp(reader->parse->district, answer.codes[0]) != 0)
			reader_note(reader, &reader->parse->placing, REJECT_TEMPAT, at, length);
		snprintf(reader->parse->district, sizeof reader->parse->district, "%s", answer.codes[0]);
		reader_mark(reader, at, length, READ_PLACE);
		return length;
	}
	return 0;
}

/* LANSIA 3 HUTATORUAN: which of them, or none with that number. */
static size_t
read_unmarked_family(struct reader *reader, size_t at)
{
	struct named named;

	if (reader_known(reader, at) || !name_exact(reader, at, PLACE_ANY, &named))
		return 0;
	take_named(reader, at, &named);
	return named.length;
}

size_t
locate_read_unmarked(struct reader *reader, size_t at)
{
	const struct token *token = &reader->parse->tokens[at];
	const char *code;
	size_t length;

	/* Three children are not the village Tiga; a greeting is not the village Selamat. */
	if (token->kind != TOKEN_WORD || is_numeral(reader, at) ||
	    grammar_word(reader->grammar, WORD_STOP, token->text) >= 0 ||
	    grammar_word(reader->grammar, WORD_UNIT, token->text) >= 0)
		return 0;
	length = follows_place(reader, at) || locate_exact(reader, at, PLACE_ANY, &code) == 0 ? read_above(reader, at) : 0;
	if (length == 0 && reader->asks && reader->asker->scope >= SCOPE_REGENCY)
		length = read_unmarked_district(reader, at);
	if (length != 0)
		return length;
	length = locate_exact(reader, at, PLACE_ANY, &code);
	if (length != 0)
		take_village(reader, at, length, code, false);
	if (length == 0)
		length = upper_read_unmarked(reader, at);
	return length != 0 ? length : read_unmarked_family(reader, at);
}

static void
look_in(struct reader *reader, const char *district)
{
	snprintf(reader->district, sizeof reader->district, "%.8s", district);
	reader->district_said = true;
	locate_forget(reader);
}

void
locate_prepare(struct reader *reader)
{
	const struct parse *parse = reader->parse;
	struct named named;
	size_t at;

	locate_forget(reader);
	upper_prepare(reader);
	snprintf(reader->district, sizeof reader->district, "%.8s",
		 reader->asker->scope <= SCOPE_DISTRICT ? reader->asker->area : "");
	for (at = 0; at < parse->count; at++) {
		if (parse->tokens[at].kind == TOKEN_DISTRICT_CODE)
			look_in(reader, parse->tokens[at].text);
		if (reader_word(reader, WORD_DISTRICT, at) < 0 || !district_read(reader, at + 1, &named))
			continue;
		if (named.answer.verdict == PLACE_FOUND || named.answer.verdict == PLACE_FUZZY)
			look_in(reader, named.answer.codes[0]);
	}
}
