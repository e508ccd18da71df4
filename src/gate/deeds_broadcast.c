/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds_broadcast: UMUM: whom a text goes to, what it costs, and its first step on the way. */
#include "gate/deeds_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sms.h"
#include "base/xmalloc.h"
#include "lang/relay.h"
#include "store/audience.h"
#include "store/circular.h"
#include "store/region.h"

#define HOUR 3600

/* The role that was said; without one everybody, but whoever has a part of a village means those who have one too. */
static void
set_roles(const struct deed *deed, char *out, size_t size)
{
	const struct grammar *grammar = deed->grammar;
	size_t used = 0, i;

	out[0] = '\0';
	if (deed->parse->role_said) {
		/* UMUM PKK: those alone, not all that share their role. */
		snprintf(out, size, "%s", deed->parse->body[0] != '\0' ? deed->parse->body : grammar->roles[deed->parse->role].name);
		return;
	}
	for (i = 0; i < grammar->role_count && deed->who->asker.scope == SCOPE_PART && used < size; i++)
		if (grammar->roles[i].scope == SCOPE_PART)
			used += (size_t)snprintf(out + used, size - used, "%s%s", used != 0 ? "," : "", grammar->roles[i].name);
}

static struct audience
audience_of(const struct deed *deed, const char *roles)
{
	return (struct audience){ .area = deed->outcome->area, .roles = roles[0] != '\0' ? roles : NULL,
				  .rw = deed->person->rw, .willing = true };
}

/* "UMUM dari TKSK Lumbung: ..." with what may be passed on. The caller's. */
static char *
write_text(const struct deed *deed)
{
	char *text = relay_text(deed->grammar, deed->parse->text), *whole;
	struct reply_form form;
	char from[REPLY_SIZE];

	reply_start(&form, "SIAR_DARI");
	deed_set_body(deed, &form);
	reply_write(deed->grammar, &form, from);
	whole = xasprintf("%s%s", from, text);
	free(text);
	return whole;
}

static size_t
count_parts(const char *text)
{
	struct sms_out parts[SMS_OUT_PARTS_MAX];

	return sms_split(text, parts);
}

int
deeds_broadcast_ask(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	struct person person;
	char roles[128], *text;
	struct audience audience;
	int count, error;

	set_roles(deed, roles, sizeof roles);
	audience = audience_of(deed, roles);
	count = audience_count(deed->store, &audience);
	if (count < 0)
		return count;
	/* The sender knows it already. */
	error = audience_next(deed->store, &audience, deed->person->id - 1, &person);
	if (error != 0 && error != -ENOENT)
		return error;
	count -= error == 0 && person.id == deed->person->id;
	text = write_text(deed);
	/* Of a province or the country the names at hand say nothing. */
	error = region_name(deed->store, outcome->area, outcome->area_name, sizeof outcome->area_name);
	if (error != 0 && error != -ENOENT)
		return error;
	outcome->number = count;
	outcome->whole = count * (long)count_parts(text);
	free(text);
	if (count == 0)
		outcome->effect = EFFECT_NOTHING;
	return 0;
}

int
deeds_broadcast_do(const struct deed *deed)
{
	struct circular *circular = xcalloc(1, sizeof *circular);
	char *text = write_text(deed);
	int64_t no;
	int error;

	snprintf(circular->kind, sizeof circular->kind, "umum");
	circular->inbox = deed->inbox;
	circular->person = deed->person->id;
	snprintf(circular->area, sizeof circular->area, "%s", deed->outcome->area);
	set_roles(deed, circular->roles, sizeof circular->roles);
	circular->rw = deed->person->rw;
	snprintf(circular->text, sizeof circular->text, "%s", text);
	circular->wall = deed->received;
	circular->not_after = deed->received + (int64_t)deed->grammar->limits[LIMIT_BROADCAST_HOURS] * HOUR;
	circular->hold = deed->hold;
	circular->recipients = (int)deed->outcome->number;
	error = circular_put(deed->store, circular, &no);
	free(text);
	free(circular);
	return error;
}
