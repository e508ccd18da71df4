/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export: the tables of kentongan export. */
#ifndef CTL_EXPORT_H
#define CTL_EXPORT_H

#include "ctl/ctl.h"

/* Prints on standard output. 0, -errno of the store, or an exit status, of which it has said why. */
int export_figures(const struct call *call, struct ctl_room *room);

#endif
