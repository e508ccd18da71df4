/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_check: what no single line of a grammar can show: words with two meanings, texts that may get too long,
 * things that the program needs and nobody declared. Knows no syntax. */
#include "lang/grammar_read.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/calendar.h"
#include "lang/form_text.h"
#include "lang/reply.h"

#define SMS_CHARACTERS 160
#define FUZZY_CATEGORY_MIN 6            /* shorter words lie too near to each other */
#define FUZZY_VERB_MIN 5

struct check {
	struct grammar *grammar;
	struct grammar_notes *notes;
	const char *dir;
};

#define FAULT(check, line, ...) \
	grammar_fault((check)->notes->faults, (line)->file, (line)->number, __VA_ARGS__)
#define FAULT_ANYWHERE(check, ...) grammar_fault((check)->notes->faults, (check)->dir, 0, __VA_ARGS__)

/* The list in force. */

static int
find_list(const struct grammar *grammar, const char *name)
{
	for (size_t i = 0; i < grammar->list_count; i++)
		if (strcmp(grammar->lists[i].name, name) == 0)
			return (int)i;
	return -1;
}

static void
choose_list(const struct check *check, const char *name)
{
	const struct grammar_line *line = check->notes->default_line;

	check->grammar->active_list = -1;
	if (line != NULL) {
		check->grammar->active_list = find_list(check->grammar, line->pieces[1].text);
		if (check->grammar->active_list < 0)
			FAULT(check, line, "list %.40s is not known, expected one that has a \"list\" statement",
			      line->pieces[1].text);
	} else if (name == NULL) {
		FAULT_ANYWHERE(check, "no default-list, expected a line such as \"default-list pmks-2009\"");
	}
	if (name != NULL) {
		check->grammar->active_list = find_list(check->grammar, name);
		if (check->grammar->active_list < 0)
			FAULT_ANYWHERE(check, "list %.40s was asked for, expected one that has a \"list\" statement",
				       name);
	}
}

/* Categories. */

static bool
counted_in(const struct category *category, int unit)
{
	for (size_t i = 0; i < category->unit_count; i++)
		if (category->units[i].unit == unit)
			return true;
	return false;
}

static void
check_category(const struct check *check, size_t index)
{
	const struct category *category = &check->grammar->categories[index];
	const struct grammar_line *line = check->notes->category_lines[index];

	for (size_t i = 0; i < index; i++) {
		const struct category *before = &check->grammar->categories[i];

		if (before->list == category->list && strcmp(before->code, category->code) == 0)
			FAULT(check, line, "code %s stands already at %s:%d, expected it once in a list",
			      category->code, check->notes->category_lines[i]->file,
			      check->notes->category_lines[i]->number);
	}
	if (category->reads_as < 0)
		return;
	if (!counted_in(category, category->reads_as))
		FAULT(check, line, "%s is read as %s, in which category %s is not counted; expected \"unit %s max ...\"",
		      check->grammar->units[category->reads_unit].name,
		      check->grammar->units[category->reads_as].name, category->code,
		      check->grammar->units[category->reads_as].name);
	if (counted_in(category, category->reads_unit))
		FAULT(check, line, "category %s is counted in %s and reads it as another unit, expected one of both",
		      category->code, check->grammar->units[category->reads_unit].name);
}

static bool
is_word_of(const struct word_table *table, enum word_kind kind, const char *key, int value)
{
	const struct word *word = grammar_words_find(table, kind, key);

	for (; word != NULL && word < table->words + table->count && word->kind == kind && strcmp(word->key, key) == 0;
	     word++)
		if (word->value == value)
			return true;
	return false;
}

/* Verbs that only read: a wrong guess changes nothing. */
static bool
reads_only(enum verb verb)
{
	return verb == VERB_JUMLAH || verb == VERB_REKAP || verb == VERB_BELUM || verb == VERB_STATUS ||
	       verb == VERB_BANTUAN;
}

static void
check_fuzzy(const struct check *check, const struct word *fuzzy)
{
	size_t least = fuzzy->kind == WORD_VERB ? FUZZY_VERB_MIN : FUZZY_CATEGORY_MIN;

	if (strlen(fuzzy->key) < least)
		FAULT(check, fuzzy->line, "fuzzy %s is too short, expected at least %zu letters", fuzzy->key, least);
	if (!is_word_of(check->grammar->words, fuzzy->kind, fuzzy->key, fuzzy->value))
		FAULT(check, fuzzy->line, "fuzzy %s is no word of this %s, expected one of its words", fuzzy->key,
		      fuzzy->kind == WORD_VERB ? "verb" : "category");
	if (fuzzy->kind == WORD_VERB && !reads_only((enum verb)fuzzy->value))
		FAULT(check, fuzzy->line, "verb %s changes something, so its words must be typed exactly; expected "
		      "fuzzy only in JUMLAH, REKAP, BELUM, STATUS, BANTUAN", verb_name((enum verb)fuzzy->value));
	if (fuzzy->kind == WORD_CATEGORY && check->grammar->categories[fuzzy->value].secret)
		FAULT(check, fuzzy->line, "fuzzy %s in a secret category, expected its words to be typed exactly",
		      fuzzy->key);
}

/* Words. */

static int
list_of(const struct check *check, const struct word *word)
{
	if (word->kind == WORD_CATEGORY)
		return check->grammar->categories[word->value].list;
	if (word->kind == WORD_AMBIGUOUS)
		return check->notes->ambiguity_lists[word->value];
	if (word->kind == WORD_REFUSED)
		return word->value - 1;
	return -1;
}

static bool
same_list(int a, int b)
{
	return a == b || a < 0 || b < 0;
}

/* Whether one area lies in the other. */
static bool
areas_meet(const char *a, const char *b)
{
	size_t shorter = strlen(a) < strlen(b) ? strlen(a) : strlen(b);

	return strncmp(a, b, shorter) == 0;
}

static bool
tongues_meet(const struct tongue *a, const struct tongue *b)
{
	if (a == b || a->spoken_count == 0 || b->spoken_count == 0)
		return true;
	for (size_t i = 0; i < a->spoken_count; i++)
		for (size_t j = 0; j < b->spoken_count; j++)
			if (areas_meet(a->spoken[i], b->spoken[j]))
				return true;
	return false;
}

static bool
numerals_agree(const struct grammar *grammar, const struct numeral *a, const struct numeral *b)
{
	return (a->kind == b->kind && a->value == b->value && a->unit == b->unit) ||
	       !tongues_meet(&grammar->tongues[a->tongue], &grammar->tongues[b->tongue]);
}

/* Where a word means something only there: the form above, the form itself, the choice. */
static int
owner_of(const struct grammar *grammar, const struct word *word)
{
	switch (word->kind) {
	case WORD_UNDER: return grammar->forms[word->value].under;
	case WORD_MARK: return word->value % FORMS_MAX;
	case WORD_OPTION: return grammar->options[word->value].choice;
	case WORD_PART: return word->value % MINUTES_MAX;
	default: return word->value;
	}
}

static bool
words_agree(const struct check *check, const struct word *a, const struct word *b)
{
	if (a->kind == WORD_NUMERAL)
		return numerals_agree(check->grammar, &check->grammar->numerals[a->value],
				      &check->grammar->numerals[b->value]);
	if (a->kind >= WORD_UNDER && owner_of(check->grammar, a) != owner_of(check->grammar, b))
		return true;
	/* Refused in every list and in one: no contradiction. */
	return a->value == b->value || a->kind == WORD_REFUSED || !same_list(list_of(check, a), list_of(check, b));
}

static void
describe(const struct grammar *grammar, const struct word *word, char *out, size_t size)
{
	switch (word->kind) {
	case WORD_CATEGORY:
		snprintf(out, size, "category %s", grammar->categories[word->value].code);
		break;
	case WORD_FAMILY:
		snprintf(out, size, "family %s", grammar->families[word->value].name);
		break;
	case WORD_VERB:
		snprintf(out, size, "verb %s", verb_name((enum verb)word->value));
		break;
	case WORD_UNIT:
		snprintf(out, size, "unit %s", grammar->units[word->value].name);
		break;
	case WORD_NUMERAL:
		snprintf(out, size, "number %d", grammar->numerals[word->value].value);
		break;
	case WORD_MONTH:
		snprintf(out, size, "month %d", word->value);
		break;
	case WORD_FORM: case WORD_UNDER:
		snprintf(out, size, "form %s", grammar->forms[word->value].name);
		break;
	case WORD_MARK:
		snprintf(out, size, "field %s",
			 grammar->forms[word->value % FORMS_MAX].fields[word->value / FORMS_MAX].name);
		break;
	case WORD_OPTION:
		snprintf(out, size, "option %s", grammar->options[word->value].name);
		break;
	default:
		snprintf(out, size, "another meaning");
		break;
	}
}

static void
fault_meanings(const struct check *check, const struct word *first, const struct word *second)
{
	char meaning[80];

	/* All lines are members of one array, in the order of reading. */
	if (first->line > second->line) {
		const struct word *later = first;

		first = second;
		second = later;
	}
	describe(check->grammar, first, meaning, sizeof meaning);
	FAULT(check, second->line, "%s means %s already at %s:%d, expected one meaning", second->key, meaning,
	      first->line->file, first->line->number);
}

static void
check_words(const struct check *check)
{
	const struct word_table *table = check->grammar->words;

	for (size_t i = 0; i < table->count; i++) {
		const struct word *word = &table->words[i], *end = table->words + table->count;

		for (const struct word *next = word + 1;
		     next < end && next->kind == word->kind && strcmp(next->key, word->key) == 0; next++) {
			if (words_agree(check, word, next))
				continue;
			fault_meanings(check, word, next);
			break;
		}
		/* BANSOS, which is refused in every list, may yet be a category of one. */
		if (word->kind != WORD_AMBIGUOUS && (word->kind != WORD_REFUSED || list_of(check, word) < 0))
			continue;
		for (const struct word *other = grammar_words_find(table, WORD_CATEGORY, word->key);
		     other != NULL && other < end && other->kind == WORD_CATEGORY && strcmp(other->key, word->key) == 0;
		     other++)
			if (same_list(list_of(check, word), list_of(check, other)))
				fault_meanings(check, word, other);
	}
}

/* Ambiguous words. */

static void
check_ambiguity(const struct check *check, size_t index)
{
	const char *code = check->notes->ambiguity_means[index];
	const struct grammar_line *line = check->notes->ambiguity_lines[index];
	int list = check->notes->ambiguity_lists[index];

	if (code == NULL)
		return;
	if (list < 0) {
		FAULT(check, line, "\"means %s\" without a list, expected a line such as \"list pmks-2009\"", code);
		return;
	}
	for (size_t i = 0; i < check->grammar->category_count; i++)
		if (check->grammar->categories[i].list == list &&
		    strcmp(check->grammar->categories[i].code, code) == 0)
			check->grammar->ambiguities[index].category = (int)i;
	if (check->grammar->ambiguities[index].category < 0)
		FAULT(check, line, "category %.40s is not in list %s, expected one that is", code,
		      check->grammar->lists[list].name);
}

/* Replies. */

static bool
is_page(const struct grammar *grammar, int reply)
{
	for (size_t i = 0; i < grammar->list_count; i++)
		for (size_t j = 0; j < grammar->lists[i].page_count; j++)
			if (grammar->lists[i].pages[j] == reply)
				return true;
	return false;
}

static bool
asks_back(const struct grammar *grammar, int reply)
{
	for (size_t i = 0; i < grammar->ambiguity_count; i++)
		if (grammar->ambiguities[i].reply == reply)
			return true;
	return false;
}

static bool
stands_in(const char *placeholders, const char *name)
{
	size_t length = strlen(name);
	const char *at = placeholders;

	while ((at = strstr(at, name)) != NULL) {
		if ((at == placeholders || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
		at += length;
	}
	return false;
}

/* What a reply's text may be filled with: the program's own values, or those of a form. */
struct filling { const char *allowed; const struct form *form; bool told; };

static size_t
width_of(const struct check *check, const struct filling *filling, const char *name)
{
	/* Whoever is told does not know whose it is. */
	if (filling->told && strcmp(name, "lembaga") == 0)
		return reply_width(name);
	if (filling->form != NULL)
		return form_width(check->grammar, filling->form, name);
	return reply_common(name) || stands_in(filling->allowed, name) ? reply_width(name) : 0;
}

static void
fault_placeholder(const struct check *check, const struct grammar_line *line, const struct filling *filling,
		  const char *name)
{
	char all[300];

	if (filling->form != NULL)
		form_placeholders(filling->form, all, sizeof all);
	else
		snprintf(all, sizeof all, "%s", filling->allowed);
	FAULT(check, line, "{%s} has no value in this reply, expected %s", name,
	      all[0] != '\0' ? all : "no placeholder at all");
}

/* text is behind a '{'. Gives the placeholder's width and *next behind the '}'; 0: a fault. */
static size_t
placeholder_width(const struct check *check, const struct grammar_line *line, const char *text,
		  const struct filling *filling, const char **next)
{
	char name[16];
	size_t length = strcspn(text, "{}");

	if (text[length] != '}' || length == 0 || length >= sizeof name) {
		FAULT(check, line, "{ without a name and }, expected a placeholder such as {desa}");
		return 0;
	}
	snprintf(name, sizeof name, "%.*s", (int)length, text);
	*next = text + length + 1;
	length = width_of(check, filling, name);
	if (length == 0)
		fault_placeholder(check, line, filling, name);
	return length;
}

/* Septets at the most; 0: a fault. */
static size_t
worst_case(const struct check *check, const struct grammar_line *line, const char *text, const struct filling *filling)
{
	size_t worst = 0, placeholders = 0;

	while (*text != '\0') {
		size_t width = 1;

		if (*text == '{') {
			width = placeholder_width(check, line, text + 1, filling, &text);
			if (width == 0)
				return 0;
			placeholders++;
		} else if (!reply_basic(*text) && *text != '\n') {
			FAULT(check, line, (unsigned char)*text < 0x80 ?
			      "the text has a %.1s, which makes an SMS longer; expected plain letters and marks" :
			      "the text has \"%.4s\", which halves an SMS; expected plain letters and marks", text);
			return 0;
		} else {
			text++;
		}
		worst += width;
	}
	if (placeholders > REPLY_VALUES_MAX)
		FAULT(check, line, "the text has %zu placeholders, expected at most %d", placeholders, REPLY_VALUES_MAX);
	return worst;
}

static bool
answers_with(const struct form *form, int reply)
{
	for (size_t i = 0; i < form->answer_count; i++)
		if (form->answers[i].reply == reply)
			return true;
	for (size_t i = 0; i < form->page_count; i++)
		if (form->pages[i] == reply)
			return true;
	return (form->meets && form->meets_reply == reply) || form->format == reply;
}

static bool
tells_with(const struct form *form, int reply)
{
	for (size_t i = 0; i < form->tell_count; i++)
		if (form->tells[i].reply == reply)
			return true;
	return false;
}

/* The reply to a number that cannot be may say which ({kata}); a stage's which programme. */
static const char *
said_beside(const struct grammar *grammar, int reply)
{
	for (size_t i = 0; i < grammar->form_count; i++)
		for (size_t j = 0; j < grammar->forms[i].field_count; j++)
			if (grammar->forms[i].fields[j].wrong == reply || grammar->forms[i].fields[j].unregistered == reply)
				return "kata";
	for (size_t i = 0; i < grammar->stage_count; i++)
		for (size_t j = 0; j < grammar->stages[i].tell_count; j++)
			if (grammar->stages[i].tells[j].reply == reply)
				return "prog nama lembaga thp judul teks";
	return NULL;
}

/* The worst case over all forms that answer with it; 0: none does, or a fault. */
static size_t
worst_of_forms(const struct check *check, const struct grammar_line *line, int reply, bool *used)
{
	size_t most = 0;

	*used = false;
	for (size_t i = 0; i < check->grammar->form_count; i++) {
		struct filling filling = { "", &check->grammar->forms[i], false };
		size_t worst;

		filling.told = tells_with(filling.form, reply);
		if (!filling.told && !answers_with(filling.form, reply))
			continue;
		*used = true;
		worst = worst_case(check, line, check->grammar->replies[reply].text, &filling);
		most = worst > most ? worst : most;
	}
	return most;
}

/* The worst case over all reminders that send it, likewise. */
static size_t
worst_of_reminders(const struct check *check, const struct grammar_line *line, int reply, bool *used)
{
	size_t most = 0;

	for (size_t i = 0; i < check->grammar->reminder_count; i++) {
		const struct reminder *reminder = &check->grammar->reminders[i];
		char allowed[200];
		struct filling filling = { allowed, NULL, false };
		size_t worst;

		if (reminder->reply != reply)
			continue;
		*used = true;
		calendar_placeholders(reminder, allowed, sizeof allowed);
		worst = worst_case(check, line, check->grammar->replies[reply].text, &filling);
		most = worst > most ? worst : most;
	}
	return most;
}

static void
fault_unused(const struct check *check, const struct grammar_line *line, const char *id)
{
	char hint[80] = "";
	int best = INT_MAX;
	const char *known;

	for (size_t i = 0; (known = reply_required(i)) != NULL; i++)
		grammar_words_suggest(hint, id, known, &best);
	FAULT(check, line, "nothing ever sends reply %s%s, expected one that the program knows, an ambiguous word asks, a "
	      "form answers, a reminder sends or a list shows",
	      id, hint);
}

/* Pieces that fill a placeholder of other texts whole: they must not be cut there. */
static void
check_piece(const struct check *check, const struct grammar_line *line, const struct reply *reply)
{
	static const struct { const char *id, *placeholder; } PIECES[] = {
		{ "FRASA_LANJUT", "lanjut" }, { "FRASA_SEMENTARA", "ket" }, { "FRASA_DESA", "tingkat" },
		{ "FRASA_KECAMATAN", "tingkat" }, { "FRASA_KABUPATEN", "tingkat" }, { "FRASA_PROVINSI", "tingkat" },
		{ "FRASA_KEC_SINGKAT", "tingkat" }, { "FRASA_KAB_SINGKAT", "tingkat" }, { "FRASA_PROV_SINGKAT", "tingkat" },
	};

	for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++)
		if (strcmp(PIECES[i].id, reply->id) == 0 && strlen(reply->text) > reply_width(PIECES[i].placeholder))
			FAULT(check, line, "reply %s has %zu characters, expected at most %zu: it stands for {%s}", reply->id,
			      strlen(reply->text), reply_width(PIECES[i].placeholder), PIECES[i].placeholder);
}

static void
check_reply(const struct check *check, size_t index)
{
	struct reply *reply = &check->grammar->replies[index];
	const struct grammar_line *line = check->notes->reply_lines[index];
	struct filling filling = { reply_placeholders(reply->id), NULL, false };
	size_t worst, reminding;
	bool used;

	if (reply->text[0] == '\0') {
		FAULT(check, line, "the text is empty, expected something to say");
		return;
	}
	worst = worst_of_forms(check, line, (int)index, &used);
	reminding = worst_of_reminders(check, line, (int)index, &used);
	worst = reminding > worst ? reminding : worst;
	if (filling.allowed == NULL)
		filling.allowed = asks_back(check->grammar, (int)index) || is_page(check->grammar, (int)index) ? "" :
				  said_beside(check->grammar, (int)index);
	if (filling.allowed == NULL && !used) {
		fault_unused(check, line, reply->id);
		return;
	}
	if (filling.allowed != NULL)
		worst = worst_case(check, line, reply->text, &filling);
	if (worst > SMS_CHARACTERS)
		FAULT(check, line, "reply %s may get %zu characters long, expected at most %d: take %zu away", reply->id,
		      worst, SMS_CHARACTERS, worst - SMS_CHARACTERS);
	reply->worst = (int)worst;
	check_piece(check, line, reply);
}

/* Zones. */

static void
check_zones(const struct check *check)
{
	const struct grammar *grammar = check->grammar;
	size_t others = 0;

	for (size_t i = 0; i < grammar->zone_count; i++) {
		const struct zone *zone = &grammar->zones[i];

		others += zone->province_count == 0;
		for (size_t j = 0; j < zone->province_count; j++)
			for (size_t k = 0; k < i; k++)
				for (size_t l = 0; l < grammar->zones[k].province_count; l++)
					if (strcmp(zone->provinces[j], grammar->zones[k].provinces[l]) == 0)
						FAULT(check, check->notes->zone_lines[i],
						      "province %s is in zone %s already, expected it in one",
						      zone->provinces[j], grammar->zones[k].name);
	}
	if (others != 1)
		FAULT_ANYWHERE(check, "%zu zones are for all other provinces, expected one with \"provinces others\"",
			       others);
}

/* Whoever is asked to approve must be able to. */
static void
check_approvers(const struct check *check, size_t index)
{
	const struct grammar *grammar = check->grammar;
	const char *rest = grammar->roles[index].approvers;
	char name[16];

	for (; rest != NULL && *rest != '\0'; rest += strspn(rest, ",")) {
		size_t length = strcspn(rest, ",");
		int role;

		snprintf(name, sizeof name, "%.*s", (int)length, rest);
		role = grammar_role(grammar, name);
		if (role >= 0 && !(grammar->roles[role].may[VERB_SETUJU] && grammar->roles[role].may[VERB_TOLAK]))
			FAULT(check, check->notes->role_lines[index],
			      "approver %s of role %s may not SETUJU and TOLAK, expected one that may", name,
			      grammar->roles[index].name);
		rest += length;
	}
}

/* What the program cannot do without. */

static bool
any_word(const struct word_table *table, enum word_kind kind, int value)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->words[i].kind == kind && (value < 0 || table->words[i].value == value))
			return true;
	return false;
}

static void
check_missing(const struct check *check)
{
	const struct grammar *grammar = check->grammar;
	const char *id;

	for (size_t i = 0; (id = reply_required(i)) != NULL; i++)
		if (grammar_reply(grammar, id) < 0)
			FAULT_ANYWHERE(check, "reply %s is missing, expected a line \"reply %s \"...\"\"", id, id);
	for (int limit = 0; limit < LIMITS; limit++)
		if (!check->notes->limits[limit])
			FAULT_ANYWHERE(check, "limit %s is not set, expected a line \"limit %s ...\"",
				       grammar_limit_name((enum limit)limit), grammar_limit_name((enum limit)limit));
	for (int verb = VERB_REPORT + 1; verb < VERB_FORM; verb++)
		if (!any_word(grammar->words, WORD_VERB, verb))
			FAULT_ANYWHERE(check, "verb %s has no words, expected a \"verb %s\" with some",
				       verb_name((enum verb)verb), verb_name((enum verb)verb));
	for (int month = 1; month <= 12; month++)
		if (grammar->month_names[month] == NULL)
			FAULT_ANYWHERE(check, "month %d has no name, expected a line \"month %d ...\"", month, month);
	for (int kind = 0; kind < WORD_KINDS; kind++)
		if (grammar_class_name((enum word_kind)kind) != NULL &&
		    !any_word(grammar->words, (enum word_kind)kind, -1))
			FAULT_ANYWHERE(check, "there are no words of that kind, expected a \"words %s\" with some",
				       grammar_class_name((enum word_kind)kind));
	if (grammar->stage_count == 0)
		FAULT_ANYWHERE(check, "a programme has no stages, expected a line \"stage 1 \"...\"\"%s", "");
	if (grammar->category_count == 0 || grammar->role_count == 0 || grammar->numeral_count == 0)
		FAULT_ANYWHERE(check, "there are %zu categories, %zu roles, %zu number words; expected some of each",
			       grammar->category_count, grammar->role_count, grammar->numeral_count);
}

/* Making the words ready for asking. */

static bool
in_force(const struct check *check, const struct word *word)
{
	return same_list(list_of(check, word), check->grammar->active_list);
}

static void
drop_other_lists(const struct check *check)
{
	struct word_table *table = check->grammar->words;
	size_t kept = 0;

	for (size_t i = 0; i < table->count; i++) {
		if (in_force(check, &table->words[i])) {
			table->words[kept] = table->words[i];
			table->words[kept++].line = NULL;
		} else {
			free(table->words[i].key);
		}
	}
	table->count = kept;
}

/* Within how many edits a word of a secret category still shows through: its keyword and long words two, short
 * synonyms one. */
static int
secret_edits(const struct category *category, const char *key)
{
	return strcmp(category->keyword, key) == 0 || strlen(key) > 4 ? 2 : 1;
}

static void
prepare_near(const struct check *check)
{
	const struct grammar *grammar = check->grammar;
	struct word_table *table = grammar->words;

	for (size_t i = 0; i < check->notes->fuzzy.count; i++) {
		const struct word *fuzzy = &check->notes->fuzzy.words[i];

		if (fuzzy->kind == WORD_VERB)
			grammar_words_add_near(&table->verbs, &table->verb_count, fuzzy->key, fuzzy->value);
		else if (in_force(check, fuzzy))
			grammar_words_add_near(&table->categories, &table->category_count, fuzzy->key, fuzzy->value);
	}
	for (size_t i = 0; i < table->count; i++) {
		const struct word *word = &table->words[i];

		if (word->kind == WORD_CATEGORY && grammar->categories[word->value].secret)
			grammar_words_add_near(&table->secrets, &table->secret_count, word->key,
					       secret_edits(&grammar->categories[word->value], word->key));
	}
	/* SUSILA alone is as telling as the phrase; KORBAN, which is known otherwise, is not. */
	for (size_t i = 0; i < check->notes->parts.count; i++) {
		const struct word *part = &check->notes->parts.words[i];

		if (grammar->categories[part->value].secret && in_force(check, part) &&
		    !grammar_known(grammar, part->key))
			grammar_words_add_near(&table->secrets, &table->secret_count, part->key,
					       strlen(part->key) > 7 ? 2 : 0);
	}
}

void
grammar_check(struct grammar *grammar, const char *dir, const char *list, struct grammar_notes *notes)
{
	struct check check = { .grammar = grammar, .notes = notes, .dir = dir };
	bool complete = notes->faults->count == 0;

	choose_list(&check, list);
	grammar_words_sort(grammar->words);
	grammar_form_check(grammar, notes);
	grammar_calendar_check(grammar, notes);
	for (size_t i = 0; i < grammar->category_count; i++)
		check_category(&check, i);
	for (size_t i = 0; i < notes->fuzzy.count; i++)
		check_fuzzy(&check, &notes->fuzzy.words[i]);
	check_words(&check);
	for (size_t i = 0; i < grammar->ambiguity_count; i++)
		check_ambiguity(&check, i);
	/* A line that was left out as faulty would be missed here and there. */
	if (complete) {
		for (size_t i = 0; i < grammar->reply_count; i++)
			check_reply(&check, i);
		grammar_menu_check(grammar, notes);
		check_zones(&check);
		for (size_t i = 0; i < grammar->role_count; i++)
			check_approvers(&check, i);
		grammar_pin_check(grammar, notes);
		grammar_crosswalk(grammar, notes);
		check_missing(&check);
	}
	if (notes->faults->count == 0) {
		drop_other_lists(&check);
		prepare_near(&check);
	}
}
