/* SPDX-License-Identifier: GPL-3.0-or-later */
/* secrets: a set of hashes of pieces. 64 bits each: another's would be a chance of one in 10^12 a run. */
#include "secrets.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 1 << 16, NAME_LEAST = 4, PIN_LEAST = 4, PIN_MOST = 8, WHOLE_MOST = 64 };

static uint64_t *set;           /* open addressing; 0 is free */
static size_t size, used;

static void
put(uint64_t hash)
{
	size_t at;

	if (used * 2 >= size) {
		uint64_t *old = set;
		size_t old_size = size;

		size = size == 0 ? 4096 : size * 2;
		used = 0;
		set = calloc(size, sizeof *set);
		if (set == NULL)
			abort();
		for (size_t i = 0; i < old_size; i++)
			if (old[i] != 0)
				put(old[i]);
		free(old);
	}
	for (at = hash % size; set[at] != 0; at = (at + 1) % size)
		if (set[at] == hash)
			return;
	set[at] = hash;
	used++;
}

static bool
has(uint64_t hash)
{
	for (size_t at = hash % size; set[at] != 0; at = (at + 1) % size)
		if (set[at] == hash)
			return true;
	return false;
}

/* FNV-1a. kind: a whole one and a piece of a longer one are not the same. */
static uint64_t
hash_of(char kind, const char *text, size_t length)
{
	uint64_t hash = 14695981039346656037ULL ^ (unsigned char)kind;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * 1099511628211ULL;
	return hash != 0 ? hash : 1;
}

/* "Lapor 7,  DESA x" becomes "LAPOR 7 DESA X". Returns its length. */
static size_t
fold(const char *text, char out[LINE_SIZE])
{
	size_t length = 0;

	for (; *text != '\0' && length < LINE_SIZE - 2; text++) {
		unsigned char c = (unsigned char)*text;

		if (isalnum(c) || c >= 0x80)
			out[length++] = (char)toupper(c);
		else if (length > 0 && out[length - 1] != ' ')
			out[length++] = ' ';
	}
	while (length > 0 && out[length - 1] == ' ')
		length--;
	out[length] = '\0';
	return length;
}

static bool
begins_word(const char *text, size_t at)
{
	return text[at] != ' ' && (at == 0 || text[at - 1] == ' ');
}

static void
put_pins(const char *text)
{
	for (const char *at = text; (at = strstr(at, "PIN ")) != NULL; ) {
		size_t digits = strspn(at += 4, "0123456789");

		if (digits >= PIN_LEAST && digits <= PIN_MOST)
			put(hash_of('w', at, digits));
	}
}

void
secrets_pins(const char *text)
{
	static char folded[LINE_SIZE];

	fold(text, folded);
	put_pins(folded);
}

void
secrets_text(const char *text)
{
	static char folded[LINE_SIZE];
	size_t length = fold(text, folded);

	put_pins(folded);
	if (length >= SECRET_LEAST && length < SECRET_PIECE)
		put(hash_of('w', folded, length));
	for (size_t at = 0; at + SECRET_PIECE <= length; at++)
		if (begins_word(folded, at))
			put(hash_of('p', folded + at, SECRET_PIECE));
}

void
secrets_name(const char *name)
{
	static char folded[LINE_SIZE];
	size_t length = fold(name, folded);

	if (length >= NAME_LEAST)
		put(hash_of('w', folded, length));
}

void
secrets_word(const char *word)
{
	static char folded[LINE_SIZE];
	size_t length = fold(word, folded);

	if (length > 0)
		put(hash_of('w', folded, length));
}

/* A whole one that begins there: it ends where a word ends. Returns its length, or 0. */
static size_t
whole_at(const char *text)
{
	for (size_t end = 1; end <= WHOLE_MOST && text[end - 1] != '\0'; end++)
		if ((text[end] == ' ' || text[end] == '\0') && has(hash_of('w', text, end)))
			return end;
	return 0;
}

const char *
secrets_find(const char *line)
{
	static char folded[LINE_SIZE], found[64];
	size_t length = fold(line, folded), much = 0;

	for (size_t at = 0; at < length && used > 0; at++) {
		if (!begins_word(folded, at))
			continue;
		if (at + SECRET_PIECE <= length && has(hash_of('p', folded + at, SECRET_PIECE)))
			much = SECRET_PIECE;
		else
			much = whole_at(folded + at);
		if (much > 0) {
			snprintf(found, sizeof found, "%.*s", (int)much, folded + at);
			return found;
		}
	}
	return NULL;
}

void
secrets_forget(void)
{
	free(set);
	set = NULL;
	size = used = 0;
}
