/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_parts: placeholders that the answers of all verbs fill in the same way (answer.c, answer_duties.c). */
#ifndef LANG_ANSWER_PARTS_H
#define LANG_ANSWER_PARTS_H

#include "lang/rules.h"

/* What an answer is made from. */
struct answer {
	const struct grammar *grammar;
	const struct gazetteer *gazetteer;
	const struct who *who;
	struct outcome *outcome;
};

/* {per}, {desa} with its part, {isi}, {kec} of any code below it, {kata}. */
void answer_period(struct answer *answer);
void answer_village_name(struct answer *answer, const char *code);
void answer_items(struct answer *answer);
void answer_district(struct answer *answer, const char *area);
void answer_word(struct answer *answer);
/* Begins a reply about the outcome's village and month: {desa}, {per}. */
void answer_for_village(struct answer *answer, const char *id);
/* {kat}: the keyword, the code of a secret one; `otherwise` where no category is known (-1). */
void answer_category(struct answer *answer, int category, const char *otherwise);
void answer_label(const struct answer *answer, int category, char out[REPLY_SIZE]);

/* {per} of a window: OKT 2026, TW3 2026, S1 2026, 2026. */
void answer_window(struct answer *answer);

/* answer_sample.c: a village that the sender may report for, as it can be typed; an example with it, {kec}, {besok} and
 * {bln} filled in; {contoh}, {ketik} (unless it is set), {besok} and {bln} of any reply; {tulis} of a category. */
void answer_example(const struct answer *answer, char out[REPLY_SIZE]);
void answer_fill_sample(const struct answer *answer, const char *sample, char out[REPLY_SIZE]);
void answer_samples(const struct answer *answer);
void answer_typed(struct answer *answer, int category);
/* {ketik} of a verb, or of a form, whoever may send it. */
void answer_sample_of(struct answer *answer, enum verb verb);
void answer_sample_of_form(struct answer *answer, const struct form *form);
/* {kat}, {jk}, {n} of a case as it could be: the sex and age as said, where the category has them. */
void answer_case_sample(struct answer *answer, int category);

/* answer_reject.c: why it was not accepted; whether a word of the sender's may be repeated: letters (a digit or two in a
 * village name), nothing near to a secret. */
void answer_reject(struct answer *answer);
bool answer_may_echo(const struct answer *answer, const char *word);

/* answer_form.c: what was recorded, what a form is refused for (false: it is refused like any other message), help. */
void answer_entry(struct answer *answer);
bool answer_form_reject(struct answer *answer);
void answer_form_help(struct answer *answer);

void answer_offer_form(struct answer *answer, const char *word);

/* answer_ask.c: JUMLAH and REKAP of a form. */
void answer_form_question(struct answer *answer);

/* answer_question.c: JUMLAH, REKAP, BELUM, STATUS, TUMPANG, CEK of a role; {wil} of the area asked about. */
void answer_area(struct answer *answer);
void answer_question(struct answer *answer);

/* answer_duties.c: the answers of the verbs that are no report. false: none of its. */
bool answer_duties(struct answer *answer);
bool answer_duties_reject(struct answer *answer);
/* answer_ticket.c: of tickets, and of closing; likewise. */
bool answer_ticket(struct answer *answer);
bool answer_ticket_reject(struct answer *answer);
/* answer_program.c, answer_meeting.c: of programmes and meetings. */
bool answer_program(struct answer *answer);
bool answer_meeting(struct answer *answer);
/* {tgl}: the field of that name, 2026-10-27 as 27-10-2026. */
void answer_date(struct answer *answer);

#endif
