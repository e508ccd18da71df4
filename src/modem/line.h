/* SPDX-License-Identifier: GPL-3.0-or-later */
/* line: what a modem says unasked, and how it ends its lines, must not spoil libGammu's answers. Three faults of the
 * library are met: a line that it does not know it takes for the beginning of the next answer, which then never comes
 * (19 s and a new worker each time), as it does the second line of a USSD text; an answer whose lines do not end with
 * CR LF never comes either; and of two things read at once the second one's result counts, so that an ERROR with a +CMTI
 * behind it is a success. Knows no meaning but of a line's first word. */
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
	char ended;                     /* CR or LF that has just ended a line; else 0 */
	size_t joined;                  /* where the last line of a text with several begins in held; 0 it has one */
};

/* Takes count bytes of what a modem says; out, with room for 2 * count + LINE_MOST, gets what the library should see.
 * Returns how many. */
size_t line_pass(struct line_filter *filter, const char *in, size_t count, char *out);

/* How many of these bytes, which the filter has passed, belong together: those up to the end of an answer. */
size_t line_portion(const char *bytes, size_t count);

/* From now on read() and select() of this process, also in libraries, pass what they read from that terminal
 * through a filter (as with usleep(), see pace.h). readv() and poll() do not. NULL: nothing any more. */
void line_watch(const char *device);

/* Whether read() has something left although the terminal has not: poll() does not know. */
bool line_pending(void);

#endif
