/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_minutes: what stands behind NOTULEN. */
#include "lang/reader.h"

#include "lang/minutes.h"

/* Who is named in the part that is for that; TIDAK ADA is nobody. */
static void
read_named(struct reader *reader, const struct minutes_cut *cut)
{
	const struct minutes *minutes = &reader->grammar->minutes[cut->set];
	size_t i = 0;
	int value;

	while (i < cut->count && cut->parts[i].part != minutes->partners)
		i++;
	if (i == cut->count || reader_phrase(reader, WORD_NOTHING, cut->parts[i].first, 3, &value) != 0 ||
	    reader_word(reader, WORD_VERB, cut->parts[i].first) == VERB_NIHIL)
		return;
	command_partners(reader, cut->parts[i].first, cut->parts[i].end);
}

/* NOTULEN KEG: ...; KOOR: ..., or anything else. */
void
command_minutes(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	struct minutes_cut cut;

	parse->text = command_text(reader, at);
	minutes_cut(reader->grammar, parse->folded, parse->tokens, at, parse->count, &cut);
	if (cut.set >= 0 && reader->grammar->minutes[cut.set].partners >= 0)
		read_named(reader, &cut);
	command_mark_all(reader, at);
}
