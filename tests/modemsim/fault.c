/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fault: what a modem and its network are told to do wrong, and when. */
#include "fault.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* What a kind is bound to: a command; an occasion; a state that lasts while it is armed. */
enum bond { COMMAND, EVENT, STATE };

static const struct {
	const char *name;
	enum bond   bond;
	int         n, ms;	/* unless something else is said */
} kinds[FAULT_KINDS] = {
	[FAULT_HANG] = { "hang", COMMAND, 0, 0 },
	[FAULT_MUTE] = { "mute", COMMAND, 0, 0 },
	[FAULT_DELAY] = { "delay", COMMAND, 0, 1000 },
	[FAULT_ERROR] = { "error", COMMAND, 0, 0 },
	[FAULT_CME] = { "cme", COMMAND, 100, 0 },
	[FAULT_CMS] = { "cms", COMMAND, 500, 0 },
	[FAULT_OK] = { "ok", COMMAND, 0, 0 },
	[FAULT_NO_FINAL] = { "no-final", COMMAND, 0, 0 },
	[FAULT_NO_INFO] = { "no-info", COMMAND, 0, 0 },
	[FAULT_GARBAGE] = { "garbage", COMMAND, 16, 0 },
	[FAULT_HALF] = { "half", COMMAND, 0, 0 },
	[FAULT_CRLF] = { "crlf", COMMAND, 0, 0 },
	[FAULT_NOTIFY] = { "notify", COMMAND, 0, 0 },
	[FAULT_NO_ECHO] = { "no-echo", EVENT, 0, 0 },
	[FAULT_WRONG_COUNT] = { "wrong-count", EVENT, 1, 0 },
	[FAULT_SHORT_LIST] = { "short-list", EVENT, 1, 0 },
	[FAULT_MOVE] = { "move", EVENT, 0, 0 },
	[FAULT_PACE] = { "pace", STATE, 1, 0 },
	[FAULT_DRIP] = { "drip", STATE, 1, 500 },
	[FAULT_DEAF] = { "deaf", STATE, 0, 0 },
	[FAULT_NO_SIM] = { "no-sim", STATE, 0, 0 },
	[FAULT_NO_CMTI] = { "no-cmti", EVENT, 0, 0 },
	[FAULT_LATE_CMTI] = { "late-cmti", EVENT, 0, 1000 },
	[FAULT_WRONG_CMTI] = { "wrong-cmti", EVENT, 1, 0 },
	[FAULT_FULL] = { "full", EVENT, 0, 0 },
	[FAULT_SMMEMFULL] = { "smmemfull", EVENT, 0, 0 },
	[FAULT_NO_SMMA] = { "no-smma", STATE, 0, 0 },
	[FAULT_TO_ME] = { "to-me", EVENT, 0, 0 },
	[FAULT_CMT] = { "cmt", EVENT, 0, 0 },
	[FAULT_BOTH] = { "both", EVENT, 0, 0 },
	[FAULT_COPIES] = { "copies", EVENT, 2, 0 },
	[FAULT_SHUFFLE] = { "shuffle", EVENT, 0, 0 },
	[FAULT_NO_REPORT] = { "no-report", EVENT, 0, 0 },
	[FAULT_REPORT_STATUS] = { "report-status", EVENT, 0x46, 0 },
	[FAULT_EARLY_REPORT] = { "early-report", EVENT, 0, 0 },
	[FAULT_DOUBLE_REPORT] = { "double-report", EVENT, 0, 0 },
	[FAULT_CDS] = { "cds", EVENT, 0, 0 },
};

/* Names for the cases that tests ask for most. */
static const struct {
	const char     *name;
	enum fault_kind kind;
	const char     *command;
} special[] = {
	{ "no-prompt", FAULT_MUTE, "+CMGS" },
	{ "no-mr", FAULT_NO_INFO, "PDU" },
	{ "no-answer-to-send", FAULT_MUTE, "PDU" },
	{ "slow-send", FAULT_DELAY, "PDU" },
	{ "delete-fails", FAULT_ERROR, "+CMGD" },
	{ "delete-keeps", FAULT_OK, "+CMGD" },
};

enum { CASES = sizeof special / sizeof *special };

/* What libGammu and a careful program say first on a line. */
static const char *const init_commands[] = {
	"AT", "E", "Z", "+MODE", "+CMEE", "+CSCS", "+CGMM", "+CGMI", "+CPROT", "+SYNCML", "$TSSPCSW", "+CHUP", "+CGMR",
	"+CFUN", "+CPIN",
};

static struct fault
of_kind(enum fault_kind kind)
{
	return (struct fault){ .kind = kind, .percent = 100, .run = -1, .n = kinds[kind].n, .ms = kinds[kind].ms };
}

struct fault
fault_named(const char *name)
{
	struct fault f = { .id = -1 };

	for (int k = 0; k < FAULT_KINDS; k++) {
		if (!strcmp(kinds[k].name, name))
			return of_kind((enum fault_kind)k);
	}
	for (int i = 0; i < CASES; i++) {
		if (!strcmp(special[i].name, name)) {
			f = of_kind(special[i].kind);
			fault_set_command(&f, special[i].command);
		}
	}
	return f;
}

const char *
fault_name(enum fault_kind kind)
{
	return kinds[kind].name;
}

bool
fault_takes_command(enum fault_kind kind)
{
	return kinds[kind].bond == COMMAND;
}

bool
fault_lasts(enum fault_kind kind)
{
	return kinds[kind].bond == STATE;
}

const char *
fault_listed(size_t i)
{
	if (i < FAULT_KINDS)
		return kinds[i].name;
	return i - FAULT_KINDS < CASES ? special[i - FAULT_KINDS].name : NULL;
}

void
fault_set_command(struct fault *f, const char *command)
{
	bool bare = isalpha((unsigned char)*command) && strlen(command) > 1 && strcasecmp(command, "AT")
		&& strcasecmp(command, "PDU") && strcmp(command, "init");

	snprintf(f->command, sizeof f->command, "%s%s", bare ? "+" : "", command);
	if (!strcmp(command, "init"))
		return;
	for (char *p = f->command; *p; p++)
		*p = (char)toupper((unsigned char)*p);
}

int
fault_arm(struct fault_table *t, struct fault f)
{
	if (t->rules == FAULT_RULES_MAX)
		return -ENOSPC;
	f.id = ++t->newest;
	f.met = f.struck = 0;
	/* "the k-th from now" is one strike unless said otherwise */
	if (f.at && !f.times)
		f.times = 1;
	t->rule[t->rules++] = f;
	return f.id;
}

static int
remove_if(struct fault_table *t, bool (*gone)(const struct fault *f, int id), int id)
{
	int kept = 0, n;

	for (int i = 0; i < t->rules; i++) {
		if (!gone(&t->rule[i], id))
			t->rule[kept++] = t->rule[i];
	}
	n = t->rules - kept;
	t->rules = kept;
	return n;
}

static bool
has_id(const struct fault *f, int id)
{
	return !id || f->id == id;
}

static bool
ends_by_reset(const struct fault *f, int id)
{
	(void)id;
	return f->until_reset;
}

int
fault_heal(struct fault_table *t, int id)
{
	return remove_if(t, has_id, id);
}

int
fault_heal_by_reset(struct fault_table *t)
{
	return remove_if(t, ends_by_reset, 0);
}

/* ---- chance ---- */

void
fault_seed(struct fault_table *t, uint32_t seed)
{
	t->seed = t->state = seed;
}

/* splitmix32: any seed will do, 0 too */
uint32_t
fault_random(struct fault_table *t, uint32_t below)
{
	uint32_t x = t->state += 0x9E3779B9u;

	x = (x ^ x >> 16) * 0x21F0AAADu;
	x = (x ^ x >> 15) * 0x735A2D97u;
	x ^= x >> 15;
	return below ? (uint32_t)((uint64_t)x * below >> 32) : 0;
}

/* ---- decisions ---- */

static bool
matches(const struct fault *f, const char *command)
{
	if (!strcmp(f->command, "init")) {
		for (size_t i = 0; i < sizeof init_commands / sizeof *init_commands; i++) {
			if (!strcmp(init_commands[i], command))
				return true;
		}
		return false;
	}
	return !*f->command || !strcmp(f->command, command);
}

static bool
strikes(struct fault_table *t, struct fault *f)
{
	if (f->times && f->struck >= f->times)
		return false;
	if (++f->met < f->at)
		return false;
	if (f->percent < 100 && fault_random(t, 100) >= (uint32_t)f->percent)
		return false;
	f->struck++;
	return true;
}

const struct fault *
fault_strikes(struct fault_table *t, enum fault_kind kind)
{
	for (int i = 0; i < t->rules; i++) {
		if (t->rule[i].kind == kind && strikes(t, &t->rule[i]))
			return &t->rule[i];
	}
	return NULL;
}

const struct fault *
fault_armed(const struct fault_table *t, enum fault_kind kind)
{
	for (int i = 0; i < t->rules; i++) {
		if (t->rule[i].kind == kind)
			return &t->rule[i];
	}
	return NULL;
}

void
fault_plan(struct fault_table *t, const char *command, struct fault_plan *plan)
{
	for (int i = 0; i < t->rules && plan->n < FAULT_PLAN_MAX; i++) {
		struct fault *f = &t->rule[i];

		if (kinds[f->kind].bond == COMMAND && matches(f, command) && strikes(t, f))
			plan->hit[plan->n++] = *f;
	}
}

const struct fault *
fault_planned(const struct fault_plan *plan, enum fault_kind kind)
{
	for (int i = 0; i < plan->n; i++) {
		if (plan->hit[i].kind == kind)
			return &plan->hit[i];
	}
	return NULL;
}

void
fault_print(const struct fault_plan *plan, char *out, size_t size)
{
	size_t n = 0;

	*out = 0;
	for (int i = 0; i < plan->n && n < size; i++)
		n += (size_t)snprintf(out + n, size - n, "%s%s", i ? " " : "", kinds[plan->hit[i].kind].name);
}
