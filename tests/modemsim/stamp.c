/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stamp: moments with a zone in the forms a modem and its network use. */
#include "stamp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int
parse_zone(const char *p, int *quarters)
{
	int h, m = 0, end = 0;

	if (*p == 'Z' && !p[1]) {
		*quarters = 0;
		return 0;
	}
	if ((*p != '+' && *p != '-')
	    || (sscanf(p + 1, "%2d:%2d%n", &h, &m, &end) != 2 && sscanf(p + 1, "%2d%2d%n", &h, &m, &end) != 2)
	    || p[1 + end] || h < 0 || h > 19 || m < 0 || m > 59)
		return -EINVAL;
	*quarters = (h * 4 + m / 15) * (*p == '-' ? -1 : 1);
	return 0;
}

int
stamp_parse(const char *iso, struct stamp *s)
{
	struct tm tm = { 0 };
	int end = 0;

	if (sscanf(iso, "%4d-%2d-%2d%*1[T ]%2d:%2d:%2d%n",
		   &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &end) != 6 || !end)
		return -EINVAL;
	if (tm.tm_year < 1970 || tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 || tm.tm_mday > 31)
		return -EINVAL;
	if (parse_zone(iso + end, &s->quarters) < 0)
		return -EINVAL;
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	s->epoch = timegm(&tm) - s->quarters * 900;
	return 0;
}

static struct tm
local_of(struct stamp s)
{
	time_t t = s.epoch + s.quarters * 900;
	struct tm tm;

	gmtime_r(&t, &tm);
	return tm;
}

/* Two decimal digits, the low one first. */
static uint8_t
swapped(int n)
{
	return (uint8_t)(n % 10 << 4 | n / 10 % 10);
}

void
stamp_encode(struct stamp s, uint8_t out[7])
{
	struct tm tm = local_of(s);

	out[0] = swapped(tm.tm_year % 100);
	out[1] = swapped(tm.tm_mon + 1);
	out[2] = swapped(tm.tm_mday);
	out[3] = swapped(tm.tm_hour);
	out[4] = swapped(tm.tm_min);
	out[5] = swapped(tm.tm_sec);
	out[6] = (uint8_t)(swapped(abs(s.quarters)) | (s.quarters < 0 ? 0x08 : 0));
}

void
stamp_print_cclk(struct stamp s, char out[32])
{
	struct tm tm = local_of(s);

	snprintf(out, 32, "%02d/%02d/%02d,%02d:%02d:%02d%+03d", tm.tm_year % 100, (tm.tm_mon + 1) % 100,
		 tm.tm_mday % 100, tm.tm_hour % 100, tm.tm_min % 100, tm.tm_sec % 100, s.quarters % 100);
}
