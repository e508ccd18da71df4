/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_ask: answers to questions about forms, and what an entry says in a few words. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lang/answer.h"
#include "lang/answer_parts.h"
#include "lang/form_ask.h"
#include "lang/form_text.h"

/* What is written until it is full. */
struct line {
	char *out;
	size_t size, used;
};

static void __attribute__((format(printf, 2, 3)))
add(struct line *line, const char *format, ...)
{
	va_list args;
	int written;

	va_start(args, format);
	written = vsnprintf(line->out + line->used, line->size - line->used, format, args);
	va_end(args);
	if (written > 0)
		line->used += (size_t)written < line->size - line->used ? (size_t)written : line->size - line->used - 1;
}

static void
write_label(void *ctx, int index, char out[REPLY_SIZE])
{
	answer_label(ctx, index, out);
}

/* Whether the value explains itself: the only number of the form. */
static bool
stands_alone(const struct form *form, size_t index)
{
	const struct form_field *field = &form->fields[index];
	size_t numbers = 0;

	if (field->type == FORM_CATEGORY || field->type == FORM_OPTION || field->type == FORM_DATE)
		return true;
	for (size_t i = 0; i < form->field_count; i++)
		numbers += form->fields[i].type == FORM_COUNT;
	return field->type == FORM_COUNT && numbers == 1 && !field->marked;
}

void
answer_summary(const struct grammar *grammar, const struct form *form, const struct form_value *values, char out[REPLY_SIZE])
{
	struct answer answer = { .grammar = grammar };
	struct line line = { out, REPLY_SIZE, 0 };
	char value[REPLY_SIZE];

	out[0] = '\0';
	for (size_t i = 0; i < form->field_count; i++) {
		const struct form_field *field = &form->fields[i];

		/* Texts may hold what must not be said. */
		if (!values[i].given || field->type == FORM_TEXT)
			continue;
		form_value_write(grammar, field, &values[i], write_label, &answer, value);
		if (field->type == FORM_FLAG)
			add(&line, "%s%s", line.used != 0 ? " " : "", field->name);
		else if (stands_alone(form, i))
			add(&line, "%s%s", line.used != 0 ? " " : "", value);
		else
			add(&line, "%s%s %s", line.used != 0 ? " " : "", field->name, value);
	}
}

void
answer_entry_line(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct form *form,
		  const struct form_value *values, const struct answer_line *about, char out[REPLY_SIZE])
{
	const char *name = about->area[0] != '\0' ? gazetteer_name(gazetteer, about->area) : NULL;
	struct line line = { out, REPLY_SIZE, 0 };
	char summary[REPLY_SIZE];
	struct reply_form phrase;

	out[0] = '\0';
	if (form->series != NULL) {
		reply_start(&phrase, "FRASA_NOMOR");
		reply_set(&phrase, "no", "%lld", (long long)about->no);
		reply_write(grammar, &phrase, summary);
		add(&line, "%s ", summary);
	}
	answer_summary(grammar, form, values, summary);
	add(&line, "%s", summary);
	if (about->area[0] != '\0')
		add(&line, "%s%s", line.used != 0 ? " " : "", name != NULL ? name : about->area);
	if (!about->flagged && !about->late)
		return;
	reply_start(&phrase, about->late ? "FRASA_TELAT" : "FRASA_PERIKSA");
	reply_write(grammar, &phrase, summary);
	add(&line, " (%s)", summary);
}

/* {pilih}: the items that fit, then "dll". */
static void
set_list(struct answer *answer, const char *const *items, size_t count)
{
	char list[REPLY_SIZE] = "", more[REPLY_SIZE];
	size_t width = reply_width("pilih"), used = 0;
	struct reply_form form;

	reply_start(&form, "FRASA_DLL");
	reply_write(answer->grammar, &form, more);
	for (size_t i = 0; i < count; i++) {
		size_t rest = i + 1 < count ? strlen(more) + 2 : 0;

		if (used + 2 + strlen(items[i]) + rest > width) {
			snprintf(list + used, sizeof list - used, "%s%s", used != 0 ? ", " : "", more);
			break;
		}
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used != 0 ? ", " : "", items[i]);
	}
	reply_set(&answer->outcome->reply, "pilih", "%s", list);
}

static void
write_number(long number, char out[24])
{
	if (number == COUNT_MASKED)
		snprintf(out, 24, "<5");
	else
		snprintf(out, 24, "%ld", number);
}

/* What stands beside the figures: how many. */
static size_t
add_besides(const struct answer *answer, const struct form *form, char texts[][48], const char **items, size_t *used)
{
	size_t count = 0;

	for (size_t i = 0; i < form->beside_count; i++) {
		const struct field *sum = outcome_field(answer->outcome, form->besides[i].name);

		if (sum == NULL)
			continue;
		*used += (size_t)snprintf(texts[count], 48, "%s %ld", form->besides[i].title, sum->number) + 2;
		items[count] = texts[count];
		count++;
	}
	return count;
}

/* "balita ditimbang 40", or by the short names where the titles do not fit. */
static void
set_figures(struct answer *answer, const struct form *form, const struct field *figures)
{
	char texts[FORM_FIELDS_MAX + FORM_BESIDES_MAX][48];
	const char *items[FORM_FIELDS_MAX + FORM_BESIDES_MAX];
	size_t used = 0, count = figures->count;
	char number[24];

	for (int named = 0; named < 2; named++, used = 0) {
		for (size_t i = 0; i < figures->count; i++) {
			int field = grammar_form_field(form, figures->items[i]);

			write_number(figures->numbers[i], number);
			used += (size_t)snprintf(texts[i], sizeof texts[i], "%s %s", named != 0 || field < 0 ? figures->items[i] :
						 form->fields[field].title, number) + 2;
			items[i] = texts[i];
		}
		count = figures->count + add_besides(answer, form, texts + figures->count, items + figures->count, &used);
		if (used <= reply_width("pilih") + 2)
			break;
	}
	set_list(answer, items, count);
}

/* Of the active list; -1 none. */
static int
category_of(const struct grammar *grammar, const char *code)
{
	for (size_t i = 0; i < grammar->category_count; i++)
		if (grammar->categories[i].list == grammar->active_list && strcmp(grammar->categories[i].code, code) == 0)
			return (int)i;
	return -1;
}

/* {form}: with what was asked of it, LAYAN LANSIA SEMBAKO, so that nobody takes a part for the whole. */
static void
set_asked(struct answer *answer, const struct form *form)
{
	char text[REPLY_SIZE], label[REPLY_SIZE];
	struct line line = { text, sizeof text, 0 };

	add(&line, "%s", form->name);
	for (size_t i = 0; i < form->field_count; i++) {
		const struct field *asked = outcome_field(answer->outcome, form->fields[i].name);
		int category;

		if (asked == NULL || asked->kind != FIELD_TEXT)
			continue;
		category = form->fields[i].type == FORM_CATEGORY ? category_of(answer->grammar, asked->text) : -1;
		if (category >= 0)
			answer_label(answer, category, label);
		add(&line, " %s", category >= 0 ? label : asked->text);
	}
	reply_set(&answer->outcome->reply, "form", "%s", text);
}

static void
start(struct answer *answer, const struct form *form, const char *id)
{
	reply_start(&answer->outcome->reply, id);
	set_asked(answer, form);
	answer_area(answer);
	answer_window(answer);
}

/* AGU 12/3: the figures of a month, in the order of the fields. */
static bool
write_month(const struct answer *answer, const struct form *form, const char *month, char out[48])
{
	struct line line = { out, 48, 0 };
	char number[24];
	bool any = false;

	add(&line, "%s ", answer->grammar->month_names[(month[5] - '0') * 10 + month[6] - '0']);
	for (size_t i = 0; i < form->field_count; i++) {
		const struct field *figures = outcome_field(answer->outcome, form->fields[i].name);

		for (size_t k = 0; figures != NULL && figures->kind == FIELD_COUNTS && k < figures->count; k++) {
			if (strcmp(figures->items[k], month) != 0)
				continue;
			write_number(figures->numbers[k], number);
			add(&line, "%s%s", any ? "/" : "", number);
			any = true;
		}
	}
	return any;
}

/* Month by month: the trend. false: there is none. */
static bool
answer_months(struct answer *answer, const struct form *form)
{
	char texts[12][48];
	const char *items[12];
	int last = answer->outcome->last, first = last - 11;
	size_t count = 0;
	char month[24];

	for (; first <= last; first++) {
		snprintf(month, sizeof month, "%04d-%02d", first / 12, first % 12 + 1);
		if (write_month(answer, form, month, texts[count])) {
			items[count] = texts[count];
			count++;
		}
	}
	if (count == 0)
		return false;
	start(answer, form, "JWB_ISIAN_BULAN");
	set_list(answer, items, count);
	return true;
}

static void
answer_figures(struct answer *answer, const struct form *form, const struct field *figures)
{
	const struct field *reported = outcome_field(answer->outcome, "lapor");
	const struct field *times = outcome_field(answer->outcome, "kali");

	bool masked = figures->numbers[0] == COUNT_MASKED;

	/* How often somebody was helped would tell, too. */
	start(answer, form, reported != NULL ? "JWB_ISIAN" : masked ? "JWB_ISIAN_DAFTAR" :
			    form->monthly ? "JWB_ISIAN_KALI" : "JWB_ISIAN_JUMLAH");
	set_figures(answer, form, figures);
	if (reported == NULL && masked)
		return;
	reply_set(&answer->outcome->reply, "jml", "%ld", reported != NULL ? reported->numbers[0] : times->number);
	if (reported != NULL)
		reply_set(&answer->outcome->reply, "tot", "%ld", reported->numbers[1]);
}

/* Nothing there; how to send it, for those who may. */
static void
answer_none(struct answer *answer, const struct form *form)
{
	bool may = form->who[answer->who->role];
	char sample[REPLY_SIZE];

	start(answer, form, !may ? "JWB_ISIAN_BACA" : form->monthly ? "JWB_ISIAN_KOSONG" : "JWB_ISIAN_TIDAK");
	/* How to send it, not how to ask for it again. */
	if (may) {
		answer_fill_sample(answer, form->example, sample);
		reply_set(&answer->outcome->reply, "ketik", "%s", sample);
	}
}

static void
answer_list(struct answer *answer, const struct form *form, const struct field *list)
{
	const struct field *times = outcome_field(answer->outcome, "kali");

	start(answer, form, times == NULL ? "JWB_ISIAN_DAFTAR" : list->count == 0 ? "JWB_ISIAN_SAJA" : "JWB_ISIAN_KALI");
	set_list(answer, list->items, list->count);
	if (times != NULL)
		reply_set(&answer->outcome->reply, "jml", "%ld", times->number);
}

void
answer_form_question(struct answer *answer)
{
	const struct form *form = &answer->grammar->forms[answer->outcome->form];
	const struct field *figures = outcome_field(answer->outcome, "nilai");
	const struct field *list = outcome_field(answer->outcome, "isi");

	if (figures != NULL) {
		answer_figures(answer, form, figures);
	} else if (list != NULL) {
		answer_list(answer, form, list);
	} else if (answer->outcome->verb != VERB_REKAP || !answer_months(answer, form)) {
		answer_none(answer, form);
	}
}
