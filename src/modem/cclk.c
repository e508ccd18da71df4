/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cclk: what a modem says of the time. */
#include "modem/cclk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CENTURY 2000
#define YEAR_LEAST 70           /* of two digits: from here on it is of the century before, as 80/01/06 */
#define QUARTERS_MOST 56        /* no zone is further than 14 hours */

/* Takes digits of that count and what follows them. */
static bool
take_number(const char **at, size_t digits, const char *end, unsigned *out)
{
	if (strspn(*at, "0123456789") != digits || strncmp(*at + digits, end, strlen(end)) != 0)
		return false;
	*out = (unsigned)strtoul(*at, NULL, 10);
	*at += digits + strlen(end);
	return true;
}

static bool
between(unsigned value, unsigned least, unsigned most)
{
	return value >= least && value <= most;
}

bool
cclk_read(const char *line, char out[SMS_TIME_SIZE])
{
	unsigned year, month, day, hour, minute, second, zone;
	const char *at = line + strcspn(line, "\"");
	bool full, east;

	out[0] = '\0';
	if (*at != '"')
		return false;
	at++;
	full = strspn(at, "0123456789") == 4;
	if (!take_number(&at, full ? 4 : 2, "/", &year) || !take_number(&at, 2, "/", &month) ||
	    !take_number(&at, 2, ",", &day) || !take_number(&at, 2, ":", &hour) ||
	    !take_number(&at, 2, ":", &minute) || !take_number(&at, 2, "", &second))
		return false;
	east = *at == '+';
	if (!east && *at != '-')
		return false;
	at++;
	if (!take_number(&at, 2, "\"", &zone) || (!full && year >= YEAR_LEAST))
		return false;
	if (!full)
		year += CENTURY;
	if (!between(year, CENTURY, CENTURY + 99) || !between(month, 1, 12) || !between(day, 1, 31) ||
	    hour > 23 || minute > 59 || second > 59 || zone > QUARTERS_MOST)
		return false;
	snprintf(out, SMS_TIME_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u%c%02u:%02u", year, month, day, hour, minute, second,
		 east ? '+' : '-', zone / 4, zone % 4 * 15);
	return true;
}
