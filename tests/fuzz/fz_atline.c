/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_atline: what a modem says on the raw way, in chunks of any size: the same is understood however it is cut,
 * and behind whatever it was the second command finds its answer. */
#include <string.h>

#include "fuzz.h"
#include "modem/rawat.h"

static void
look_at(const struct rawat_answer *a)
{
	MUST(a->body.length <= sizeof a->body.bytes && a->news_count <= RAWAT_NEWS_MOST);
	for (size_t i = 0; i < a->news_count; i++) {
		MUST(a->news[i].direct.length <= sizeof a->news[i].direct.bytes && a->news[i].slot >= 0);
		MUST(memchr(a->news[i].memory, '\0', sizeof a->news[i].memory));
	}
	MUST(a->end <= RAWAT_ERROR && a->code >= -1);
}

/* The rest of the noise may be taken for the answer to the first command, but no longer. */
static void
resync(struct rawat_answer *a)
{
	static const char first[] = "AT\r\r\nOK\r\n", second[] = "AT+CMGR=1\r\r\n+CMGR: 0,,2\r\n07AB\r\n\r\nOK\r\n";

	rawat_begin(a, "AT");
	(void)rawat_take(a, first, sizeof first - 1);
	rawat_begin(a, "AT+CMGR=1");
	MUST(rawat_take(a, second, sizeof second - 1));
	MUST(a->end == RAWAT_OK && a->message && a->body.length == 2 && a->body.bytes[0] == 0x07 && a->body.bytes[1] == 0xAB);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rawat_answer whole, cut;
	size_t step = size > 0 ? data[0] % 17 + 1 : 1, from = size > 0;
	const char *said = (const char *)data;

	whole.news_count = cut.news_count = 0;
	rawat_begin(&whole, "AT+CMGR=1");
	rawat_begin(&cut, "AT+CMGR=1");
	rawat_take(&whole, said + from, size - from);
	for (size_t at = from; at < size; at += step)
		rawat_take(&cut, said + at, size - at < step ? size - at : step);
	look_at(&whole);
	MUST(whole.end == cut.end && whole.code == cut.code && whole.message == cut.message);
	MUST(whole.news_count == cut.news_count && memcmp(whole.news, cut.news, sizeof whole.news) == 0);
	MUST(whole.body.length == cut.body.length &&
	     memcmp(whole.body.bytes, cut.body.bytes, whole.body.length) == 0);
	resync(&cut);
	return 0;
}
