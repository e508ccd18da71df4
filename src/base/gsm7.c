/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gsm7: the default alphabet as two tables. The shift tables of single nations (23.038 6.2.1.2) are not in it: a text
 * in one of them is read as if it were in the default alphabet, as by a phone that does not know them. */
#include "base/gsm7.h"

#include <stdbool.h>

#define ESCAPE 0x1B

/* By septet. */
static const uint16_t basic[128] = {
	'@', 0xA3, '$', 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, '\n', 0xD8, 0xF8, '\r', 0xC5, 0xE5,
	0x394, '_', 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0, 0xC6, 0xE6, 0xDF, 0xC9,
	' ', '!', '"', '#', 0xA4, '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/',
	'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?',
	0xA1, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
	'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 0xC4, 0xD6, 0xD1, 0xDC, 0xA7,
	0xBF, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
	'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 0xE4, 0xF6, 0xF1, 0xFC, 0xE0,
};
static const struct { uint8_t septet; uint16_t code; } extended[] = {
	{ 0x0A, '\f' }, { 0x14, '^' }, { 0x28, '{' }, { 0x29, '}' }, { 0x2F, '\\' },
	{ 0x3C, '[' }, { 0x3D, '~' }, { 0x3E, ']' }, { 0x40, '|' }, { 0x65, 0x20AC },
};

int
gsm7_septets(uint32_t code)
{
	for (size_t i = 0; i < sizeof basic / sizeof *basic; i++)
		if (basic[i] == code && i != ESCAPE)
			return 1;
	for (size_t i = 0; i < sizeof extended / sizeof *extended; i++)
		if (extended[i].code == code)
			return 2;
	return -1;
}

/* What is not in the table is to be shown as in the default alphabet, a second escape as a space (23.038 6.2.1.1). */
static uint16_t
after_escape(uint8_t septet)
{
	for (size_t i = 0; i < sizeof extended / sizeof *extended; i++)
		if (extended[i].septet == septet)
			return extended[i].code;
	return septet == ESCAPE ? ' ' : basic[septet];
}

static uint8_t
septet_at(const uint8_t *octets, size_t bit)
{
	unsigned low = octets[bit / 8] >> bit % 8;

	/* The next octet only if it is needed: it may not be there. */
	return (bit % 8 > 1 ? low | (unsigned)octets[bit / 8 + 1] << (8 - bit % 8) : low) & 0x7F;
}

size_t
gsm7_unpack(const uint8_t *octets, size_t bit, size_t septets, uint16_t *units)
{
	size_t count = 0;
	bool escaped = false;

	for (size_t i = 0; i < septets; i++) {
		uint8_t septet = septet_at(octets, bit + 7 * i);

		if (septet == ESCAPE && !escaped) {
			escaped = true;
			continue;
		}
		units[count++] = escaped ? after_escape(septet) : basic[septet];
		escaped = false;
	}
	return count;
}
