/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_sample: the right message that an answer shows: of the verb or form that was meant, with a village of whoever
 * asks, so that it can be typed as it stands. */
#include <stdio.h>
#include <string.h>

#include "lang/answer_parts.h"
#include "lang/pin.h"

/* The own village, or one of the kecamatan; its four digits where the name is long. From the kabupaten upwards one whose
 * name nobody shares. */
void
answer_example(const struct answer *answer, char out[REPLY_SIZE])
{
	const char *area = answer->who->asker.area, *code, *name;
	bool above = strlen(area) < strlen("32.07.34");

	code = above ? gazetteer_sample(answer->gazetteer, area, reply_width("contoh")) :
	       gazetteer_first(answer->gazetteer, area);
	name = code != NULL ? gazetteer_name(answer->gazetteer, code) : NULL;
	if (name == NULL)
		name = "RAWA";
	snprintf(out, REPLY_SIZE, "%s", strlen(name) <= reply_width("contoh") ? name : code + 9);
}

/* {kec}: the own kecamatan, or one of the own kabupaten. */
static void
write_district(const struct answer *answer, char out[REPLY_SIZE])
{
	const char *area = answer->who->asker.area, *name;
	char code[PLACE_CODE_SIZE];

	if (strlen(area) < strlen("32.07.34"))
		area = gazetteer_sample(answer->gazetteer, area, reply_width("contoh"));
	snprintf(code, sizeof code, "%.8s", area != NULL ? area : "");
	name = gazetteer_name(answer->gazetteer, code);
	snprintf(out, REPLY_SIZE, "%s", name != NULL ? name : "LUMBUNG");
}

static int
days_of(const struct civil *month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = month->year % 4 == 0 && (month->year % 100 != 0 || month->year % 400 == 0);

	return days[month->month - 1] + (month->month == 2 && leap);
}

/* {besok}: 21/10; with the year where it is another one, since without it a day of this year is meant. */
static void
write_tomorrow(const struct civil *now, char out[REPLY_SIZE])
{
	if (now->day < days_of(now))
		snprintf(out, REPLY_SIZE, "%d/%d", now->day + 1, now->month);
	else if (now->month < 12)
		snprintf(out, REPLY_SIZE, "1/%d", now->month + 1);
	else
		snprintf(out, REPLY_SIZE, "1-1-%d", now->year + 1);
}

static bool
write_hole(const struct answer *answer, const char *name, size_t length, char out[REPLY_SIZE])
{
	if (strncmp(name, "contoh", length) == 0)
		answer_example(answer, out);
	else if (strncmp(name, "kec", length) == 0)
		write_district(answer, out);
	else if (strncmp(name, "besok", length) == 0)
		write_tomorrow(&answer->who->asker.now, out);
	else if (strncmp(name, "bln", length) == 0)
		snprintf(out, REPLY_SIZE, "%d", answer->who->asker.now.month);
	else
		return false;
	return true;
}

void
answer_fill_sample(const struct answer *answer, const char *sample, char out[REPLY_SIZE])
{
	size_t used = 0, length;
	char value[REPLY_SIZE];

	for (; *sample != '\0' && used < REPLY_SIZE - 1; sample += length) {
		length = 1;
		snprintf(value, sizeof value, "%c", *sample);
		if (*sample == '{') {
			length = strcspn(sample, "}") + 1;
			if (!write_hole(answer, sample + 1, length - 2, value))
				value[0] = '\0';
		}
		used += (size_t)snprintf(out + used, REPLY_SIZE - used, "%s", value);
	}
	out[used < REPLY_SIZE ? used : REPLY_SIZE - 1] = '\0';
}

/* Where the sender needs his PIN for it, the example says where that stands. What is too long then loses its end: an
 * example without the PIN would be a wrong one. */
static void
add_pin(const struct answer *answer, enum verb verb, int form, char out[REPLY_SIZE])
{
	char pin[32], cut[REPLY_SIZE];
	size_t width = reply_width("ketik"), room;

	if (answer->who->standing != STANDING_ACTIVE || !pin_needed(answer->grammar, answer->who->role, verb, form))
		return;
	pin_placeholder(answer->grammar, pin, sizeof pin);
	snprintf(cut, sizeof cut, "%s", out);
	if (strlen(cut) + 1 + strlen(pin) <= width) {
		snprintf(out, REPLY_SIZE, "%.*s %s", (int)width, cut, pin);
		return;
	}
	room = width - strlen(" ... ") - strlen(pin);
	while (room > 0 && cut[room] != ' ')
		room--;
	snprintf(out, REPLY_SIZE, "%.*s ... %s", (int)room, cut, pin);
}

/* Whoever is above the village must name one. */
static void
add_village(const struct answer *answer, const struct form *form, char out[REPLY_SIZE])
{
	bool village = (form->place == FORM_VILLAGE || form->place == FORM_PART) && !form->place_optional;
	bool above = answer->who->standing == STANDING_ACTIVE && answer->who->asker.scope >= SCOPE_DISTRICT;
	char place[REPLY_SIZE];

	if (!village || !above || strstr(out, " DESA ") != NULL)
		return;
	answer_fill_sample(answer, " DESA {contoh}", place);
	if (strlen(out) + strlen(place) <= reply_width("ketik"))
		strcat(out, place);
}

/* A form's example; behind a text nothing can be added. */
static void
sample_form(const struct answer *answer, const struct form *form, char out[REPLY_SIZE])
{
	const struct form_field *last = form->field_count != 0 ? &form->fields[form->field_count - 1] : NULL;

	answer_fill_sample(answer, form->example, out);
	if (last == NULL || last->type != FORM_TEXT)
		add_village(answer, form, out);
}

static bool
may_send(const struct answer *answer, enum verb verb)
{
	return answer->who->role >= 0 && answer->grammar->roles[answer->who->role].may[verb];
}

/* Of a report that of the first family; without any, the name alone. */
static const char *
sample_of(const struct grammar *grammar, enum verb verb)
{
	const char *sample = verb == VERB_REPORT ? grammar->families[0].sample : grammar->samples[verb];

	return sample != NULL ? sample : verb == VERB_REPORT ? grammar->families[0].name : verb_name(verb);
}

/* Something that the sender may send: a report, else a question, else the first form. */
static void
sample_any(const struct answer *answer, char out[REPLY_SIZE])
{
	const struct grammar *grammar = answer->grammar;

	if (answer->who->standing != STANDING_ACTIVE) {
		answer_fill_sample(answer, sample_of(grammar, VERB_DAFTAR), out);
		return;
	}
	if (may_send(answer, VERB_REPORT) || may_send(answer, VERB_JUMLAH)) {
		enum verb verb = may_send(answer, VERB_REPORT) ? VERB_REPORT : VERB_JUMLAH;

		answer_fill_sample(answer, sample_of(grammar, verb), out);
		add_pin(answer, verb, -1, out);
		return;
	}
	for (size_t i = 0; i < grammar->form_count; i++)
		if (grammar->forms[i].who[answer->who->role]) {
			sample_form(answer, &grammar->forms[i], out);
			add_pin(answer, VERB_FORM, (int)i, out);
			return;
		}
	snprintf(out, REPLY_SIZE, "%s", verb_name(VERB_BANTUAN));
}

/* JUMLAH KUBE, BATAL KUBE: the form's own word behind that of the verb. */
static void
sample_about(const struct answer *answer, const struct form *form, char out[REPLY_SIZE])
{
	bool named = grammar_word(answer->grammar, WORD_FORM, form->name) >= 0;

	snprintf(out, REPLY_SIZE, "%s %.*s", verb_name(answer->outcome->verb),
		 named ? (int)strlen(form->name) : (int)strcspn(form->example, " "), named ? form->name : form->example);
	if (answer->outcome->verb == VERB_BATAL)
		add_village(answer, form, out);
}

static void
sample_of_form(const struct answer *answer, const struct form *form, char out[REPLY_SIZE])
{
	enum verb verb = answer->outcome->verb;
	char filled[REPLY_SIZE];

	if (verb == VERB_JUMLAH || verb == VERB_REKAP || verb == VERB_BATAL) {
		sample_about(answer, form, out);
		return;
	}
	sample_form(answer, form, filled);
	if (verb == VERB_RALAT && strlen(filled) + strlen("RALAT ") <= reply_width("ketik"))
		snprintf(out, REPLY_SIZE, "%s %.*s", verb_name(VERB_RALAT), (int)reply_width("ketik"), filled);
	else
		snprintf(out, REPLY_SIZE, "%s", filled);
}

static void
write_sample(const struct answer *answer, char out[REPLY_SIZE])
{
	const struct outcome *outcome = answer->outcome;
	const struct grammar *grammar = answer->grammar;
	bool named = outcome->verb != VERB_NONE && outcome->verb != VERB_FORM && outcome->verb != VERB_YA;

	if (outcome->form >= 0 && answer->who->standing == STANDING_ACTIVE &&
	    (grammar->forms[outcome->form].who[answer->who->role] ||
	     ((outcome->verb == VERB_JUMLAH || outcome->verb == VERB_REKAP) && may_send(answer, outcome->verb))))
		sample_of_form(answer, &grammar->forms[outcome->form], out);
	else if (named && may_send(answer, outcome->verb))
		answer_fill_sample(answer, sample_of(grammar, outcome->verb), out);
	else {
		sample_any(answer, out);
		return;
	}
	add_pin(answer, outcome->verb, outcome->form, out);
}

void
answer_samples(const struct answer *answer)
{
	struct reply_form *reply = &answer->outcome->reply, phrase;
	char value[REPLY_SIZE];

	answer_example(answer, value);
	reply_set(reply, "contoh", "%s", value);
	write_tomorrow(&answer->who->asker.now, value);
	reply_set(reply, "besok", "%s", value);
	reply_set(reply, "bln", "%d", answer->who->asker.now.month);
	value[0] = '\0';
	if (answer->outcome->expect == EXPECT_REJECT) {
		reply_start(&phrase, "FRASA_BELUM");
		reply_write(answer->grammar, &phrase, value);
	}
	reply_set(reply, "simpan", "%s", value);
	write_sample(answer, value);
	if (reply_value(reply, "ketik")[0] == '\0')
		reply_set(reply, "ketik", "%s", value);
	/* A report is what most people may send, and its example is short. */
	if (strlen(value) > reply_width("cara"))
		sample_any(answer, value);
	reply_set(reply, "cara", "%s", value);
}

/* What to type for a category: its word, or K21 where that must not be said. */
void
answer_typed(struct answer *answer, int category)
{
	const struct category *c = &answer->grammar->categories[category];

	reply_set(&answer->outcome->reply, "tulis", "%s%s", c->secret ? "K" : "", c->secret ? c->code : c->keyword);
}

void
answer_sample_of(struct answer *answer, enum verb verb)
{
	char sample[REPLY_SIZE];

	answer_fill_sample(answer, sample_of(answer->grammar, verb), sample);
	add_pin(answer, verb, -1, sample);
	reply_set(&answer->outcome->reply, "ketik", "%s", sample);
}

void
answer_sample_of_form(struct answer *answer, const struct form *form)
{
	char sample[REPLY_SIZE];

	sample_form(answer, form, sample);
	reply_set(&answer->outcome->reply, "ketik", "%s", sample);
}

void
answer_case_sample(struct answer *answer, int category)
{
	const struct category *c = &answer->grammar->categories[category];
	const struct field *sex = outcome_field(answer->outcome, "jk");
	int age = 72;

	answer_category(answer, category, "");
	if (age > c->age_max)
		age = c->age_max;
	if (c->sex != 0)
		reply_set(&answer->outcome->reply, "jk", "%c", c->sex);
	else
		reply_set(&answer->outcome->reply, "jk", "%s", sex != NULL ? sex->text : "L");
	reply_set(&answer->outcome->reply, "n", "%d", age < c->age_min ? c->age_min : age);
}
