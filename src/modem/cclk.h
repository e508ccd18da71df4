/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cclk: what a modem says of the time (+CCLK, TS 27.007 8.15). A modem that the network has told nothing (NITZ) counts
 * from 1970, 1980 or 2000, or says no zone: that is no time. */
#ifndef MODEM_CCLK_H
#define MODEM_CCLK_H

#include <stdbool.h>

#include "base/sms.h"

/* Reads the line +CCLK: "26/11/22,16:35:01+28" (years also of four digits; local time and quarters of an hour east of
 * UTC). true: out is 2026-11-22T16:35:01+07:00; false: out is "". */
bool cclk_read(const char *line, char out[SMS_TIME_SIZE]);

#endif
