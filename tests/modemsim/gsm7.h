/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gsm7: the GSM 7-bit default alphabet with its extension table (TS 23.038, 6.2.1) and its packing (6.1.2.1). */
#ifndef GSM7_H
#define GSM7_H

#include <stddef.h>
#include <stdint.h>

/* The septets of one UTF-16 unit: 1, or 2 with the escape of the extension table, or 0 when it has none. */
int gsm7_encode(uint16_t unit, uint8_t septets[2]);

/* n septets as UTF-16 units (at most n); an escape with no meaning is a space, as 6.2.1.1 asks. Returns the count. */
size_t gsm7_decode(const uint8_t *septets, size_t n, uint16_t *units);

/* Packs n septets into out after the first skip bits, which are left alone. Returns the octets touched from out. */
size_t septets_pack(const uint8_t *septets, size_t n, size_t skip, uint8_t *out);

/* Takes n septets out of in after skip bits; the caller has checked that in is long enough. */
void septets_unpack(const uint8_t *in, size_t skip, size_t n, uint8_t *septets);

#endif
