/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gsm7: the default alphabet of short messages and its extension (3GPP TS 23.038 6). Knows no messages. */
#ifndef BASE_GSM7_H
#define BASE_GSM7_H

#include <stddef.h>
#include <stdint.h>

/* Septets that a character takes: 1, 2 by way of the extension, -1 it is in neither table. */
int gsm7_septets(uint32_t code);

/* Unpacks that many septets, which begin at a bit of octets (the lowest of the first is 0), to at most as many units
 * of UTF-16: an escape sequence becomes one. The caller has seen to it that the octets are there. Gives the number
 * of units. */
size_t gsm7_unpack(const uint8_t *octets, size_t bit, size_t septets, uint16_t *units);

#endif
