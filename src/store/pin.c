/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pin: the PINs of people, as hashes, and the wrong tries. */
#include "store/pin.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "store/statement.h"
#include "store/store.h"

#define HOUR 3600
#define PASSES 1                        /* see pin.h */
#define MEMORY (8u << 20)

struct row {
	char hash[crypto_pwhash_STRBYTES];
	int wrong;
	int64_t since, until, told;             /* 0: none, not running, never */
	bool locked;
};

static int
find(struct store *store, int64_t person, struct row *out)
{
	int row;

	statement_bind(store, SQL_PIN_FIND, ":person", person);
	row = statement_row(store, SQL_PIN_FIND);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	statement_text(store, SQL_PIN_FIND, 0, out->hash, sizeof out->hash);
	out->wrong = (int)statement_int(store, SQL_PIN_FIND, 1);
	out->since = statement_int(store, SQL_PIN_FIND, 2);
	out->locked = statement_int(store, SQL_PIN_FIND, 3) != 0;
	out->until = statement_int(store, SQL_PIN_FIND, 4);
	out->told = statement_int(store, SQL_PIN_FIND, 5);
	statement_end(store, SQL_PIN_FIND);
	return 0;
}

int
pin_find(struct store *store, int64_t person, struct pin_state *out)
{
	struct row row;
	int error = find(store, person, &row);

	if (error == 0)
		*out = (struct pin_state){ row.wrong, row.locked, row.until };
	return error;
}

int
pin_of_number(struct store *store, const char *number)
{
	int64_t count;

	statement_bind_text(store, SQL_PIN_OF_NUMBER, ":phone", number);
	int error = statement_number(store, SQL_PIN_OF_NUMBER, &count);
	return error != 0 ? error : count != 0;
}

int
pin_count_missing(struct store *store, const char *role)
{
	int64_t count;

	statement_bind_text(store, SQL_PIN_MISSING, ":role", role);
	int error = statement_number(store, SQL_PIN_MISSING, &count);
	return error != 0 ? error : (int)count;
}

int
pin_count_locked(struct store *store, int64_t wall)
{
	int64_t count;

	statement_bind(store, SQL_PIN_LOCKED, ":wall", wall);
	int error = statement_number(store, SQL_PIN_LOCKED, &count);
	return error != 0 ? error : (int)count;
}

/* Whether each digit is so much above the one before: 0 1111, 1 1234, -1 4321. */
static bool
goes_by(const char *digits, int step)
{
	for (size_t i = 1; digits[i] != '\0'; i++)
		if (digits[i] - digits[i - 1] != step)
			return false;
	return true;
}

bool
pin_is_fit(const char *digits)
{
	size_t length = strlen(digits);

	return length >= PIN_LEAST && length <= PIN_MOST && strspn(digits, "0123456789") == length && !goes_by(digits, 0) &&
	       !goes_by(digits, 1) && !goes_by(digits, -1);
}

void
pin_draw(char out[PIN_MOST + 1])
{
	do
		snprintf(out, PIN_MOST + 1, "%04u", randombytes_uniform(10000));
	while (!pin_is_fit(out));
}

int
pin_set(struct store *store, int64_t person, const char *digits, int64_t wall)
{
	char hash[crypto_pwhash_STRBYTES];

	assert(!sqlite3_get_autocommit(store->db));
	assert(pin_is_fit(digits));
	if (crypto_pwhash_str(hash, digits, strlen(digits), PASSES, MEMORY) != 0) {
		log_error("no memory for the hash of a PIN");
		return -ENOMEM;
	}
	statement_bind(store, SQL_PIN_SET, ":person", person);
	statement_bind_text(store, SQL_PIN_SET, ":hash", hash);
	statement_bind(store, SQL_PIN_SET, ":wall", wall);
	return statement_change(store, SQL_PIN_SET);
}

int
pin_remove(struct store *store, int64_t person)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_PIN_REMOVE, ":person", person);
	return statement_change(store, SQL_PIN_REMOVE);
}

static int
keep(struct store *store, int64_t person, const struct row *row)
{
	statement_bind(store, SQL_PIN_COUNT, ":person", person);
	statement_bind(store, SQL_PIN_COUNT, ":wrong", row->wrong);
	statement_bind(store, SQL_PIN_COUNT, ":since", row->since);
	statement_bind(store, SQL_PIN_COUNT, ":locked", row->locked);
	statement_bind(store, SQL_PIN_COUNT, ":until", row->until);
	statement_bind(store, SQL_PIN_COUNT, ":told", row->told);
	return statement_change(store, SQL_PIN_COUNT);
}

int
pin_unlock(struct store *store, int64_t person)
{
	const struct row open = { .wrong = 0 };

	assert(!sqlite3_get_autocommit(store->db));
	return keep(store, person, &open);
}

/* What time has done to it, if the clock can be believed. */
static void
pass_time(const struct store *store, int64_t wall, const struct pin_limits *limits, struct row *row)
{
	int64_t whole = (int64_t)limits->hours * HOUR;

	if (store->doubt)
		return;
	/* It begins to run now; or the clock was set back. */
	if (row->locked && (row->until == 0 || row->until > wall + whole))
		row->until = wall + whole;
	if (row->locked && wall >= row->until)
		*row = (struct row){ .wrong = 0 };
	if (!row->locked && (wall < row->since || wall >= row->since + HOUR))
		row->wrong = 0;
	if (row->told > wall)
		row->told = 0;
}

/* Locked it is said once, and then once an hour to whoever goes on trying: the owner, who was not at fault, may miss the
 * first, and must not be flooded. */
static void
answer_locked(const struct store *store, int64_t wall, struct row *row, struct pin_answer *out)
{
	out->result = PIN_IS_LOCKED;
	out->until = row->until;
	out->told = row->told != 0 && (store->doubt || wall < row->told + HOUR);
	if (!out->told)
		row->told = wall;
}

static void
count_wrong(const struct store *store, int64_t wall, const struct pin_limits *limits, struct row *row, struct pin_answer *out)
{
	if (row->wrong == 0)
		row->since = wall;
	row->wrong++;
	out->left = limits->tries - row->wrong;
	if (out->left > 0)
		return;
	row->locked = true;
	row->until = store->doubt ? 0 : wall + (int64_t)limits->hours * HOUR;
	row->told = 0;
	answer_locked(store, wall, row, out);
}

int
pin_try(struct store *store, int64_t person, const char *digits, int64_t wall, const struct pin_limits *limits,
	struct pin_answer *out)
{
	struct row row;
	char hash[crypto_pwhash_STRBYTES];
	int error = find(store, person, &row);

	assert(!sqlite3_get_autocommit(store->db));
	*out = (struct pin_answer){ .result = PIN_IS_NONE };
	if (error != 0)
		return error == -ENOENT ? 0 : error;
	memcpy(hash, row.hash, sizeof hash);
	pass_time(store, wall, limits, &row);
	out->result = PIN_FITS_NOT;
	out->left = limits->tries - row.wrong;
	if (row.locked)
		answer_locked(store, wall, &row, out);
	else if (digits == NULL)
		return 0;
	/* Also one that is too long for any: the time that it takes tells nothing. */
	else if (errno = 0, crypto_pwhash_str_verify(hash, digits, strlen(digits)) == 0)
		row = (struct row){ .wrong = 0 }, out->result = PIN_FITS;
	else if (errno != EINVAL)
		return -ENOMEM;
	else
		count_wrong(store, wall, limits, &row, out);
	return keep(store, person, &row);
}
