/* SPDX-License-Identifier: GPL-3.0-or-later */
/* credit: what the SIM of a modem has left, in words of the grammar. */
#include "lang/credit.h"

#include <stdio.h>
#include <string.h>

#include "lang/pages.h"

#define MINUTE 60
#define HOUR 3600
#define DAY 86400

/* 1234567 as 1.234.567 */
static void
write_amount(int64_t amount, char *out, size_t size)
{
	char digits[24];
	size_t length = (size_t)snprintf(digits, sizeof digits, "%lld", (long long)amount), used = 0;

	for (size_t i = 0; i < length && used + 2 < size; i++) {
		if (i != 0 && (length - i) % 3 == 0)
			out[used++] = '.';
		out[used++] = digits[i];
	}
	out[used] = '\0';
}

/* "3 jam" */
static void
write_age(const struct grammar *grammar, int64_t age, char out[REPLY_SIZE])
{
	struct reply_form form;

	reply_start(&form, age < 2 * HOUR ? "FRASA_MENIT" : age < 2 * DAY ? "FRASA_JAM" : "FRASA_HARI");
	reply_set(&form, "n", "%lld", (long long)(age < 2 * HOUR ? age / MINUTE : age < 2 * DAY ? age / HOUR : age / DAY));
	reply_write(grammar, &form, out);
}

void
credit_phrase(const struct grammar *grammar, const char *modem, enum credit what, int64_t amount, int64_t age,
	      char out[REPLY_SIZE])
{
	static const char *const ids[CREDITS][2] = {
		[CREDIT_BALANCE] = { "FRASA_PULSA_BELUM", "FRASA_PULSA" },
		[CREDIT_QUOTA] = { "FRASA_KUOTA_BELUM", "FRASA_KUOTA" },
	};
	struct reply_form form;
	char text[REPLY_SIZE];

	reply_start(&form, ids[what][amount >= 0]);
	reply_set(&form, "modem", "%s", modem);
	if (amount >= 0) {
		write_amount(amount, text, sizeof text);
		reply_set(&form, "sisa", "%s", text);
		write_age(grammar, age > 0 ? age : 0, text);
		reply_set(&form, "usia", "%s", text);
	}
	reply_write(grammar, &form, out);
}

void
answer_credit(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	struct page_list list = { 0 };
	char text[REPLY_SIZE];

	reply_start(&outcome->reply, outcome->line_count != 0 ? "JWB_PULSA" : "JWB_PULSA_KOSONG");
	if (outcome->line_count == 0)
		return;
	for (size_t i = 0; i < outcome->line_count; i++) {
		const struct outcome_line *line = &outcome->lines[i];

		credit_phrase(answer->grammar, line->name, (enum credit)line->unit,
			      line->number != NO_VALUE ? line->number : -1, line->whole, text);
		pages_add(&list, false, "%s", text);
	}
	pages_fill(answer, &list, ", ", verb_name(outcome->verb));
}
