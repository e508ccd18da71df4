/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dump: what is overheard of the memory stays in it. */
#ifndef BASE_DUMP_H
#define BASE_DUMP_H

/* No core is written of this process, nor of those it starts: there are numbers, names, texts and keys in it. A unit of
 * systemd says the same; whoever starts a program by hand says nothing. */
void dump_forbid(void);

#endif
