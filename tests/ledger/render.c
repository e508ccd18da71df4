/* SPDX-License-Identifier: GPL-3.0-or-later */
/* render: how people type what the ledger says: in their own words, but so that there is one meaning. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"

/* The same event is always typed in the same way: chance comes from its time and sender. */
static unsigned chance_state;

static unsigned
chance(unsigned sides)
{
	chance_state = chance_state * 1664525u + 1013904223u;
	return (chance_state >> 16) % sides;
}

/* --- mistakes --- */

static const struct { const char *name, *text, *reply; } MISTAKES[] = {
	{ "unknown-word", "anak 3 kucing 2", "E_KATA_POLOS" },
	{ "no-number", "anak tiga lansia", "E_JUMLAH" },
	{ "range", "anak 3-4", "E_ANGKA" },
	{ "more", "tambah anak 2", "E_TAMBAH" },
	{ "month", "anak 3 bln 13", "E_PERIODE" },
	{ "two-meanings", "gepeng 4", "E_AMBIGU_GEPENG" },
	{ "twice", "anak 3 anak 4", "E_GANDA" },
	{ "nothing", "kumaha damang sadaya", "E_PERINTAH" },
	{ "too-many", "lansia 99999", "E_ANGKA" },
};

const char *
mistake_reply(const char *name)
{
	for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++)
		if (strcmp(MISTAKES[i].name, name) == 0)
			return MISTAKES[i].reply;
	return NULL;
}

const char *
mistake_name(int n)
{
	return n >= 0 && (size_t)n < sizeof MISTAKES / sizeof *MISTAKES ? MISTAKES[n].name : NULL;
}

static void
render_wrong(const char *name, char out[TEXT_SIZE])
{
	for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++)
		if (strcmp(MISTAKES[i].name, name) == 0)
			snprintf(out, TEXT_SIZE, "%s", MISTAKES[i].text);
}

/* --- pieces --- */

static void __attribute__((format(printf, 2, 3)))
add(char out[TEXT_SIZE], const char *format, ...)
{
	size_t used = strlen(out);
	va_list args;

	va_start(args, format);
	vsnprintf(out + used, TEXT_SIZE - used, format, args);
	va_end(args);
}

static void
lower(char *text)
{
	for (; *text != '\0'; text++)
		*text = (char)tolower((unsigned char)*text);
}

/* Two letters in the middle change places: still near to one word only. */
static void
mistype(char *word)
{
	size_t length = strlen(word), at = length / 2;
	char letter = word[at];

	if (strchr(word, ' ') != NULL || length < 6 || word[at] == word[at + 1])
		return;
	word[at] = word[at + 1];
	word[at + 1] = letter;
}

static void
word_of(const struct category *category, char out[64])
{
	unsigned which = chance(5);

	snprintf(out, 64, "%s", which < 4 ? category->words[which] : category->keyword);
	if (category->fuzzy && strcasecmp(out, category->keyword) == 0 && chance(6) == 0)
		mistype(out);
	if (chance(3) != 0)
		lower(out);
}

static const char *
number_word(long value)
{
	static const char *const WORDS[] = { "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan",
		"sembilan", "sepuluh", "sebelas", "dua belas" };

	return value <= 12 ? WORDS[value] : NULL;
}

static void
add_items(char out[TEXT_SIZE], const struct event *event, unsigned style)
{
	for (size_t i = 0; i < event->item_count; i++) {
		const struct category *category = &CATEGORY[event->items[i].category];
		long value = event->items[i].value;
		const char *spoken = number_word(value), *between = i + 1 < event->item_count ? " " : "";
		char word[64];

		word_of(category, word);
		switch (style) {
		case 0: add(out, "%s %ld%s", word, value, between); break;
		case 1: add(out, "%s%ld%s", word, value, between); break;
		case 2: add(out, "%s %ld %s%s", word, value, category->people ? "org" : "kk", i + 1 < event->item_count ? ", " : "");
			break;
		case 3: add(out, "%s.%ld%s", word, value, i + 1 < event->item_count ? "." : ""); break;
		case 4: add(out, "K%d %ld%s", atoi(category->code), value, between); break;
		case 5: add(out, "%s=%ld%s", word, value, i + 1 < event->item_count ? ", " : ""); break;
		case 6: add(out, "%ld %s%s", value, word, i + 1 < event->item_count ? ", " : ""); break;
		default:
			if (spoken != NULL)
				add(out, "%s %s%s", word, spoken, i + 1 < event->item_count ? " dan " : "");
			else
				add(out, "%s ada %ld%s", word, value, i + 1 < event->item_count ? " dan " : "");
			break;
		}
	}
}

static void
add_month(char out[TEXT_SIZE], const struct event *event, int month)
{
	static const char *const NAMES[] = { "jan", "feb", "maret", "april", "mei", "juni", "juli", "agustus", "sept", "okt",
		"nov", "des" };
	int now = month_of(event->at);

	switch (chance(4)) {
	case 0:
		if (now - month == 1) {
			add(out, " bulan lalu");
			break;
		}
		/* fall through */
	case 1: add(out, " %s %d", NAMES[month % 12], month / 12); break;
	case 2: add(out, " BLN %d", month % 12 + 1); break;
	default: add(out, " bln %d %d", month % 12 + 1, month / 12); break;
	}
}

/* Up to the fifth a report is for the month before. */
static bool
goes_without_saying(const struct event *event)
{
	return event->span.first == month_of(event->at) - (date_of(event->at).day <= 5);
}

static void
add_period(char out[TEXT_SIZE], const struct event *event)
{
	int year = event->span.first / 12, month = event->span.first % 12;

	switch (event->span.last - event->span.first) {
	case 0:
		if (!goes_without_saying(event) || chance(3) == 0)
			add_month(out, event, event->span.first);
		break;
	case 2: add(out, " TW %d %d", month / 3 + 1, year); break;
	case 5: add(out, " SMT %d %d", month / 6 + 1, year); break;
	default: add(out, " THN %d", year); break;
	}
}

/* Behind it nothing may stand that could belong to the name. */
static void
add_village(char out[TEXT_SIZE], const char *code)
{
	bool kelurahan = code[9] == '1';
	char name[NAME_SIZE];

	snprintf(name, sizeof name, "%s", place_name(code));
	if (chance(2) == 0)
		lower(name);
	if (chance(4) == 0)
		add(out, " desa %s", code + 9);
	else
		add(out, " %s %s", kelurahan ? "kel" : chance(2) == 0 ? "ds" : "DESA", name);
}

static void
add_area(char out[TEXT_SIZE], const struct person *person, const char *area)
{
	const char *name = area[0] != '\0' ? place_name(area) : "";

	if (area[0] == '\0' || strcmp(area, person->area) == 0)
		return;
	if (strlen(area) == 8)
		add(out, " KEC %s", name);
	else if (strlen(area) == 5)
		add(out, " KAB %s", strncmp(name, "Kabupaten ", 10) == 0 ? name + 10 : name);
	else if (strlen(area) == 13)
		add_village(out, area);
}

/* --- messages --- */

static void
render_report(const struct ledger *ledger, const struct event *event, char out[TEXT_SIZE])
{
	static const char *const BEFORE[] = { "", "", "", "pmks ", "PMKS ", "lapor bu, ", "Assalamualaikum, mau lapor ", "lapor " };
	const struct person *person = &ledger->people[event->person];
	bool elsewhere = event->area[0] != '\0' && strcmp(event->area, person->area) != 0;
	unsigned style = chance(8);
	bool month_first = !elsewhere && event->deed == DEED_REPORT && style < 2 && chance(5) == 0;

	snprintf(out, TEXT_SIZE, "%s", event->deed == DEED_RALAT ? "RALAT " : event->deed == DEED_SAH ? "SAH " :
				       BEFORE[chance(sizeof BEFORE / sizeof *BEFORE)]);
	if (month_first)
		snprintf(out, TEXT_SIZE, "bln %d ", event->span.first % 12 + 1);
	add_items(out, event, style);
	if (elsewhere)
		add_village(out, event->area);
	if (!month_first)
		add_period(out, event);
	if (event->deed == DEED_REPORT && chance(6) == 0)
		add(out, ". terima kasih");
}

static void
render_nihil(const struct ledger *ledger, const struct event *event, char out[TEXT_SIZE])
{
	static const char *const WORDS[] = { "nihil", "PMKS NIHIL", "pmks kosong", "tidak ada pmks" };

	snprintf(out, TEXT_SIZE, "%s", WORDS[chance(4)]);
	add_area(out, &ledger->people[event->person], event->area);
	add_period(out, event);
}

static void
render_question(const struct ledger *ledger, const struct event *event, char out[TEXT_SIZE])
{
	static const char *const RECAP[] = { "REKAP", "rekap", "Rekap" }, *const COUNT[] = { "JUMLAH", "jml", "berapa" };
	static const char *const LATE[] = { "BELUM", "belum lapor", "blm" };
	const char *const *words = event->deed == DEED_REKAP ? RECAP : event->deed == DEED_JUMLAH ? COUNT : LATE;

	snprintf(out, TEXT_SIZE, "%s", words[chance(3)]);
	if (event->deed == DEED_JUMLAH)
		add(out, " %s", CATEGORY[event->items[0].category].keyword);
	add_area(out, &ledger->people[event->person], event->area);
	add_period(out, event);
}

static void
render_joining(const struct person *person, char out[TEXT_SIZE])
{
	char district[CODE_SIZE];

	snprintf(district, sizeof district, "%.8s", person->area);
	snprintf(out, TEXT_SIZE, "DAFTAR %s %s %s %s KEC %s", person->role, person->name, person->area[9] == '1' ? "KEL" : "DESA",
		 place_name(person->area), place_name(district));
}

void
render(const struct ledger *ledger, const struct event *event, char out[TEXT_SIZE])
{
	static const char *const STOP[] = { "STOP", "stop", "berhenti" }, *const BACK[] = { "BATAL", "batal" };

	chance_state = (unsigned)event->at * 31u + (unsigned)event->person * 2654435761u;
	out[0] = '\0';
	switch (event->deed) {
	case DEED_REPORT: case DEED_RALAT: case DEED_SAH: render_report(ledger, event, out); break;
	case DEED_NIHIL: render_nihil(ledger, event, out); break;
	case DEED_BATAL: snprintf(out, TEXT_SIZE, "%s%s", BACK[chance(2)], event->text[0] != '\0' ? " {no}" : ""); break;
	case DEED_WRONG: render_wrong(event->text, out); break;
	case DEED_KIRIM:
		snprintf(out, TEXT_SIZE, "%s", chance(2) == 0 ? "KIRIM" : "kirim");
		add_period(out, event);
		break;
	case DEED_REKAP: case DEED_JUMLAH: case DEED_BELUM: render_question(ledger, event, out); break;
	case DEED_UMUM: snprintf(out, TEXT_SIZE, "UMUM %.400s", event->text); break;
	case DEED_KUNCI:
		snprintf(out, TEXT_SIZE, "KUNCI BLN %d %d", event->span.first % 12 + 1, event->span.first / 12);
		break;
	case DEED_TUMPANG:
		snprintf(out, TEXT_SIZE, "%s", chance(2) == 0 ? "TUMPANG" : "tumpang");
		add_period(out, event);
		break;
	case DEED_CEK: snprintf(out, TEXT_SIZE, "CEK TKSK"); break;
	case DEED_KASUS:
		snprintf(out, TEXT_SIZE, "kasus %s P %ld", CATEGORY[event->items[0].category].keyword, event->items[0].value);
		add_area(out, &ledger->people[event->person], event->area);
		break;
	case DEED_DAFTAR: render_joining(&ledger->people[event->person], out); break;
	case DEED_SETUJU: snprintf(out, TEXT_SIZE, "%s {no}", chance(2) == 0 ? "SETUJU" : "acc"); break;
	case DEED_STOP: snprintf(out, TEXT_SIZE, "%s", STOP[chance(3)]); break;
	case DEED_MULAI: snprintf(out, TEXT_SIZE, "MULAI"); break;
	default: break;
	}
}
