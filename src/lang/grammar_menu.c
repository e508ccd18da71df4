/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_menu: whether the screens of the menu fit, the line above one that is shown again included, and whether there is
 * room for what is put together: the first screen with all its entries, answers with what can be done next. */
#include "lang/grammar_read.h"

#include <string.h>

#include "lang/reply.h"

#define SMS_CHARACTERS 160
#define SHORT 40                /* of a choice or a title; the place for it is no longer (menu_parts.h) */

static const struct reply *
find(const struct grammar *grammar, const char *id)
{
	int reply = grammar_reply(grammar, id);

	return reply >= 0 ? &grammar->replies[reply] : NULL;
}

static void
fault(const struct grammar *grammar, const struct grammar_notes *notes, const struct reply *reply, const char *what,
      size_t length, size_t most)
{
	const struct grammar_line *line = notes->reply_lines[reply - grammar->replies];

	grammar_fault(notes->faults, line->file, line->number, "reply %s may get %zu characters long%s, expected at most %zu",
		      reply->id, length, what, most);
}

/* Entries, titles and choices stand in lists; all others are screens, or are put below answers. */
static bool
is_screen(const char *id)
{
	static const char *const screens[] = {
		"MENU_UTAMA", "MENU_PILIH", "MENU_PILIH_LANJUT", "MENU_JUMLAH", "MENU_UMUR", "MENU_TANGGAL", "MENU_JAM",
		"MENU_TEMPAT_KETIK", "MENU_ANGKA", "MENU_ANGKA_LEWAT", "MENU_NOMOR", "MENU_NOMOR_LEWAT", "MENU_TANGGAL_ISIAN",
		"MENU_TANGGAL_LEWAT", "MENU_TEKS", "MENU_TEKS_LEWAT", "MENU_KIRIM", "MENU_KIRIM_ISIAN", "MENU_KIRIM_TEMPAT",
		"MENU_KIRIM_KASUS", "MENU_KIRIM_KELUARGA", "MENU_KIRIM_RAPAT", "MENU_LAGI_LAPOR", "MENU_LAGI", "MENU_UBAH",
		"MENU_HALAMAN", "MENU_SELESAI", "MENU_BATAL", "MENU_TUTUP", "MENU_SALAH",
	};

	for (size_t i = 0; i < sizeof screens / sizeof *screens; i++)
		if (strcmp(screens[i], id) == 0)
			return true;
	return false;
}

/* Every entry with its number, a line each. */
static size_t
length_of_entries(const struct grammar *grammar)
{
	static const char *const entries[] = { "MENU_KASUS", "MENU_TANYA", "MENU_RAPAT", "MENU_BANTUAN", "MENU_ISIAN" };
	const struct reply *report = find(grammar, "MENU_LAPOR"), *entry;
	size_t length = 0;

	for (size_t i = 0; i < grammar->family_count; i++)
		length += 3 + strlen(report->text) - strlen("{kat}") + strlen(grammar->families[i].name);
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
		if ((entry = find(grammar, entries[i])) != NULL)
			length += 3 + strlen(entry->text);
	return length;
}

void
grammar_menu_check(const struct grammar *grammar, const struct grammar_notes *notes)
{
	const struct reply *wrong = find(grammar, "MENU_SALAH"), *first = find(grammar, "MENU_UTAMA");
	size_t most = wrong != NULL ? SMS_CHARACTERS - 1 - strlen(wrong->text) : SMS_CHARACTERS, length;

	for (size_t i = 0; i < grammar->reply_count; i++) {
		const struct reply *reply = &grammar->replies[i];

		if (strncmp(reply->id, "MENU_", 5) != 0 || reply == wrong)
			continue;
		if (is_screen(reply->id) && (size_t)reply->worst > most)
			fault(grammar, notes, reply, ", MENU_SALAH above it", (size_t)reply->worst, most);
		else if (!is_screen(reply->id) && (size_t)reply->worst >= SHORT)
			fault(grammar, notes, reply, "", (size_t)reply->worst, SHORT - 1);
	}
	if (first == NULL || find(grammar, "MENU_LAPOR") == NULL)
		return;
	length = (size_t)first->worst - reply_width("daftar") + length_of_entries(grammar);
	if (length > most)
		fault(grammar, notes, first, " with all entries", length, most);
}
