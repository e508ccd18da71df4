/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cancel: between a BATAL and the store: which report is meant, and taking it back. Part of the desk, as deeds is. */
#ifndef GATE_CANCEL_H
#define GATE_CANCEL_H

#include "gate/deeds.h"

/* Before the rules conclude: fills cancels (0: there is no such report), and where and when that was; of a form also
 * before[]. 0 or -errno. */
int cancel_ask(const struct deed *deed) __attribute__((warn_unused_result));
/* Takes back what was found, inside the caller's transaction. The items become what is in force now. 0 or -errno. */
int cancel_do(const struct deed *deed) __attribute__((warn_unused_result));

#endif
