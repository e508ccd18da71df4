/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_atline: what a modem says on the raw way, in chunks of any size: the same is understood however it is cut. */
#include <string.h>

#include "fuzz.h"
#include "modem/rawat.h"

static void
look_at(const struct rawat_answer *a)
{
	MUST(a->body.length <= sizeof a->body.bytes && a->direct.length <= sizeof a->direct.bytes);
	MUST(memchr(a->hint_memory, '\0', sizeof a->hint_memory));
	MUST(a->end <= RAWAT_ERROR && a->code >= -1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rawat_answer whole, cut;
	size_t step = size > 0 ? data[0] % 17 + 1 : 1, from = size > 0;
	const char *said = (const char *)data;

	rawat_begin(&whole, "AT+CMGR=1");
	rawat_begin(&cut, "AT+CMGR=1");
	rawat_take(&whole, said + from, size - from);
	for (size_t at = from; at < size; at += step)
		if (rawat_take(&cut, said + at, size - at < step ? size - at : step))
			break;
	look_at(&whole);
	MUST(whole.end == cut.end && whole.code == cut.code && whole.message == cut.message);
	MUST(whole.hint_slot == cut.hint_slot && strcmp(whole.hint_memory, cut.hint_memory) == 0);
	MUST(whole.body.length == cut.body.length &&
	     memcmp(whole.body.bytes, cut.body.bytes, whole.body.length) == 0);
	return 0;
}
