/* SPDX-License-Identifier: GPL-3.0-or-later */
/* balance_say: lines for the control socket. */
#include "gate/balance_say.h"

#include <event2/buffer.h>
#include <inttypes.h>
#include <stdio.h>

#include "store/credit.h"

static const struct { const char *name, *unit; } WHAT[CREDITS] = {
	[CREDIT_BALANCE] = { "balance", "rupiah" }, [CREDIT_QUOTA] = { "quota", "SMS" },
};

const char *
age_text(int64_t seconds, char out[32])
{
	if (seconds < 120)
		snprintf(out, 32, "%" PRId64 " s", seconds);
	else if (seconds < 7200)
		snprintf(out, 32, "%" PRId64 " min", seconds / 60);
	else if (seconds < 172800)
		snprintf(out, 32, "%" PRId64 " h", seconds / 3600);
	else
		snprintf(out, 32, "%" PRId64 " days", seconds / 86400);
	return out;
}

static const char *
words_of(enum modem_dialled result)
{
	switch (result) {
	case MODEM_DIALLED_ANSWERED: return "the network answers";
	case MODEM_DIALLED_MENU: return "the network answers with a menu";
	case MODEM_DIALLED_ENDED: return "the network has ended it";
	case MODEM_DIALLED_REFUSED: return "the modem refuses to dial it";
	case MODEM_DIALLED_NO_USSD: return "the modem cannot dial USSD codes";
	case MODEM_DIALLED_NOT_SUPPORTED: return "the network does not know the code";
	case MODEM_DIALLED_TIMEOUT: return "the network did not answer in time";
	case MODEM_DIALLED_DOWN: return "the modem cannot be used now";
	case MODEM_DIALLED_RESULTS: break;
	}
	return "";
}

void
balance_say_told(const struct balance_told *told, struct evbuffer *out)
{
	evbuffer_add_printf(out, "%s %s: ", told->modem, WHAT[told->what].name);
	if (told->amount != CREDIT_UNKNOWN)
		evbuffer_add_printf(out, "%" PRId64 " %s (pattern of %s%s)", told->amount, WHAT[told->what].unit, told->by->name,
				    told->by->unverified ? ", unverified" : "");
	else
		evbuffer_add_printf(out, "%s%s%s", words_of(told->result), told->error[0] != '\0' ? ": " : "", told->error);
	if (told->text[0] != '\0')
		evbuffer_add_printf(out, "; answer: %s", told->text);
	if (told->text[0] != '\0' && told->amount == CREDIT_UNKNOWN)
		evbuffer_add_printf(out, " (no pattern of 77-operators.grammar is in it)");
	evbuffer_add_printf(out, "\n");
}

static void
say_amount(const struct credit_row *row, int64_t wall, struct evbuffer *out)
{
	char age[32];

	if (row->amount == CREDIT_UNKNOWN)
		evbuffer_add_printf(out, "unknown");
	else
		evbuffer_add_printf(out, "%s%" PRId64 " %s %s ago", row->amount < row->low ? "LOW, " : "", row->amount,
				    WHAT[row->what].unit, age_text(wall > row->wall ? wall - row->wall : 0, age));
}

void
balance_say_short(struct store *store, const char *modem, int64_t wall, struct evbuffer *out)
{
	struct credit_row row;

	for (int what = 0; what < CREDITS; what++) {
		if (credit_find(store, modem, (enum credit)what, &row) != 0)
			continue;
		evbuffer_add_printf(out, ", %s ", WHAT[what].name);
		say_amount(&row, wall, out);
	}
}

void
balance_say_rows(struct store *store, const char *modem, int64_t wall, struct evbuffer *out)
{
	struct credit_row row;
	char age[32];

	for (int what = 0; what < CREDITS; what++) {
		if (credit_find(store, modem, (enum credit)what, &row) != 0) {
			evbuffer_add_printf(out, "  %-12s not watched\n", WHAT[what].name);
			continue;
		}
		evbuffer_add_printf(out, "  %-12s ", WHAT[what].name);
		say_amount(&row, wall, out);
		if (row.dialled != 0)
			evbuffer_add_printf(out, "; dialled %s ago: %s%s%s", age_text(wall > row.dialled ? wall - row.dialled : 0, age),
					    row.result[0] != '\0' ? row.result : "not known", row.text[0] != '\0' ? ", " : "",
					    row.text);
		evbuffer_add_printf(out, "\n");
	}
}

void
balance_say_none(const struct balance *balance, const char *modem, struct evbuffer *out)
{
	const char *operator, *code = balance_hint(balance, modem, &operator);

	evbuffer_add_printf(out, "error: no balance_code or quota_code is configured");
	if (code != NULL)
		evbuffer_add_printf(out, "; that of %s is said to be %s (try it on a phone first)", operator, code);
	evbuffer_add_printf(out, "\n");
}
