/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_ussd: what a modem says of a USSD session, from any bytes: what comes out can be shown and stored as it is, and
 * looking for an amount and for numbers in it stays within it. */
#include <string.h>

#include "fuzz.h"
#include "base/phone.h"
#include "base/sms.h"
#include "lang/operator.h"
#include "modem/ussd.h"

static void
look_for_amounts(const char *text)
{
	static const char *const patterns[] = { "Rp{n}", "{n} SMS", "Pulsa ... Rp{n}", "Sisa ... a ... {n}" };
	char masked[USSD_TEXT_SIZE];

	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		int64_t amount = operator_match(patterns[i], text);

		MUST(amount >= -1 && amount <= 999999999999);
	}
	strcpy(masked, text);
	phone_hide(masked);
	MUST(strlen(masked) == strlen(text));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *line = malloc(size + sizeof "+CUSD: ");
	struct ussd_answer answer;

	MUST(line);
	memcpy(line, "+CUSD: ", sizeof "+CUSD: " - 1);
	memcpy(line + sizeof "+CUSD: " - 1, data, size);
	line[size + sizeof "+CUSD: " - 1] = '\0';
	for (int cut = 0; cut < 2; cut++) {
		if (!ussd_read(cut ? line + sizeof "+CUSD: " - 1 : line, &answer))
			continue;
		MUST(answer.state < USSD_STATES);
		MUST(memchr(answer.text, '\0', sizeof answer.text));
		MUST(sms_units(answer.text) >= 0 && sms_units(answer.text) <= USSD_UNITS_MAX);
		for (const char *at = answer.text; *at; at++)
			MUST((unsigned char)*at >= ' ' && *at != 0x7F);
		look_for_amounts(answer.text);
		MUST(answer.text[0] != ' ' && (answer.text[0] == '\0' || answer.text[strlen(answer.text) - 1] != ' '));
	}
	free(line);
	return 0;
}
