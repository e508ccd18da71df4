/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rawat: AT commands straight to a tty that nobody else has open. Knows no libGammu. */
#ifndef MODEM_RAWAT_H
#define MODEM_RAWAT_H

#include "modem/conf.h"

/* Gives the modem the commands conf->init, each with 2 s to answer. An ERROR from the modem is logged and no
 * failure. 0 or -errno of the device; -ETIMEDOUT when there was no answer. */
__attribute__((warn_unused_result))
int rawat_init(const struct modem_conf *conf);

#endif
