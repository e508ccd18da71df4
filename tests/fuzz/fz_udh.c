/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_udh: parts of messages of a few senders in any order, with references used again: each is stored once, the
 * number of those that wait is bounded, and so is the memory of all of it; a message that is whole
 * holds what its parts said. */
#include <errno.h>
#include <string.h>

#include "fuzz.h"
#include "base/log.h"
#include "base/sms.h"
#include "store/inbox.h"
#include "store/statement.h"
#include "store/store.h"

#define STEP 6
#define PARTS_MOST 120
#define WALL 1790000000
#define MEMORY_MOST (1 << 20)           /* bytes, the tables included */
#define OPEN_MOST (4 * 4 * 16)          /* senders, messages of each, parts of each */

static void
make_part(const uint8_t *op, struct sms_part *part)
{
	const uint8_t header[] = { 5, 0, 3, op[1] % 4, op[2] % 17, op[3] % 17 };

	memset(part, 0, sizeof *part);
	part->slot = 1;
	snprintf(part->sender, sizeof part->sender, "+62840000000%02u", op[0] % 4U);
	snprintf(part->time, sizeof part->time, "2026-10-20T09:00:%02u+07:00", op[4] % 4U);
	part->ton = 1;
	part->class = -1;
	part->coding = op[0] & 0x80 ? SMS_UCS2 : SMS_GSM7;
	part->sequence = part->total = 1;
	if (op[0] & 0x40) {
		part->udh_length = sizeof header;
		memcpy(part->udh, header, sizeof header);
		part->reference_bits = op[0] & 0x20 ? 16 : 8;
		part->reference = header[3];
		part->total = header[4];
		part->sequence = header[5];
	}
	part->units_length = op[5] % 68;
	for (unsigned i = 0; i < part->units_length; i++)
		part->units[i] = op[5] & 0x80 ? (uint16_t)(0xD800 + op[4] * 8 + i) : (uint16_t)('A' + (op[4] + i) % 26);
	sms_key(part, "510101234567890", part->key);
}

static void
look_at(struct store *store)
{
	struct inbox_message message;
	struct inbox_counts counts;
	int error = inbox_next(store, 0, &message);

	inbox_count(store, &counts);
	MUST(counts.waiting <= OPEN_MOST);
	if (error == -ENOENT)
		return;
	MUST(error == 0 && memchr(message.text, '\0', sizeof message.text));
	MUST(message.text[0] == '\0' || sms_units(message.text) >= 0);
	MUST(inbox_try(store, message.id) == 0);
	MUST(store_begin(store) == 0 && inbox_end(store, message.id, INBOX_DONE, false) == 0 && store_commit(store) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct store *store;
	struct sms_part part;
	enum inbox_take what;
	int64_t id, again;

	log_level(3);
	if (!store)
		MUST(store_open(&store, ":memory:", STORE_CREATE) == 0);
	fuzz_heap_watch();
	for (size_t n = 0; n < PARTS_MOST && size >= STEP; n++, data += STEP, size -= STEP) {
		int error;

		make_part(data, &part);
		error = inbox_take(store, &part, "510101234567890", "gammu", WALL + (int64_t)n, &what, &id);
		MUST(error == (sms_part_sane(&part) ? 0 : -EINVAL));
		if (error == 0) {
			MUST(inbox_take(store, &part, "510101234567890", "gammu", WALL, &what, &again) == 0);
			MUST(what == INBOX_DUPLICATE);
		}
		look_at(store);
	}
	MUST(fuzz_heap_most() <= MEMORY_MOST);
	MUST(sqlite3_exec(store->db, "DELETE FROM sms_in", NULL, NULL, NULL) == SQLITE_OK);
	return 0;
}
