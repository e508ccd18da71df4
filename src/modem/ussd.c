/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ussd: reads +CUSD. Which way a text is written is judged by the text: the dcs is the network's, and says nothing of
 * what the modem has made of it. */
#include "modem/ussd.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/gsm7.h"
#include "base/sms.h"
#include "modem/pdu.h"

#define OCTETS_MAX 512
#define DIGITS_ONLY 16          /* hexadecimal of that length has a letter in it: 16 digits by chance are 1 in 1800 */
#define ASCII_LEAST 8           /* octets; as many packed ones have a high bit among them */
#define DCS_NONE (-1)

bool
ussd_code_sane(const char *code)
{
	size_t length = strlen(code);

	return length > 1 && length < USSD_CODE_SIZE && (code[0] == '*' || code[0] == '#') &&
	       strspn(code, "*#0123456789") == length;
}

/* --- octets --- */

/* Coding groups of 23.038 5. */
static bool
is_ucs2(int dcs)
{
	return dcs == 0x11 || (dcs != DCS_NONE && (dcs & 0x0C) == 0x08 && ((dcs & 0xC0) == 0x40 || (dcs & 0xF0) == 0x90));
}

static uint16_t
unit_at(const uint8_t *octets, size_t index)
{
	return (uint16_t)(octets[2 * index] << 8 | octets[2 * index + 1]);
}

/* Some modems show what lay behind the text in their memory. */
static size_t
ucs2(const uint8_t *octets, size_t count, uint16_t *units)
{
	size_t made = 0;

	while (made < count / 2 && made < USSD_UNITS_MAX && unit_at(octets, made) != 0) {
		units[made] = unit_at(octets, made);
		made++;
	}
	return made;
}

/* A modem that turns everything to UCS-2, as +CSCS has asked it to, leaves the dcs as it was. Its characters are those
 * of GSM-7 then: nearly all below U+0100, no control characters but ends of lines. */
static bool
looks_like_ucs2(const uint8_t *octets, size_t count)
{
	size_t latin = 0;

	if (count % 2 != 0)
		return false;
	for (size_t i = 0; i < count / 2; i++) {
		uint16_t unit = unit_at(octets, i);

		if (unit < ' ' && unit != '\r' && unit != '\n')
			return false;
		latin += unit < 0x100;
	}
	return 4 * latin >= 3 * (count / 2);
}

static size_t
septets(const uint8_t *octets, size_t count, uint16_t *units)
{
	size_t most = 8 * count / 7;

	return gsm7_unpack(octets, 0, most < USSD_UNITS_MAX ? most : USSD_UNITS_MAX, units);
}

/* A modem that was asked for +CSCS="HEX" writes an octet for each character. */
static bool
looks_like_ascii(const uint8_t *octets, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if ((octets[i] < ' ' && octets[i] != '\r' && octets[i] != '\n') || octets[i] >= 0x7F)
			return false;
	return count >= ASCII_LEAST;
}

static size_t
ascii(const uint8_t *octets, size_t count, uint16_t *units)
{
	size_t made;

	for (made = 0; made < count && made < USSD_UNITS_MAX; made++)
		units[made] = octets[made];
	return made;
}

static bool
has_letter(const char *hex)
{
	return hex[strspn(hex, "0123456789")] != '\0';
}

/* --- the string --- */

/* Characters as they are; what is no UTF-8 becomes a question mark each. */
static size_t
characters(const char *text, uint16_t *units)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
	size_t count = 0;

	while (*at != '\0' && count < USSD_UNITS_MAX - 1) {
		utf8proc_int32_t code;
		utf8proc_ssize_t length = utf8proc_iterate(at, -1, &code);

		if (length <= 0) {
			length = 1;
			code = '?';
		}
		at += length;
		if (code >= 0x10000) {
			units[count++] = (uint16_t)(0xD800 + ((code - 0x10000) >> 10));
			code = 0xDC00 + ((code - 0x10000) & 0x3FF);
		}
		units[count++] = (uint16_t)code;
	}
	return count;
}

static bool
is_small(unsigned letter)
{
	return letter >= 'a' && letter <= 'z';
}

/* Of dcs 10 and 11 (hexadecimal) the first two letters are a language: in a text with an end of line behind them, in
 * UCS-2 packed to one unit. */
static size_t
skip_language(int dcs, uint16_t *units, size_t count)
{
	size_t skipped = 0;

	if (dcs == 0x10 && count >= 3 && is_small(units[0]) && is_small(units[1]) && (units[2] == '\r' || units[2] == '\n'))
		skipped = 3;
	if (dcs == 0x11 && count >= 1 && is_small(units[0] >> 8) && is_small(units[0] << 1 & 0x7E))
		skipped = 1;
	memmove(units, units + skipped, (count - skipped) * sizeof *units);
	return count - skipped;
}

static size_t
decode(const char *string, int dcs, uint16_t *units)
{
	uint8_t octets[OCTETS_MAX];
	size_t count;

	if (!pdu_unhex(string, octets, sizeof octets, &count) || count < 2 ||
	    (!has_letter(string) && strlen(string) < DIGITS_ONLY))
		return characters(string, units);
	if ((is_ucs2(dcs) && count % 2 == 0) || looks_like_ucs2(octets, count))
		return ucs2(octets, count, units);
	if (looks_like_ascii(octets, count))
		return ascii(octets, count, units);
	return septets(octets, count, units);
}

/* One line: control characters and blanks in a row become one blank, none at the ends. */
static size_t
tidy(uint16_t *units, size_t count)
{
	size_t made = 0;

	for (size_t i = 0; i < count; i++) {
		bool blank = units[i] <= ' ' || (units[i] >= 0x7F && units[i] <= 0xA0) || units[i] == 0x2028 ||
			     units[i] == 0x2029;

		if (!blank)
			units[made++] = units[i];
		else if (made > 0 && units[made - 1] != ' ')
			units[made++] = ' ';
	}
	while (made > 0 && units[made - 1] == ' ')
		made--;
	return made;
}

/* --- the line --- */

/* Behind the last quotation mark, as a text may have some; a text without an end goes to that of the line. */
static int
cut_string(const char *from, char *string, size_t size)
{
	const char *end = strrchr(from, '"');
	size_t length = end ? (size_t)(end - from) : strlen(from);
	const char *comma = end ? strchr(end, ',') : NULL;

	if (length >= size)
		length = size - 1;
	memcpy(string, from, length);
	string[length] = '\0';
	if (comma == NULL || comma[1 + strspn(comma + 1, " ")] < '0' || comma[1 + strspn(comma + 1, " ")] > '9')
		return DCS_NONE;
	return (int)(strtol(comma + 1, NULL, 10) & 0xFF);
}

bool
ussd_read(const char *line, struct ussd_answer *out)
{
	char string[2 * OCTETS_MAX + 1];
	uint16_t units[USSD_UNITS_MAX];
	const char *quote;
	size_t count;
	int dcs;

	memset(out, 0, sizeof *out);
	if (strncmp(line, "+CUSD:", 6) != 0)
		return false;
	line += 6 + strspn(line + 6, " ");
	if (line[0] < '0' || line[0] >= '0' + USSD_STATES || (line[1] >= '0' && line[1] <= '9'))
		return false;
	out->state = (enum ussd_state)(line[0] - '0');
	quote = strchr(line, '"');
	if (quote == NULL)
		return true;
	dcs = cut_string(quote + 1, string, sizeof string);
	count = decode(string, dcs, units);
	count = tidy(units, skip_language(dcs, units, count));
	sms_text(units, count, out->text, sizeof out->text);
	return true;
}
