/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spend: what sending costs, and its limits. Knows no modem and no text. */
#include "store/spend.h"

#include <assert.h>
#include <errno.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/log.h"
#include "base/phone.h"
#include "base/sms.h"
#include "base/pattern.h"
#include "base/xmalloc.h"
#include "store/statement.h"
#include "store/store.h"

#define DAY 86400
#define SPAN_SIZE 40
#define SCOPE_SIZE (PHONE_SIZE + 8)
#define DAYS_KEPT 62            /* so far the clock may jump to and fro before a day has two counts */

struct spend {
	struct spend_rules rules;
	char *own_numbers;
	regex_t destinations;
	bool selects;                   /* destinations is compiled */
};

/* One count that a part raises. */
struct charge {
	char span[SPAN_SIZE], scope[SCOPE_SIZE];
	int64_t most, end;              /* end: when its span is over */
	const char *what;               /* for the log */
};
#define CHARGES_MAX 7

static const char *const purses[SPEND_PURSES] = {
	[SPEND_RESERVED] = "reserved", [SPEND_OPEN] = "open", [SPEND_STRANGERS] = "strangers",
};

const char *
spend_purse_name(enum spend_purse purse)
{
	return purses[purse];
}

enum spend_purse
spend_purse_of(const char *name)
{
	enum spend_purse purse = SPEND_RESERVED;

	while (purse < SPEND_PURSES - 1 && strcmp(purses[purse], name) != 0)
		purse++;
	return purse;
}

/* --- rules --- */

static void
clear(struct spend *spend)
{
	if (spend->selects)
		regfree(&spend->destinations);
	free(spend->own_numbers);
	*spend = (struct spend){.own_numbers = NULL};
}

static struct spend *
of(struct store *store)
{
	static const struct spend_rules none = {SPEND_UNLIMITED, SPEND_UNLIMITED, SPEND_UNLIMITED, SPEND_UNLIMITED,
						0, 0, "", ""};

	if (store->spend == NULL) {
		store->spend = xcalloc(1, sizeof *store->spend);
		store->spend->rules = none;
		store->spend->own_numbers = xstrdup("");
	}
	return store->spend;
}

void
spend_free(struct store *store)
{
	if (store->spend != NULL)
		clear(store->spend);
	free(store->spend);
	store->spend = NULL;
}

/* What waited for a limit may go if the new one allows it. */
static int
release(struct store *store, int64_t wall)
{
	int changed, error = store_begin(store);

	if (error != 0)
		return error;
	statement_bind(store, SQL_SPEND_RELEASE, ":wall", wall);
	changed = statement_run(store, SQL_SPEND_RELEASE);
	if (changed >= 0)
		return store_commit(store);
	store_rollback(store);
	return changed;
}

int
spend_set_rules(struct store *store, const struct spend_rules *rules, int64_t wall)
{
	struct spend *spend = of(store);
	regex_t destinations;

	if (rules->destinations[0] != '\0' &&
	    pattern_make(&destinations, rules->destinations, NULL, 0) < 0)
		return -EINVAL;
	clear(spend);
	spend->rules = *rules;
	spend->own_numbers = xstrdup(rules->own_numbers);
	spend->rules.own_numbers = spend->rules.destinations = NULL;    /* not ours to keep */
	spend->selects = rules->destinations[0] != '\0';
	if (spend->selects)
		spend->destinations = destinations;
	return release(store, wall);
}

/* --- spans and scopes --- */

static int64_t
start_of_day(int64_t wall, int east)
{
	int64_t local = wall + east;

	return local - ((local % DAY) + DAY) % DAY - east;
}

/* The end of the month: its length is found by walking there. */
static int64_t
end_of_month(int64_t wall, int east)
{
	struct civil now = civil_at(wall, east);
	int64_t day = start_of_day(wall, east) + DAY;

	while (civil_at(day, east).month == now.month)
		day += DAY;
	return day;
}

static void
name_day(int64_t wall, int east, char out[SPAN_SIZE])
{
	struct civil day = civil_at(wall, east);

	snprintf(out, SPAN_SIZE, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static void
name_month(int64_t wall, int east, char out[SPAN_SIZE])
{
	struct civil day = civil_at(wall, east);

	snprintf(out, SPAN_SIZE, "%04d-%02d", day.year, day.month);
}

static int64_t
without_reserve(const struct spend_rules *rules, int most)
{
	return most == SPEND_UNLIMITED ? most : (int64_t)most * (100 - rules->reserve) / 100;
}

/* Everything that a part for this number raises. Returns how many. */
static size_t
charges_of(struct store *store, const char *dest, enum spend_purse purse, int64_t wall,
	   struct charge out[CHARGES_MAX])
{
	const struct spend_rules *rules = &of(store)->rules;
	int64_t tomorrow = start_of_day(wall, rules->east) + DAY, next_month = end_of_month(wall, rules->east);
	char day[SPAN_SIZE], month[SPAN_SIZE];
	size_t count = 0;

	name_day(wall, rules->east, day);
	name_month(wall, rules->east, month);
#define CHARGE(when, till, limit, text, ...)                                              \
	do {                                                                              \
		struct charge *charge = &out[count++];                                    \
		*charge = (struct charge){.most = (limit), .end = (till), .what = (text)};\
		strcpy(charge->span, when);                                               \
		snprintf(charge->scope, sizeof charge->scope, __VA_ARGS__);               \
	} while (0)
	CHARGE(day, tomorrow, rules->day, "SMS a day", "all");
	CHARGE(month, next_month, rules->month, "SMS a month", "all");
	CHARGE(day, tomorrow, rules->number_day, "SMS a day to one number", "%s", dest);
	if (purse != SPEND_RESERVED) {
		CHARGE(day, tomorrow, without_reserve(rules, rules->day), "unreserved SMS a day", "open");
		CHARGE(month, next_month, without_reserve(rules, rules->month), "unreserved SMS a month", "open");
		CHARGE(day, tomorrow, without_reserve(rules, rules->number_day),
		       "unreserved SMS a day to one number", "open %s", dest);
	}
	if (purse == SPEND_STRANGERS)
		CHARGE(day, tomorrow, rules->strangers_day, "SMS a day to strangers", "strangers");
#undef CHARGE
	assert(count <= CHARGES_MAX);
	return count;
}

static void
bind(struct store *store, enum statement which, const struct charge *charge)
{
	statement_bind_text(store, which, ":span", charge->span);
	statement_bind_text(store, which, ":scope", charge->scope);
}

/* Parts counted; -errno. */
static int64_t
spent(struct store *store, const struct charge *charge)
{
	int64_t parts = 0;
	int error;

	bind(store, SQL_SPEND_LOOK, charge);
	error = statement_number(store, SQL_SPEND_LOOK, &parts);
	return error == -ENOENT ? 0 : error != 0 ? error : parts;
}

/* --- who pays --- */

/* ACTIVE, WAITING or BLOCKED; "" for a stranger. */
static int
standing(struct store *store, const char *phone, char state[16])
{
	int error;

	state[0] = '\0';
	statement_bind_text(store, SQL_SPEND_STANDING, ":phone", phone);
	error = statement_one_text(store, SQL_SPEND_STANDING, state, 16);
	return error == -ENOENT ? 0 : error;
}

/* 1 registered and approved, 0 not, -errno. */
static int
is_active(struct store *store, const char *phone)
{
	char state[16];
	int error = standing(store, phone, state);

	return error != 0 ? error : strcmp(state, "ACTIVE") == 0;
}

/* The same of the message's sender. */
static int
is_active_sender(struct store *store, int64_t inbox)
{
	char sender[SMS_ADDRESS_SIZE], phone[PHONE_SIZE];
	int error;

	statement_bind(store, SQL_SPEND_SENDER, ":id", inbox);
	error = statement_one_text(store, SQL_SPEND_SENDER, sender, sizeof sender);
	if (error != 0)
		return error == -ENOENT ? 0 : error;
	return phone_normalise(sender, phone) ? is_active(store, phone) : 0;
}

int
spend_purse_for(struct store *store, const char *dest, int64_t inbox, bool unasked)
{
	int active = is_active(store, dest);

	if (active == 1 && inbox != 0)
		active = is_active_sender(store, inbox);
	if (active <= 0)
		return active == 0 ? SPEND_STRANGERS : active;
	return unasked ? SPEND_OPEN : SPEND_RESERVED;
}

/* --- spending --- */

static int
check_number(struct store *store, const char *dest)
{
	const struct spend *spend = of(store);
	char state[16];
	int error = standing(store, dest, state);

	if (error != 0)
		return error;
	if (strcmp(state, "BLOCKED") == 0 || phone_listed(spend->own_numbers, dest) ||
	    (spend->selects && !pattern_fits(&spend->destinations, dest)))
		return -EPERM;
	return 0;
}

/* The first message that it stops in its span is told of. */
static int
note_held(struct store *store, const struct charge *charge)
{
	char masked[PHONE_MASK_SIZE] = "";
	const char *number = strchr(charge->scope, '+');
	int64_t held;
	int error;

	bind(store, SQL_SPEND_HELD, charge);
	statement_bind(store, SQL_SPEND_HELD, ":most", charge->most);
	error = statement_number(store, SQL_SPEND_HELD, &held);
	if (error == 0 && held == 1)
		log_warn("money: the limit of %lld %s is reached%s%s; what is over it waits or is dropped",
			 (long long)charge->most, charge->what, number != NULL ? " by " : "",
			 number != NULL ? phone_mask(number, masked) : "");
	return error;
}

int
spend_pool_is_empty(struct store *store, int parts, int64_t wall)
{
	struct charge charges[CHARGES_MAX];
	size_t count = charges_of(store, "", SPEND_STRANGERS, wall, charges);
	const struct charge *pool = &charges[count - 1];
	int64_t queued, used = spent(store, pool);
	int error = used < 0 ? (int)used : statement_number(store, SQL_SPEND_QUEUED, &queued);

	if (error != 0 || used + queued + parts <= pool->most)
		return error;
	error = note_held(store, pool);
	return error != 0 ? error : 1;
}

static int
check_charges(struct store *store, const struct charge *charges, size_t count, int missing, int64_t *until)
{
	*until = 0;
	for (size_t i = 0; i < count; i++) {
		int64_t used = spent(store, &charges[i]);
		int error = used < 0 ? (int)used : 0;

		if (error == 0 && used + missing > charges[i].most) {
			error = note_held(store, &charges[i]);
			if (charges[i].end > *until)
				*until = charges[i].end;
		}
		if (error != 0)
			return error;
	}
	return *until != 0 ? -EDQUOT : 0;
}

/* A new day has begun: numbers of long ago are forgotten. */
static int
forget_old(struct store *store, int64_t wall)
{
	char span[SPAN_SIZE];
	int changed;

	name_day(wall - (int64_t)DAYS_KEPT * DAY, of(store)->rules.east, span);
	statement_bind_text(store, SQL_SPEND_FORGET, ":span", span);
	changed = statement_run(store, SQL_SPEND_FORGET);
	return changed < 0 ? changed : 0;
}

int
spend_take(struct store *store, const char *dest, enum spend_purse purse, int missing, int64_t wall, int64_t *until)
{
	struct charge charges[CHARGES_MAX];
	size_t count = charges_of(store, dest, purse, wall, charges);
	int error = check_number(store, dest);

	assert(!sqlite3_get_autocommit(store->db));
	if (error == 0)
		error = check_charges(store, charges, count, missing, until);
	/* A wrong day may be far ahead: then it would be today that is forgotten. */
	if (error == 0 && !store->doubt && spent(store, &charges[0]) == 0)
		error = forget_old(store, wall);
	for (size_t i = 0; i < count && error == 0; i++) {
		bind(store, SQL_SPEND_ADD, &charges[i]);
		statement_bind(store, SQL_SPEND_ADD, ":most", charges[i].most);
		error = statement_change(store, SQL_SPEND_ADD);
	}
	return error;
}

int
spend_give_back(struct store *store, const char *dest, enum spend_purse purse, int64_t wall)
{
	struct charge charges[CHARGES_MAX];
	size_t count = charges_of(store, dest, purse, wall, charges);
	int changed = 0;

	for (size_t i = 0; i < count && changed >= 0; i++) {
		bind(store, SQL_SPEND_BACK, &charges[i]);
		changed = statement_run(store, SQL_SPEND_BACK);
	}
	return changed < 0 ? changed : 0;
}

/* --- looking --- */

void
spend_count(struct store *store, int64_t wall, struct spend_counts *out)
{
	const struct spend_rules *rules = &of(store)->rules;
	char day[SPAN_SIZE], month[SPAN_SIZE];

	*out = (struct spend_counts){
		.day_most = rules->day, .open_most = (int)without_reserve(rules, rules->day),
		.strangers_most = rules->strangers_day, .month_most = rules->month, .number_most = rules->number_day,
	};
	name_day(wall, rules->east, day);
	name_month(wall, rules->east, month);
	statement_bind_text(store, SQL_SPEND_COUNT, ":day", day);
	statement_bind_text(store, SQL_SPEND_COUNT, ":month", month);
	if (statement_row(store, SQL_SPEND_COUNT) != 1)
		return;
	out->day = statement_int(store, SQL_SPEND_COUNT, 0);
	out->open = statement_int(store, SQL_SPEND_COUNT, 1);
	out->strangers = statement_int(store, SQL_SPEND_COUNT, 2);
	out->month = statement_int(store, SQL_SPEND_COUNT, 3);
	out->held = statement_int(store, SQL_SPEND_COUNT, 4);
	out->full = statement_int(store, SQL_SPEND_COUNT, 5);
	out->waiting = statement_int(store, SQL_SPEND_COUNT, 6);
	statement_end(store, SQL_SPEND_COUNT);
}
