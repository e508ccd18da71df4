/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_inq: what modems show, on its way to the store: broken, unstorable, while the database is locked or full. */
#include <errno.h>
#include <event2/event.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "gate/desk.h"
#include "gate/inq.h"
#include "gate/outq.h"
#include "lang/grammar.h"
#include "modem_fake.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/statement.h"
#include "store/store.h"

#define SITI "+6281111000959"

static const struct desk_conf conf = { .own_numbers = "", .destinations = DESK_DESTINATIONS };
static char dir[64], path[96];
static struct grammar *grammar;
static struct event_base *base;
static struct store *store;
static struct desk *desk;
static struct outq *outq;
static struct inq *inq;
static struct modem modem;

static int
load_grammar(void **state)
{
	char *error;

	(void)state;
	grammar = grammar_load("grammars", NULL, &error);
	free(error);
	return grammar != NULL ? 0 : -1;
}

static int
free_grammar(void **state)
{
	(void)state;
	grammar_free(grammar);
	return 0;
}

static void
open_gate(void)
{
	base = event_base_new();
	outq = outq_new(base, store);
	inq = inq_new(base, store, desk, outq);
}

static void
close_gate(void)
{
	inq_free(inq);
	outq_free(outq);
	event_base_free(base);
}

static int
setup(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/test_inq.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/box.db", dir);
	if (store_open(&store, path, STORE_CREATE) != 0)
		return -1;
	desk = desk_new(store, grammar, &conf);
	modem = (struct modem){ .name = "modem1" };
	open_gate();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	close_gate();
	desk_free(desk);
	store_close(store);
	unlink(path);
	return rmdir(dir);
}

static void
turn(void)
{
	for (int i = 0; i < 3; i++)
		event_base_loop(base, EVLOOP_NONBLOCK);
}

static struct inbox_counts
counts(void)
{
	struct inbox_counts out;

	inbox_count(store, &out);
	return out;
}

static struct sms_part
part_of(const char *text, int sequence, int total)
{
	struct sms_part part = {.slot = 3, .ton = 1, .class = -1, .sequence = (uint8_t)sequence, .total = (uint8_t)total,
				.sender = SITI, .time = "2026-10-20T09:00:00+07:00", .reference_bits = total > 1 ? 8 : 0};

	for (; *text != '\0'; text++)
		part.units[part.units_length++] = (unsigned char)*text;
	sms_key(&part, "510100000000001", part.key);
	return part;
}

static void
show_broken(const char *bytes, int32_t slot)
{
	struct modem_event event = { .type = MODEM_EVENT_BROKEN, .broken = {
		.slot = slot, .reason = "truncated", .pdu = (const uint8_t *)bytes, .pdu_length = strlen(bytes) } };

	sms_raw_key(event.broken.pdu, event.broken.pdu_length, "510100000000001", event.broken.key);
	inq_broken(inq, &modem, &event);
}

static void
what_is_broken_is_stored_then_cleared(void **state)
{
	(void)state;
	show_broken("0791", 1);
	assert_int_equal(counts().quarantine, 1);
	assert_int_equal(modem.clears, 1);
	/* Shown again: cleared again, stored once. */
	show_broken("0791", 2);
	assert_int_equal(counts().quarantine, 1);
	assert_int_equal(modem.clears, 2);
	/* What was in no slot is only stored. */
	show_broken("0792", MODEM_NO_SLOT);
	assert_int_equal(counts().quarantine, 2);
	assert_int_equal(modem.clears, 2);
	/* Two slots of which nothing could be had are two. */
	show_broken("", 4);
	show_broken("", 5);
	show_broken("", 5);
	assert_int_equal(counts().quarantine, 4);
	assert_int_equal(modem.clears, 5);
}

static void
a_part_that_can_never_be_stored_stops_nobody(void **state)
{
	struct sms_part bad = part_of("x", 1, 1), good = part_of("anak 3", 1, 1);

	(void)state;
	bad.sequence = 7;
	inq_part(inq, &modem, &bad);
	inq_part(inq, &modem, &good);
	assert_int_equal(counts().quarantine, 1);
	assert_int_equal(counts().new_rows, 1);
	assert_int_equal(modem.deletes, 2);
}

/* Nothing leaves the SIM while the store fails; the first try after it brings all back. */
static void
expect_recovery(struct sms_part *part, void (*mend)(void *arg), void *arg)
{
	int64_t broken = counts().quarantine;

	inq_part(inq, &modem, part);
	show_broken("0791", 1);
	for (int i = 0; i < 150; i++) {
		usleep(10000);
		turn();
		if (modem.sweeps > 0)           /* it shows its slots again */
			inq_part(inq, &modem, part);
		assert_int_equal(modem.deletes + modem.clears, 0);
	}
	/* 1, 2, 4 s ...: no hot loop. */
	assert_in_range(modem.sweeps, 1, 3);
	mend(arg);
	for (int i = 0; i < 1000 && modem.deletes == 0; i++) {
		int before = modem.sweeps;

		usleep(10000);
		turn();
		if (modem.sweeps > before)
			inq_part(inq, &modem, part);
	}
	show_broken("0791", 1);
	assert_int_equal(modem.deletes, 1);
	assert_int_equal(modem.clears, 1);
	assert_int_equal(counts().quarantine, broken + 1);
}

static void
unlock(void *arg)
{
	sqlite3_exec(arg, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(arg);
}

static void
while_the_database_is_locked_all_stays_in_the_sim(void **state)
{
	struct sms_part part = part_of("anak 3", 1, 1);
	sqlite3 *other;

	(void)state;
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	expect_recovery(&part, unlock, other);
}

static void
make_room(void *arg)
{
	(void)arg;
	sqlite3_exec(store->db, "PRAGMA max_page_count = 1000000", NULL, NULL, NULL);
}

/* So many pages more than there are now. */
static void
leave_room(int pages)
{
	sqlite3_stmt *statement;
	char sql[64];

	assert_int_equal(sqlite3_prepare_v2(store->db, "PRAGMA page_count", -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", sqlite3_column_int(statement, 0) + pages);
	sqlite3_finalize(statement);
	sqlite3_exec(store->db, sql, NULL, NULL, NULL);
}

/* A part of a longer message, a whole one, or a broken one; what becomes of it. */
static int
take_filler(int kind, uint16_t i)
{
	struct sms_part part = kind == 0 ? part_of("mengisi sampai penuh mengisi sampai penuh mengisi sampai penuh", 1, 2)
					 : part_of("anak 3", 1, 1);
	struct inbox_broken broken = {.sim = "1", .modem = "modem1", .reason = "truncated", .slot = 1,
				      .pdu = (const uint8_t *)"0791", .length = 4};
	enum inbox_take what;
	int64_t id;

	part.reference = kind == 0 ? (uint16_t)(i & 0xff) : 0;
	part.ton = (uint8_t)(i >> 8 & 7);
	snprintf(part.sender, sizeof part.sender, "+62811%08d", i);
	part.key[0] = broken.key[0] = (uint8_t)kind;
	memcpy(part.key + 1, &i, sizeof i);
	memcpy(broken.key + 1, &i, sizeof i);
	return kind == 2 ? inbox_quarantine(store, &broken, 1000, &id)
			 : inbox_take(store, &part, "1", "modem1", 1000, &what, &id);
}

static void
while_the_disk_is_full_all_stays_in_the_sim(void **state)
{
	struct sms_part part = part_of("anak 3", 1, 1);
	int fitting = 3;

	(void)state;
	leave_room(29);
	/* Until there is room for nothing of any kind. */
	for (uint16_t i = 0; fitting > 0; i++) {
		fitting = 0;
		for (int kind = 0; kind < 3; kind++) {
			int error = take_filler(kind, i);

			assert_true(error == 0 || error == -ENOSPC);
			fitting += error == 0;
		}
	}
	expect_recovery(&part, make_room, NULL);
}

static void
the_missing_is_asked_for_after_a_day(void **state)
{
	struct sms_part first = part_of("anak 3", 1, 2), other = part_of("lansia 2", 2, 2);
	enum inbox_take what;
	int64_t id;

	(void)state;
	other.reference = 9;
	other.key[0] ^= 1;
	assert_int_equal(inbox_take(store, &first, "1", "modem1", clock_wall() - 25 * 3600, &what, &id), 0);
	assert_int_equal(inbox_take(store, &other, "1", "modem1", clock_wall() - 25 * 3600, &what, &id), 0);
	assert_int_equal(counts().waiting, 2);
	close_gate();
	open_gate();
	assert_int_equal(counts().waiting, 0);
	assert_int_equal(counts().partial, 2);
	assert_int_equal(outbox_since(store, SITI, 0, INT64_MAX), 1);
	assert_int_equal(outbox_since_like(store, SITI, "part:", 0, INT64_MAX), 1);
}

/* Between our finding a message and our beginning with it another program takes it from us, once. */
static int
take_away(unsigned type, void *arg, void *statement, void *text)
{
	sqlite3 **other = arg;

	(void)type;
	(void)statement;
	if (*other == NULL || strncmp(text, "BEGIN", 5) != 0)
		return 0;
	assert_int_equal(sqlite3_exec(*other, "UPDATE sms_in SET state = 'REJECTED' WHERE id = 1", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(*other);
	*other = NULL;
	return 0;
}

static void
whose_message_is_forgotten_meanwhile_stops_nobody(void **state)
{
	struct sms_part part = part_of("anak 3", 1, 1);
	enum inbox_take what;
	sqlite3 *other;
	int64_t id;

	(void)state;
	for (uint8_t i = 0; i < 2; i++) {
		part.key[0] ^= i;
		assert_int_equal(inbox_take(store, &part, "1", "modem1", clock_wall(), &what, &id), 0);
	}
	turn();
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	sqlite3_trace_v2(store->db, SQLITE_TRACE_STMT, take_away, &other);
	inq_wake(inq);
	turn();
	sqlite3_trace_v2(store->db, 0, NULL, NULL);
	assert_null(other);
	assert_int_equal(counts().new_rows, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_broken_is_stored_then_cleared),
		TEST(a_part_that_can_never_be_stored_stops_nobody),
		TEST(while_the_database_is_locked_all_stays_in_the_sim),
		TEST(while_the_disk_is_full_all_stays_in_the_sim),
		TEST(the_missing_is_asked_for_after_a_day),
		TEST(whose_message_is_forgotten_meanwhile_stops_nobody),
	};

	return cmocka_run_group_tests(tests, load_grammar, free_grammar);
}
