/* SPDX-License-Identifier: GPL-3.0-or-later */
/* duties: the rules of the verbs that are no report: cases, questions, people, meetings, texts. Pure. */
#include "lang/case_file.h"

#include <stdio.h>
#include <string.h>

#define OLDEST_EVER 150         /* more is a year of birth or a slip, not an age to be answered with bounds */
#define BROADCAST_MOST 300      /* characters, rule 61 */

bool
case_accept(struct case_file *file, enum expect expect, enum effect effect)
{
	file->out->expect = expect;
	file->out->effect = effect;
	return false;
}

bool
case_not_served(struct case_file *file)
{
	snprintf(file->out->word, sizeof file->out->word, "%s", verb_name(file->parse->verb));
	return case_reject(file, REJECT_BELUM_ADA);
}

/* --- cases (rules 23 to 27) --- */

/* Persons have ages in the grammar; families and communities have none. */
static bool
is_person(const struct category *category)
{
	return category->age_min >= 0;
}

static bool
check_sex(struct case_file *file, const struct category *category)
{
	char sex = file->parse->sex;

	if (sex == 0)
		sex = category->sex;
	if (sex == 0)
		return case_reject_category(file, REJECT_JK_PERLU, file->parse->categories[0]);
	if (category->sex != 0 && sex != category->sex)
		return case_reject_category(file, REJECT_JK, file->parse->categories[0]);
	outcome_text(file->out, "jk", (char[]){ sex, '\0' });
	return true;
}

static bool
check_age(struct case_file *file, const struct category *category)
{
	long age = file->parse->age;

	if (age < 0)
		return case_reject_category(file, REJECT_UMUR_PERLU, file->parse->categories[0]);
	file->out->number = age;
	if (age < category->age_min || age > category->age_max)
		return case_reject_category(file, REJECT_UMUR, file->parse->categories[0]);
	outcome_number(file->out, "umur", age);
	return true;
}

/* Rule 27: a family or community needs neither sex nor age; given, they are those of its head. */
static bool
put_head(struct case_file *file)
{
	const struct parse *parse = file->parse;

	if (parse->sex != 0)
		outcome_text(file->out, "jk", (char[]){ parse->sex, '\0' });
	if (parse->age >= 0)
		outcome_number(file->out, "umur", parse->age);
	return true;
}

static bool
is_within(long value, const struct bounds *bounds)
{
	return value >= bounds->least && value <= bounds->most;
}

/* SISA or NIKAH of a category that has none: something else is meant. */
static bool
check_spans_belong(struct case_file *file, const struct category *category)
{
	const struct parse *parse = file->parse;

	if ((parse->rest >= 0 && category->rest.most < 0) || (parse->married >= 0 && category->married.most < 0))
		return case_reject(file, REJECT_FORMAT);
	return true;
}

/* Rule 26. */
static bool
check_span(struct case_file *file, long value, const struct bounds *bounds)
{
	if (value < 0 || is_within(value, bounds))
		return true;
	file->out->most = bounds->most;
	return case_reject_category(file, REJECT_ANGKA, file->parse->categories[0]);
}

static void
put_part(struct case_file *file)
{
	const struct parse *parse = file->parse;

	if (parse->rt != 0)
		outcome_number(file->out, "rt", parse->rt);
	if (parse->rw != 0)
		outcome_number(file->out, "rw", parse->rw);
	memcpy(file->out->village, parse->village, sizeof file->out->village);
	file->out->rt = parse->rt;
	file->out->rw = parse->rw;
}

static bool
check_case(struct case_file *file)
{
	const struct parse *parse = file->parse;
	const struct category *category;
	struct outcome *out = file->out;

	if (parse->category_count != 1)
		return case_reject(file, REJECT_FORMAT);
	category = &file->grammar->categories[parse->categories[0]];
	if (category->family != 0)
		return case_reject(file, REJECT_FORMAT);
	/* A number that is no age of anybody; of a family, one that need not be an age at all. */
	if (parse->age > OLDEST_EVER || (!is_person(category) && parse->age >= 0 && !parse->age_marked && parse->sex == 0))
		return case_reject(file, REJECT_FORMAT);
	if (!check_spans_belong(file, category))
		return false;
	out->category = parse->categories[0];
	outcome_text(out, "kat", category->code);
	outcome_text(out, "desa", parse->village);
	if (is_person(category) ? !check_sex(file, category) || !check_age(file, category) : !put_head(file))
		return false;
	if (!check_span(file, parse->rest, &category->rest) || !check_span(file, parse->married, &category->married))
		return false;
	if (!case_check_place(file))
		return false;
	put_part(file);
	return case_accept(file, EXPECT_ACCEPT, EFFECT_CASE);
}

/* --- questions (rules 51, 52, 40) --- */

/* The area asked about: what was named, else the sender's own. */
static const char *
asked_area(const struct case_file *file)
{
	const struct parse *parse = file->parse;

	if (parse->village_said && parse->village[0] != '\0')
		return parse->village;
	if (parse->district[0] != '\0')
		return parse->district;
	if (parse->regency[0] != '\0')
		return parse->regency;
	return parse->province[0] != '\0' ? parse->province : parse->country ? "" : file->who->asker.area;
}

bool
case_check_area(struct case_file *file)
{
	const char *own = file->who->asker.area, *area;
	enum reject problem = file->parse->placing.reject;

	if (problem != REJECT_NONE && problem != REJECT_DESA_PERLU)
		return case_check_place(file);
	area = asked_area(file);
	snprintf(file->out->area, sizeof file->out->area, "%s", area);
	if (strncmp(area, own, strlen(own)) != 0)
		return case_reject_area(file, area);
	return true;
}

bool
case_check_window(struct case_file *file)
{
	const struct parse *parse = file->parse;
	int now = file->who->asker.now.year * 12 + file->who->asker.now.month - 1;

	/* Counts are of villages; a part of one would be answered with the whole. */
	file->out->rt = parse->rt;
	file->out->rw = parse->rw;
	if (parse->rt != 0 || parse->rw != 0)
		return case_reject(file, REJECT_FORMAT);
	file->out->period = parse->first;
	file->out->last = parse->last;
	if (parse->dating.reject != REJECT_NONE)
		return case_reject(file, REJECT_PERIODE);
	if (parse->first > now) {
		snprintf(file->out->arg, sizeof file->out->arg, "%s", parse->window);
		return case_reject(file, REJECT_DEPAN);
	}
	return true;
}

/* Rule 52: who may see secret counts, and from which level on. */
bool
case_check_secret(struct case_file *file, int category)
{
	const struct role *role = &file->grammar->roles[file->who->role];

	if (!file->grammar->categories[category].secret)
		return true;
	if (role->secrets == SECRETS_NONE || (role->secrets == SECRETS_MASKED && strlen(file->out->area) > 8))
		return case_reject(file, REJECT_RAHASIA);
	return true;
}

static bool
check_secrets(struct case_file *file)
{
	for (size_t i = 0; i < file->parse->category_count; i++)
		if (!case_check_secret(file, file->parse->categories[i]))
			return false;
	return true;
}

void
case_put_window(struct case_file *file)
{
	outcome_text(file->out, "area", file->out->area);
	outcome_text(file->out, "per", file->parse->window);
}

/* CEK TKSK: how many kecamatan of the area have one. */
static bool
check_holders(struct case_file *file)
{
	struct outcome *out = file->out;
	const struct role *role = &file->grammar->roles[file->parse->role];

	if (!case_check_area(file))
		return false;
	/* A village cannot say whether its kecamatan has one. */
	if (strlen(out->area) > grammar_scope_length(role->scope))
		return case_reject(file, REJECT_IZIN);
	out->shown = "CEK";
	out->role = file->parse->role;
	out->period = out->last = file->who->asker.now.year * 12 + file->who->asker.now.month - 1;
	outcome_text(out, "peran", role->name);
	outcome_text(out, "area", out->area);
	return case_accept(file, EXPECT_QUERY, EFFECT_NOTHING);
}

static bool
check_count(struct case_file *file)
{
	const struct parse *parse = file->parse;
	struct field *codes;
	size_t i;

	if (parse->form >= 0)
		return form_ask_check(file);
	if (parse->ticket >= 0)
		return duties_look(file);
	if (parse->role_said)
		return check_holders(file);
	if (parse->category_count == 0)
		return case_reject(file, REJECT_FORMAT);
	if (!case_check_area(file) || !case_check_window(file) || !check_secrets(file))
		return false;
	file->out->verb = VERB_JUMLAH;
	codes = outcome_list(file->out, "kat", FIELD_TEXTS);
	for (i = 0; i < parse->category_count && i < FIELD_LIST_MAX; i++)
		outcome_list_text(file->out, codes, file->grammar->categories[parse->categories[i]].code);
	case_put_window(file);
	return case_accept(file, EXPECT_QUERY, EFFECT_NOTHING);
}

static bool
check_recap(struct case_file *file)
{
	struct outcome *out = file->out;

	if (file->parse->category_count != 0 || file->parse->form >= 0)
		return check_count(file);
	if (!case_check_area(file) || !case_check_window(file))
		return false;
	out->family = file->parse->family >= 0 ? file->parse->family : 0;
	outcome_text(out, "fam", file->grammar->families[out->family].name);
	case_put_window(file);
	return case_accept(file, EXPECT_QUERY, EFFECT_NOTHING);
}

static bool
check_list(struct case_file *file)
{
	if (!case_check_area(file) || !case_check_window(file))
		return false;
	file->out->family = file->parse->family;
	case_put_window(file);
	return case_accept(file, EXPECT_QUERY, EFFECT_NOTHING);
}

static bool
check_status(struct case_file *file)
{
	struct outcome *out = file->out;

	snprintf(out->area, sizeof out->area, "%s", file->who->asker.area);
	out->period = out->last = file->parse->period;
	return case_accept(file, EXPECT_QUERY, EFFECT_NOTHING);
}

/* --- settling --- */

/* Rule 39. */
static bool
check_lock(struct case_file *file)
{
	const struct parse *parse = file->parse;

	if (parse->category_count != 0 || parse->village_said || parse->district[0] != '\0')
		return case_reject(file, REJECT_FORMAT);
	if (!parse->period_said || parse->first != parse->last)
		return case_reject(file, REJECT_PERIODE);
	if (!case_check_area(file) || !case_check_window(file))
		return false;
	case_put_window(file);
	return case_accept(file, EXPECT_ACCEPT, EFFECT_LOCK);
}

/* --- people (rules 54 to 56) --- */

static bool
check_village_of(struct case_file *file, const struct role *role)
{
	const struct parse *parse = file->parse;
	bool village = role->scope == SCOPE_VILLAGE || role->scope == SCOPE_PART;

	if (!village)
		return true;
	if (parse->placing.reject != REJECT_NONE)
		return case_check_place(file);
	if (!parse->village_said || parse->village[0] == '\0')
		return case_reject(file, REJECT_FORMAT);
	return role->scope != SCOPE_PART || parse->rw != 0 || case_reject(file, REJECT_FORMAT);
}

static bool
check_registration(struct case_file *file)
{
	const struct parse *parse = file->parse;
	struct outcome *out = file->out;
	const struct role *role;

	if (file->who->standing == STANDING_ACTIVE)
		return case_reject(file, REJECT_SUDAH);
	if (!parse->role_said || !file->grammar->roles[parse->role].open)
		return case_reject(file, REJECT_FORMAT);
	out->role = parse->role;
	role = &file->grammar->roles[parse->role];
	if (parse->name[0] == '\0' || parse->district[0] == '\0')
		return case_reject(file, REJECT_FORMAT);
	if (parse->age >= 0 && role->age.most >= 0 && !is_within(parse->age, &role->age))
		return case_reject(file, REJECT_UMUR);
	if (!check_village_of(file, role))
		return false;
	snprintf(out->area, sizeof out->area, "%s", role->scope == SCOPE_DISTRICT ? parse->district : parse->village);
	outcome_text(out, "peran", role->name);
	outcome_text(out, "nama", parse->name);
	outcome_text(out, "area", out->area);
	return case_accept(file, EXPECT_REGISTER, EFFECT_REGISTER);
}

static bool
check_decision(struct case_file *file)
{
	if (file->parse->number < 0)
		return case_reject(file, REJECT_FORMAT);
	file->out->number = file->parse->number;
	return case_accept(file, EXPECT_REGISTER, EFFECT_DECIDE);
}

/* --- texts --- */

static size_t
count_characters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

/* Rule 61. */
static bool
check_broadcast(struct case_file *file)
{
	const struct parse *parse = file->parse;
	struct outcome *out = file->out;

	if (parse->text == NULL || parse->text[0] == '\0')
		return case_reject(file, REJECT_FORMAT);
	if (count_characters(parse->text) > BROADCAST_MOST) {
		out->number = (long)count_characters(parse->text);
		out->most = BROADCAST_MOST;
		return case_reject(file, REJECT_PANJANG);
	}
	if (!case_check_area(file))
		return false;
	out->shown = "SIAR";
	outcome_text(out, "peran", parse->role_said ? file->grammar->roles[parse->role].name : "SEMUA");
	outcome_text(out, "area", out->area);
	outcome_text(out, "teks", parse->text);
	return case_accept(file, EXPECT_BROADCAST, EFFECT_BROADCAST);
}

static bool
check_submission(struct case_file *file)
{
	const struct parse *parse = file->parse;
	const struct civil *now = &file->who->asker.now;
	struct outcome *out = file->out;
	char window[16];

	/* The whole of the own area is sent, no part of it. */
	if (parse->category_count != 0 || parse->village_said || parse->district[0] != '\0' || parse->regency[0] != '\0')
		return case_reject(file, REJECT_FORMAT);
	if (!case_check_area(file) || !case_check_window(file))
		return false;
	if (parse->period_said) {
		case_put_window(file);
		return case_accept(file, EXPECT_ACCEPT, EFFECT_SUBMIT);
	}
	/* Without a period the last month that is over: that is what is due. */
	out->period = out->last = now->year * 12 + now->month - 2;
	snprintf(window, sizeof window, "%04d-%02d", out->period / 12 % 10000, out->period % 12 + 1);
	outcome_text(out, "area", out->area);
	outcome_text(out, "per", window);
	return case_accept(file, EXPECT_ACCEPT, EFFECT_SUBMIT);
}

static bool
check_turn(struct case_file *file)
{
	return case_accept(file, EXPECT_QUERY, EFFECT_TURN);
}

/* What was dialled last is told: no message makes the gateway dial. */
static bool
check_credit(struct case_file *file)
{
	return case_accept(file, EXPECT_QUERY, EFFECT_NOTHING);
}

static bool
check_session(struct case_file *file)
{
	return case_accept(file, EXPECT_SESSION, EFFECT_NOTHING);
}

/* YA means what was offered, if something was: the desk looks it up. */
static bool
check_yes(struct case_file *file)
{
	return case_reject(file, REJECT_TIDAK_ADA);
}

/* Settled is the whole village, never a part of it. */
static bool
check_settlement(struct case_file *file)
{
	return (file->parse->rt == 0 && file->parse->rw == 0) || case_reject(file, REJECT_FORMAT);
}

bool
duties_check(struct case_file *file)
{
	static bool (*const checks[VERBS])(struct case_file *) = {
		[VERB_KASUS] = check_case, [VERB_JUMLAH] = check_count, [VERB_REKAP] = check_recap,
		[VERB_BELUM] = check_list, [VERB_TUMPANG] = check_list, [VERB_STATUS] = check_status,
		[VERB_KUNCI] = check_lock, [VERB_SAH] = check_settlement, [VERB_DAFTAR] = check_registration,
		[VERB_SETUJU] = check_decision, [VERB_TOLAK] = check_decision, [VERB_UMUM] = check_broadcast,
		[VERB_RAPAT] = duties_meeting, [VERB_HADIR] = duties_attendance, [VERB_NOTULEN] = duties_minutes,
		[VERB_TANYA] = duties_ticket, [VERB_ADUAN] = duties_ticket, [VERB_JAWAB] = duties_ticket_text,
		[VERB_TUTUP] = duties_close, [VERB_PROGRAM] = duties_program,
		[VERB_RUJUK] = duties_referral,
		[VERB_KIRIM] = check_submission, [VERB_MENU] = check_session, [VERB_YA] = check_yes,
		[VERB_LAGI] = check_turn, [VERB_PULSA] = check_credit,
	};

	return checks[file->parse->verb] != NULL ? checks[file->parse->verb](file) : case_not_served(file);
}

void
duties_conclude(struct outcome *out)
{
	static const bool needs_it[EFFECTS] = {
		[EFFECT_LOOK] = true, [EFFECT_DECIDE] = true, [EFFECT_ATTENDANCE] = true, [EFFECT_MINUTES] = true,
		[EFFECT_TICKET_TEXT] = true, [EFFECT_CLOSE] = true, [EFFECT_STAGE] = true, [EFFECT_MEETING] = true,
		[EFFECT_REFER] = true, [EFFECT_ENTRY] = true,
	};
	static const bool may_be_same[EFFECTS] = {
		[EFFECT_STAGE] = true, [EFFECT_PROGRAM] = true, [EFFECT_MEETING] = true, [EFFECT_MINUTES] = true,
		[EFFECT_REFER] = true,
	};

	if (out->found == FOUND_NOT && needs_it[out->effect]) {
		if (out->effect == EFFECT_DECIDE)
			snprintf(out->arg, sizeof out->arg, "%ld", out->number);
		outcome_refuse(out, REJECT_TIDAK_ADA);
	} else if (may_be_same[out->effect] && out->same) {
		outcome_true(out, "sama");
		out->effect = EFFECT_NOTHING;
	} else if (out->found == FOUND_ELSEWHERE) {
		outcome_refuse(out, REJECT_WILAYAH);
	} else if (out->found == FOUND_FORBIDDEN) {
		outcome_refuse(out, REJECT_IZIN);
	} else if (out->found == FOUND_LOCKED) {
		snprintf(out->arg, sizeof out->arg, "%04d-%02d", out->period / 12, out->period % 12 + 1);
		outcome_refuse(out, REJECT_KUNCI);
	}
}
