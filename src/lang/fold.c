/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fold: any UTF-8 to plain upper-case ASCII. Knows Unicode (through libutf8proc), no word of any language. */
#include "lang/fold.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/xmalloc.h"

#define DROP 0                  /* leaves nothing behind */
#define PIECES_MAX 20           /* the longest compatibility decomposition has 18 code points */
#define FRACTION_SLASH 0x2044

/* Letters that Unicode does not take apart, and marks that mean an ASCII one. */
static const struct { int32_t code; const char *as; } RESPELT[] = {
	{ 0x00B4, "" }, { 0x02B9, "" }, { 0x02BB, "" }, { 0x02BC, "" }, { 0x02BD, "" }, { 0x02C8, "" },
	{ 0x2018, "" }, { 0x2019, "" }, { 0x201A, "" }, { 0x201B, "" }, { 0x2032, "" }, { 0x2035, "" },
	{ 0x00AB, "\"" }, { 0x00BB, "\"" }, { 0x201C, "\"" }, { 0x201D, "\"" }, { 0x201E, "\"" },
	{ 0x201F, "\"" }, { 0x2033, "\"" },
	{ 0x2010, "-" }, { 0x2011, "-" }, { 0x2012, "-" }, { 0x2013, "-" }, { 0x2014, "-" }, { 0x2015, "-" },
	{ 0x2043, "-" }, { 0x2212, "-" }, { 0x2044, "/" }, { 0x2215, "/" },
	{ 0x00B1, "~" }, { 0x2248, "~" }, { 0x223C, "~" }, { 0x2264, "<" }, { 0x2265, ">" },
	{ 0x2028, "\n" }, { 0x2029, "\n" }, { 0x0085, "\n" },
	{ 0x0131, "I" }, { 0x00C6, "AE" }, { 0x00E6, "AE" }, { 0x0152, "OE" }, { 0x0153, "OE" },
	{ 0x00DF, "SS" }, { 0x00D8, "O" }, { 0x00F8, "O" }, { 0x0110, "D" }, { 0x0111, "D" },
	{ 0x0141, "L" }, { 0x0142, "L" },
};

static const char *
respelt(int32_t code)
{
	for (size_t i = 0; i < sizeof RESPELT / sizeof RESPELT[0]; i++)
		if (RESPELT[i].code == code)
			return RESPELT[i].as;
	return NULL;
}

static bool
invisible(int32_t code)
{
	switch (utf8proc_category(code)) {
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_CF:
		return true;
	default:
		return false;
	}
}

static char
ascii(int32_t code)
{
	if (code >= 'a' && code <= 'z')
		return (char)(code - 'a' + 'A');
	if (code == '\'' || code == '`')
		return DROP;
	if (code == '\n' || (code >= ' ' && code < 0x7F))
		return (char)code;
	if (code == '\r')
		return '\n';
	/* A count in the digits of an Arabic keyboard is still a count. */
	if (code >= 0x0660 && code <= 0x0669)
		return (char)(code - 0x0660 + '0');
	if (code >= 0x06F0 && code <= 0x06F9)
		return (char)(code - 0x06F0 + '0');
	return invisible(code) ? DROP : ' ';
}

/* One code point of `bytes` bytes; never gives more characters than bytes. */
static size_t
fold_code(int32_t code, size_t bytes, char *out)
{
	int32_t pieces[PIECES_MAX];
	int boundclass = 0;
	size_t length = 0;
	const char *as = respelt(code);
	utf8proc_ssize_t count;

	if (as != NULL) {
		memcpy(out, as, strlen(as));
		return strlen(as);
	}
	count = utf8proc_decompose_char(code, pieces, PIECES_MAX, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundclass);
	if (count < 0 || count > PIECES_MAX)
		count = 0;
	for (utf8proc_ssize_t i = 0; i < count; i++) {
		char folded;

		/* Taken apart, "3" and a half would be 31/2. Half a person is a word that nobody knows. */
		if (pieces[i] == FRACTION_SLASH) {
			memcpy(out, "QQ", 2);
			return 2;
		}
		folded = ascii(pieces[i]);
		if (folded == DROP)
			continue;
		if (length == bytes) {
			out[0] = ' ';
			return 1;
		}
		out[length++] = folded;
	}
	return length;
}

/* Digits of a keyboard, whatever its script; the rest (superscript, circled) only decorate. */
static bool
plain_digit(int32_t code)
{
	return code < 0x80 || (code >= 0x0660 && code <= 0x06F9) || (code >= 0xFF10 && code <= 0xFF19) ||
	       (code >= 0x1D7CE && code <= 0x1D7FF);
}

char *
fold_text(const char *text, size_t **offsets)
{
	size_t length = strlen(text), used = 0, at = 0;
	char *out = xcalloc(length + 1, 1);
	size_t *from = xcalloc(length + 1, sizeof *from);

	while (at < length) {
		int32_t code;
		utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
							  (utf8proc_ssize_t)(length - at), &code);
		size_t added = 1;

		if (bytes <= 0) {
			bytes = 1;
			out[used] = ' ';
		} else if (code == '\r' && text[at + 1] == '\n') {
			added = 0;
		} else {
			added = fold_code(code, (size_t)bytes, out + used);
			/* Three with a footnote is not thirty-two, nor can anybody say what it is. */
			if (added != 0 && used != 0 && !plain_digit(code) && isdigit((unsigned char)out[used]) &&
			    isdigit((unsigned char)out[used - 1])) {
				out[used] = 'Q';
				added = 1;
			}
		}
		for (size_t i = 0; i < added; i++)
			from[used++] = at;
		at += (size_t)bytes;
	}
	out[used] = '\0';
	from[used] = length;
	if (offsets != NULL)
		*offsets = from;
	else
		free(from);
	return out;
}
