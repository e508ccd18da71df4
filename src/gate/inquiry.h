/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inquiry: what the store says to a question (JUMLAH, REKAP, BELUM, STATUS, TUMPANG, CEK of a role, LAGI): lines of the
 * outcome, numbers that the asker must not know masked. Part of the desk. */
#ifndef GATE_INQUIRY_H
#define GATE_INQUIRY_H

#include "gate/deeds.h"

/* Fills the outcome of an accepted question; of one about a form, tally does. 0 or -errno. */
int inquiry_ask(const struct deed *deed) __attribute__((warn_unused_result));

/* Inside the caller's transaction, when the answer is sent: keeps the pages that follow, or forgets the one that LAGI
 * asked for. 0 or -errno. */
int inquiry_sent(const struct deed *deed) __attribute__((warn_unused_result));

#endif
