/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content: the messages of the torture. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "torture.h"

#define ZONE_EAST 7

int
content_modem(long n)
{
	return (int)(n / 2 % MODEMS);
}

long
content_value(long n)
{
	return n % 1999 + 1;
}

void
content_number(const struct torture *t, long n, char out[SMS_ADDRESS_SIZE])
{
	snprintf(out, SMS_ADDRESS_SIZE, "+628402%08ld", n % t->senders + 10000001);
}

void
content_time(const struct torture *t, long n, char out[SMS_TIME_SIZE])
{
	time_t wall = (time_t)(t->start + n + ZONE_EAST * 3600);
	struct tm tm;

	gmtime_r(&wall, &tm);
	strftime(out, SMS_TIME_SIZE, "%Y-%m-%dT%H:%M:%S+07:00", &tm);
}

static bool
is_long(long n)
{
	return n % 4 == 3;
}

/* A report; a long one has its second item in the second part. */
static void
text_of(long n, char *text, size_t size)
{
	if (is_long(n))
		snprintf(text, size, "PMKS LUT %ld,%160s ANAK TERLANTAR %ld", content_value(n), "", n % 97 + 1);
	else
		snprintf(text, size, "PMKS LUT %ld", content_value(n));
}

static void
fill(struct sms_part *part, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		part->units[i] = (unsigned char)text[i];
	part->units_length = (uint16_t)length;
}

static void
make_part(struct sms_part *part, long n, int sequence)
{
	const uint8_t header[] = { 5, 0, 3, (uint8_t)n, 2, (uint8_t)sequence };

	part->reference_bits = 8;
	part->reference = (uint8_t)n;
	part->sequence = (uint8_t)sequence;
	part->total = 2;
	part->udh_length = sizeof header;
	memcpy(part->udh, header, sizeof header);
}

size_t
content_parts(const struct torture *t, long n, struct sms_part parts[2])
{
	char text[2 * SMS_UNITS_MAX];
	size_t length;

	memset(parts, 0, 2 * sizeof *parts);
	content_number(t, n, parts[0].sender);
	content_time(t, n, parts[0].time);
	parts[0].ton = 1;
	parts[0].class = -1;
	parts[0].coding = SMS_GSM7;
	parts[0].sequence = parts[0].total = 1;
	text_of(n, text, sizeof text);
	length = strlen(text);
	if (!is_long(n)) {
		fill(&parts[0], text, length);
		return 1;
	}
	parts[1] = parts[0];
	fill(&parts[0], text, SMS_GSM7_PART);
	fill(&parts[1], text + SMS_GSM7_PART, length - SMS_GSM7_PART);
	/* Either may come first. */
	make_part(&parts[0], n, 1);
	make_part(&parts[1], n, 2);
	if (n % 8 == 7) {
		struct sms_part first = parts[0];

		parts[0] = parts[1];
		parts[1] = first;
	}
	return 2;
}

void
content_notice(long n, char *text, size_t size)
{
	if (n % 3 == 2)
		snprintf(text, size, "Undangan no. %ld:%160s sampai di sini %ld.", n, "", n);
	else
		snprintf(text, size, "Pengumuman no. %ld", n);
}
