/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_form: answers to structured reports: the texts and values that a form of the grammar declares. */
#include <stdio.h>
#include <string.h>

#include "lang/answer.h"
#include "lang/answer_parts.h"
#include "lang/form_text.h"

static void
write_category(void *ctx, int index, char out[REPLY_SIZE])
{
	answer_label(ctx, index, out);
}

/* {wil}: the village, or the kecamatan, kabupaten or whatever it is about. */
static void
set_area(struct answer *answer)
{
	const char *code = answer->outcome->area;
	const char *name = gazetteer_name(answer->gazetteer, code);

	reply_set(&answer->outcome->reply, "wil", "%s", name != NULL ? name : code);
}

static void
set_organisations(struct answer *answer)
{
	const struct field *others = outcome_field(answer->outcome, "tumpang");

	char list[REPLY_SIZE] = "-";
	size_t used = 0, width = reply_width("org");

	for (size_t i = 0; others != NULL && i < others->count; i++) {
		if (used != 0 && used + 2 + strlen(others->items[i]) > width)
			break;
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used != 0 ? ", " : "", others->items[i]);
	}
	reply_set(&answer->outcome->reply, "org", "%s", list);
}

static void
set_placeholder(struct answer *answer, const char *name)
{
	struct outcome *outcome = answer->outcome;
	const struct form *form = &answer->grammar->forms[outcome->form];
	char value[REPLY_SIZE];

	if (form_write(answer->grammar, outcome, name, write_category, answer, value))
		reply_set_wide(&outcome->reply, name, form_width(answer->grammar, form, name), value);
	else if (strcmp(name, "desa") == 0)
		answer_village_name(answer, outcome->area);
	else if (strcmp(name, "wil") == 0)
		set_area(answer);
	else if (strcmp(name, "per") == 0)
		answer_period(answer);
	else if (strcmp(name, "org") == 0)
		set_organisations(answer);
	else if (strcmp(name, "judul") == 0)
		reply_set(&outcome->reply, name, "%s", form->title);
	/* {ketik} and {contoh} are of every answer. */
}

/* A text of the grammar's with what stands in it; {no} comes when it is drawn. */
static void
answer_with(struct answer *answer, int reply)
{
	const char *text = answer->grammar->replies[reply].text;
	char name[16];

	reply_start(&answer->outcome->reply, answer->grammar->replies[reply].id);
	while ((text = strchr(text, '{')) != NULL) {
		snprintf(name, sizeof name, "%.*s", (int)strcspn(text + 1, "}"), text + 1);
		set_placeholder(answer, name);
		text++;
	}
}

void
answer_told(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct who *who, struct outcome *outcome,
	    int reply, struct reply_form *out)
{
	struct answer answer = { grammar, gazetteer, who, outcome };
	struct reply_form own = outcome->reply;

	answer_with(&answer, reply);
	answer_samples(&answer);
	*out = outcome->reply;
	outcome->reply = own;
}

static void
start_form(struct answer *answer, const char *id)
{
	const struct form *form = &answer->grammar->forms[answer->outcome->form];

	reply_start(&answer->outcome->reply, id);
	if (strstr(reply_placeholders(id), "form") != NULL)
		reply_set(&answer->outcome->reply, "form", "%s", form->name);
	if (strstr(reply_placeholders(id), "judul") != NULL)
		reply_set(&answer->outcome->reply, "judul", "%s", form->title);
}

/* Whether the answer's field was given now, or its latest value is on record. */
static bool
is_given(const struct outcome *outcome, int field)
{
	if (field >= FORM_KNOWN_BESIDE)
		return outcome->beside[field - FORM_KNOWN_BESIDE] > 0;
	if (field >= FORM_FIELDS_MAX)
		return outcome->latest[field - FORM_FIELDS_MAX] != NO_VALUE;
	return field < 0 || outcome->told[field];
}

static bool
applies(const struct form *form, const struct outcome *outcome, size_t index)
{
	if (!is_given(outcome, form->answers[index].field))
		return false;
	for (size_t i = 0; i < form->answers[index].value_count; i++)
		if (outcome->after[form->answers[index].by].number == form->answers[index].values[i])
			return true;
	return form->answers[index].by < 0;
}

void
answer_entry(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const struct form *form = &answer->grammar->forms[outcome->form];
	size_t i = 0;

	if (outcome->same) {
		start_form(answer, form->monthly ? "OK_ISIAN_SAMA_BULAN" : "OK_ISIAN_SAMA");
		set_area(answer);
		if (form->monthly)
			answer_period(answer);
	} else if (outcome->meets) {
		answer_with(answer, form->meets_reply);
	} else {
		while (i + 1 < form->answer_count && !applies(form, outcome, i))
			i++;
		answer_with(answer, form->answers[i].reply);
	}
}

/* A question that reads like an entry: {ketik} is the entry, for who may send one. */
static void
answer_unasked(struct answer *answer)
{
	const struct form *form = &answer->grammar->forms[answer->outcome->form];

	start_form(answer, form->who[answer->who->role] ? "E_ISIAN_TANYA" : "E_ISIAN_TANYA_SAJA");
	if (form->who[answer->who->role])
		answer_sample_of_form(answer, form);
}

/* How the form is written. */
static void
answer_format(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const struct form *form = &answer->grammar->forms[outcome->form];

	if (outcome->verb == VERB_BATAL)
		start_form(answer, "E_ISIAN_BATAL");
	else if (outcome->verb == VERB_JUMLAH || outcome->verb == VERB_REKAP)
		answer_unasked(answer);
	else if (outcome->verb == VERB_RALAT && !form->unique)
		start_form(answer, "E_ISIAN_RALAT");
	else if (form->format >= 0)
		answer_with(answer, form->format);
	else
		start_form(answer, "E_ISIAN");
}

/* {isian} and {n} against {lain} and {m}: a rule of the form does not hold. */
static void
answer_rule(struct answer *answer)
{
	static const char *const ids[] = {
		[FORM_AT_MOST] = "E_ISIAN_LEBIH", [FORM_LESS] = "E_ISIAN_KURANG", [FORM_EQUAL] = "E_ISIAN_SAMA",
	};
	struct outcome *outcome = answer->outcome;
	const struct form *form = &answer->grammar->forms[outcome->form];
	const struct form_rule *rule = &form->rules[outcome->rule];
	const struct form_field *other = rule->other >= 0 ? &form->fields[rule->other] :
					 &answer->grammar->forms[rule->last_form].fields[rule->last_field];

	start_form(answer, ids[rule->relation]);
	reply_set(&outcome->reply, "isian", "%s", form->fields[rule->field].title);
	reply_set(&outcome->reply, "n", "%ld", outcome->after[rule->field].number);
	reply_set(&outcome->reply, "lain", "%s", other->title);
	reply_set(&outcome->reply, "m", "%ld", rule->other >= 0 ? outcome->after[rule->other].number :
		  outcome->latest[outcome->rule]);
}

/* A number that cannot be. */
static void
answer_bounds(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const struct form_field *field = &answer->grammar->forms[outcome->form].fields[outcome->field];
	int reply = outcome->reject == REJECT_TIDAK_ADA ? field->unregistered : field->wrong;

	if (reply >= 0) {
		reply_start(&outcome->reply, answer->grammar->replies[reply].id);
		reply_set(&outcome->reply, "kata", "%s", outcome->word);
		return;
	}
	start_form(answer, "E_ISIAN_ANGKA");
	reply_set(&outcome->reply, "isian", "%s", field->title);
	reply_set(&outcome->reply, "n", "%ld", field->least);
	reply_set(&outcome->reply, "m", "%ld", field->most);
}

static void
answer_field(struct answer *answer, const char *id)
{
	struct outcome *outcome = answer->outcome;
	const struct form_field *field = &answer->grammar->forms[outcome->form].fields[outcome->field];

	start_form(answer, id);
	reply_set(&outcome->reply, "isian", "%s", field->title);
	if (outcome->reject == REJECT_SATUAN) {
		reply_set(&outcome->reply, "sat", "%s", answer->grammar->units[field->units[0]].name);
	} else if (outcome->reject == REJECT_PANJANG) {
		reply_set(&outcome->reply, "m", "%ld", field->most);
	} else {
		reply_set(&outcome->reply, "lama", "%ld", outcome->before[outcome->field].number);
		reply_set(&outcome->reply, "baru", "%ld", outcome->said);
	}
}

/* What only a form is refused for; false: it is refused like any other message. */
bool
answer_form_reject(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	if (outcome->form < 0)
		return false;
	if (outcome->reject == REJECT_FORMAT)
		answer_format(answer);
	else if (outcome->reject == REJECT_TAMBAH)
		start_form(answer, "E_ISIAN_TAMBAH");
	else if (outcome->rule >= 0)
		answer_rule(answer);
	else if (outcome->field < 0 || outcome->category >= 0)
		return false;
	else if (outcome->reject == REJECT_ANGKA || outcome->reject == REJECT_ISIAN || outcome->reject == REJECT_TIDAK_ADA)
		answer_bounds(answer);
	else
		answer_field(answer, outcome->reject == REJECT_SATUAN ? "E_ISIAN_SATUAN" :
			     outcome->reject == REJECT_PANJANG ? "E_ISIAN_PANJANG" : "E_ISIAN_CATATAN");
	return true;
}

void
answer_form_help(struct answer *answer)
{
	const struct form *form = &answer->grammar->forms[answer->outcome->topic_form];
	long page = answer->outcome->page;

	answer->outcome->form = answer->outcome->topic_form;
	if (page >= 1 && (size_t)page <= form->page_count)
		answer_with(answer, form->pages[page - 1]);
	else if (answer->grammar->forms[answer->outcome->form].format >= 0)
		answer_with(answer, answer->grammar->forms[answer->outcome->form].format);
	else
		start_form(answer, "BANTU_ISIAN");
}

void
answer_offered(const struct grammar *grammar, const struct outcome *offered, char out[REPLY_SIZE])
{
	char summary[REPLY_SIZE];

	answer_summary(grammar, &grammar->forms[offered->form], offered->after, summary);
	snprintf(out, REPLY_SIZE, "%.20s %.600s", grammar->forms[offered->form].name, summary);
}

/* Whether that was meant; word: "" where it must not be repeated. */
void
answer_offer_form(struct answer *answer, const char *word)
{
	struct outcome *outcome = answer->outcome;
	const struct form *form = &answer->grammar->forms[outcome->form];
	bool echo = word[0] != '\0';
	char offered[REPLY_SIZE];

	reply_start(&outcome->reply, !echo ? "E_TAWAR_TUTUP" : form->monthly ? "E_TAWAR" : "E_TAWAR_TEMPAT");
	answer_village_name(answer, outcome->area);
	reply_set(&outcome->reply, "per", "%s", "");
	if (form->monthly)
		answer_period(answer);
	answer_offered(answer->grammar, outcome, offered);
	reply_set(&outcome->reply, "isi", "%s", offered);
	if (echo)
		reply_set(&outcome->reply, "kata", "%s", word);
}
