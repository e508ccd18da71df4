/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds_program: programmes begin and move at once, nobody's leave is asked; whoever the grammar names is told. */
#include "gate/deeds_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/relay.h"
#include "store/program.h"

/* Whether one area is the other or lies in it. */
static bool
areas_meet(const char *a, const char *b)
{
	size_t shorter = strlen(a) < strlen(b) ? strlen(a) : strlen(b);

	return strncmp(a, b, shorter) == 0;
}

/* {tgl} where the sender is. */
static void
put_since(const struct deed *deed, int64_t wall)
{
	struct civil day = civil_at(wall, grammar_zone(deed->grammar, deed->person->area));
	char text[24];

	snprintf(text, sizeof text, "%02d-%02d-%04d", day.day % 100, day.month % 100, day.year % 10000);
	outcome_text(deed->outcome, "sejak", text)->kept = true;
}

/* Whoever is unsure sends it again: it is still one programme. */
static int
ask_named(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	struct program program;
	int error = program_named(deed->store, deed->person->organisation, deed->parse->name, &program);

	if (error != 0)
		return error == -ENOENT ? 0 : error;
	outcome->same = true;
	outcome->number = (long)program.no;
	outcome_number(outcome, "dari", program.stage)->kept = true;
	return 0;
}

int
deeds_program_ask(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	bool moves = outcome->effect == EFFECT_STAGE;
	struct program program;
	int error;

	if (outcome->effect == EFFECT_PROGRAM)
		return ask_named(deed);
	error = program_find(deed->store, outcome->number, &program);
	if (error == -ENOENT ||
	    (error == 0 && moves && (program.closed || program.organisation != deed->person->organisation)) ||
	    (error == 0 && !areas_meet(program.area, deed->person->area))) {
		outcome->found = FOUND_NOT;
		return 0;
	}
	if (error != 0)
		return error;
	outcome_text(outcome, "nama", program.name)->kept = true;
	outcome_number(outcome, "dari", program.stage)->kept = true;
	put_since(deed, program.moved);
	outcome->state = program.closed ? "FRASA_SELESAI" : "FRASA_BERJALAN";
	outcome->same = moves && program.stage == deed->parse->number;
	return 0;
}

/* --- telling --- */

struct news {
	struct reply_form form;
	char about[48];
	struct tell tell;
};

static void
start(const struct deed *deed, struct news *news, const char *id, int64_t no, const char *name, long stage)
{
	reply_start(&news->form, id);
	reply_set(&news->form, "prog", "%lld", (long long)no);
	reply_set(&news->form, "nama", "%s", name);
	reply_set(&news->form, "thp", "%ld", stage);
	reply_set(&news->form, "judul", "%s", deed->grammar->stages[stage - 1].title);
	reply_set(&news->form, "teks", "%s", deed->grammar->stages[stage - 1].title);
	deed_set_body(deed, &news->form);
	snprintf(news->about, sizeof news->about, "program:%lld:%ld:%lld", (long long)no, stage, (long long)deed->inbox);
	news->tell = deed_tell(deed, news->about, &news->form);
	deed_by_day(deed, &news->tell);
}

/* Everybody whom the stage names. */
static int
tell_stage(const struct deed *deed, int64_t no, const char *name, long stage, const char *relayed)
{
	const struct stage *now = &deed->grammar->stages[stage - 1];
	struct news news;
	int told = 0;

	for (size_t i = 0; i < now->tell_count && told >= 0; i++) {
		start(deed, &news, deed->grammar->replies[now->tells[i].reply].id, no, name, stage);
		news.form.relayed = relayed;
		told = deed_tell_roles(deed, &news.tell, now->tells[i].roles);
	}
	return told < 0 ? told : 0;
}

/* Organisations of ours that were named hear that they are counted upon; of any others the supervisor does. */
static int
tell_partners(const struct deed *deed, int64_t no, const char *name)
{
	const struct partners *partners = &deed->parse->partners;
	struct news news;
	int told = 0;

	for (size_t i = 0; i < partners->count && told >= 0; i++) {
		const char *role = deed->grammar->roles[partners->ours[i].role].name;

		start(deed, &news, "TERUS_AJAK", no, name, 1);
		news.tell.body = partners->ours[i].body;
		told = deed_tell_roles(deed, &news.tell, role);
	}
	if (told < 0 || !partners->outside || deed->grammar->roles[deed->who->role].supervisor == NULL)
		return told < 0 ? told : 0;
	start(deed, &news, "TERUS_PIHAK", no, name, 1);
	reply_set(&news.form, "teks", "%s", partners->text);
	told = deed_tell_roles(deed, &news.tell, deed->grammar->roles[deed->who->role].supervisor);
	return told < 0 ? told : 0;
}

static int
begin(const struct deed *deed)
{
	struct program program = { .organisation = deed->person->organisation, .person = deed->person->id,
				   .wall = deed->wall };
	int64_t no;
	int error;

	snprintf(program.name, sizeof program.name, "%s", deed->parse->name);
	snprintf(program.partners, sizeof program.partners, "%s", deed->parse->partners.text);
	error = program_put(deed->store, &program, &no);
	if (error != 0)
		return error;
	outcome_number(deed->outcome, "no", (long)no);
	reply_set(&deed->outcome->reply, "prog", "%lld", (long long)no);
	error = tell_stage(deed, no, program.name, 1, NULL);
	return error != 0 ? error : tell_partners(deed, no, program.name);
}

static int
move(const struct deed *deed)
{
	const struct outcome *outcome = deed->outcome;
	long stage = deed->parse->number;
	bool last = stage == (long)deed->grammar->stage_count;
	char *remark = relay_text(deed->grammar, deed->parse->text != NULL ? deed->parse->text : "");
	int error = program_move(deed->store, outcome->number, (int)stage, last, remark, deed->person->id, deed->wall);

	if (error == 0)
		error = tell_stage(deed, outcome->number, outcome_field(outcome, "nama")->text, stage,
				   remark[0] != '\0' ? remark : NULL);
	free(remark);
	return error;
}

int
deeds_program_do(const struct deed *deed)
{
	return deed->outcome->effect == EFFECT_PROGRAM ? begin(deed) : move(deed);
}
