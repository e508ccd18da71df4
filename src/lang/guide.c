/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guide: the printed message guide of a role. */
#include "lang/guide.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/fold.h"
#include "lang/parse.h"
#include "lang/pin.h"
#include "lang/place.h"

/* The place of the examples, and of whoever writes them. The day only has to be one: the guide shows no months that it
 * would make late. */
#define REGENCY "99.01"
#define DISTRICT "99.01.01"
#define VILLAGE "99.01.01.2001"
static const struct asker WRITER = { .area = DISTRICT, .scope = SCOPE_DISTRICT, .now = { 2026, 10, 20, 9, 0 } };

/* --- are the examples understood --- */

static struct gazetteer *
example_places(const struct grammar *grammar)
{
	static const char *const UNNAMED[GUIDE_PLACES] = { "Contoh", "Contoh", "Kabupaten Contoh" };
	const char *names[GUIDE_PLACES];
	struct gazetteer *gazetteer = gazetteer_new(grammar);

	for (size_t i = 0; i < GUIDE_PLACES; i++)
		names[i] = grammar->guide_places[i] != NULL ? grammar->guide_places[i] : UNNAMED[i];
	gazetteer_add_regency(gazetteer, REGENCY, names[2]);
	gazetteer_add_district(gazetteer, DISTRICT, names[1]);
	gazetteer_add_village(gazetteer, VILLAGE, names[0]);
	return gazetteer;
}

/* The first thing that the parser stumbled over, NULL none. Another place than the guide's own is none: which places
 * there are only the database knows. */
static const struct problem *
stumble(const struct parse *parse)
{
	const struct problem *problems[] = {
		&parse->reading, &parse->unknown, &parse->counting, &parse->placing, &parse->dating, &parse->filling,
	};

	for (size_t i = 0; i < sizeof problems / sizeof *problems; i++)
		if (problems[i]->reject != REJECT_NONE && problems[i]->reject != REJECT_DESA &&
		    problems[i]->reject != REJECT_KEC)
			return problems[i];
	return NULL;
}

/* The example of a form with the village of the guide for {contoh}; the caller's. */
static char *
form_example(const struct grammar *grammar, const struct form *form)
{
	const char *mark = strstr(form->example, "{contoh}");
	const char *village = grammar->guide_places[0] != NULL ? grammar->guide_places[0] : "";
	char *named, *folded;

	if (mark == NULL)
		return xstrdup(form->example);
	folded = fold_text(village, NULL);
	named = xasprintf("%.*s%s%s", (int)(mark - form->example), form->example, folded, mark + strlen("{contoh}"));
	free(folded);
	return named;
}

struct understood { enum verb verb; int form; bool village; };

/* What it was read as. VERB_NONE: it is not understood, and *error, unless that is NULL, gets a line. */
static struct understood
read_example(const struct grammar *grammar, const struct gazetteer *gazetteer, const char *where, const char *example,
	     char **error)
{
	struct parse parse;
	const struct problem *problem;
	struct understood read;

	parse_text(grammar, gazetteer, &WRITER, example, &parse);
	problem = stumble(&parse);
	read = (struct understood){ problem == NULL ? parse.verb : VERB_NONE, parse.form, parse.village_said };
	if (problem != NULL && error != NULL) {
		char *before = *error;

		*error = xasprintf("%s%s%s: the example \"%s\" is not understood (%s%s%s), expected a message that is",
				   before != NULL ? before : "", before != NULL ? "\n" : "", where, example,
				   reject_name(problem->reject), problem->word[0] != '\0' ? " " : "", problem->word);
		free(before);
	}
	parse_clear(&parse);
	return read;
}

char *
guide_check(const struct grammar *grammar)
{
	struct gazetteer *gazetteer = example_places(grammar);
	char *error = NULL;

	for (size_t i = 0; i < grammar->guide_count; i++)
		read_example(grammar, gazetteer, grammar->guide[i].where, grammar->guide[i].example, &error);
	for (size_t i = 0; i < grammar->form_count; i++) {
		char *where = xasprintf("form %s: help", grammar->forms[i].name);
		char *example = form_example(grammar, &grammar->forms[i]);

		read_example(grammar, gazetteer, where, example, &error);
		free(example);
		free(where);
	}
	gazetteer_free(gazetteer);
	return error;
}

/* --- the page --- */

static void
put(FILE *out, const char *text)
{
	for (; *text != '\0'; text++)
		switch (*text) {
		case '<': fputs("&lt;", out); break;
		case '>': fputs("&gt;", out); break;
		case '&': fputs("&amp;", out); break;
		case '"': fputs("&quot;", out); break;
		default: fputc(*text, out);
		}
}

static void
put_in(FILE *out, const char *tag, const char *text)
{
	fprintf(out, "<%s>", tag);
	put(out, text);
	fprintf(out, "</%s>", tag);
}

static const char *
text_of(const struct grammar *grammar, enum guide_text text)
{
	return grammar->guide_texts[text] != NULL ? grammar->guide_texts[text] : "";
}

static void
put_head(const struct grammar *grammar, const struct role *role, const char *number, FILE *out)
{
	fputs("<!DOCTYPE html>\n<html lang=\"id\"><head><meta charset=\"utf-8\"><title>", out);
	put(out, text_of(grammar, GUIDE_TITLE));
	fputs(": ", out);
	put(out, role->title);
	fputs("</title>\n<style>\n"
	      "@page { size: A4; margin: 9mm }\n"
	      "body { font: 8pt/1.15 sans-serif; max-width: 192mm; margin: 0 auto; color: #000 }\n"
	      "h1 { font-size: 14pt; margin: 0 } h2 { font-size: 10pt; margin: 2mm 0 .5mm } p { margin: 1mm 0 }\n"
	      "table { border-collapse: collapse; width: 100% } td, th { border: .2mm solid #777; padding: .25mm 1.2mm;"
	      " text-align: left; vertical-align: top }\n"
	      "code { font: bold 8pt monospace } .list { columns: 3; column-gap: 4mm } .list div"
	      " { break-inside: avoid }\n"
	      "tr { break-inside: avoid }\n</style></head><body>\n<h1>", out);
	put(out, text_of(grammar, GUIDE_TITLE));
	fputs(": ", out);
	put(out, role->title);
	fputs("</h1>\n", out);
	if (number[0] != '\0') {
		fputs("<p><b>", out);
		put(out, text_of(grammar, GUIDE_SEND_TO));
		fputs(" <code>", out);
		put(out, number);
		fputs("</code></b></p>\n", out);
	}
	put_in(out, "p", text_of(grammar, GUIDE_INTRO));
}

static void
put_row(FILE *out, const char *example, const char *text)
{
	fputs("<tr><td><code>", out);
	put(out, example);
	fputs("</code></td><td>", out);
	put(out, text);
}

/* With the place of the PIN, where the role needs one for it. */
static void
put_message(const struct grammar *grammar, int role, const struct understood *read, const char *example, const char *text,
	    FILE *out)
{
	char pin[32], *with;

	if (!pin_needed(grammar, role, read->verb, read->form)) {
		put_row(out, example, text);
		return;
	}
	pin_placeholder(grammar, pin, sizeof pin);
	with = xasprintf("%s %s", example, pin);
	put_row(out, with, text);
	free(with);
}

/* jenis: SEMBAKO, UANG, ... of each field that is a choice. */
static void
put_choices(const struct grammar *grammar, const struct form *form, FILE *out)
{
	for (size_t i = 0; i < form->field_count; i++) {
		const char *between = ": ";

		if (form->fields[i].type != FORM_OPTION)
			continue;
		fputs("; ", out);
		put(out, form->fields[i].title);
		for (size_t j = 0; j < grammar->option_count; j++) {
			if (grammar->options[j].choice != form->fields[i].choice)
				continue;
			fputs(between, out);
			put(out, grammar->options[j].name);
			between = ", ";
		}
	}
}

/* Whether the role may send it as it stands. Who reports for one village need not name it, and may name no other; who
 * reports for several must. */
static bool
may_send(const struct grammar *grammar, int role, const struct understood *read)
{
	const struct role *own = &grammar->roles[role];
	bool several = own->scope > SCOPE_VILLAGE;

	switch (read->verb) {
	case VERB_FORM:
		return grammar->forms[read->form].who[role];
	case VERB_REPORT: case VERB_NIHIL: case VERB_RALAT: case VERB_KASUS:
		return own->may[read->verb] && several == read->village;
	default:
		return own->may[read->verb] && (several || !read->village);
	}
}

static void
put_messages(const struct grammar *grammar, int role, FILE *out)
{
	struct gazetteer *gazetteer = example_places(grammar);

	fputs("\n<table><tr>", out);
	put_in(out, "th", text_of(grammar, GUIDE_WRITE));
	put_in(out, "th", text_of(grammar, GUIDE_MEANS));
	fputs("</tr>\n", out);
	for (size_t i = 0; i < grammar->guide_count; i++) {
		const struct guide_line *line = &grammar->guide[i];
		struct understood read = read_example(grammar, gazetteer, line->where, line->example, NULL);

		if (!may_send(grammar, role, &read))
			continue;
		put_message(grammar, role, &read, line->example, line->text, out);
		fputs("</td></tr>\n", out);
	}
	for (size_t i = 0; i < grammar->form_count; i++) {
		char *example;

		if (!grammar->forms[i].who[role])
			continue;
		example = form_example(grammar, &grammar->forms[i]);
		put_message(grammar, role, &(struct understood){ .verb = VERB_FORM, .form = (int)i }, example, grammar->forms[i].title,
			    out);
		free(example);
		put_choices(grammar, &grammar->forms[i], out);
		fputs("</td></tr>\n", out);
	}
	fputs("</table>\n", out);
	gazetteer_free(gazetteer);
}

static void
put_categories(const struct grammar *grammar, FILE *out)
{
	put_in(out, "h2", text_of(grammar, GUIDE_CATEGORIES));
	fputs("\n<div class=\"list\">\n", out);
	for (size_t i = 0; i < grammar->category_count; i++) {
		const struct category *category = &grammar->categories[i];

		if (category->list != grammar->active_list)
			continue;
		fputs("<div><code>", out);
		/* K7, as the parser takes it; codes that begin with a letter have a word only. */
		if (strspn(category->code, "0123456789") > 0)
			fprintf(out, "K%ld ", strtol(category->code, NULL, 10));
		if (!category->secret)
			put(out, category->keyword);
		fputs("</code> ", out);
		put(out, category->secret ? text_of(grammar, GUIDE_SECRET) : category->name);
		fputs(" (", out);
		put(out, grammar->units[category->units[0].unit].name);
		fputs(")</div>\n", out);
	}
	fputs("</div>\n", out);
}

void
guide_write(const struct grammar *grammar, int role, const char *number, FILE *out)
{
	const struct role *own = &grammar->roles[role];

	put_head(grammar, own, number, out);
	put_messages(grammar, role, out);
	if (own->may[VERB_REPORT])
		put_categories(grammar, out);
	if (pin_needed_by(grammar, role))
		put_in(out, "p", text_of(grammar, GUIDE_PIN));
	put_in(out, "p", text_of(grammar, GUIDE_FOOT));
	fputs("\n</body></html>\n", out);
}
