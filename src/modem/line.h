/* SPDX-License-Identifier: GPL-3.0-or-later */
/* line: keeps from libGammu what a modem says unasked and the library takes for the answer to its command, which
 * then never comes: 19 s and a new worker each time. Knows no libGammu and no meaning but of a line's first word. */
#ifndef MODEM_LINE_H
#define MODEM_LINE_H

#include <stdbool.h>
#include <stddef.h>

#define LINE_MOST 2048          /* a longer one goes through as it is */

/* {0} is a modem that has not said anything. */
struct line_filter {
	char held[LINE_MOST];           /* a line whose end has not come */
	size_t length;
	char command[64];               /* the last echo */
	bool echoes;                    /* there was one: before it everything goes through */
	bool answering;                 /* between an echo and the end of the answer */
	bool pdu_follows;               /* the next line belongs to this one */
	bool too_long, prompted;
};

/* Takes count bytes of what a modem says; out, with room for count + LINE_MOST, gets what the library should see.
 * Returns how many. */
size_t line_pass(struct line_filter *filter, const char *in, size_t count, char *out);

/* From now on read() of this process, also in libraries, passes what it reads from that terminal through a
 * filter (as with usleep(), see pace.h). readv() does not. NULL: nothing any more. */
void line_watch(const char *device);

#endif
