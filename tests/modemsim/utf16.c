/* SPDX-License-Identifier: GPL-3.0-or-later */
/* utf16: UTF-8 text to UTF-16 code units and back. */
#include "utf16.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

static bool
is_high(uint32_t u)
{
	return u >= 0xD800 && u < 0xDC00;
}

static bool
is_low(uint32_t u)
{
	return u >= 0xDC00 && u < 0xE000;
}

/* One code point from *p, which moves on; -1 for overlong forms, surrogates and anything cut. */
static int32_t
take(const unsigned char **p)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	uint32_t c = *(*p)++;
	int more = c < 0x80 ? 0 : (c & 0xE0) == 0xC0 ? 1 : (c & 0xF0) == 0xE0 ? 2 : (c & 0xF8) == 0xF0 ? 3 : -1;

	if (more < 0)
		return -1;
	if (more)
		c &= 0x3Fu >> more;
	for (int i = 0; i < more; i++, (*p)++) {
		if ((**p & 0xC0) != 0x80)
			return -1;
		c = c << 6 | (**p & 0x3Fu);
	}
	if (c < least[more] || c > 0x10FFFF || is_high(c) || is_low(c))
		return -1;
	return (int32_t)c;
}

int
utf16_from_utf8(const char *text, uint16_t *units, size_t max)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t n = 0;

	while (*p) {
		int32_t c = take(&p);
		size_t need = c > 0xFFFF ? 2 : 1;

		if (c < 0)
			return -EILSEQ;
		if (n + need > max)
			return -E2BIG;
		if (need == 2) {
			units[n++] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
			units[n++] = (uint16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
		} else {
			units[n++] = (uint16_t)c;
		}
	}
	return (int)n;
}

static char *
put(char *out, uint32_t c)
{
	if (c < 0x80) {
		*out++ = (char)c;
	} else if (c < 0x800) {
		*out++ = (char)(0xC0 | c >> 6);
		*out++ = (char)(0x80 | (c & 0x3F));
	} else if (c < 0x10000) {
		*out++ = (char)(0xE0 | c >> 12);
		*out++ = (char)(0x80 | (c >> 6 & 0x3F));
		*out++ = (char)(0x80 | (c & 0x3F));
	} else {
		*out++ = (char)(0xF0 | c >> 18);
		*out++ = (char)(0x80 | (c >> 12 & 0x3F));
		*out++ = (char)(0x80 | (c >> 6 & 0x3F));
		*out++ = (char)(0x80 | (c & 0x3F));
	}
	return out;
}

char *
utf16_to_utf8(const uint16_t *units, size_t n)
{
	char *text = malloc(n * 3 + 1), *out = text;

	if (!text)
		abort();
	for (size_t i = 0; i < n; i++) {
		uint32_t c = units[i];

		if (is_high(c) && i + 1 < n && is_low(units[i + 1]))
			c = 0x10000 + ((c - 0xD800) << 10) + (units[++i] - 0xDC00u);
		else if (is_high(c) || is_low(c) || c == 0)
			c = 0xFFFD;
		out = put(out, c);
	}
	*out = 0;
	return text;
}
