/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wire: between a modem and its line: plugged in and out, and what the line itself does wrong (pace, drip, deaf). */
#ifndef WIRE_H
#define WIRE_H

#include "modem.h"

/* Opens the modem's line under path. Returns 0 or -errno; wire_close is right after both. */
int wire_open(struct modem *m, const char *path);
void wire_close(struct modem *m);

/* Where the line is, or will be. */
const char *wire_path(const struct modem *m);
bool wire_is_in(const struct modem *m);

/* Takes the modem out: the symlink vanishes, who has the line open sees it hang up (F11 of the reliability table).
 * It comes back in ms, or when wire_plug is called if ms < 0; under another name in the same folder if name is not
 * NULL. Returns 0 or -EINVAL for a bad name. */
int wire_unplug(struct modem *m, int ms, const char *name);

/* Puts it in at once. Returns 0 or -errno. */
int wire_plug(struct modem *m);

/* The armed faults changed: the line does as they say. */
void wire_obey(struct modem *m);

#endif
