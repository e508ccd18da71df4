/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcome: the names that outcomes have outside. */
#include "lang/outcome.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

const char *
reject_name(enum reject reject)
{
	static const char *const names[REJECTS] = {
		[REJECT_NONE] = "", [REJECT_PANJANG] = "E_PANJANG", [REJECT_DAFTAR] = "E_DAFTAR",
		[REJECT_PIN] = "E_PIN", [REJECT_TUNGGU] = "E_TUNGGU", [REJECT_PRIBADI] = "E_PRIBADI", [REJECT_TAMBAH] = "E_TAMBAH",
		[REJECT_AMBIGU] = "E_AMBIGU", [REJECT_PERIODE] = "E_PERIODE", [REJECT_KEC] = "E_KEC",
		[REJECT_KAB] = "E_KAB", [REJECT_ANGKA] = "E_ANGKA", [REJECT_FORMAT] = "E_FORMAT",
		[REJECT_PERINTAH] = "E_PERINTAH", [REJECT_KATA] = "E_KATA", [REJECT_IZIN] = "E_IZIN",
		[REJECT_JUMLAH] = "E_JUMLAH", [REJECT_SATUAN] = "E_SATUAN", [REJECT_GANDA] = "E_GANDA",
		[REJECT_TEMPAT] = "E_TEMPAT", [REJECT_DESA] = "E_DESA", [REJECT_DESA_PILIH] = "E_DESA_PILIH",
		[REJECT_DESA_PERLU] = "E_DESA_PERLU", [REJECT_WILAYAH] = "E_WILAYAH", [REJECT_DEPAN] = "E_DEPAN",
		[REJECT_LAMA] = "E_LAMA", [REJECT_NIHIL] = "E_NIHIL", [REJECT_TIDAK_ADA] = "E_TIDAK_ADA",
		[REJECT_BEDA] = "E_BEDA",
		[REJECT_KUNCI] = "E_KUNCI", [REJECT_UMUR] = "E_UMUR", [REJECT_UMUR_PERLU] = "E_UMUR_PERLU",
		[REJECT_JK] = "E_JK", [REJECT_JK_PERLU] = "E_JK_PERLU", [REJECT_RAHASIA] = "E_RAHASIA",
		[REJECT_SUDAH] = "E_SUDAH", [REJECT_TANGGAL] = "E_TANGGAL", [REJECT_ISIAN] = "", [REJECT_BELUM_ADA] = "E_BELUM_ADA",
	};

	return names[reject];
}

const char *
expect_name(enum expect expect)
{
	static const char *const names[EXPECTS] = {
		[EXPECT_ACCEPT] = "accept", [EXPECT_REJECT] = "reject", [EXPECT_QUERY] = "query",
		[EXPECT_REGISTER] = "register", [EXPECT_HELP] = "help", [EXPECT_IGNORE] = "ignore",
		[EXPECT_SETTINGS] = "settings", [EXPECT_BROADCAST] = "broadcast", [EXPECT_SESSION] = "session",
	};

	return names[expect];
}

void
outcome_refuse(struct outcome *outcome, enum reject why)
{
	outcome->expect = EXPECT_REJECT;
	outcome->reject = why;
	outcome->effect = EFFECT_NOTHING;
}

void
outcome_refuse_category(struct outcome *outcome, enum reject why, int category)
{
	outcome_refuse(outcome, why);
	outcome->category = category;
}

static struct field *
add_field(struct outcome *outcome, const char *name, enum field_kind kind)
{
	struct field *field = &outcome->fields[outcome->field_count];

	assert(outcome->field_count < OUTCOME_FIELDS_MAX);
	outcome->field_count++;
	*field = (struct field){ .kind = kind };
	snprintf(field->name, sizeof field->name, "%s", name);
	return field;
}

const char *
outcome_keep(struct outcome *outcome, const char *text)
{
	char *kept = outcome->texts + outcome->texts_used;
	size_t length = strlen(text) + 1;

	assert(length <= sizeof outcome->texts - outcome->texts_used);
	memcpy(kept, text, length);
	outcome->texts_used += length;
	return kept;
}

/* What lies in the texts of one outcome, at the same place in the other's; all else stays. */
static const char *
moved(const char *text, const struct outcome *from, const struct outcome *to)
{
	uintptr_t at = (uintptr_t)text, begin = (uintptr_t)from->texts;

	return at >= begin && at < begin + sizeof from->texts ? to->texts + (at - begin) : text;
}

void
outcome_copy(const struct outcome *from, struct outcome *to)
{
	*to = *from;
	for (size_t i = 0; i < to->field_count; i++) {
		struct field *field = &to->fields[i];

		field->text = moved(field->text, from, to);
		for (size_t j = 0; j < field->count; j++)
			field->items[j] = moved(field->items[j], from, to);
	}
	for (size_t i = 0; i < FORM_FIELDS_MAX; i++) {
		to->before[i].text = moved(to->before[i].text, from, to);
		to->after[i].text = moved(to->after[i].text, from, to);
	}
}

struct field *
outcome_number(struct outcome *outcome, const char *name, long number)
{
	struct field *field = add_field(outcome, name, FIELD_NUMBER);

	field->number = number;
	return field;
}

struct field *
outcome_text(struct outcome *outcome, const char *name, const char *text)
{
	struct field *field = add_field(outcome, name, FIELD_TEXT);

	field->text = outcome_keep(outcome, text);
	return field;
}

struct field *
outcome_true(struct outcome *outcome, const char *name)
{
	return add_field(outcome, name, FIELD_TRUE);
}

struct field *
outcome_list(struct outcome *outcome, const char *name, enum field_kind kind)
{
	return add_field(outcome, name, kind);
}

void
outcome_list_number(struct field *field, long number)
{
	assert(field->count < FIELD_LIST_MAX);
	field->numbers[field->count++] = number;
}

void
outcome_list_text(struct outcome *outcome, struct field *field, const char *text)
{
	assert(field->count < FIELD_LIST_MAX);
	field->items[field->count++] = outcome_keep(outcome, text);
}

struct outcome_line *
outcome_line(struct outcome *outcome)
{
	struct outcome_line *line = &outcome->lines[outcome->line_count];

	if (outcome->line_count == OUTCOME_LINES_MAX)
		return NULL;
	outcome->line_count++;
	*line = (struct outcome_line){ .category = -1, .unit = -1, .number = NO_VALUE };
	return line;
}

const struct field *
outcome_field(const struct outcome *outcome, const char *name)
{
	size_t i;

	for (i = 0; i < outcome->field_count; i++)
		if (strcmp(outcome->fields[i].name, name) == 0)
			return &outcome->fields[i];
	return NULL;
}
