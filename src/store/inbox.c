/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inbox: received messages and the parts they come in. Knows no grammar: a text is a text. */
#include "store/inbox.h"

#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "store/statement.h"
#include "store/store.h"

#define PARTS_MAX 16
#define GROUPS_PER_SENDER 4             /* incomplete messages of one sender */
#define OPEN_PARTS 2000                 /* parts that wait, of all senders */
#define PARTS_WAIT (24 * 3600)
#define MUTED_FOR (24 * 3600)

/* A port in the user data header: meant for a program of the phone (WAP push, settings, vCard). */
static bool
has_port(const struct sms_part *part)
{
	for (size_t i = 1; i + 1 < part->udh_length; i += 2u + part->udh[i + 1])
		if (part->udh[i] == 0x04 || part->udh[i] == 0x05)
			return true;
	return false;
}

/* Why a part is stored but never read nor answered; NULL if it is to be read. 3GPP TS 23.040 9.2.3.9, 23.038 4. */
static const char *
rejection(const struct sms_part *part)
{
	if (part->sender[0] == '\0')
		return "no sender";
	if (part->class == 0)
		return "flash";
	if (part->pid == 0x40)
		return "silent";
	if (part->pid >= 0x41 && part->pid <= 0x47)
		return "replaces another";
	if (part->coding == SMS_8BIT)
		return "binary";
	if (part->dcs >= 0xc0 && part->dcs <= 0xef)
		return "voice mail indication";
	if (has_port(part))
		return "for a program";
	if (part->reference_bits != 0 && part->total > PARTS_MAX)
		return "too many parts";
	return NULL;
}

static void
bind_group(struct store *store, enum statement which, const struct sms_part *part, const char *sim)
{
	statement_bind_text(store, which, ":sender", part->sender);
	statement_bind_text(store, which, ":sim", sim);
	statement_bind(store, which, ":ref_bits", part->reference_bits);
	statement_bind(store, which, ":ref", part->reference);
	statement_bind(store, which, ":total", part->total);
}

/* What is the same for every row that comes from a modem. */
struct arrival {
	const struct sms_part *part;
	const char *sim, *modem;
	int64_t wall;
	uint8_t key[SMS_KEY_SIZE];
};

struct row {
	const char *state, *reason, *body;
	bool received;                 /* has a key and a PDU of its own */
	bool one_of_many;
	const uint16_t *units;         /* little-endian, of part->units_length; NULL none */
};

static void
bind_part(struct store *store, const struct arrival *arrival, const struct row *row)
{
	const struct sms_part *part = arrival->part;

	if (row->received) {
		statement_bind_blob(store, SQL_INBOX_ADD, ":dkey", arrival->key, sizeof arrival->key);
		statement_bind_blob(store, SQL_INBOX_ADD, ":udh", part->udh_length != 0 ? part->udh : NULL,
				    part->udh_length);
		statement_bind_blob(store, SQL_INBOX_ADD, ":raw", part->pdu_length != 0 ? part->pdu : NULL,
				    part->pdu_length);
	}
	statement_bind(store, SQL_INBOX_ADD, ":ref_bits", row->one_of_many ? part->reference_bits : 0);
	statement_bind(store, SQL_INBOX_ADD, ":ref", row->one_of_many ? part->reference : 0);
	statement_bind(store, SQL_INBOX_ADD, ":seq", row->one_of_many ? part->sequence : 1);
	statement_bind(store, SQL_INBOX_ADD, ":total", row->one_of_many ? part->total : 1);
	statement_bind_blob(store, SQL_INBOX_ADD, ":units", row->units, part->units_length * sizeof *row->units);
}

static int
add(struct store *store, const struct arrival *arrival, const struct row *row, const char *time, int64_t *id)
{
	const struct sms_part *part = arrival->part;

	bind_part(store, arrival, row);
	statement_bind_text(store, SQL_INBOX_ADD, ":sim", arrival->sim);
	statement_bind_text(store, SQL_INBOX_ADD, ":modem", arrival->modem);
	statement_bind_text(store, SQL_INBOX_ADD, ":sender", part->sender);
	statement_bind(store, SQL_INBOX_ADD, ":ton", part->ton);
	statement_bind_text(store, SQL_INBOX_ADD, ":scts", time);
	statement_bind(store, SQL_INBOX_ADD, ":pid", part->pid);
	statement_bind(store, SQL_INBOX_ADD, ":dcs", part->dcs);
	statement_bind(store, SQL_INBOX_ADD, ":class", part->class);
	statement_bind_text(store, SQL_INBOX_ADD, ":body", row->body);
	statement_bind(store, SQL_INBOX_ADD, ":wall", arrival->wall);
	statement_bind_text(store, SQL_INBOX_ADD, ":state", row->state);
	statement_bind_text(store, SQL_INBOX_ADD, ":reason", row->reason);
	int changed = statement_run(store, SQL_INBOX_ADD);
	if (changed < 0)
		return changed;
	*id = sqlite3_last_insert_rowid(store->db);
	return 0;
}

static int
add_received(struct store *store, const struct arrival *arrival, const char *state, const char *reason,
	     int64_t *id)
{
	const struct sms_part *part = arrival->part;
	char text[SMS_UNITS_MAX * 3 + 1] = "";
	uint16_t units[SMS_UNITS_MAX];
	struct row row = {.state = state, .reason = reason, .body = text, .received = true};

	if (part->coding != SMS_8BIT)
		sms_text(part->units, part->units_length, text, sizeof text);
	row.one_of_many = part->reference_bits != 0 && part->total > 1;
	if (row.one_of_many) {
		for (size_t i = 0; i < part->units_length; i++)
			units[i] = htole16(part->units[i]);
		row.units = units;
	}
	return add(store, arrival, &row, part->time, id);
}

/* A row of the group with this sequence number: *same tells whether with the same content too. -ENOENT none. */
static int
find_part(struct store *store, const struct arrival *arrival, bool *same, int64_t *id)
{
	const struct sms_part *part = arrival->part;
	uint16_t units[SMS_UNITS_MAX];
	int row;

	for (size_t i = 0; i < part->units_length; i++)
		units[i] = htole16(part->units[i]);
	bind_group(store, SQL_INBOX_PART_SAME, part, arrival->sim);
	statement_bind(store, SQL_INBOX_PART_SAME, ":seq", part->sequence);
	statement_bind_blob(store, SQL_INBOX_PART_SAME, ":units", units, part->units_length * sizeof *units);
	row = statement_row(store, SQL_INBOX_PART_SAME);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	*id = statement_int(store, SQL_INBOX_PART_SAME, 0);
	*same = statement_int(store, SQL_INBOX_PART_SAME, 1) != 0;
	statement_end(store, SQL_INBOX_PART_SAME);
	return 0;
}

static int
close_group(struct store *store, const struct sms_part *part, const char *sim)
{
	bind_group(store, SQL_INBOX_PART_CLOSE, part, sim);
	return statement_run(store, SQL_INBOX_PART_CLOSE);
}

/* Nobody may fill the box with first parts: the oldest incomplete messages give way, and stay to be seen. */
static int
evict(struct store *store, const struct sms_part *part)
{
	statement_bind_text(store, SQL_INBOX_EVICT_SENDER, ":sender", part->sender);
	statement_bind(store, SQL_INBOX_EVICT_SENDER, ":most", GROUPS_PER_SENDER);
	int changed = statement_run(store, SQL_INBOX_EVICT_SENDER);
	if (changed < 0)
		return changed;
	statement_bind(store, SQL_INBOX_EVICT_ALL, ":most", OPEN_PARTS);
	changed += statement_run(store, SQL_INBOX_EVICT_ALL);
	return changed;
}

/* The parts' units one behind the other, so that halves of a surrogate pair meet again. */
static int
join(struct store *store, const struct arrival *arrival, char text[SMS_TEXT_MAX], char time[SMS_TIME_SIZE])
{
	uint16_t units[PARTS_MAX * SMS_UNITS_MAX];
	size_t count = 0;
	int row;

	time[0] = '\0';
	bind_group(store, SQL_INBOX_PART_READ, arrival->part, arrival->sim);
	while ((row = statement_row(store, SQL_INBOX_PART_READ)) == 1) {
		size_t size;
		const void *blob = statement_blob(store, SQL_INBOX_PART_READ, 0, &size);

		if (time[0] == '\0')
			statement_text(store, SQL_INBOX_PART_READ, 1, time, SMS_TIME_SIZE);
		assert(count * sizeof *units + size <= sizeof units);
		if (size != 0)
			memcpy(units + count, blob, size);
		count += size / sizeof *units;
	}
	for (size_t i = 0; i < count; i++)
		units[i] = le16toh(units[i]);
	sms_text(units, count, text, SMS_TEXT_MAX);
	return row;
}

static int
assemble(struct store *store, const struct arrival *arrival, int64_t *id)
{
	char text[SMS_TEXT_MAX], time[SMS_TIME_SIZE];
	const struct row whole = {.state = "NEW", .body = text};
	int error = join(store, arrival, text, time);

	if (error == 0)
		error = add(store, arrival, &whole, time, id);
	if (error != 0)
		return error;
	bind_group(store, SQL_INBOX_PART_DONE, arrival->part, arrival->sim);
	statement_bind(store, SQL_INBOX_PART_DONE, ":whole", *id);
	int changed = statement_run(store, SQL_INBOX_PART_DONE);
	return changed < 0 ? changed : 0;
}

/* Its text, and that of the parts it came in. */
static int
blank_row(struct store *store, int64_t id)
{
	statement_bind(store, SQL_INBOX_BLANK, ":id", id);
	int changed = statement_run(store, SQL_INBOX_BLANK);
	return changed < 0 ? changed : 0;
}

static int
take_part(struct store *store, const struct arrival *arrival, enum inbox_take *what, int64_t *id)
{
	const struct sms_part *part = arrival->part;
	int64_t earlier, count;
	bool same = false;
	int error = find_part(store, arrival, &same, &earlier);

	if (error == 0 && same) {
		/* The phone sent this part again under another time stamp; its text is there already. */
		*what = INBOX_DUPLICATE;
		error = add_received(store, arrival, "DONE", "part sent twice", id);
		if (error == 0)
			error = blank_row(store, *id);
		*id = earlier;
		return error;
	}
	/* The reference is used again: what there is of the earlier message will not become more. */
	if (error == 0)
		error = close_group(store, part, arrival->sim);
	if (error < 0 && error != -ENOENT)
		return error;
	error = add_received(store, arrival, "PART", NULL, id);
	if (error == 0)
		error = evict(store, part);
	if (error < 0)
		return error;
	bind_group(store, SQL_INBOX_PART_COUNT, part, arrival->sim);
	error = statement_number(store, SQL_INBOX_PART_COUNT, &count);
	if (error != 0)
		return error;
	*what = count == part->total ? INBOX_COMPLETE : INBOX_WAITING;
	return *what == INBOX_COMPLETE ? assemble(store, arrival, id) : 0;
}

/* Without a network time the same report of next month would have the same key: the day on which it came stands in. */
static void
key_at(const struct arrival *arrival, int64_t wall, uint8_t key[SMS_KEY_SIZE])
{
	const struct sms_part *part = arrival->part;
	char day[24];
	uint8_t both[SMS_KEY_SIZE + sizeof day];
	int length = snprintf(day, sizeof day, "%lld", (long long)(wall / 86400));

	memcpy(key, part->key, SMS_KEY_SIZE);
	if (part->time[0] != '\0')
		return;
	memcpy(both, part->key, SMS_KEY_SIZE);
	memcpy(both + SMS_KEY_SIZE, day, (size_t)length);
	sms_raw_key(both, SMS_KEY_SIZE + (size_t)length, arrival->sim, key);
}

/* Of a part that never left its slot: whatever day it is by now. -ENOENT none. */
static int
find_stuck(struct store *store, const struct arrival *arrival, int64_t *id)
{
	const enum statement which = SQL_INBOX_TIMELESS;
	uint8_t key[SMS_KEY_SIZE];
	int row;

	statement_bind_text(store, which, ":sender", arrival->part->sender);
	while ((row = statement_row(store, which)) == 1) {
		size_t size;
		const void *stored = statement_blob(store, which, 2, &size);

		*id = statement_int(store, which, 0);
		key_at(arrival, statement_int(store, which, 1), key);
		if (size == sizeof key && memcmp(stored, key, sizeof key) == 0) {
			statement_end(store, which);
			return 0;
		}
	}
	return row < 0 ? row : -ENOENT;
}

static int
find_same(struct store *store, const struct arrival *arrival, int64_t *id)
{
	int error;

	statement_bind_blob(store, SQL_INBOX_BY_KEY, ":dkey", arrival->key, sizeof arrival->key);
	error = statement_number(store, SQL_INBOX_BY_KEY, id);
	if (error != -ENOENT || !arrival->part->again || arrival->part->time[0] != '\0')
		return error;
	return find_stuck(store, arrival, id);
}

static int
take(struct store *store, const struct arrival *arrival, enum inbox_take *what, int64_t *id)
{
	const struct sms_part *part = arrival->part;
	const char *reason = rejection(part);
	int error = find_same(store, arrival, id);

	if (error != -ENOENT) {
		*what = INBOX_DUPLICATE;
		return error;
	}
	if (reason != NULL) {
		*what = INBOX_REJECTED;
		return add_received(store, arrival, "REJECTED", reason, id);
	}
	if (part->reference_bits != 0 && part->total > 1)
		return take_part(store, arrival, what, id);
	*what = INBOX_NEW;
	return add_received(store, arrival, "NEW", NULL, id);
}

int
inbox_take(struct store *store, const struct sms_part *part, const char *sim, const char *modem, int64_t wall,
	   enum inbox_take *what, int64_t *id)
{
	struct arrival arrival = {.part = part, .sim = sim, .modem = modem, .wall = wall};
	int error;

	if (!sms_part_sane(part)) {
		log_warn("inbox: a part from %s contradicts itself", modem);
		return -EINVAL;
	}
	key_at(&arrival, wall, arrival.key);
	error = store_begin(store);
	if (error != 0)
		return error;
	error = take(store, &arrival, what, id);
	if (error == 0)
		return store_commit(store);
	store_rollback(store);
	return error;
}

static int
quarantine(struct store *store, const struct inbox_broken *broken, int64_t wall, int64_t *id)
{
	const enum statement which = SQL_INBOX_QUARANTINE;
	int changed, error;

	statement_bind_blob(store, SQL_INBOX_BY_KEY, ":dkey", broken->key, sizeof broken->key);
	error = statement_number(store, SQL_INBOX_BY_KEY, id);
	if (error != -ENOENT)
		return error != 0 ? error : 1;
	statement_bind_blob(store, which, ":dkey", broken->key, sizeof broken->key);
	statement_bind_text(store, which, ":sim", broken->sim);
	statement_bind_text(store, which, ":modem", broken->modem);
	statement_bind(store, which, ":slot", broken->slot);
	statement_bind_blob(store, which, ":raw", broken->length != 0 ? broken->pdu : NULL, broken->length);
	statement_bind(store, which, ":wall", wall);
	statement_bind_text(store, which, ":reason", broken->reason);
	changed = statement_run(store, which);
	*id = sqlite3_last_insert_rowid(store->db);
	return changed < 0 ? changed : 0;
}

int
inbox_quarantine(struct store *store, const struct inbox_broken *broken, int64_t wall, int64_t *id)
{
	int known, error = store_begin(store);

	if (error != 0)
		return error;
	known = quarantine(store, broken, wall, id);
	if (known < 0) {
		store_rollback(store);
		return known;
	}
	error = store_commit(store);
	return error != 0 ? error : known;
}

int
inbox_give_up(struct store *store, int64_t wall, char sender[SMS_ADDRESS_SIZE], int64_t *id)
{
	struct sms_part part = {0};
	char sim[32];
	int row;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_INBOX_STALE, ":before", wall - PARTS_WAIT);
	row = statement_row(store, SQL_INBOX_STALE);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	statement_text(store, SQL_INBOX_STALE, 0, part.sender, sizeof part.sender);
	statement_text(store, SQL_INBOX_STALE, 1, sim, sizeof sim);
	part.reference_bits = (uint8_t)statement_int(store, SQL_INBOX_STALE, 2);
	part.reference = (uint16_t)statement_int(store, SQL_INBOX_STALE, 3);
	part.total = (uint8_t)statement_int(store, SQL_INBOX_STALE, 4);
	*id = statement_int(store, SQL_INBOX_STALE, 5);
	statement_end(store, SQL_INBOX_STALE);
	memcpy(sender, part.sender, SMS_ADDRESS_SIZE);
	int changed = close_group(store, &part, sim);
	return changed < 0 ? changed : 0;
}

int
inbox_wait_anew(struct store *store, int64_t since, int64_t wall)
{
	int changed;

	statement_bind(store, SQL_INBOX_WAIT_ANEW, ":since", since);
	statement_bind(store, SQL_INBOX_WAIT_ANEW, ":wall", wall);
	changed = statement_run(store, SQL_INBOX_WAIT_ANEW);
	return changed < 0 ? changed : 0;
}

int
inbox_next(struct store *store, int64_t after, struct inbox_message *out)
{
	statement_bind(store, SQL_INBOX_NEXT, ":after", after);
	int row = statement_row(store, SQL_INBOX_NEXT);

	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->id = statement_int(store, SQL_INBOX_NEXT, 0);
	statement_text(store, SQL_INBOX_NEXT, 1, out->sender, sizeof out->sender);
	statement_text(store, SQL_INBOX_NEXT, 2, out->time, sizeof out->time);
	out->received = statement_int(store, SQL_INBOX_NEXT, 3);
	out->tries = (int)statement_int(store, SQL_INBOX_NEXT, 4);
	statement_text(store, SQL_INBOX_NEXT, 5, out->text, sizeof out->text);
	statement_end(store, SQL_INBOX_NEXT);
	return 0;
}

static int
count_try(struct store *store, int64_t id)
{
	int64_t quarantined;
	int changed, error;

	statement_bind(store, SQL_INBOX_TRY, ":id", id);
	changed = statement_run(store, SQL_INBOX_TRY);
	if (changed <= 0)
		return changed == 0 ? -ENOENT : changed;
	statement_bind(store, SQL_INBOX_TRIED_OUT, ":id", id);
	error = statement_number(store, SQL_INBOX_TRIED_OUT, &quarantined);
	return error != 0 ? error : quarantined != 0;
}

int
inbox_try(struct store *store, int64_t id)
{
	int last, error = store_begin(store);

	if (error != 0)
		return error;
	last = count_try(store, id);
	if (last < 0) {
		store_rollback(store);
		return last;
	}
	error = store_commit(store);
	if (error != 0 || last == 0)
		return error;
	log_error("in=%lld was not read to its end twice: in quarantine", (long long)id);
	return -EAGAIN;
}

int
inbox_end(struct store *store, int64_t id, enum inbox_end end, bool without_text)
{
	static const char *const reasons[] = {[INBOX_SILENT] = "nobody to answer", [INBOX_ECHO] = "an echo of ours"};
	int changed;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_INBOX_END, ":id", id);
	statement_bind_text(store, SQL_INBOX_END, ":state", end == INBOX_DONE ? "DONE" : "REJECTED");
	statement_bind_text(store, SQL_INBOX_END, ":reason", end == INBOX_DONE ? NULL : reasons[end]);
	changed = statement_run(store, SQL_INBOX_END);
	if (changed <= 0)
		return changed == 0 ? -ENOENT : changed;
	return without_text ? blank_row(store, id) : 0;
}

/* What of a PDU may be letters; in seven bits they are none. */
static void
letters_of(const unsigned char *raw, size_t length, char *out, size_t size)
{
	size_t i;

	for (i = 0; i < length && i + 1 < size; i++)
		out[i] = raw[i] >= ' ' && raw[i] < 0x7f ? (char)raw[i] : ' ';
	out[i] = '\0';
}

int
inbox_unread(struct store *store, int64_t after, int64_t *id, char text[SMS_TEXT_MAX])
{
	size_t used = 0, length;
	int row, error;

	statement_bind(store, SQL_INBOX_UNREAD, ":after", after);
	error = statement_number(store, SQL_INBOX_UNREAD, id);
	if (error != 0)
		return error;
	text[0] = '\0';
	statement_bind(store, SQL_INBOX_UNREAD_PARTS, ":id", *id);
	while ((row = statement_row(store, SQL_INBOX_UNREAD_PARTS)) == 1) {
		const void *raw = statement_blob(store, SQL_INBOX_UNREAD_PARTS, 1, &length);
		char *at = text + used;

		statement_text(store, SQL_INBOX_UNREAD_PARTS, 0, at, SMS_TEXT_MAX - used);
		if (*at == '\0')
			letters_of(raw, length, at, SMS_TEXT_MAX - used);
		used += strlen(at);
	}
	return row;
}

int
inbox_looked_through(struct store *store, int64_t id, bool blank)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_INBOX_LOOKED, ":id", id);
	statement_bind(store, SQL_INBOX_LOOKED, ":blank", blank);
	return statement_change(store, SQL_INBOX_LOOKED);
}

int
inbox_mask(struct store *store, int64_t id, const char *text)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_INBOX_MASK, ":id", id);
	statement_bind_text(store, SQL_INBOX_MASK, ":body", text);
	return statement_change(store, SQL_INBOX_MASK);
}

int
inbox_note(struct store *store, int64_t id, const char *verb, const char *said)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_INBOX_NOTE, ":id", id);
	if (verb[0] != '\0')
		statement_bind_text(store, SQL_INBOX_NOTE, ":verb", verb);
	if (said[0] != '\0')
		statement_bind_text(store, SQL_INBOX_NOTE, ":said", said);
	return statement_change(store, SQL_INBOX_NOTE);
}

int
inbox_insert(struct store *store, const char *sender, const char *time, int64_t wall, const char *text, int64_t *id)
{
	struct sms_part part = {.pid = -1, .dcs = -1, .class = -1};
	const struct arrival arrival = {.part = &part, .sim = "", .modem = "", .wall = wall};
	const struct row row = {.state = "NEW", .body = text};

	assert(!sqlite3_get_autocommit(store->db));
	if (strlen(sender) >= sizeof part.sender || strlen(text) >= SMS_TEXT_MAX)
		return -EMSGSIZE;
	strcpy(part.sender, sender);
	return add(store, &arrival, &row, time, id);
}

int
inbox_repeats(struct store *store, int64_t id, const char *sender, const char *text, int64_t wall, int seconds)
{
	int64_t count;
	int error;

	statement_bind(store, SQL_INBOX_REPEATS, ":id", id);
	statement_bind_text(store, SQL_INBOX_REPEATS, ":sender", sender);
	statement_bind_text(store, SQL_INBOX_REPEATS, ":body", text);
	statement_bind(store, SQL_INBOX_REPEATS, ":wall", wall);
	statement_bind(store, SQL_INBOX_REPEATS, ":since", wall - seconds);
	error = statement_number(store, SQL_INBOX_REPEATS, &count);
	return error != 0 ? error : (int)count;
}

#define TEXT_HASH 16

static void
hash_text(const char *text, unsigned char hash[TEXT_HASH])
{
	crypto_generichash(hash, TEXT_HASH, (const unsigned char *)text, strlen(text), NULL, 0);
}

int
inbox_muted(struct store *store, const char *number, const char *text, int64_t wall)
{
	unsigned char hash[TEXT_HASH];
	int64_t count;
	int error;

	hash_text(text, hash);
	statement_bind_text(store, SQL_INBOX_MUTED, ":number", number);
	statement_bind_blob(store, SQL_INBOX_MUTED, ":text", hash, sizeof hash);
	statement_bind(store, SQL_INBOX_MUTED, ":wall", wall);
	statement_bind(store, SQL_INBOX_MUTED, ":latest", wall + MUTED_FOR + STORE_AHEAD);
	error = statement_number(store, SQL_INBOX_MUTED, &count);
	return error != 0 ? error : count != 0;
}

int
inbox_mute(struct store *store, const char *number, const char *text, int64_t wall)
{
	unsigned char hash[TEXT_HASH];
	int changed;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_INBOX_UNMUTE, ":wall", wall);
	statement_bind(store, SQL_INBOX_UNMUTE, ":latest", wall + MUTED_FOR + STORE_AHEAD);
	changed = statement_run(store, SQL_INBOX_UNMUTE);
	if (changed < 0)
		return changed;
	hash_text(text, hash);
	statement_bind_text(store, SQL_INBOX_MUTE, ":number", number);
	statement_bind_blob(store, SQL_INBOX_MUTE, ":text", hash, sizeof hash);
	statement_bind(store, SQL_INBOX_MUTE, ":until", wall + MUTED_FOR);
	return statement_change(store, SQL_INBOX_MUTE);
}

int
inbox_next_quarantined(struct store *store, int64_t after, struct inbox_quarantined *out)
{
	const enum statement which = SQL_INBOX_QUARANTINED;
	int row;

	statement_bind(store, which, ":after", after);
	row = statement_row(store, which);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->id = statement_int(store, which, 0);
	out->wall = statement_int(store, which, 1);
	statement_text(store, which, 2, out->modem, sizeof out->modem);
	out->slot = (int)statement_int(store, which, 3);
	statement_text(store, which, 4, out->reason, sizeof out->reason);
	out->length = (int)statement_int(store, which, 5);
	statement_end(store, which);
	return 0;
}

int
inbox_raw(struct store *store, int64_t id, uint8_t *out, size_t size)
{
	size_t length;
	int row;

	statement_bind(store, SQL_INBOX_RAW, ":id", id);
	row = statement_row(store, SQL_INBOX_RAW);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	const void *raw = statement_blob(store, SQL_INBOX_RAW, 0, &length);
	if (length > size)
		length = size;
	if (length != 0)
		memcpy(out, raw, length);
	statement_end(store, SQL_INBOX_RAW);
	return (int)length;
}

int
inbox_quarantine_of(struct store *store, const char *modem)
{
	int64_t count;

	statement_bind_text(store, SQL_INBOX_QUARANTINE_OF, ":modem", modem);
	int error = statement_number(store, SQL_INBOX_QUARANTINE_OF, &count);
	return error != 0 ? error : (int)count;
}

int
inbox_next_partial(struct store *store, int64_t after, struct inbox_partial *out)
{
	const enum statement which = SQL_INBOX_PARTIAL;
	int row;

	statement_bind(store, which, ":after", after);
	row = statement_row(store, which);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->id = statement_int(store, which, 0);
	statement_text(store, which, 1, out->sender, sizeof out->sender);
	statement_text(store, which, 2, out->modem, sizeof out->modem);
	out->parts = (int)statement_int(store, which, 3);
	out->total = (int)statement_int(store, which, 4);
	out->wall = statement_int(store, which, 5);
	statement_end(store, which);
	return 0;
}

void
inbox_count(struct store *store, struct inbox_counts *out)
{
	const struct { const char *state; int64_t *count; } states[] = {
		{"NEW", &out->new_rows}, {"PART", &out->waiting}, {"PARTIAL", &out->partial},
		{"DONE", &out->done}, {"REJECTED", &out->rejected}, {"QUARANTINE", &out->quarantine},
	};

	memset(out, 0, sizeof *out);
	while (statement_row(store, SQL_INBOX_STATES) == 1) {
		char state[16];
		statement_text(store, SQL_INBOX_STATES, 0, state, sizeof state);
		for (size_t i = 0; i < sizeof states / sizeof *states; i++)
			if (strcmp(states[i].state, state) == 0)
				*states[i].count = statement_int(store, SQL_INBOX_STATES, 1);
	}
}
