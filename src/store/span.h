/* SPDX-License-Identifier: GPL-3.0-or-later */
/* span: the months that figures are kept ready for: each month, quarter, semester and year of the calendar. Months are
 * year * 12 + month - 1. Private to this room. */
#ifndef STORE_SPAN_H
#define STORE_SPAN_H

#include <stdbool.h>

#define SPANS 4
#define SPAN_LONGEST 12
static const int SPAN_MONTHS[SPANS] = { 1, 3, 6, 12 };  /* each lies in the next */

/* First month of the span of that length that the month lies in. */
static inline int
span_first(int period, int months)
{
	return period - period % months;
}

static inline bool
span_kept(int first, int last)
{
	for (int i = 0; i < SPANS; i++)
		if (last - first + 1 == SPAN_MONTHS[i] && span_first(first, SPAN_MONTHS[i]) == first)
			return true;
	return false;
}

#endif
