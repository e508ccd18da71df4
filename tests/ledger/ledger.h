/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ledger: who lives in the three districts, and what each of them texts, when. It is written first (make.c, or by hand);
 * texts (render.c), what the box must send (expect.c), and the judgement (judge.c) all follow from it. Nothing here is
 * linked with the program: what the box must do is said a second time.
 *
 * A ledger is a file of lines, columns between tabs:
 *
 *   begin TIME | end TIME                      where the run is, 2026-11-01T06:00:00, WIB as all times here
 *   modems N
 *   person KEY PHONE ROLE BODY AREA RW NAME    in the order of registration; NONE is a stranger, BLOCK is blocked
 *   at TIME KEY DEED AREA PERIOD ITEMS TEXT    - for what there is not. Deeds: see enum deed; ITEMS 02=3,07=12
 *
 * Errors: this is a test; whatever is wrong ends it with one line on stderr that says what. */
#ifndef LEDGER_H
#define LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CODE_SIZE 14
#define NAME_SIZE 64
#define TEXT_SIZE 512
#define ITEMS_MAX 6
#define WIB (7 * 3600)
#define HOUR 3600
#define DAY 86400
#define MINUTE 60

_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));
void *grow(void *array, size_t count, size_t size);     /* room for one more */

/* --- time: seconds since 1970; months are year * 12 + month - 1 --- */

struct date { int year, month, day, hour, minute, second; };
struct date date_of(int64_t time);
int64_t time_of(int year, int month, int day, int hour, int minute);    /* months and days may overflow */
int month_of(int64_t time);
void time_write(int64_t time, char out[32]);            /* 2026-11-01T06:00:00 */
int64_t time_read(const char *text);

/* --- places: as imported, by code --- */

struct place { char code[CODE_SIZE], name[NAME_SIZE]; };
void places_read(const char *folder);                   /* provinces.csv, ... */
size_t village_count(const char *area);                 /* "" all */
size_t village_first(const char *area);                 /* index for village_at */
const struct place *village_at(size_t index);           /* by code; NULL behind the last */
const char *place_name(const char *code);
/* The areas right below one: the first behind a code, NULL none. */
const struct place *place_next(const char *area, const char *after);

/* --- categories that the people here report --- */

struct category { const char *code, *keyword; const char *words[4]; bool fuzzy, people; int usual; };
#define CATEGORIES 10
extern const struct category CATEGORY[CATEGORIES];
int category_of(const char *code);                      /* -1 */

/* --- the ledger --- */

enum deed {
	DEED_REPORT,            /* ITEMS of AREA (- the own village) for PERIOD */
	DEED_RALAT, DEED_NIHIL, /* the same as a correction; nothing to report */
	DEED_BATAL,             /* takes back the own last report, by its number if TEXT is no */
	DEED_WRONG,             /* TEXT is the name of a mistake, see render.c */
	DEED_KIRIM, DEED_SAH,   /* the TKSK sends PERIOD up; settles ITEMS */
	DEED_REKAP, DEED_JUMLAH, DEED_BELUM,    /* questions about AREA and PERIOD; JUMLAH of the category of ITEMS */
	DEED_UMUM,              /* TEXT to everybody in the own area */
	DEED_STOP, DEED_MULAI,
	DEED_KUNCI,             /* the kabupaten closes PERIOD */
	DEED_TUMPANG, DEED_CEK, /* overlaps of AREA in PERIOD; kecamatan of AREA without a TKSK */
	DEED_KASUS,             /* a single case of the category of ITEMS, of that age, in AREA */
	DEED_DAFTAR,            /* somebody who is in the ledger, and not in the box yet, asks to be registered */
	DEED_SETUJU,            /* the TKSK takes the one in whose KEY is TEXT */
	DEED_KILL,              /* kill -9 of the daemon; KEY is - */
	DEED_OFF,               /* the same, and it stays off until TEXT, a time; nobody texts meanwhile */
	DEEDS
};

struct item { int category; long value; };
struct span { int first, last; };                       /* months; 0, 0 none */
struct person { char key[24], phone[24], role[12], body[16], area[CODE_SIZE], name[32]; int rw; };
struct event {
	int64_t at;
	int person;                     /* index, -1 none */
	enum deed deed;
	char area[CODE_SIZE];
	struct span span;
	struct item items[ITEMS_MAX];
	size_t item_count;
	char text[TEXT_SIZE];
	int line;                       /* in the file */
};
struct ledger {
	int64_t begin, end;
	int modems;
	struct person *people;
	size_t person_count;
	struct event *events;           /* by time */
	size_t event_count;
};

void ledger_read(const char *file, struct ledger *out);
void ledger_write(const struct ledger *ledger, const char *file);
bool ledger_joins(const struct ledger *ledger, int person);             /* he registers in the course of it */
int ledger_person(const struct ledger *ledger, const char *key);        /* -1 */
void people_write(const struct ledger *ledger, const char *file);       /* for kentongan import people */
void span_write(struct span span, char out[16]);        /* 2026-11, 2026-TW4, 2026-S2, 2026 */

/* As many villages of each district, all of them if 0. */
void ledger_make(unsigned seed, int villages, struct ledger *out);

/* The text of an event, always the same one. "{no}" in it stands for the number of the sender's last receipt. */
void render(const struct ledger *ledger, const struct event *event, char out[TEXT_SIZE]);
/* Which reply a mistake is answered with. NULL: there is no such mistake. */
const char *mistake_reply(const char *name);
const char *mistake_name(int n);                        /* the n-th, NULL behind the last */

/* --- what must be sent --- */

struct expected {
	int64_t from, until;            /* it may be sent */
	char phone[24], kind[24];       /* of reminder or answer */
	char text[TEXT_SIZE];           /* WILD stands for what the ledger does not say (receipt numbers, examples) */
	char *list;                     /* what stands at LIST in it and on the pages that follow; NULL none */
};
#define WILD '\1'
#define LIST '\2'
struct occasion {                       /* of the calendar, which must be worked off */
	const char *name;
	char period[16];
	int64_t due;
	int64_t late;                   /* the box was off: when it is worked off, 0 at once */
	bool dropped;                   /* it was off too long */
};
struct demand {
	struct expected *all;
	size_t count;
	struct occasion *occasions;     /* by time */
	size_t occasion_count;
};
/* Reads the texts' wording in grammars/70-replies.grammar, and nothing else of them. */
void expect(const struct ledger *ledger, const char *grammars, struct demand *out);
void demand_write(const struct demand *demand, const char *file);

/* --- what was sent --- */

struct sent { int64_t at; int modem; char phone[24], text[TEXT_SIZE * 2]; };
struct outcome { struct sent *all; size_t count, received, dropped; int kills; };
/* Plays the ledger against modemsim and kentongand in the current folder; the clock is modemsim's. */
void play(const struct ledger *ledger, const struct demand *demand, const char *daemon, struct outcome *out);
void sent_write(const struct outcome *outcome, const char *file);
void sent_read(const char *file, struct outcome *out);

/* Compares, prints a table; how many are lost, doubled, unasked for: all named on stderr. */
size_t judge(const struct ledger *ledger, const struct demand *demand, const struct outcome *outcome);

#endif
