/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tally: what the entries of a form come to: JUMLAH, REKAP, and a sender's own list. Part of the desk, as deeds is. */
#ifndef GATE_TALLY_H
#define GATE_TALLY_H

#include "gate/deeds.h"

#define TALLY_MONTHS 6          /* that a REKAP goes back if no months were said */

/* Fills the outcome's fields: "nilai" the figures by their names with "lapor" (places with an entry, villages) or "kali"
 * (how many entries); for a REKAP the figures by month; of a form without figures "isi", the newest entries in words.
 * Nothing if there is no entry. 0 or -errno. */
int tally_ask(const struct deed *deed) __attribute__((warn_unused_result));

#endif
