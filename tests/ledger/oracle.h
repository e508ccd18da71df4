/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oracle: what the rooms of expect have in common: the books as they stand at a moment of the ledger, the wording of the
 * texts, and how a demand is added. */
#ifndef ORACLE_H
#define ORACLE_H

#include "ledger.h"

/* --- wording.c: the texts of grammars/70-replies.grammar with values in their places --- */

struct say { const char *id; struct { const char *name; char value[TEXT_SIZE]; } values[16]; size_t count; };
void wording_read(const char *grammars);
void say_start(struct say *say, const char *id);
bool say_uses(const struct say *say, const char *name);
/* Cut to the width of the placeholder, as the grammar's own remarks have it. */
void say_set(struct say *say, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* What has no value is WILD. */
void say_text(const struct say *say, char out[TEXT_SIZE]);
void say_phrase(const char *id, const char *name, const char *value, char out[TEXT_SIZE]);
void say_span(struct say *say, struct span span);       /* {per} */
/* "A 1, B 2, dll" in a width. tight: the last item needs no room for more behind it. */
struct list { char items[64][64]; size_t count; };
void list_add(struct list *list, const char *format, ...) __attribute__((format(printf, 2, 3)));
void list_write(const struct list *list, size_t width, bool tight, char out[TEXT_SIZE]);

/* --- state.c: what was reported, settled, sent up --- */

struct state;
struct state *state_new(const struct ledger *ledger);
void state_free(struct state *state);
struct figure { bool known, open; long value; };

/* A person's own figure in force, -1 none. */
long state_own(const struct state *state, int person, const char *village, int category, int month);
bool state_reported(const struct state *state, int person, int month);
/* Puts figures under a receipt; state_take_back undoes the person's last one since a time, or the very last
 * one (0): false, there is none. */
void state_put(struct state *state, int person, int64_t at, const char *village, int month, const struct item *items,
	       size_t count);
bool state_take_back(struct state *state, int person, int64_t since);
void state_settle(struct state *state, const char *village, int category, int month, long value);
/* Of a village, or the sum over the villages of an area; of a span each village's last month that has any. */
struct figure state_figure(const struct state *state, const char *area, int category, struct span span);
int state_coverage(const struct state *state, const char *area, struct span span);
bool state_village_reported(const struct state *state, const char *village, struct span span);
/* Whose values above 0 meet there: bodies by the alphabet, each once; how many. besides: without that person's, -1; then
 * those that meet his. */
#define BODIES_MAX 8
size_t state_overlap(const struct state *state, const char *village, int category, int month, int besides,
		     const char *bodies[BODIES_MAX]);
bool state_is_open(const struct state *state, const char *village, int category, int month);
int state_open_count(const struct state *state, const char *area, struct span span);
/* People of the roles (",PSM,KT,") from *at on: in the area, or (above) whose area it lies in. -1: no more. Those who
 * want nothing are passed over. */
int state_person(const struct state *state, const char *roles, const char *area, bool above, size_t *at);
bool state_willing(const struct state *state, int person);
void state_set_willing(struct state *state, int person, bool willing);
bool state_present(const struct state *state, int person);              /* registered */
void state_join(struct state *state, int person);
bool state_locked(const struct state *state, const char *village, int month);
void state_lock(struct state *state, const char *area, int month);
int state_last_locked(const struct state *state, int person, int64_t since);    /* the month of what BATAL means, 0 */
int state_cases(const struct state *state, const char *area);
void state_add_case(struct state *state, const char *village);
/* What those of a name who overlap there say. */
long state_body_value(const struct state *state, const char *village, int category, int month, const char *body);

/* --- demands --- */

/* On its way: at its time it is looked at once more whether it is still wanted. */
struct pending {
	int64_t at;
	struct expected text;
	int person;
	char area[CODE_SIZE];
	struct span span;
	int month;                      /* when it was planned */
};

struct submission { char area[CODE_SIZE]; struct span span; int64_t at; long values[CATEGORIES + 1]; };

struct oracle {
	const struct ledger *ledger;
	struct state *state;
	struct demand *demand;
	struct pending *pending;
	size_t pending_count;
	int64_t pace_day, pace_morning;
	struct submission *submissions;
	size_t submission_count;
	struct { char key[64]; } *told;         /* overlaps */
	size_t told_count;
	int64_t *strangers;                     /* by person: the day on which he was answered last */
};

struct expected *demand_add(struct oracle *oracle, int64_t from, int64_t until, const char *phone, const char *kind,
			    const struct say *say);
/* One more text that nobody asked for, behind the others. */
void demand_unasked(struct oracle *oracle, const struct pending *pending, int64_t now);

/* answer.c, answer_report.c, answer_ask.c */
void answer(struct oracle *oracle, const struct event *event);
void answer_report(struct oracle *oracle, const struct event *event);
void answer_nihil(struct oracle *oracle, const struct event *event);
void answer_batal(struct oracle *oracle, const struct event *event);
void answer_sah(struct oracle *oracle, const struct event *event);
void answer_counts(struct oracle *oracle, const struct event *event);
void answer_missing(struct oracle *oracle, const struct event *event);
void answer_overlaps(struct oracle *oracle, const struct event *event);
void answer_holders(struct oracle *oracle, const struct event *event);
struct expected *reply(struct oracle *oracle, const struct event *event, const struct say *say);
const struct person *sender_of(const struct oracle *oracle, const struct event *event);
const char *village_of(const struct oracle *oracle, const struct event *event);        /* or the sender's area */
bool is_one_of(const struct person *person, const char *roles);         /* ",TKSK,KAB," */
bool may_list(const struct person *person);                             /* who is missing */
int tksk_of(const struct oracle *oracle, const char *area);             /* of the kecamatan, -1 none */
void say_village(struct say *say, const char *village, int rw);         /* {desa} */
const struct submission *find_submission(const struct oracle *oracle, const char *area, struct span span);

/* fact.c: {wil} {kec} {lapor} ... of an area; {desa} {isi} of a volunteer; {nama}; {kapan}. */
void say_area(const struct oracle *oracle, struct say *say, const char *area, struct span span);
void say_own(const struct oracle *oracle, struct say *say, int person, struct span span);
void say_person(const struct oracle *oracle, struct say *say, int person);
void say_typed(struct say *say, struct span span);

/* duty.c: the calendar. */
/* Also which of them the box sleeps over. */
void duties_list(const struct ledger *ledger, struct demand *demand);
/* now: when it is worked off. */
void duty_work(struct oracle *oracle, const struct occasion *occasion, int64_t now);
void duty_submission(struct oracle *oracle, const struct submission *submission);
/* Whether it is still to be sent. */
bool duty_wanted(const struct oracle *oracle, const struct pending *pending);

/* Names in texts. */
const char *bare_name(const char *area);        /* "Ciamis" of Kabupaten Ciamis */

#endif
