/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_inbox: each message once, whole, whatever order its parts come in. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/sms.h"
#include "store/inbox.h"
#include "store/statement.h"
#include "store/store.h"

#define SIM "510100000000001"
#define NOW 1792461600
#define HOUR 3600

static struct store *store;

static int
setup(void **state)
{
	(void)state;
	return store_open(&store, ":memory:", STORE_CREATE);
}

static int
teardown(void **state)
{
	(void)state;
	store_close(store);
	return 0;
}

/* A part as a worker would send it; the text is BMP characters given as ASCII. */
static struct sms_part
part_of(const char *sender, const char *text, int reference, int sequence, int total)
{
	struct sms_part part = {.slot = 3, .ton = 1, .pid = 0, .dcs = 0, .class = -1, .coding = SMS_GSM7,
				.time = "2026-10-20T09:00:00+07:00", .sequence = (uint8_t)sequence,
				.total = (uint8_t)total};

	strcpy(part.sender, sender);
	if (total > 1) {
		part.reference_bits = 8;
		part.reference = (uint16_t)reference;
		part.udh_length = 6;
		memcpy(part.udh, (uint8_t[]){5, 0, 3, (uint8_t)reference, (uint8_t)total, (uint8_t)sequence}, 6);
	}
	for (; *text != '\0'; text++)
		part.units[part.units_length++] = (unsigned char)*text;
	part.pdu_length = 20;
	return part;
}

static enum inbox_take
take_at(struct sms_part part, int64_t wall, int64_t *id)
{
	enum inbox_take what;

	sms_key(&part, SIM, part.key);
	assert_int_equal(inbox_take(store, &part, SIM, "modem1", wall, &what, id), 0);
	return what;
}

static enum inbox_take
take(struct sms_part part, int64_t *id)
{
	return take_at(part, NOW, id);
}

static void
expect_next(int64_t after, int64_t id, const char *text)
{
	struct inbox_message message;

	assert_int_equal(inbox_next(store, after, &message), 0);
	assert_int_equal(message.id, id);
	assert_string_equal(message.text, text);
}

static void
expect_nothing_to_read(void)
{
	struct inbox_message message;

	assert_int_equal(inbox_next(store, 0, &message), -ENOENT);
}

static struct inbox_counts
counts(void)
{
	struct inbox_counts out;

	inbox_count(store, &out);
	return out;
}

static void
finish(int64_t id, enum inbox_end end, bool blank)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(inbox_end(store, id, end, blank), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
a_message_is_read_as_it_came(void **state)
{
	struct inbox_message message;
	int64_t id;

	(void)state;
	expect_nothing_to_read();
	assert_int_equal(take(part_of("+6284010000959", "ANAK 3", 0, 1, 1), &id), INBOX_NEW);
	assert_int_equal(inbox_next(store, 0, &message), 0);
	assert_int_equal(message.id, id);
	assert_string_equal(message.sender, "+6284010000959");
	assert_string_equal(message.time, "2026-10-20T09:00:00+07:00");
	assert_int_equal(message.received, NOW);
	assert_int_equal(message.tries, 0);
	assert_string_equal(message.text, "ANAK 3");
	finish(id, INBOX_DONE, false);
	expect_nothing_to_read();
	assert_int_equal(counts().done, 1);
}

/* There are networks and modems without a clock: the same report comes again next month. */
static void
without_a_time_the_day_tells_two_apart(void **state)
{
	struct sms_part part = part_of("+6284010000959", "ANAK 3", 0, 1, 1);
	int64_t first, again, later;

	(void)state;
	part.time[0] = '\0';
	assert_int_equal(take(part, &first), INBOX_NEW);
	assert_int_equal(take_at(part, NOW + 3600, &again), INBOX_DUPLICATE);
	assert_int_equal(again, first);
	assert_int_equal(take_at(part, NOW + 30 * 86400, &later), INBOX_NEW);
	assert_int_not_equal(later, first);
	assert_int_equal(take_at(part, NOW + 30 * 86400 + 60, &again), INBOX_DUPLICATE);
	assert_int_equal(again, later);
}

/* Of what cannot be deleted it is known that it is no other message; of the same report on the next day it is not. */
static void
without_a_time_it_stays_the_same_in_its_slot(void **state)
{
	struct sms_part part = part_of("+6284010000959", "ANAK 3", 0, 1, 1);
	struct sms_part other = part_of("+6284010000959", "ANAK 4", 0, 1, 1);
	int64_t first, again, next;

	(void)state;
	part.time[0] = other.time[0] = '\0';
	assert_int_equal(take(part, &first), INBOX_NEW);
	part.again = other.again = true;
	for (int days = -400; days <= 400; days += 200) {
		assert_int_equal(take_at(part, NOW + days * 86400, &again), INBOX_DUPLICATE);
		assert_int_equal(again, first);
	}
	assert_int_equal(take_at(other, NOW + 86400, &again), INBOX_NEW);
	part.again = false;
	assert_int_equal(take_at(part, NOW + 86400, &next), INBOX_NEW);
	part.again = true;
	assert_int_equal(take_at(part, NOW + 2 * 86400, &again), INBOX_DUPLICATE);
	assert_int_equal(again, next);
	/* It is nobody else's. */
	strcpy(part.sender, "+6284010001096");
	assert_int_equal(take_at(part, NOW + 2 * 86400, &again), INBOX_NEW);
}

static void
the_network_delivers_twice_it_is_stored_once(void **state)
{
	struct sms_part part = part_of("+6284010000959", "ANAK 3", 0, 1, 1);
	int64_t first, again;

	(void)state;
	assert_int_equal(take(part, &first), INBOX_NEW);
	part.slot = 17;
	assert_int_equal(take_at(part, NOW + 9, &again), INBOX_DUPLICATE);
	assert_int_equal(again, first);
	finish(first, INBOX_DONE, true);
	assert_int_equal(take_at(part, NOW + 1000 * 24 * HOUR, &again), INBOX_DUPLICATE);
	assert_int_equal(again, first);
	expect_nothing_to_read();

	/* The person sends it again: another time stamp, another message. */
	strcpy(part.time, "2026-10-20T09:00:01+07:00");
	assert_int_equal(take(part, &again), INBOX_NEW);
	assert_int_not_equal(again, first);
}

static void
messages_are_read_oldest_first(void **state)
{
	int64_t first, second;

	(void)state;
	take(part_of("+6284010000959", "ANAK 3", 0, 1, 1), &first);
	take(part_of("+6284010000959", "ANAK 4", 0, 1, 1), &second);
	expect_next(0, first, "ANAK 3");
	expect_next(first, second, "ANAK 4");
	struct inbox_message message;
	assert_int_equal(inbox_next(store, second, &message), -ENOENT);
}

/* Order 0..5 of three parts. */
static void
three_parts_in_any_order(void **state)
{
	static const int orders[6][3] = {{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}};
	static const char *const texts[] = {"LAPOR ANAK 3 ", "LANSIA 2 ", "BALITA 5"};

	(void)state;
	for (int order = 0; order < 6; order++) {
		int64_t id = 0;
		for (int i = 0; i < 3; i++) {
			int sequence = orders[order][i];
			struct sms_part part = part_of("+6284010000959", texts[sequence - 1], order, sequence, 3);
			assert_int_equal(take(part, &id), i < 2 ? INBOX_WAITING : INBOX_COMPLETE);
			if (i < 2)
				expect_nothing_to_read();
			assert_int_equal(take(part, &(int64_t){0}), INBOX_DUPLICATE);
		}
		expect_next(0, id, "LAPOR ANAK 3 LANSIA 2 BALITA 5");
		finish(id, INBOX_DONE, false);
	}
	assert_int_equal(counts().waiting, 0);
	assert_int_equal(counts().done, 6 * 4);
}

static void
half_a_character_finds_its_other_half(void **state)
{
	struct sms_part first = part_of("+6284010000959", "ok ", 7, 1, 2);
	struct sms_part second = part_of("+6284010000959", "", 7, 2, 2);
	int64_t id;

	(void)state;
	first.coding = second.coding = SMS_UCS2;
	first.dcs = second.dcs = 8;
	first.units[first.units_length++] = 0xd83d;
	second.units[second.units_length++] = 0xde42;
	second.units[second.units_length++] = '!';
	assert_int_equal(take(second, &id), INBOX_WAITING);
	assert_int_equal(take(first, &id), INBOX_COMPLETE);
	expect_next(0, id, "ok \xf0\x9f\x99\x82!");
}

static void
sixteen_full_parts_fit(void **state)
{
	char text[154], whole[16 * 153 + 1] = "";
	struct inbox_message message;
	int64_t id;

	(void)state;
	for (int sequence = 1; sequence <= 16; sequence++) {
		memset(text, 'A' + sequence, 153);
		text[153] = '\0';
		strcat(whole, text);
		assert_int_equal(take(part_of("+6284010000959", text, 1, sequence, 16), &id),
				 sequence < 16 ? INBOX_WAITING : INBOX_COMPLETE);
	}
	assert_int_equal(inbox_next(store, 0, &message), 0);
	assert_string_equal(message.text, whole);

	/* Every unit may take three bytes. */
	for (int sequence = 1; sequence <= 16; sequence++) {
		struct sms_part part = part_of("+6284010000959", "", 2, sequence, 16);
		part.units_length = SMS_UNITS_MAX;
		for (int i = 0; i < SMS_UNITS_MAX; i++)
			part.units[i] = 0x20ac;
		assert_int_equal(take(part, &id), sequence < 16 ? INBOX_WAITING : INBOX_COMPLETE);
	}
	assert_int_equal(inbox_next(store, message.id, &message), 0);
	assert_int_equal(strlen(message.text), 16 * SMS_UNITS_MAX * 3);
}

static void
more_parts_than_that_are_not_waited_for(void **state)
{
	int64_t id;

	(void)state;
	assert_int_equal(take(part_of("+6284010000959", "x", 1, 1, 17), &id), INBOX_REJECTED);
	assert_int_equal(take(part_of("+6284010000959", "x", 1, 255, 255), &id), INBOX_REJECTED);
	assert_int_equal(counts().rejected, 2);
}

static void
parts_of_different_messages_do_not_mix(void **state)
{
	struct sms_part wide = part_of("+6284010000959", "w", 5, 2, 2);
	int64_t id;

	(void)state;
	wide.reference_bits = 16;
	assert_int_equal(take(part_of("+6284010000959", "a1", 5, 1, 2), &id), INBOX_WAITING);
	assert_int_equal(take(part_of("+6284010000959", "b2", 6, 2, 2), &id), INBOX_WAITING);
	assert_int_equal(take(part_of("+6284010001096", "c2", 5, 2, 2), &id), INBOX_WAITING);
	assert_int_equal(take(part_of("+6284010000959", "d2", 5, 2, 3), &id), INBOX_WAITING);
	assert_int_equal(take(wide, &id), INBOX_WAITING);
	assert_int_equal(take(part_of("+6284010000959", "a2", 5, 2, 2), &id), INBOX_COMPLETE);
	expect_next(0, id, "a1a2");
	assert_int_equal(counts().waiting, 4);
}

static void
a_reference_used_again_opens_another_message(void **state)
{
	int64_t id;

	(void)state;
	assert_int_equal(take(part_of("+6284010000959", "ANAK 3 ", 5, 1, 2), &id), INBOX_WAITING);
	assert_int_equal(take(part_of("+6284010000959", "LANSIA 9 ", 5, 1, 2), &id), INBOX_WAITING);
	assert_int_equal(counts().partial, 1);
	assert_int_equal(counts().waiting, 1);
	assert_int_equal(take(part_of("+6284010000959", "BALITA 1", 5, 2, 2), &id), INBOX_COMPLETE);
	expect_next(0, id, "LANSIA 9 BALITA 1");
}

static void
a_part_sent_again_by_the_phone_is_no_other_message(void **state)
{
	struct sms_part first = part_of("+6284010000959", "ANAK 3 ", 5, 1, 2);
	int64_t id, again;

	(void)state;
	assert_int_equal(take(first, &id), INBOX_WAITING);
	strcpy(first.time, "2026-10-20T09:00:20+07:00");
	assert_int_equal(take(first, &again), INBOX_DUPLICATE);
	assert_int_equal(again, id);
	assert_int_equal(take(part_of("+6284010000959", "BALITA 1", 5, 2, 2), &id), INBOX_COMPLETE);
	expect_next(0, id, "ANAK 3 BALITA 1");
	assert_int_equal(counts().partial, 0);
}

static void
missing_parts_are_waited_for_a_day(void **state)
{
	char sender[SMS_ADDRESS_SIZE];
	int64_t id, first;

	(void)state;
	take_at(part_of("+6284010000959", "a1", 1, 1, 3), NOW, &id);
	take_at(part_of("+6284010001096", "b1", 1, 1, 3), NOW + HOUR, &id);
	take_at(part_of("+6284010000959", "a2", 1, 2, 3), NOW + 2 * HOUR, &id);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(inbox_give_up(store, NOW + 24 * HOUR + 1, sender, &first), -ENOENT);
	assert_int_equal(inbox_give_up(store, NOW + 26 * HOUR + 1, sender, &first), 0);
	assert_string_equal(sender, "+6284010001096");
	assert_int_equal(inbox_give_up(store, NOW + 26 * HOUR + 1, sender, &first), 0);
	assert_string_equal(sender, "+6284010000959");
	assert_int_equal(inbox_give_up(store, NOW + 26 * HOUR + 1, sender, &first), -ENOENT);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(counts().partial, 3);
	/* One that comes after all waits for itself. */
	assert_int_equal(take(part_of("+6284010000959", "a3", 1, 3, 3), &id), INBOX_WAITING);
	expect_nothing_to_read();
}

static void
what_stays_incomplete_is_shown(void **state)
{
	char sender[SMS_ADDRESS_SIZE];
	struct inbox_partial partial;
	int64_t ids[3], first;

	(void)state;
	take_at(part_of("+6284010000959", "a1", 1, 1, 3), NOW, &ids[0]);
	take_at(part_of("+6284010001096", "b2", 1, 2, 2), NOW, &ids[1]);
	take_at(part_of("+6284010000959", "a3", 1, 3, 3), NOW + 60, &ids[2]);
	assert_int_equal(inbox_next_partial(store, 0, &partial), -ENOENT);
	assert_int_equal(store_begin(store), 0);
	while (inbox_give_up(store, NOW + 25 * HOUR, sender, &first) == 0)
		;
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(inbox_next_partial(store, 0, &partial), 0);
	assert_int_equal(partial.id, ids[0]);
	assert_string_equal(partial.sender, "+6284010000959");
	assert_int_equal(partial.parts, 2);
	assert_int_equal(partial.total, 3);
	assert_int_equal(partial.wall, NOW);
	assert_int_equal(inbox_next_partial(store, partial.id, &partial), 0);
	assert_int_equal(partial.id, ids[1]);
	assert_int_equal(inbox_next_partial(store, partial.id, &partial), -ENOENT);
}

static int
put_aside(const char *bytes, int32_t slot, int64_t *id)
{
	struct inbox_broken broken = {
		.sim = SIM, .modem = "modem1", .reason = "user data too long", .slot = slot,
		.pdu = (const uint8_t *)bytes, .length = strlen(bytes),
	};

	sms_raw_key(broken.pdu, broken.length, SIM, broken.key);
	return inbox_quarantine(store, &broken, NOW, id);
}

static void
what_is_broken_is_kept_once(void **state)
{
	struct inbox_quarantined row;
	uint8_t raw[8];
	int64_t id, again, other;

	(void)state;
	assert_int_equal(put_aside("\x07\x91\x26", 3, &id), 0);
	assert_int_equal(put_aside("\x07\x91\x26", 17, &again), 1);
	assert_int_equal(again, id);
	assert_int_equal(put_aside("", 4, &other), 0);
	assert_int_equal(counts().quarantine, 2);
	expect_nothing_to_read();
	assert_int_equal(inbox_next_quarantined(store, 0, &row), 0);
	assert_int_equal(row.id, id);
	assert_int_equal(row.slot, 3);
	assert_int_equal(row.length, 3);
	assert_int_equal(row.wall, NOW);
	assert_string_equal(row.modem, "modem1");
	assert_string_equal(row.reason, "user data too long");
	assert_int_equal(inbox_next_quarantined(store, id, &row), 0);
	assert_int_equal(row.length, 0);
	assert_int_equal(inbox_next_quarantined(store, row.id, &row), -ENOENT);
	assert_int_equal(inbox_raw(store, id, raw, sizeof raw), 3);
	assert_memory_equal(raw, "\x07\x91\x26", 3);
	assert_int_equal(inbox_raw(store, other, raw, sizeof raw), 0);
	assert_int_equal(inbox_raw(store, 4711, raw, sizeof raw), -ENOENT);
	assert_int_equal(inbox_quarantine_of(store, "modem1"), 2);
	assert_int_equal(inbox_quarantine_of(store, "modem2"), 0);
}

static void
first_parts_without_end_do_not_pile_up(void **state)
{
	char sender[SMS_ADDRESS_SIZE];
	int64_t id;

	(void)state;
	for (int reference = 0; reference < 20; reference++)
		take(part_of("+6284010000959", "bom", reference, 1, 16), &id);
	assert_int_equal(counts().waiting, 4);
	assert_int_equal(counts().partial, 16);
	/* The newest still completes. */
	take(part_of("+6284010001096", "x", 1, 1, 2), &id);
	assert_int_equal(take(part_of("+6284010001096", "y", 1, 2, 2), &id), INBOX_COMPLETE);

	for (int i = 0; i < 2100; i++) {
		snprintf(sender, sizeof sender, "+62840%08d", i);
		take(part_of(sender, "bom", 1, 1, 2), &id);
	}
	assert_int_equal(counts().waiting, 2000);
	snprintf(sender, sizeof sender, "+62840%08d", 2099);
	assert_int_equal(take(part_of(sender, "ber", 1, 2, 2), &id), INBOX_COMPLETE);
}

static void
what_no_person_wrote_is_never_read(void **state)
{
	static const uint8_t port[] = {6, 5, 4, 0x0b, 0x84, 0x23, 0xf0};
	struct sms_part flash = part_of("+6284010000959", "flash", 0, 1, 1);
	struct sms_part silent = part_of("+6284010000959", "silent", 0, 1, 1);
	struct sms_part replace = part_of("+6284010000959", "replace", 0, 1, 1);
	struct sms_part binary = part_of("+6284010000959", "\x01\x06\x2f", 0, 1, 1);
	struct sms_part nobody = part_of("", "nobody", 0, 1, 1);
	struct sms_part push = part_of("+6284010000959", "push", 0, 1, 1);
	struct sms_part mail = part_of("+6284010000959", "mail", 0, 1, 1);
	int64_t id;

	(void)state;
	flash.class = 0;
	flash.dcs = 0x10;
	silent.pid = 0x40;
	binary.coding = SMS_8BIT;
	mail.dcs = 0xc8;
	memcpy(push.udh, port, sizeof port);
	push.udh_length = sizeof port;
	assert_int_equal(take(flash, &id), INBOX_REJECTED);
	assert_int_equal(take(silent, &id), INBOX_REJECTED);
	assert_int_equal(take(binary, &id), INBOX_REJECTED);
	assert_int_equal(take(nobody, &id), INBOX_REJECTED);
	assert_int_equal(take(push, &id), INBOX_REJECTED);
	assert_int_equal(take(mail, &id), INBOX_REJECTED);
	for (int16_t pid = 0x41; pid <= 0x47; pid++) {
		replace.pid = pid;
		assert_int_equal(take(replace, &id), INBOX_REJECTED);
	}
	assert_int_equal(take(flash, &id), INBOX_DUPLICATE);
	assert_int_equal(counts().rejected, 13);
	expect_nothing_to_read();

	/* Class 1 to 3 and telematic PIDs are ordinary texts. */
	flash.class = 1;
	flash.dcs = 0x11;
	assert_int_equal(take(flash, &id), INBOX_NEW);
	replace.pid = 0x48;
	assert_int_equal(take(replace, &id), INBOX_NEW);
}

static void
a_part_that_contradicts_itself_is_not_stored(void **state)
{
	struct sms_part part = part_of("+6284010000959", "x", 1, 3, 2);
	enum inbox_take what;
	int64_t id;

	(void)state;
	assert_int_equal(inbox_take(store, &part, SIM, "modem1", NOW, &what, &id), -EINVAL);
	part = part_of("+6284010000959", "x", 0, 1, 1);
	part.units_length = SMS_UNITS_MAX + 1;
	assert_int_equal(inbox_take(store, &part, SIM, "modem1", NOW, &what, &id), -EINVAL);
}

static void
a_message_that_kills_its_reader_is_put_aside(void **state)
{
	struct inbox_message message;
	int64_t bad, good;

	(void)state;
	take(part_of("+6284010000959", "bad", 0, 1, 1), &bad);
	take(part_of("+6284010000959", "good", 0, 1, 1), &good);
	assert_int_equal(inbox_try(store, bad), 0);
	assert_int_equal(inbox_try(store, bad), 0);
	assert_int_equal(inbox_next(store, 0, &message), 0);
	assert_int_equal(message.id, bad);
	assert_int_equal(message.tries, 2);
	assert_int_equal(inbox_try(store, bad), -EAGAIN);
	expect_next(0, good, "good");
	assert_int_equal(inbox_try(store, bad), -ENOENT);
	assert_int_equal(counts().quarantine, 1);
}

static void
an_end_is_reached_once(void **state)
{
	int64_t id;

	(void)state;
	take(part_of("+6284010000959", "ANAK 3", 0, 1, 1), &id);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(inbox_end(store, id, INBOX_DONE, false), 0);
	assert_int_equal(inbox_end(store, id, INBOX_DONE, false), -ENOENT);
	store_rollback(store);
	expect_next(0, id, "ANAK 3");
	finish(id, INBOX_SILENT, false);
	assert_int_equal(counts().rejected, 1);
}

static void
personal_data_is_blanked_everywhere(void **state)
{
	sqlite3_stmt *statement;
	int64_t id;

	(void)state;
	struct sms_part first = part_of("+6284010000959", "NIK 3207", 5, 1, 2);
	strcpy((char *)first.pdu, "PDU 3207");
	take(first, &id);
	take(part_of("+6284010000959", "011223", 5, 2, 2), &id);
	finish(id, INBOX_DONE, true);
	assert_int_equal(sqlite3_prepare_v2(store->db,
		"SELECT count(*) FROM sms_in WHERE body <> '' OR raw IS NOT NULL OR units IS NOT NULL",
		-1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(statement, 0), 0);
	sqlite3_finalize(statement);
	assert_int_equal(counts().done, 3);
}

static void
a_part_sent_twice_is_kept_once(void **state)
{
	struct sms_part part = part_of("+6284010000959", "nama ", 5, 1, 2);
	sqlite3_stmt *statement;
	int64_t id;

	(void)state;
	take(part, &id);
	part.time[15] = '9';
	part.key[0] ^= 1;
	assert_int_equal(take(part, &id), INBOX_DUPLICATE);
	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT count(*), sum(body <> '' OR units IS NOT NULL) FROM sms_in", -1,
					    &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(statement, 0), 2);
	assert_int_equal(sqlite3_column_int(statement, 1), 1);
	sqlite3_finalize(statement);
}

static void
the_same_text_again_is_counted(void **state)
{
	int64_t ids[5];

	(void)state;
	for (int i = 0; i < 5; i++) {
		struct sms_part part = part_of(i == 1 ? "+6284010001096" : "+6284010000959", "ANAK 3", 0, 1, 1);
		part.time[15] = (char)('0' + i);       /* the minute */
		take_at(part, NOW + i * HOUR / 2, &ids[i]);
	}
	assert_int_equal(inbox_repeats(store, ids[0], "+6284010000959", "ANAK 3", NOW, HOUR), 1);
	assert_int_equal(inbox_repeats(store, ids[2], "+6284010000959", "ANAK 3", NOW + HOUR, HOUR), 1);
	assert_int_equal(inbox_repeats(store, ids[4], "+6284010000959", "ANAK 3", NOW + 2 * HOUR, HOUR), 2);
	assert_int_equal(inbox_repeats(store, ids[4], "+6284010000959", "ANAK 3", NOW + 2 * HOUR, 24 * HOUR), 4);
	assert_int_equal(inbox_repeats(store, ids[4], "+6284010000959", "ANAK 4", NOW + 2 * HOUR, 24 * HOUR), 0);
}

static void
a_text_from_the_command_line_is_a_message(void **state)
{
	char long_text[SMS_TEXT_MAX + 1];
	int64_t first, second;

	(void)state;
	memset(long_text, 'x', SMS_TEXT_MAX);
	long_text[SMS_TEXT_MAX] = '\0';
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(inbox_insert(store, "+6284010000959", "", NOW, "ANAK 3", &first), 0);
	assert_int_equal(inbox_insert(store, "+6284010000959", "", NOW, "ANAK 3", &second), 0);
	assert_int_equal(inbox_insert(store, "+6284010000959", "", NOW, long_text, &second), -EMSGSIZE);
	assert_int_equal(store_commit(store), 0);
	assert_int_not_equal(first, second);
	expect_next(0, first, "ANAK 3");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_message_is_read_as_it_came),
		TEST(without_a_time_the_day_tells_two_apart),
		TEST(without_a_time_it_stays_the_same_in_its_slot),
		TEST(the_network_delivers_twice_it_is_stored_once),
		TEST(messages_are_read_oldest_first),
		TEST(three_parts_in_any_order),
		TEST(half_a_character_finds_its_other_half),
		TEST(sixteen_full_parts_fit),
		TEST(more_parts_than_that_are_not_waited_for),
		TEST(parts_of_different_messages_do_not_mix),
		TEST(a_reference_used_again_opens_another_message),
		TEST(a_part_sent_again_by_the_phone_is_no_other_message),
		TEST(missing_parts_are_waited_for_a_day),
		TEST(what_stays_incomplete_is_shown),
		TEST(what_is_broken_is_kept_once),
		TEST(first_parts_without_end_do_not_pile_up),
		TEST(what_no_person_wrote_is_never_read),
		TEST(a_part_that_contradicts_itself_is_not_stored),
		TEST(a_message_that_kills_its_reader_is_put_aside),
		TEST(an_end_is_reached_once),
		TEST(personal_data_is_blanked_everywhere), TEST(a_part_sent_twice_is_kept_once),
		TEST(the_same_text_again_is_counted),
		TEST(a_text_from_the_command_line_is_a_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
