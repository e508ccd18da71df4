/* SPDX-License-Identifier: GPL-3.0-or-later */
/* library: what libGammu's decoder makes of octets, in a process that may die of it, as the worker is one. */
#ifndef FUZZ_LIBRARY_H
#define FUZZ_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

enum library { LIBRARY_READ, LIBRARY_REFUSED, LIBRARY_DIED };

/* DIED: it was killed, or did not answer in two seconds and was killed for it; the next call has a new one. How often each
 * was is printed at the end. */
enum library fuzz_library(const uint8_t *bytes, size_t length);

#endif
