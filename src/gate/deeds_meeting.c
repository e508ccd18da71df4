/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds_meeting: a meeting is announced and people are invited; its minutes go to them, and to whoever must know of
 * them. */
#include "gate/deeds_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/xmalloc.h"
#include "lang/minutes.h"
#include "lang/relay.h"
#include "store/meeting.h"
#include "store/program.h"

#define EARLY 3600              /* seconds that people may begin before the announced time */

/* --- who comes --- */

typedef int each_guest(const struct deed *deed, const struct person *guest, void *ctx);

/* Of one role, maybe of one organisation's name: those in the sender's area, or those above it. How many, or -errno. */
static int
each_of_role(const struct deed *deed, const char *role, const char *body, each_guest *each, void *ctx)
{
	int index = grammar_role(deed->grammar, role), error, count = 0;
	struct audience audience = { .area = deed->person->area, .roles = role, .rw = deed->person->rw, .willing = true };
	struct person guest = { .id = 0 };

	audience.above = index >= 0 && deed->grammar->roles[index].scope > deed->who->asker.scope;
	while ((error = audience_next(deed->store, &audience, guest.id, &guest)) == 0) {
		if (guest.id == deed->person->id || (body[0] != '\0' && strcmp(body, guest.body) != 0))
			continue;
		error = each != NULL ? each(deed, &guest, ctx) : 0;
		if (error != 0)
			return error;
		count++;
	}
	return error == -ENOENT ? count : error;
}

/* Whoever was named, else those whom the sender's role invites. */
static int
each_guest_of(const struct deed *deed, each_guest *each, void *ctx)
{
	const struct partners *named = &deed->parse->partners;
	const char *list = deed->grammar->roles[deed->who->role].invites;
	char one[16];
	int count = 0, some = 0;

	for (size_t i = 0; i < named->count && some >= 0; i++) {
		some = each_of_role(deed, deed->grammar->roles[named->ours[i].role].name, named->ours[i].body, each, ctx);
		count += some;
	}
	for (; named->count == 0 && list != NULL && *list != '\0' && some >= 0; list += strspn(list, ",")) {
		snprintf(one, sizeof one, "%.*s", (int)strcspn(list, ","), list);
		list += strcspn(list, ",");
		some = each_of_role(deed, one, "", each, ctx);
		count += some;
	}
	return some < 0 ? some : count;
}

/* --- asking --- */

static struct meeting
meeting_of(const struct deed *deed)
{
	struct meeting meeting = { .organisation = deed->person->organisation, .person = deed->person->id,
				   .attended = -1, .wall = deed->wall };

	snprintf(meeting.date, sizeof meeting.date, "%s", outcome_field(deed->outcome, "tgl")->text);
	snprintf(meeting.clock, sizeof meeting.clock, "%s", outcome_field(deed->outcome, "jam")->text);
	snprintf(meeting.venue, sizeof meeting.venue, "%s", deed->parse->venue);
	snprintf(meeting.subject, sizeof meeting.subject, "%s", deed->parse->subject);
	if (deed->outcome->series == SERIES_PROGRAM)
		meeting.program = deed->outcome->number;
	return meeting;
}

/* HAL LANJUTAN P12: an own programme, also one that is closed. */
static int
ask_program(const struct deed *deed)
{
	struct program program;
	int error;

	if (deed->outcome->series != SERIES_PROGRAM)
		return 0;
	error = program_find(deed->store, deed->outcome->number, &program);
	if (error == -ENOENT || (error == 0 && program.organisation != deed->person->organisation))
		deed->outcome->found = FOUND_NOT;
	return error == -ENOENT ? 0 : error;
}

static int
ask_new(const struct deed *deed)
{
	const struct meeting meeting = meeting_of(deed);
	struct meeting same;
	int error = ask_program(deed), count;

	if (error == 0)
		error = meeting_same(deed->store, &meeting, &same);
	deed->outcome->same = error == 0;
	if (error != 0 && error != -ENOENT)
		return error;
	count = each_guest_of(deed, NULL, NULL);
	outcome_number(deed->outcome, "tamu", count)->kept = true;
	return count < 0 ? count : 0;
}

/* What is then kept: the earlier minutes with what is said now. Too long for one text, the later stands alone. */
static char *
merged(const struct deed *deed, int64_t no, int *error)
{
	char *earlier = NULL, *whole;

	*error = meeting_minutes_read(deed->store, no, &earlier);
	if (*error == -ENOENT)
		*error = 0;
	if (earlier == NULL)
		return xstrdup(deed->parse->text);
	whole = minutes_merge(deed->grammar, earlier, deed->parse->text);
	deed->outcome->same = strcmp(whole, earlier) == 0;
	free(earlier);
	if (strlen(whole) < OUTCOME_TEXTS_SIZE / 2)
		return whole;
	free(whole);
	return xstrdup(deed->parse->text);
}

static int
count_invited(const struct deed *deed, int64_t no, int *count)
{
	struct person guest = { .id = 0 };
	int error;

	for (*count = 0; (error = meeting_guest(deed->store, no, guest.id, &guest)) == 0; )
		*count += guest.id != deed->person->id;
	return error == -ENOENT ? 0 : error;
}

static int
ask_minutes(const struct deed *deed, int64_t no)
{
	char missing[128], *whole;
	int error, count = 0;

	whole = merged(deed, no, &error);
	minutes_missing(deed->grammar, whole, missing, sizeof missing);
	free(whole);
	outcome_text(deed->outcome, "kurang", missing)->kept = true;
	if (error == 0)
		error = count_invited(deed, no, &count);
	outcome_number(deed->outcome, "tamu", count)->kept = true;
	return error;
}

/* Rule 62: the last one that was held, as the next one may be announced already; before the first, the last announced. */
static int
meeting_meant(const struct deed *deed, struct meeting *out)
{
	const struct civil now = civil_at(deed->wall + EARLY, grammar_zone(deed->grammar, deed->person->area));
	char date[40], clock[28];
	int error;

	snprintf(date, sizeof date, "%04d-%02d-%02d", now.year, now.month, now.day);
	snprintf(clock, sizeof clock, "%02d:%02d", now.hour, now.minute);
	error = meeting_begun(deed->store, deed->person->organisation, date, clock, out);
	return error == -ENOENT ? meeting_last(deed->store, deed->person->organisation, out) : error;
}

int
deeds_meeting_ask(const struct deed *deed)
{
	struct meeting meeting;
	int error;

	if (deed->outcome->effect == EFFECT_MEETING)
		return ask_new(deed);
	error = meeting_meant(deed, &meeting);
	if (error == -ENOENT) {
		deed->outcome->found = FOUND_NOT;
		return 0;
	}
	if (error != 0)
		return error;
	outcome_text(deed->outcome, "tgl", meeting.date);
	return deed->outcome->effect == EFFECT_MINUTES ? ask_minutes(deed, meeting.no) : 0;
}

/* --- telling --- */

/* 24-10-2026 */
static void
set_date(struct reply_form *form, const char *date)
{
	reply_set(form, "tgl", "%.2s-%.2s-%.4s", date + 8, date + 5, date);
}

struct notice {
	int64_t no;
	struct reply_form form;
	char about[48], *relayed;
	struct tell tell;
};

static void
start(const struct deed *deed, struct notice *notice, const char *id, const char *kind, const struct meeting *meeting,
      int64_t part)
{
	reply_start(&notice->form, id);
	deed_set_body(deed, &notice->form);
	set_date(&notice->form, meeting->date);
	snprintf(notice->about, sizeof notice->about, "%s:%lld:%lld", kind, (long long)meeting->no, (long long)part);
	notice->tell = deed_tell(deed, notice->about, &notice->form);
	deed_by_day(deed, &notice->tell);
}

static void
start_minutes(const struct deed *deed, struct notice *notice, const char *kind, const struct meeting *meeting,
	      const char *text, int64_t part)
{
	start(deed, notice, "TERUS_NOTULEN", kind, meeting, part);
	notice->relayed = relay_text(deed->grammar, text);
	notice->form.relayed = notice->relayed;
}

/* Ctx: the invitation, and the minutes of the meeting before if they go along (about NULL: none). */
static int
invite(const struct deed *deed, const struct person *guest, void *ctx)
{
	struct notice *notices = ctx;
	int error = meeting_invite(deed->store, notices[0].no, guest->id);

	if (error == 0)
		error = tell_phone(&notices[0].tell, guest->phone);
	if (error == 0 && notices[1].relayed != NULL)
		error = tell_phone(&notices[1].tell, guest->phone);
	return error;
}

/* Whoever works from one meeting to the next brings the minutes along (002-10). */
static int
add_minutes(const struct deed *deed, struct notice *notice, int64_t part)
{
	struct meeting before;
	char *text;
	int error;

	if (!deed->grammar->roles[deed->who->role].repeats_minutes)
		return 0;
	error = meeting_minuted(deed->store, deed->person->organisation, &before);
	if (error == 0)
		error = meeting_minutes_read(deed->store, before.no, &text);
	if (error != 0)
		return error == -ENOENT ? 0 : error;
	start_minutes(deed, notice, "handed", &before, text, part);
	free(text);
	return 0;
}

static int
announce(const struct deed *deed)
{
	struct meeting meeting = meeting_of(deed);
	bool named = meeting.subject[0] != '\0';
	struct notice notices[2] = { { .no = 0 } };
	int error = meeting_put(deed->store, &meeting, &meeting.no);

	if (error != 0)
		return error;
	start(deed, &notices[0], named ? "UNDANGAN" : "UNDANGAN_POLOS", "invite", &meeting, 0);
	notices[0].no = meeting.no;
	notices[0].tell.not_after = civil_moment(&deed->parse->when, grammar_zone(deed->grammar, deed->person->area));
	reply_set(&notices[0].form, "jam", "%s", meeting.clock);
	reply_set(&notices[0].form, "tempat", "%s", meeting.venue);
	reply_set(&notices[0].form, "hal", "%s", meeting.subject);
	error = add_minutes(deed, &notices[1], meeting.no);
	if (error == 0)
		error = each_guest_of(deed, invite, notices);
	free(notices[1].relayed);
	return error < 0 ? error : 0;
}

static int
tell_guests(const struct deed *deed, const struct tell *tell, int64_t no)
{
	struct person guest = { .id = 0 };
	int error;

	while ((error = meeting_guest(deed->store, no, guest.id, &guest)) == 0) {
		if (guest.id == deed->person->id)
			continue;
		error = tell_phone(tell, guest.phone);
		if (error != 0)
			return error;
	}
	return error == -ENOENT ? 0 : error;
}

/* To those who were invited, those who get a copy, and the supervisor where others are to be worked with (000-10). */
static int
tell_minutes(const struct deed *deed, const struct meeting *meeting, const char *text)
{
	const struct role *role = &deed->grammar->roles[deed->who->role];
	struct notice notice;
	int error, told = 0;

	start_minutes(deed, &notice, "minutes", meeting, text, deed->inbox);
	error = tell_guests(deed, &notice.tell, meeting->no);
	if (error == 0 && role->copies != NULL)
		told = deed_tell_roles(deed, &notice.tell, role->copies);
	if (error == 0 && told >= 0 && role->supervisor != NULL && deed->parse->partners.outside)
		told = deed_tell_roles(deed, &notice.tell, role->supervisor);
	free(notice.relayed);
	return error != 0 ? error : told < 0 ? told : 0;
}

static int
minute(const struct deed *deed, const struct meeting *meeting)
{
	int error;
	char *whole = merged(deed, meeting->no, &error);

	if (error == 0)
		error = meeting_minutes(deed->store, meeting->no, whole, deed->wall);
	if (error == 0)
		error = tell_minutes(deed, meeting, whole);
	free(whole);
	return error;
}

int
deeds_meeting_do(const struct deed *deed)
{
	struct meeting meeting;
	int error;

	if (deed->outcome->effect == EFFECT_MEETING)
		return announce(deed);
	error = meeting_meant(deed, &meeting);
	if (error != 0)
		return error;
	if (deed->outcome->effect == EFFECT_ATTENDANCE)
		return meeting_attend(deed->store, meeting.no, (int)deed->parse->number);
	return minute(deed, &meeting);
}
