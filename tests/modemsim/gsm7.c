/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gsm7: the GSM 7-bit default alphabet, its extension table and its packing (TS 23.038). */
#include "gsm7.h"

enum { ESCAPE = 0x1B };

/* TS 23.038, 6.2.1; the escape itself maps to no character. */
static const uint16_t basic[128] = {
	0x40, 0xA3, 0x24, 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, 0x0A, 0xD8, 0xF8, 0x0D, 0xC5, 0xE5,
	0x394, 0x5F, 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0, 0xC6, 0xE6, 0xDF, 0xC9,
	0x20, 0x21, 0x22, 0x23, 0xA4, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F,
	0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F,
	0xA1, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E, 0x4F,
	0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5A, 0xC4, 0xD6, 0xD1, 0xDC, 0xA7,
	0xBF, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F,
	0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0xE4, 0xF6, 0xF1, 0xFC, 0xE0,
};

/* TS 23.038, 6.2.1.1 */
static const struct {
	uint8_t  septet;
	uint16_t unit;
} extension[] = {
	{ 0x0A, 0x0C }, { 0x14, '^' }, { 0x28, '{' }, { 0x29, '}' }, { 0x2F, '\\' },
	{ 0x3C, '[' }, { 0x3D, '~' }, { 0x3E, ']' }, { 0x40, '|' }, { 0x65, 0x20AC },
};
enum { EXTENSIONS = sizeof extension / sizeof *extension };

int
gsm7_encode(uint16_t unit, uint8_t septets[2])
{
	for (unsigned i = 0; unit && i < 128; i++) {
		if (basic[i] == unit) {
			septets[0] = (uint8_t)i;
			return 1;
		}
	}
	for (unsigned i = 0; i < EXTENSIONS; i++) {
		if (extension[i].unit == unit) {
			septets[0] = ESCAPE;
			septets[1] = extension[i].septet;
			return 2;
		}
	}
	return 0;
}

static uint16_t
extended(uint8_t septet)
{
	for (unsigned i = 0; i < EXTENSIONS; i++) {
		if (extension[i].septet == septet)
			return extension[i].unit;
	}
	/* 6.2.1.1: a receiver shows the basic character for an extension it does not know, a space for a second escape */
	return septet == ESCAPE ? ' ' : basic[septet & 0x7F];
}

size_t
gsm7_decode(const uint8_t *septets, size_t n, uint16_t *units)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		if (septets[i] != ESCAPE)
			units[count++] = basic[septets[i] & 0x7F];
		else
			units[count++] = i + 1 < n ? extended(septets[++i]) : ' ';
	}
	return count;
}

size_t
septets_pack(const uint8_t *septets, size_t n, size_t skip, uint8_t *out)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t b = 0; b < 7; b++) {
			size_t bit = skip + 7 * i + b;
			uint8_t mask = (uint8_t)(1u << bit % 8);

			if (septets[i] >> b & 1)
				out[bit / 8] |= mask;
			else
				out[bit / 8] &= (uint8_t)~mask;
		}
	}
	return (skip + 7 * n + 7) / 8;
}

void
septets_unpack(const uint8_t *in, size_t skip, size_t n, uint8_t *septets)
{
	for (size_t i = 0; i < n; i++) {
		septets[i] = 0;
		for (size_t b = 0; b < 7; b++) {
			size_t bit = skip + 7 * i + b;

			septets[i] |= (uint8_t)((in[bit / 8] >> bit % 8 & 1) << b);
		}
	}
}
