/* SPDX-License-Identifier: GPL-3.0-or-later */
/* credit: what the SIM of a modem has left, in words of the grammar; the answer to PULSA. Pure. */
#ifndef LANG_CREDIT_H
#define LANG_CREDIT_H

#include <stdint.h>

#include "lang/answer_parts.h"

/* "gammu Rp25.000 (3 jam lalu)", "gammu 100 SMS (2 hari lalu)"; amount -1: it is not known. age: seconds. */
void credit_phrase(const struct grammar *grammar, const char *modem, enum credit what, int64_t amount, int64_t age,
		   char out[REPLY_SIZE]);

/* PULSA: each line of the outcome is one of them: name is the modem, unit the enum credit, number the amount (NO_VALUE: not
 * known), whole its age in seconds. */
void answer_credit(struct answer *answer);

#endif
