/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sequence: random messages for test_property: pieces (categories, numbers in all their shapes, units, places, months,
 * polite words, traps) put together as people put them, or any other way. Whoever makes a message notes what it means.
 * Knows the language from domain.md alone, nothing of src/lang: that is the point. */
#ifndef UNIT_SEQUENCE_H
#define UNIT_SEQUENCE_H

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof (array) / sizeof *(array))
#define PICK(dice, array) ((array)[dice_below(dice, COUNT(array))])

/* --- chance --- */

struct dice { uint64_t state; };

static inline uint64_t
dice_roll(struct dice *dice)
{
	uint64_t z = dice->state += 0x9e3779b97f4a7c15u;        /* splitmix64 */

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static inline size_t
dice_below(struct dice *dice, size_t n)
{
	return dice_roll(dice) % n;
}

static inline bool
dice_percent(struct dice *dice, unsigned percent)
{
	return dice_below(dice, 100) < percent;
}

/* --- what there is to say --- */

struct kind {                   /* of people and families: what is counted, and in what */
	const char *code, *unit;
	long most;
	const char *other;      /* another unit that is counted apart */
	long other_most;
	const char *words[6];   /* ~: misspelt */
};

static const struct kind KINDS[] = {
	{ "01", "orang", 500, NULL, 0, { "balita", "abt", "anak balita", "balita terlantar", "~balta" } },
	{ "02", "orang", 1000, NULL, 0, { "anak", "anak", "anter", "anak terlantar", "at", "k2" } },
	{ "03", "orang", 500, NULL, 0, { "nakal", "anak nakal", "ankal" } },
	{ "04", "orang", 500, NULL, 0, { "jalanan", "anjal", "anak jalanan", "~jalann" } },
	{ "05", "orang", 2000, NULL, 0, { "wrse", "prse", "wanita rawan sosial ekonomi" } },
	{ "06", "orang", 500, NULL, 0, { "kekerasan", "kdrt", "korban kekerasan" } },
	{ "07", "orang", 2000, NULL, 0, { "lansia", "lansia", "lut", "jompo", "lansia terlantar", "~lnsia" } },
	{ "08", "orang", 2000, NULL, 0, { "cacat", "disabilitas", "penyandang cacat", "k 08", "~disabiltas" } },
	{ "09", "orang", 500, NULL, 0, { "tunasusila", "tuna susila", "wts" } },
	{ "10", "orang", 500, NULL, 0, { "pengemis", "pgms", "~pengmis" } },
	{ "11", "orang", 500, NULL, 0, { "gelandang", "gelandangan", "tunawisma", "~gelndangan" } },
	{ "12", "orang", 500, NULL, 0, { "bwblk", "eksnapi", "bekas napi" } },
	{ "13", "orang", 500, NULL, 0, { "napza", "narkoba", "korban napza" } },
	{ "14", "keluarga", 5000, NULL, 0, { "miskin", "kfm", "fakir miskin", "gakin", "~mskin" } },
	{ "15", "keluarga", 3000, NULL, 0, { "rtlh", "rutilahu", "rumah tidak layak huni" } },
	{ "16", "keluarga", 1000, NULL, 0, { "kbsp", "psikologis", "k16" } },
	{ "17", "komunitas", 50, "keluarga", 2000, { "kat", "adat terpencil" } },
	{ "18", "orang", 20000, "keluarga", 5000, { "benalam", "banjir", "tanah longsor", "korban bencana alam" } },
	{ "19", "orang", 20000, "keluarga", 5000, { "pengungsi", "kerusuhan", "bencana sosial" } },
	{ "20", "orang", 1000, NULL, 0, { "migran", "tki", "pekerja migran", "~migrn" } },
	{ "21", "orang", 500, NULL, 0, { "odha", "hiv", "hiv aids" } },
	{ "22", "keluarga", 3000, NULL, 0, { "rentan", "keluarga rentan", "klgrtn" } },
	{ "P1", "orang", 500, NULL, 0, { "psm" } },
	{ "P2", "organisasi", 200, NULL, 0, { "orsos", "lks" } },
	{ "P3", "organisasi", 100, NULL, 0, { "kt", "kartar", "karang taruna" } },
	{ "P4", "kelompok", 100, NULL, 0, { "wksbm" } },
	{ "P5", "perusahaan", 500, NULL, 0, { "du", "dunia usaha" } },
};
#define PROBLEMS 22             /* the first so many are PMKS */

static const struct { const char *word, *unit; } UNITS[] = {
	{ "orang", "orang" }, { "org", "orang" }, { "jiwa", "orang" }, { "kk", "keluarga" }, { "klg", "keluarga" },
	{ "keluarga", "keluarga" }, { "lembaga", "organisasi" }, { "kelompok", "kelompok" }, { "komunitas", "komunitas" },
	{ "perusahaan", "perusahaan" },
};

struct spot { const char *code, *name; };       /* a village */
static const struct spot LUMBUNG[] = {
	{ "32.07.34.2001", "Cikupa" }, { "32.07.34.2002", "Sukaraharja" }, { "32.07.34.2003", "Lumbung" },
	{ "32.07.34.2004", "Lumbungsari" }, { "32.07.34.2005", "Awiluar" }, { "32.07.34.2006", "Darmaraja" },
	{ "32.07.34.2007", "Rawa" }, { "32.07.34.2008", "Sadewata" },
};
static const struct spot BAREGBEG[] = {
	{ "32.07.32.2004", "Saguling" }, { "32.07.32.2007", "Jelat" }, { "32.07.32.2009", "Sukamulya" },
};
static const struct spot TARUTUNG[] = {
	{ "12.02.01.1002", "Hutatoruan V" }, { "12.02.01.1004", "Hutatoruan VII" }, { "12.02.01.1006", "Hutatoruan X" },
	{ "12.02.01.2008", "Parbubu I" }, { "12.02.01.2009", "Parbubu II" }, { "12.02.01.2014", "Parbubu Dolok" },
	{ "12.02.01.2021", "Simamora" }, { "12.02.01.2015", "Aek Siansimun" }, { "12.02.01.2031", "Hutatoruan III" },
};

/* Who writes; rw: the own part. */
struct sender { const char *phone, *area, *district; const struct spot *spots; size_t count; int rw, organisation; };
static const struct sender SENDERS[] = {
	{ "+628111000001", "32.07.34", "lumbung", LUMBUNG, COUNT(LUMBUNG), 0, 1 },              /* TKSK */
	{ "+628111000002", "12.02.01", "tarutung", TARUTUNG, COUNT(TARUTUNG), 0, 2 },           /* TKSK */
	{ "+628111000003", "32.07.34.2007", "lumbung", LUMBUNG + 6, 1, 0, 3 },                  /* PSM */
	{ "+628111000004", "12.02.01.1002", "tarutung", TARUTUNG, 1, 0, 4 },                    /* KT */
	{ "+628111000005", "32.07.34.2007", "lumbung", LUMBUNG + 6, 1, 1, 5 },                  /* KPS of RW 1 */
};

static const char *const STOPS[] = {
	"lapor", "bu", "pak", "selamat pagi", "assalamualaikum", "mohon", "data", "ada", "dan", "yth", "saya", "dengan",
	"sebanyak", "yaitu", "punten", "trims", "terima kasih", "laporan", "di", "untuk",
};
static const char *const FAR[] = { "sakit", "blorong", "tetangga", "xyzzy", "pusing", "sapi", "qwrtp" };
static const char *const TRAPS[] = {
	"tambah", "kurang", "berkurang", "lagi", "nama siti", "nik", "sekitar", "kira2", "kurang lebih", "+2", "janda",
	"gepeng", "bencana", "3,5", "3-4", "pmi", "psk", "bansos", "yatim", "kurang mampu", "3207341201900001", "20/10",
	"dusun cikadu", "~5", "5%", "s/d", "atas nama budi", "bertambah", "terlantar",
};
static const char *const MONTHS[12][3] = {
	{ "jan", "januari" }, { "feb", "februari" }, { "mar", "maret" }, { "apr", "april" }, { "mei", "mei" },
	{ "jun", "juni" }, { "jul", "juli" }, { "agu", "agustus", "ags" }, { "sep", "september", "sept" },
	{ "okt", "oktober" }, { "nov", "november", "nopember" }, { "desember", "desember" },
};

/* --- a sequence --- */

enum piece_kind {
	PIECE_STOP, PIECE_FAMILY, PIECE_CATEGORY, PIECE_NUMBER, PIECE_UNIT, PIECE_PLACE, PIECE_DISTRICT, PIECE_PART,
	PIECE_PERIOD, PIECE_LIST, PIECE_NOTHING, PIECE_VERB, PIECE_UNKNOWN, PIECE_TRAP
};

struct piece {
	enum piece_kind kind;
	char gap[6];            /* what stands before it */
	char text[96];
	const char *code;       /* category, village, kecamatan */
	const char *unit;       /* UNIT, or the one that a number brings along */
	long value;             /* number, month */
	int rt, rw;
};
#define PIECES_MAX 48

struct meant { const char *code, *unit; long value; };
#define MEANT_MAX 24

struct sequence {
	const struct sender *sender;
	int year, month, day;           /* today */
	struct piece pieces[PIECES_MAX];
	size_t count;
	char text[1200];

	bool formed;                    /* well-formed: it must be accepted, and mean just this */
	enum { MEANS_REPORT, MEANS_NIHIL, MEANS_RALAT } verb;
	struct meant items[MEANT_MAX];
	size_t item_count;
	const char *village;
	int rt, rw, period;
};

static inline struct piece *
sequence_add(struct sequence *s, enum piece_kind kind, const char *gap, const char *text)
{
	struct piece *piece = &s->pieces[s->count < PIECES_MAX ? s->count++ : PIECES_MAX - 1];

	*piece = (struct piece){ .kind = kind };
	snprintf(piece->gap, sizeof piece->gap, "%s", gap);
	snprintf(piece->text, sizeof piece->text, "%s", text);
	return piece;
}

/* lower, UPPER, Title, as people's telephones do. */
static inline void
recase(struct dice *dice, char *text)
{
	size_t how = dice_below(dice, 4), i;

	for (i = 0; text[i] != '\0'; i++)
		if (how == 1 || (how == 2 && (i == 0 || !isalpha((unsigned char)text[i - 1]))))
			text[i] = (char)toupper((unsigned char)text[i]);
}

/* Digits that a mere sign keeps apart would be another number: 3.4, 2/15, 244. */
static inline bool
would_merge(const struct piece *one, const struct piece *next)
{
	char last = one->text[strlen(one->text) - 1];

	return (isdigit((unsigned char)last) || last == 'o') && isdigit((unsigned char)next->text[0]) &&
	       strpbrk(next->gap, " \n") == NULL;
}

static inline void
write_text(struct dice *dice, struct sequence *s)
{
	size_t used = 0, i;

	for (i = 0; i < s->count && used < sizeof s->text - 110; i++) {
		if (i != 0 && would_merge(&s->pieces[i - 1], &s->pieces[i]))
			memcpy(s->pieces[i].gap, " ", 2);
		used += (size_t)snprintf(s->text + used, sizeof s->text - used, "%s%s", s->pieces[i].gap, s->pieces[i].text);
	}
	s->text[used] = '\0';
	recase(dice, s->text);
}

/* --- numbers --- */

static const char *const UNITS_ID[] = { "", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan" };
static const char *const UNITS_SU[] = { "", "hiji", "dua", "tilu", "opat", "lima", "genep", "tujuh", "dalapan", "salapan" };
static const char *const UNITS_BT[] = { "", "sada", "dua", "tolu", "opat", "lima", "onom", "pitu", "ualu", "sia" };

/* 1 to 9999 in Indonesian words; digits may be those of the region. */
static inline void
number_words(char *out, size_t size, long value, const char *const *digits)
{
	char *at = out;
	const char *end = out + size;

#define SAY(...) (at += snprintf(at, (size_t)(end - at), __VA_ARGS__))
	*at = '\0';
	if (value >= 2000)
		SAY("%s ribu ", digits[value / 1000]);
	else if (value >= 1000)
		SAY("seribu ");
	value %= 1000;
	if (value >= 200)
		SAY("%s ratus ", digits[value / 100]);
	else if (value >= 100)
		SAY("seratus ");
	value %= 100;
	if (value >= 20) {
		SAY("%s puluh ", digits[value / 10]);
		value %= 10;
	}
	if (value == 10 || value == 11)
		SAY("%s ", value == 10 ? "sepuluh" : "sebelas");
	else if (value > 11)
		SAY("%s belas ", digits[value - 10]);
	else if (value > 0)
		SAY("%s ", digits[value]);
#undef SAY
	if (at != out)
		at[-1] = '\0';
}

static inline void
squeeze(char *text)
{
	char *to = text;

	for (; *text != '\0'; text++)
		if (*text != ' ')
			*to++ = *text;
	*to = '\0';
}

static inline void
digits_of(struct dice *dice, char *out, size_t size, long value)
{
	char *zero;

	if (value >= 1000 && dice_percent(dice, 30))
		snprintf(out, size, "%ld.%03ld", value / 1000, value % 1000);
	else
		snprintf(out, size, "%s%ld", value < 10 && dice_percent(dice, 10) ? "0" : "", value);
	zero = strchr(out + 1, '0');
	if (zero != NULL && strchr(out, '.') == NULL && dice_percent(dice, 20))
		*zero = 'o';    /* the letter */
}

static inline void
number_text(struct dice *dice, const struct sequence *s, char *out, size_t size, long value)
{
	static const char *const nothing[] = { "0", "nol", "nihil", "kosong", "0" };
	const char *const *region = strncmp(s->sender->area, "32", 2) == 0 ? UNITS_SU : UNITS_BT;
	char words[64];

	if (value == 0) {
		snprintf(out, size, "%s", PICK(dice, nothing));
		return;
	}
	number_words(words, sizeof words, value < 10000 ? value : 1, UNITS_ID);
	switch (value < 10000 ? dice_below(dice, 12) : 0) {
	case 1: case 2:
		snprintf(out, size, "%s", words);
		break;
	case 3:
		squeeze(words);
		snprintf(out, size, "%s", words);
		break;
	case 4:         /* of the region, units and tens */
		if (value < 100 && (value < 10 || value > 19))
			number_words(words, sizeof words, value, region);
		snprintf(out, size, "%s", words);
		break;
	case 5:
		snprintf(out, size, "%ld (%s)", value, words);
		break;
	case 6:
		if (value % 1000 == 0)
			snprintf(out, size, "%ld%s", value / 1000, dice_percent(dice, 50) ? "rb" : " ribu");
		else if (value % 100 == 0 && value < 1000)
			snprintf(out, size, "%ld ratus", value / 100);
		else if (value % 10 == 0 && value < 100)
			snprintf(out, size, "%ld puluh", value / 10);
		else
			digits_of(dice, out, size, value);
		break;
	default:
		digits_of(dice, out, size, value);
		break;
	}
}

static inline long
some_count(struct dice *dice, long most)
{
	static const long scales[] = { 9, 9, 20, 60, 300, 3000 };
	long scale = PICK(dice, scales);

	if (dice_percent(dice, 6))
		return 0;
	if (dice_percent(dice, 3))
		return most;
	return 1 + (long)dice_below(dice, (size_t)(scale < most ? scale : most));
}

static inline struct piece *
add_number(struct dice *dice, struct sequence *s, const char *gap, long value)
{
	char text[96];
	struct piece *piece;

	number_text(dice, s, text, sizeof text, value);
	piece = sequence_add(s, PIECE_NUMBER, gap, text);
	piece->value = value;
	return piece;
}

/* --- places --- */

/* The name with its numeral as a digit or a word instead. */
static inline void
renumber(struct dice *dice, char *name, size_t size)
{
	static const char *const roman[] = { "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x" };
	char *last = strrchr(name, ' ');
	size_t i;

	for (i = 1; last != NULL && i < COUNT(roman); i++)
		if (strcmp(last + 1, roman[i]) == 0) {
			size_t way = dice_below(dice, 3);

			if (way == 1)
				snprintf(last + 1, size - (size_t)(last + 1 - name), "%zu", i);
			else if (way == 2)
				snprintf(last + 1, size - (size_t)(last + 1 - name), "%s", i == 10 ? "sepuluh" : UNITS_ID[i]);
			return;
		}
}

static inline void
place_text(struct dice *dice, const struct spot *spot, char *out, size_t size)
{
	static const char *const marks[] = { "desa ", "ds ", "ds.", "ds. ", "dsa ", "di desa ", "didesa ", "des " };
	static const char *const urban[] = { "kel. ", "kelurahan ", "desa ", "ds " };
	bool city = spot->code[9] == '1';
	const char *mark = city ? PICK(dice, urban) : PICK(dice, marks);
	char name[64];
	size_t i;

	for (i = 0; spot->name[i] != '\0'; i++)
		name[i] = (char)tolower((unsigned char)spot->name[i]);
	name[i] = '\0';
	switch (dice_below(dice, 9)) {
	case 0:
		snprintf(out, size, "%s", spot->code);
		return;
	case 1:         /* DES 2007 would be a December */
		snprintf(out, size, "%s%s", strcmp(mark, "des ") == 0 ? "desa " : mark, spot->code + 9);
		return;
	case 2:         /* unmarked, exact */
		snprintf(out, size, "%s", name);
		return;
	case 3:
		if (strchr(name, ' ') == NULL) {
			snprintf(out, size, "desa%s", name);
			return;
		}
		break;
	case 4:
		if (strcmp(name, "lumbungsari") == 0)
			snprintf(name, sizeof name, "lumbung sari");
		break;
	default:
		break;
	}
	renumber(dice, name, sizeof name);
	snprintf(out, size, "%s%s", mark, name);
}

static inline void
add_place(struct dice *dice, struct sequence *s, const char *gap, const struct spot *spot, bool own)
{
	char text[96], more[64] = "";
	struct piece *piece;

	/* Elsewhere four digits are another village's. */
	do
		place_text(dice, spot, text, sizeof text);
	while (!own && strlen(text) < 13 && strcmp(text + strlen(text) - 4, spot->code + 9) == 0);
	if (own && dice_percent(dice, 20))
		snprintf(more, sizeof more, " %s%s", dice_percent(dice, 50) ? "kec " : "kecamatan ", s->sender->district);
	snprintf(text + strlen(text), sizeof text - strlen(text), "%s", more);
	piece = sequence_add(s, PIECE_PLACE, gap, text);
	piece->code = spot->code;
}

static inline void
add_part(struct dice *dice, struct sequence *s, const char *gap, int rt, int rw)
{
	static const char *const roman[] = { "", "I", "II", "III", "IV" };
	char text[64];
	struct piece *piece;

	if (rt != 0 && rw != 0) {
		switch (dice_below(dice, 5)) {
		case 0: snprintf(text, sizeof text, "rt %d rw %d", rt, rw); break;
		case 1: snprintf(text, sizeof text, "rt%02d/rw%02d", rt, rw); break;
		case 2: snprintf(text, sizeof text, "rt %d/%d", rt, rw); break;
		case 3: snprintf(text, sizeof text, "rt. %02d rw. %02d", rt, rw); break;
		default: snprintf(text, sizeof text, "rt/rw %02d/%02d", rt, rw); break;
		}
	} else if (dice_percent(dice, 20)) {
		snprintf(text, sizeof text, "%s %s", rt != 0 ? "rt" : "rw", roman[rt + rw]);
	} else {
		switch (dice_below(dice, 3)) {
		case 0: snprintf(text, sizeof text, "%s %d", rt != 0 ? "rt" : "rw", rt + rw); break;
		case 1: snprintf(text, sizeof text, "%s%d", rt != 0 ? "rt" : "rw", rt + rw); break;
		default: snprintf(text, sizeof text, "%s. %02d", rt != 0 ? "rt" : "rw", rt + rw); break;
		}
	}
	piece = sequence_add(s, PIECE_PART, gap, text);
	piece->rt = rt;
	piece->rw = rw;
}

/* --- months --- */

static inline int
this_month(const struct sequence *s)
{
	return s->year * 12 + s->month - 1;
}

static inline void
add_period(struct dice *dice, struct sequence *s, const char *gap, int period)
{
	static const char *const marks[] = { "bln", "bulan", "bl", "periode" };
	int year = period / 12, month = period % 12 + 1, ago = this_month(s) - period;
	const char *const *names = MONTHS[period % 12];
	const char *name = names[2] != NULL && dice_percent(dice, 30) ? names[2] : names[dice_below(dice, 2)];
	const char *mark = PICK(dice, marks);
	struct piece *piece;
	char text[64];

	switch (dice_below(dice, 13)) {
	case 0: snprintf(text, sizeof text, "%s %d", mark, month); break;
	case 1: snprintf(text, sizeof text, "%s%02d", mark, month); break;
	case 2: snprintf(text, sizeof text, "%s %s", mark, month < 10 ? UNITS_ID[month] : month == 10 ? "sepuluh" : month == 11 ?
			 "sebelas" : "dua belas"); break;
	case 3: snprintf(text, sizeof text, "%s", name); break;
	case 4: snprintf(text, sizeof text, "%s %d", name, year); break;
	case 5: snprintf(text, sizeof text, "%s%02d", name, year % 100); break;
	case 6: snprintf(text, sizeof text, "%s %s %d", mark, name, year); break;
	case 7: snprintf(text, sizeof text, "%d/%d", month, year); break;
	case 8: snprintf(text, sizeof text, "%02d-%d", month, year); break;
	case 9: snprintf(text, sizeof text, "%d-%02d", year, month); break;
	case 10: snprintf(text, sizeof text, "tgl %d %s %d", 1 + (int)dice_below(dice, 28), name, year); break;
	case 11: snprintf(text, sizeof text, "%02d-%02d-%d", 1 + (int)dice_below(dice, 28), month, year); break;
	default:
		if (ago == 0)
			snprintf(text, sizeof text, "%s ini", mark);
		else if (ago == 1)
			snprintf(text, sizeof text, "%s %s", mark, dice_percent(dice, 50) ? "lalu" : "kemarin");
		else
			snprintf(text, sizeof text, "%s %d %d", mark, month, year);
		break;
	}
	piece = sequence_add(s, PIECE_PERIOD, gap, text);
	piece->value = period;
}

#endif
