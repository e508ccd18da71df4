/* SPDX-License-Identifier: GPL-3.0-or-later */
/* print: times, numbers and costs as the operator sees them. */
#include "ctl/ctl.h"

#include <inttypes.h>
#include <string.h>

#include "base/civil.h"
#include "base/phone.h"
#include "lang/grammar.h"

_Static_assert(CTL_TIME_SIZE >= PHONE_MASK_SIZE, "ctl_number() writes into it");

const char *
ctl_time(const struct grammar *grammar, const char *area, int64_t wall, char out[CTL_TIME_SIZE])
{
	const struct zone *zone = grammar_zone_of(grammar, area);
	struct civil civil = civil_at(wall, zone->east);

	if (wall == 0)
		snprintf(out, CTL_TIME_SIZE, "never");
	else
		snprintf(out, CTL_TIME_SIZE, "%04d-%02d-%02d %02d:%02d:%02d %.8s", civil.year, civil.month, civil.day, civil.hour,
			 civil.minute, (int)(wall % 60), zone->name);
	return out;
}

const char *
ctl_number(const struct call *call, const char *number, char out[CTL_TIME_SIZE])
{
	char phone[PHONE_SIZE];

	if (call->options[OPTION_NUMBERS] != NULL)
		snprintf(out, CTL_TIME_SIZE, "%s", number);
	else
		phone_mask(phone_normalise(number, phone) ? phone : number, out);
	return out;
}

const char *
ctl_cost(const struct config *config, int64_t sms, char out[CTL_TIME_SIZE])
{
	if (config->sms_price != 0)
		snprintf(out, CTL_TIME_SIZE, "%" PRId64 " SMS, Rp %" PRId64, sms, sms * config->sms_price);
	else
		snprintf(out, CTL_TIME_SIZE, "%" PRId64 " SMS", sms);
	return out;
}
