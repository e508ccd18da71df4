/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sender: who writes, or who is written to, at the beginning or the end of a message. It says nothing that is counted,
 * but PSM, KT and the like are helpers that can be counted, too: only what cannot be meant so is passed over. */
#include "lang/reader.h"

#include <string.h>

#define PHRASE_MAX 3

/* Whether the token before is a word of that kind, passed over itself (the INI of BULAN INI is not). */
static bool
follows(const struct reader *reader, size_t at, enum word_kind kind)
{
	return at > 0 && reader->parse->readings[at - 1] == READ_STOP && reader_word(reader, kind, at - 1) >= 0;
}

/* Whether something new begins there. */
static bool
is_apart(const struct reader *reader, size_t at)
{
	return at == 0 || (reader->parse->tokens[at].gap & ~(unsigned)(GAP_BLANK | GAP_OTHER)) != 0;
}

/* The sender's own role or organisation; behind YTH and the like any role that is no category. */
static size_t
role_length(const struct reader *reader, size_t at, bool addressed)
{
	const struct asker *asker = reader->asker;
	char body[TOKEN_SIZE * 2];
	int role, category;
	size_t length = reader_phrase(reader, WORD_ROLE, at, PHRASE_MAX, &role);

	if (length != 0 && asker->role != NULL && strcmp(reader->grammar->roles[role].name, asker->role) == 0)
		return length;
	if (length != 0)
		return addressed && reader_phrase(reader, WORD_CATEGORY, at, PHRASE_MAX, &category) == 0 ? length : 0;
	/* RT and RW are bodies, too, but here they are parts of a village. */
	length = reader_phrase(reader, WORD_BODY, at, PHRASE_MAX, &role);
	if (length == 0 || asker->body == NULL || reader_word(reader, WORD_RT, at) >= 0 ||
	    reader_word(reader, WORD_RW, at) >= 0)
		return 0;
	reader_span(reader, at, length, body, sizeof body);
	return strcmp(body, asker->body) == 0 ? length : 0;
}

/* The sender's own village, kecamatan and kabupaten without marks. */
static size_t
own_names(const struct reader *reader, size_t at)
{
	const char *area = reader->asker->area, *code;
	size_t taken = 0, length;

	while (at + taken < reader->parse->count && area[0] != '\0' && reader_joined(reader, at + taken)) {
		length = locate_exact(reader, at + taken, PLACE_ANY, &code);
		if (length == 0 || strcmp(code, area) != 0)
			length = locate_above(reader, at + taken, area);
		if (length == 0)
			break;
		taken += length;
	}
	return taken;
}

/* Whether a number stands right behind: then it may be the count of PSM. */
static bool
is_counted(const struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	size_t marks = at < parse->count && reader_word(reader, WORD_VILLAGE, at) >= 0 ? 1 : 0;

	at += marks;
	at += at < parse->count ? own_names(reader, at) : 0;
	return at < parse->count && (parse->tokens[at].gap & ~(unsigned)GAP_BLANK) == 0 && number_begins(reader, at);
}

/* Whether what stands there cannot belong to a KADER or KETUA before it: kader lansia 3 counts something else. */
static bool
is_other_matter(const struct reader *reader, size_t at)
{
	return at >= reader->parse->count || is_apart(reader, at) || reader_word(reader, WORD_VILLAGE, at) >= 0 ||
	       reader_word(reader, WORD_DISTRICT, at) >= 0 || reader_word(reader, WORD_STOP, at) >= 0 ||
	       own_names(reader, at) != 0;
}

size_t
sender_read(struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	bool introduced = follows(reader, at, WORD_INTRODUCING), addressed = follows(reader, at, WORD_ADDRESSING);
	size_t end = at, names, length;
	bool role = false, office = false;
	int category;

	if (!introduced && !addressed && !is_apart(reader, at))
		return 0;
	while (end < parse->count && (end == at || reader_joined(reader, end))) {
		length = role_length(reader, end, addressed);
		role |= length != 0;
		if (length == 0 && (length = reader_word(reader, WORD_OFFICE, end) >= 0) != 0)
			office = true;
		if (length == 0)
			break;
		if (reader_phrase(reader, WORD_CATEGORY, end, PHRASE_MAX, &category) != 0 &&
		    (!introduced || is_counted(reader, end + length)))
			return 0;
		end += length;
	}
	if (end == at || (office && !role && !is_other_matter(reader, end)))
		return 0;
	reader_mark(reader, at, end - at, READ_STOP);
	names = own_names(reader, end);
	reader_mark(reader, end, names, READ_PLACE);
	return end - at + names;
}
