/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pace: how long the fixed sleeps of the modem library really last. Knows nothing of modems or messages. */
#ifndef MODEM_PACE_H
#define MODEM_PACE_H

#include "modem/conf.h"

/* From now on usleep() in this whole process, libraries too, sleeps as asked (stock, the default) or 1 ms.
 * It works because a definition in the executable comes before libc's for every shared library. */
void pace_set(enum modem_pace pace);

/* gone() is called from within usleep() once the terminal fd has hung up: the library waits in loops of
 * short sleeps and would not notice before its time-out. fd -1: nobody is called. */
void pace_watch(int fd, void (*gone)(void));

#endif
