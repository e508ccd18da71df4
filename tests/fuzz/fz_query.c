/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_query: any questions from anybody, on a box with reports in it. Who: the first octet; then messages, each to the end
 * of its line. Whatever stands in them, a question changes nothing but what is kept of messages, reading it writes nothing
 * (store_ask_only() would refuse it), and each answer fits into an SMS. */
#include <string.h>

#include "base/sms.h"
#include "box.h"
#include "fuzz.h"

#define MESSAGES_MOST 3

static bool
may_change(const struct outcome *outcome)
{
	return outcome->expect == EXPECT_ACCEPT || outcome->expect == EXPECT_REGISTER || outcome->expect == EXPECT_SETTINGS ||
	       outcome->expect == EXPECT_BROADCAST || outcome->expect == EXPECT_SESSION;
}

static void
look_at(const struct desk_answer *answer)
{
	MUST(sms_septets(answer->reply) >= 0 && sms_septets(answer->reply) <= SMS_GSM7_ONE);
	for (size_t i = 0; i < answer->outcome.page_count; i++)
		MUST(sms_septets(answer->outcome.pages[i]) >= 0 && sms_septets(answer->outcome.pages[i]) <= SMS_GSM7_ONE);
}

/* Gives what the world is afterwards. */
static uint64_t
hear(const char *phone, const char *text, int number, uint64_t before)
{
	static struct desk_answer answer;
	uint64_t after;

	fuzz_box_hear(phone, text, BOX_NOW + 60 * number, &answer);
	after = fuzz_box_world();
	if (!may_change(&answer.outcome))
		MUST(after == before);
	look_at(&answer);
	parse_clear(&answer.parse);
	return after;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text, *line, *rest;
	uint64_t world;

	if (size < 2)
		return 0;
	fuzz_box();
	world = fuzz_box_world();
	text = rest = malloc(size);
	MUST(text);
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	for (int n = 0; n < MESSAGES_MOST && (line = strsep(&rest, "\n")) != NULL; n++)
		world = hear(fuzz_box_phone(data[0]), line, n, world);
	free(text);
	fuzz_box_restore();
	return 0;
}
