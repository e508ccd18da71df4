/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_sql: any octets, stored as what senders and modems give: quotes, NUL, broken UTF-8, halves of surrogate pairs. What
 * comes out of the database is what went in, octet for octet, and what is printed of it as JSON or as a table is whole. */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/phone.h"
#include "base/sms.h"
#include "box.h"
#include "fuzz.h"
#include "gate/try.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/roster.h"
#include "store/story.h"
#include "store/ticket.h"

#define FROM "+6284055500001"
#define SIM "510101234567890"
#define PARTS_MOST 8
#define UNITS 67

static struct store *store;

/* A message of the command line, and its story. */
static void
through_inbox(const char *text)
{
	static struct inbox_message message;
	static struct story_in story;
	int64_t id;

	MUST(store_begin(store) == 0);
	MUST(inbox_insert(store, FROM, "", BOX_NOW, text, &id) == (strlen(text) < SMS_TEXT_MAX ? 0 : -EMSGSIZE));
	MUST(store_commit(store) == 0);
	MUST(inbox_next(store, id - 1, &message) == 0 && message.id == id && strcmp(message.text, text) == 0);
	MUST(story_in(store, id, &story) == 0 && strcmp(story.text, text) == 0);
	MUST(inbox_repeats(store, id, FROM, text, BOX_NOW, 60) == 1);
}

/* The same octets as UTF-16 in the parts of a message. */
static void
through_parts(const uint8_t *data, size_t size)
{
	static char expected[SMS_TEXT_MAX];
	static struct inbox_message message;
	uint16_t units[PARTS_MOST * UNITS];
	size_t count = size / 2 < PARTS_MOST * UNITS ? size / 2 : PARTS_MOST * UNITS;
	size_t total = (count + UNITS - 1) / UNITS;
	enum inbox_take what = INBOX_WAITING;
	int64_t id = 0;

	memcpy(units, data, 2 * count);
	sms_text(units, count, expected, sizeof expected);
	for (size_t i = 0; i < total; i++) {
		size_t length = count - i * UNITS < UNITS ? count - i * UNITS : UNITS;
		struct sms_part part = {
			.slot = 1, .sender = FROM, .time = "2026-10-20T09:00:00+07:00", .ton = 1, .class = -1, .coding = SMS_UCS2,
			.sequence = (uint8_t)(i + 1), .total = (uint8_t)total, .units_length = (uint16_t)length,
		};

		if (total > 1) {
			const uint8_t header[] = { 5, 0, 3, 7, (uint8_t)total, (uint8_t)(i + 1) };

			memcpy(part.udh, header, sizeof header);
			part.udh_length = sizeof header;
			part.reference_bits = 8;
			part.reference = 7;
		}
		memcpy(part.units, units + i * UNITS, 2 * length);
		sms_key(&part, SIM, part.key);
		MUST(inbox_take(store, &part, SIM, "gammu", BOX_NOW, &what, &id) == 0);
	}
	if (what == INBOX_NEW || what == INBOX_COMPLETE)
		MUST(inbox_next(store, id - 1, &message) == 0 && strcmp(message.text, expected) == 0);
}

static void
through_quarantine(const uint8_t *data, size_t size)
{
	struct inbox_broken broken = { .sim = SIM, .modem = "gammu", .reason = "unreadable", .slot = 1, .pdu = data,
				       .length = size < SMS_RAW_MAX ? size : SMS_RAW_MAX };
	uint8_t raw[SMS_RAW_MAX];
	int64_t id;

	sms_raw_key(data, broken.length, SIM, broken.key);
	MUST(inbox_quarantine(store, &broken, BOX_NOW, &id) >= 0);
	MUST(inbox_raw(store, id, raw, sizeof raw) == (int)broken.length && memcmp(raw, data, broken.length) == 0);
}

/* What goes out, part by part. */
static void
through_outbox(const char *text)
{
	static char sent[SMS_OUT_PARTS_MAX * sizeof ((struct sms_out *)NULL)->text];
	struct sms_out parts[SMS_OUT_PARTS_MAX];
	struct outbox_message message;
	int64_t next;
	int error, more;

	MUST(store_begin(store) == 0);
	error = outbox_put(store, &(struct outbox_new){ .key = "fuzz:1", .class = OUTBOX_ALERT, .dest = FROM, .text = text,
							.wall = BOX_NOW, .urgent = true });
	MUST(error == (sms_split(text, parts) > 0 ? 0 : -EMSGSIZE));
	if (error != 0) {
		store_rollback(store);
		return;
	}
	MUST(store_commit(store) == 0);
	do
		MUST(outbox_claim(store, "gammu", BOX_NOW, &message, &next) == 0);
	while (strcmp(message.sms.dest, FROM) != 0);
	sent[0] = '\0';
	do {
		MUST(sms_out_check(&message.sms) == 0);
		strcat(sent, message.sms.text);
		more = outbox_sent(store, message.sms.id, 1, BOX_NOW, &message);
		MUST(more >= 0);
	} while (more == 1);
	MUST(strcmp(sent, text) == 0);
}

static void
through_ticket(const char *text)
{
	struct ticket ticket = { .verb = "TANYA", .person = 1, .organisation = 1, .wall = BOX_NOW, .phone = "+6284010000001",
				 .handlers = "TKSK" };
	char *asked, *answered;
	int64_t no;

	if (text[0] == '\0')
		return;                 /* "TANYA" alone is refused */
	MUST(store_begin(store) == 0 && ticket_put(store, &ticket, text, &no) == 0);
	MUST(ticket_answer(store, no, text, 6, BOX_NOW) == 0 && store_commit(store) == 0);
	MUST(ticket_find(store, no, &ticket, &asked, &answered) == 0);
	MUST(strcmp(asked, text) == 0 && strcmp(answered, text) == 0);
	free(asked);
	free(answered);
}

/* A person of that name and that organisation, and the table of all of them. */
static void
through_people(const char *text)
{
	struct person person = { .state = PERSON_ACTIVE, .phone = "+6284010000777", .role = "PSM", .area = "32.07.34.2007" };
	struct person found;
	char *table = NULL;
	size_t size;
	FILE *out = open_memstream(&table, &size);

	snprintf(person.name, sizeof person.name, "%s", text);
	snprintf(person.body, sizeof person.body, "%s", text[0] != '\0' ? text : "PSM");
	MUST(store_begin(store) == 0 && people_put(store, &person) == 0 && store_commit(store) == 0);
	MUST(people_find(store, person.phone, &found) == 0);
	MUST(strcmp(found.name, person.name) == 0 && strcmp(found.body, person.body) == 0);
	MUST(out && roster_export(store, out) > 0 && fclose(out) == 0 && strstr(table, person.phone));
	free(table);
}

/* The line that `kentongan try --json` prints. */
static void
through_json(struct box *box, const char *text, const char *from)
{
	static const struct desk_conf conf = { .own_numbers = "", .destinations = "^\\+62" };
	const struct try_options options = { .json = true, .at = "2026-10-20T09:00:00+07:00" };
	char *line = NULL;
	const char *expect;
	size_t size;
	FILE *out = open_memstream(&line, &size);
	json_t *said;

	MUST(out && try_run(store, box->grammar, &conf, &options, from, text, out) == 0 && fclose(out) == 0);
	MUST(size > 0 && strchr(line, '\n') == line + size - 1);
	said = json_loads(line, 0, NULL);
	MUST(said);
	expect = json_string_value(json_object_get(said, "expect"));
	MUST(expect && json_is_object(json_object_get(said, "result")));
	if (strcmp(expect, "reject") == 0)
		MUST(json_array_size(json_object_get(said, "reply")) == 1);
	json_decref(said);
	free(line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct box *box = fuzz_box();
	char *text = malloc(size + 1);

	MUST(text);
	memcpy(text, data, size);
	text[size] = '\0';
	store = box->store;
	through_inbox(text);
	through_parts(data, size);
	through_quarantine(data, size);
	through_outbox(text);
	through_ticket(text);
	through_people(text);
	through_json(box, text, fuzz_box_phone(size > 0 ? data[size - 1] : 0));
	free(text);
	fuzz_box_restore();
	return 0;
}
