/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar: what an officer may change without a programmer, read from the files in grammars/: lists, categories,
 * units, number words, months, words to pass over, verbs, forms, roles, limits, reply texts, village aliases.
 * Knows the syntax of those files; does not know what a message is. Nothing changes after loading. */
#ifndef LANG_GRAMMAR_H
#define LANG_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

/* The verbs that steer the system; their words stand in the grammar under these names. */
enum verb {
	VERB_NONE,
	VERB_REPORT,                                   /* no word of its own: a family's word or none at all */
	VERB_KASUS, VERB_RALAT, VERB_BATAL, VERB_NIHIL,
	VERB_JUMLAH, VERB_REKAP, VERB_BELUM, VERB_STATUS, VERB_TUMPANG, VERB_SAH, VERB_KUNCI,
	VERB_DAFTAR, VERB_SETUJU, VERB_TOLAK, VERB_UMUM, VERB_RAPAT, VERB_HADIR, VERB_NOTULEN,
	VERB_RUJUK, VERB_KIRIM,
	VERB_PROGRAM, VERB_TANYA, VERB_ADUAN, VERB_JAWAB, VERB_TUTUP,
	VERB_STOP, VERB_MULAI, VERB_BANTUAN, VERB_KODE, VERB_LAGI,
	VERB_MENU, VERB_YA, VERB_PULSA,
	VERB_FORM,                                     /* the words of a form: which one stands beside the verb */
	VERBS
};
/* "RALAT" for VERB_RALAT, "LAPOR" for VERB_REPORT, "" for VERB_FORM. */
const char *verb_name(enum verb verb);

/* What a word or phrase can be. One word may be several things, but only one of each kind. */
enum word_kind {
	WORD_CATEGORY,      /* index into categories; phrase of up to five words */
	WORD_FAMILY,        /* index into families: PMKS, PSKS */
	WORD_VERB,          /* enum verb */
	WORD_UNIT,          /* index into units */
	WORD_NUMERAL,       /* index into numerals */
	WORD_MONTH,         /* 1..12 */
	WORD_STOP,          /* passed over */
	WORD_INCREMENT,     /* TAMBAH, KURANG, ... (rule 12) */
	WORD_ESTIMATE,      /* KIRA KIRA, SEKITAR, KURANG LEBIH, SAMPAI: no exact number; phrase */
	WORD_PERSONAL,      /* NAMA, NIK, ... (rule 11); phrase */
	WORD_AMBIGUOUS,     /* index into ambiguities (2.2); phrase */
	WORD_NOTHING,       /* TIDAK ADA, TDK ADA, ...: phrase that means zero */
	WORD_VILLAGE,       /* place mark: enum place_kind */
	WORD_DISTRICT,      /* KEC, KECAMATAN */
	WORD_REGENCY,       /* KAB, KABUPATEN, KOTA: enum place_regency */
	WORD_PROVINCE,      /* PROV, PROVINSI */
	WORD_ASKING,        /* SIAPA, DESA MANA, MINTA: passed over in questions; phrase */
	WORD_JOINING,       /* DAN, SERTA between two names */
	WORD_COUNTRY,       /* INDONESIA, NASIONAL: phrase */
	WORD_HAMLET,        /* DUSUN, KP, BLOK: not a village */
	WORD_RT, WORD_RW,
	WORD_PERIOD,        /* BLN, BULAN, PERIODE */
	WORD_THIS,          /* INI */
	WORD_LAST,          /* LALU, KEMARIN */
	WORD_YEAR,          /* THN, TAHUN */
	WORD_DATE,          /* TGL, TANGGAL */
	WORD_GREETING,      /* SELAMAT PAGI, ...: phrase */
	WORD_TO,            /* JADI, MENJADI, KE, TAPI */
	WORD_DENIAL,        /* BUKAN */
	WORD_RECEIPT,       /* NO, NOMOR */
	WORD_CODE,          /* K: a category by its number */
	WORD_REFUSED,       /* BANSOS, KURANG MAMPU, ...: understood, but no part of a report; phrase */
	WORD_REPORTING,     /* LAPOR, MELAPORKAN: also a stop-word; what follows is a report */
	WORD_SEX,           /* 'L' or 'P': LAKI LAKI, PEREMPUAN; phrase */
	WORD_AGE,           /* UMUR, USIA */
	WORD_REST,          /* SISA: months left of a sentence */
	WORD_MARRIED,       /* NIKAH: years since a wedding */
	WORD_QUARTER,       /* TW, TRIWULAN */
	WORD_SEMESTER,      /* SMT, SEMESTER */
	WORD_CLOCK,         /* JAM, PUKUL, PKL */
	WORD_DAYPART,       /* PAGI 0, SIANG 12, SORE 15, MALAM 18: what hours up to 12 belong to */
	WORD_ZONE,          /* WIB behind a time */
	WORD_AT,            /* DI before a place of meeting */
	WORD_SUBJECT,       /* HAL, PERIHAL */
	WORD_ALL,           /* SEMUA: every role */
	WORD_ROLE,          /* index into roles; phrase */
	WORD_BODY,          /* index into the role whose bodies have this name: PKK, TAKMIR */
	WORD_TICKET,        /* enum series: KS, A, P before a number */
	WORD_FORM,          /* index into forms: its first words; phrase */
	/* Words that mean something behind PROGRAM only. */
	WORD_NEW,           /* BARU: it begins */
	WORD_STAGE,         /* TAHAP before its number */
	WORD_PARTNER,       /* DENGAN, PIHAK: who else is in it */
	/* Words that mean something in their form only (grammar_word_in). */
	WORD_UNDER,         /* index into forms: behind the words of the form that it stands under; phrase */
	WORD_MARK,          /* field * FORMS_MAX + form: before a field's value; phrase */
	WORD_OPTION,        /* index into options: one of the words of a choice; phrase */
	WORD_PASS,          /* index into forms: passed over in it; phrase */
	WORD_PART,          /* part * MINUTES_MAX + minutes: before a colon; phrase */
	/* Words that mean nothing by themselves. */
	WORD_REVERSING,     /* JANGAN, USUL, RP: never dropped from an offer */
	WORD_INTRODUCING,   /* SAYA, DARI, TTD: behind it the sender may say who writes */
	WORD_ADDRESSING,    /* YTH, BU, KEPADA: behind it stands who is written to */
	WORD_OFFICE,        /* KADER, KETUA: what people call themselves there */
	WORD_DAY,           /* HARI before the name of a day */
	WORD_WEEKDAY,       /* SENIN 1 .. MINGGU 7 */
	WORD_FINISH,        /* SELESAI: JAM 9 S/D SELESAI */
	WORD_PIN,           /* PIN before its digits: taken out of the message before it is read (lang/pin.h) */
	WORD_KINDS
};

/* What numbers beside the receipts are drawn for. */
enum series { SERIES_CASE, SERIES_COMPLAINT, SERIES_PROGRAM };

struct unit { char *name; };

struct count_unit {             /* a unit that a category may be counted in */
	int unit;               /* what is stored */
	long max;
	long alert;             /* a report of more is told at once; -1 none is */
};

/* Both included; most -1: not declared. */
struct bounds { int least, most; };

struct category {
	char *code, *keyword, *name;
	int list, family;
	struct count_unit units[4];     /* [0] is the primary one */
	size_t unit_count;
	int reads_unit, reads_as;       /* a further unit that stands for one of units[] (rumah for keluarga in 15): both
	                                 * indexes into the grammar's units; -1 none */
	int age_min, age_max;           /* -1: none */
	struct bounds rest, married;    /* months left of a sentence, years since a wedding: what a case may say */
	char sex;                       /* 'P', 'L' or 0 */
	bool secret;                    /* rahasia: never named, exact only, masked */
	bool specific;
	char *alert_roles;              /* "TKSK,KAB": who is told; NULL */
	char **kinds;                   /* words of it that say which kind it was: BANJIR */
	size_t kind_count;
};

struct family { char *name, *sample; };             /* PMKS, PSKS; a right report of it for answers */
struct category_list {                              /* pmks-2009 */
	char *name, *title;
	int *pages;                     /* replies that KODE, KODE 2, ... show */
	size_t page_count;
};

/* What became of a category in another list; from and to are indexes into categories. */
struct crossing {
	int from, into;                 /* into: the other list */
	int to;                         /* -1: nothing corresponds to it */
	bool broken;                    /* the figures of both must not be put into one series */
};

struct tongue {
	char *name;
	char **spoken;                  /* area code prefixes; count 0 = everywhere */
	size_t spoken_count;
};

enum numeral_kind { NUMERAL_VALUE, NUMERAL_TEEN /* +10, +20 */, NUMERAL_TIMES /* x10 x100 x1000 */ };
struct numeral {
	int tongue;
	enum numeral_kind kind;
	int value;
	int unit;                       /* SEORANG brings its unit; -1 */
	bool leads;                     /* SAMPULU LIMA is 15; SEPULUH LIMA is no number */
};

struct ambiguity { char *word; int unless_family /* fine after this family's word; -1 */; int category; int reply; };

enum scope { SCOPE_NONE, SCOPE_PART, SCOPE_VILLAGE, SCOPE_DISTRICT, SCOPE_REGENCY, SCOPE_PROVINCE, SCOPE_COUNTRY };
enum secrets { SECRETS_NONE, SECRETS_MASKED /* from kecamatan upwards, 1 to 4 as <5 */, SECRETS_OPEN };
struct role {
	char *name, *title;
	enum scope scope;
	bool may[VERBS];                /* verbs it may send, those of everyone included */
	bool pin[VERBS];                /* of them, those that need the sender's PIN besides (lang/pin.h) */
	enum secrets secrets;           /* what it may see of secret counts (rule 52) */
	bool open;                      /* anybody may ask to be registered in it */
	bool single;                    /* one person an area: a successor takes the place */
	char *approvers;                /* roles, "TKSK,KAB": a request is decided by the first that somebody holds */
	struct bounds age;              /* of whoever asks, if it is said */
	char *asks;                     /* roles, "KTKEC,TKSK": TANYA goes to the first that somebody holds; NULL none */
	char *complains;                /* ADUAN goes to all of these */
	char *supervisor;               /* hears of work with others than our own organisations (000-10) */
	char *invites;                  /* RAPAT that names nobody invites these of the area */
	char *copies;                   /* get a copy of its minutes */
	struct bounds routine;          /* days of the month that its meetings are expected on; most -1: any */
	bool repeats_minutes;           /* its invitations bring the minutes of the meeting before */
};

struct reply { char *id, *text; int worst; /* GSM-7 septets at the most */ };

/* Numbers that a district may want otherwise: `limit NAME n` in the grammar. */
enum limit {
	LIMIT_LATE_DAY,         /* up to this day of a month a report without a period is for the month before: 5 */
	LIMIT_OLDEST_MONTHS,    /* 6 */
	LIMIT_TEXT,             /* longest message that is read, characters: 459 */
	LIMIT_REPLIES_HOUR,     /* to one sender: 20 */
	LIMIT_REPLIES_DAY,      /* 60 */
	LIMIT_STRANGER_HINTS,   /* "how to register" to one stranger a day: 1 */
	LIMIT_STRANGER_REPLIES, /* other answers to one stranger a day: 5 */
	LIMIT_REPEATS,          /* the same text so often in an hour is answered no more for a day: 3 */
	LIMIT_CANCEL_HOURS,     /* BATAL without a number: 24 */
	LIMIT_REGISTER_DAYS,    /* so long a request to be registered waits: 14 */
	LIMIT_QUIET_FROM,       /* hours in which nobody is written to who did not ask: 20, */
	LIMIT_QUIET_UNTIL,      /* 7, where he is */
	LIMIT_PACE,             /* seconds from one such text to the next: 4 */
	LIMIT_BROADCAST_HOURS,  /* what of a broadcast could not go out by then is dropped: 48 */
	LIMIT_PAGE_MINUTES,     /* the rest of a long answer is kept for LAGI: 30 */
	LIMIT_MENU_MINUTES,     /* a menu waits for an answer: 10 */
	LIMIT_PIN_TRIES,        /* so many wrong PINs in an hour lock it: 5, */
	LIMIT_PIN_HOURS,        /* for so long: 24 */
	LIMITS
};

struct choice { char *name; };                      /* a list of words that fields of several forms may share */
struct choice_option { char *name; int choice; };   /* one of them */

/* A structured report that is declared in a file. */

#define FORMS_MAX 500
#define FORM_FIELDS_MAX 12
#define FORM_LIST_MAX 12
#define FORM_RULES_MAX 8
#define FORM_TELLS_MAX 8
#define FORM_BESIDES_MAX 2

enum form_type {
	FORM_COUNT,         /* a number */
	FORM_NUMBERS,       /* some numbers of a small range: 1,3 or 1-5 */
	FORM_CATEGORY,      /* of the active list */
	FORM_OPTION,        /* of a choice */
	FORM_TEXT,          /* to the end of the message, as typed */
	FORM_FLAG,          /* its word stands there or not */
	FORM_CASE,          /* the number of a case */
	FORM_DATE,
	FORM_TYPES
};

struct form_field {
	char *name, *title;             /* for results and texts; for people */
	enum form_type type;
	bool marked;                    /* stands behind one of its words; else its place in the row tells */
	bool optional;
	bool collected;                 /* adds to what is on record: steps done so far */
	long least, most;               /* of a number; of a text its characters */
	int units[4];                   /* that may stand with the number; none: any unit of the category, if there is one */
	size_t unit_count;
	int family, choice;             /* -1: any; of the type's kind */
	int bound_by;                   /* field whose value v makes bounds[v - 1] the largest number; -1 */
	long bounds[FORM_LIST_MAX];
	size_t bound_count;
	int wrong;                      /* reply to an impossible number, also its error's name; -1 the general one */
	int registered, unregistered;   /* role that the number asked to be registered for; reply if none did; -1 any number */
};

enum form_relation { FORM_AT_MOST, FORM_LESS, FORM_EQUAL };
struct form_rule {
	int field;
	enum form_relation relation;
	int other;                      /* field; -1: the latest value on record of last_field of last_form */
	int last_form, last_field;
};

/* A sum of another form that stands beside an entry: of the same values of some fields, in the same kecamatan. */
struct form_beside {
	char *name, *title;             /* of its placeholder; for people */
	int form, field;                /* what is summed */
	int own[FORM_FIELDS_MAX], other[FORM_FIELDS_MAX];       /* fields that must agree: of this form, of the other */
	size_t count;
};

enum form_place { FORM_NOWHERE, FORM_VILLAGE, FORM_PART /* also of a village: RT, RW */, FORM_DISTRICT };

struct form {
	char *name, *title, *example;
	int under;                      /* form whose words stand before its own and whose rights it shares; -1 */
	struct form_field fields[FORM_FIELDS_MAX];
	size_t field_count;
	struct form_rule rules[FORM_RULES_MAX];
	size_t rule_count;
	enum form_place place;
	bool place_optional;            /* without one the sender's whole area is meant */
	bool place_above;               /* a kecamatan or more may be named instead of a village */
	bool monthly;                   /* about a month */
	bool unique;                    /* a later one of the organisation, place and month replaces it */
	bool keyed[FORM_FIELDS_MAX];    /* ... and of the same value of these fields */
	bool met[FORM_FIELDS_MAX];      /* overlap: another organisation's with these values, same place and month */
	bool meets;
	int meets_reply;
	int follows;                    /* field that should count up from one to the next, else it is flagged; -1 */
	char *series;                   /* numbers of its own; NULL: those of the receipts */
	/* The first whose field was given (-1 always), and whose other field has one of those values (-1 any). */
	struct { int reply, field, by; long values[FORM_LIST_MAX]; size_t value_count; } answers[6];
	size_t answer_count;
	int format;                     /* reply that explains how it is written; -1 the general one */
	bool shown[FORM_FIELDS_MAX];    /* parts of the result */
	bool shows_place, shows_part, shows_period, shows_changes;
	bool *who;                      /* by role */
	bool *pin;                      /* by role: its PIN is needed; NULL of nobody */
	/* Who hears of an entry: a role (-1: those whom it overlaps with), always or only of an overlap. */
	struct { int role, reply; bool overlap; } tells[FORM_TELLS_MAX];
	size_t tell_count;
	struct form_beside besides[FORM_BESIDES_MAX];
	size_t beside_count;
	int due;                        /* field whose value v is due in the vth month after 1 was; later is flagged; -1 */
	int stages_of;                  /* form with stages; this one is asked for while it is in one of stages[]; -1 always */
	long stages[FORM_LIST_MAX];
	size_t stage_count;
	int *pages;                     /* replies that BANTUAN FORM 1, 2, ... show */
	size_t page_count;
};

#define STAGES_MAX 9
#define STAGE_TELLS_MAX 4
struct stage_tell { char *roles; /* "KTKEC,KAB" */ int reply; };
struct stage { char *title; struct stage_tell tells[STAGE_TELLS_MAX]; size_t tell_count; };    /* of a programme */

/* What minutes say: parts by their words before a colon (WORD_PART, owner: the set). */
#define MINUTES_MAX 20
#define MINUTES_PARTS_MAX 8
struct minutes {
	char *name, *title;
	char *parts[MINUTES_PARTS_MAX];
	size_t part_count;
	int partners;                   /* part that names others; -1 */
};

/* What a SIM has left, in rupiah or SMS. */
enum credit { CREDIT_BALANCE, CREDIT_QUOTA, CREDITS };

/* A network: whose SIMs, and how it answers (operator.h). */
#define OPERATOR_SIMS_MAX 8
#define OPERATOR_PATTERNS_MAX 8
struct operator {
	char *name;
	char *sims[OPERATOR_SIMS_MAX];          /* what an IMSI begins with; none: holds for all */
	size_t sim_count;
	char *codes[CREDITS];                   /* NULL: none is known */
	char *patterns[CREDITS][OPERATOR_PATTERNS_MAX];
	size_t pattern_counts[CREDITS];
	bool unverified;
};

struct alias { char code[14]; char *name; };
struct zone { char *name; int east; char **provinces; size_t province_count; };

struct reminder;                /* lang/calendar.h */

/* The printed guide (lang/guide.h): a message as an example, and what it means. where: "file:line". */
struct guide_line { char *where, *example, *text; };
enum guide_text {
	GUIDE_TITLE, GUIDE_SEND_TO, GUIDE_INTRO, GUIDE_WRITE, GUIDE_MEANS, GUIDE_CATEGORIES, GUIDE_SECRET, GUIDE_PIN, GUIDE_FOOT,
	GUIDE_TEXTS
};
#define GUIDE_PLACES 3          /* village, kecamatan, kabupaten that its examples name */

struct grammar {
	struct category *categories;    size_t category_count;
	struct family *families;        size_t family_count;
	struct category_list *lists;    size_t list_count;
	struct crossing *crossings;     size_t crossing_count;
	struct unit *units;             size_t unit_count;
	struct tongue *tongues;         size_t tongue_count;
	struct numeral *numerals;       size_t numeral_count;
	struct ambiguity *ambiguities;  size_t ambiguity_count;
	struct role *roles;             size_t role_count;
	struct choice *choices;         size_t choice_count;
	struct choice_option *options;  size_t option_count;
	struct form *forms;             size_t form_count;
	struct reply *replies;          size_t reply_count;
	struct alias *aliases;          size_t alias_count;
	struct zone *zones;             size_t zone_count;
	struct reminder *reminders;     size_t reminder_count;
	struct guide_line *guide;       size_t guide_count;
	char *guide_texts[GUIDE_TEXTS], *guide_places[GUIDE_PLACES];    /* NULL: not said */
	struct stage *stages;           size_t stage_count;     /* [0] is stage 1; the last closes */
	struct minutes *minutes;        size_t minutes_count;
	struct operator *operators;     size_t operator_count;
	char *samples[VERBS];                           /* a right message of the verb for answers; NULL none */
	char *month_names[13];                          /* [1] JAN .. [12] DES, as answers write them */
	int limits[LIMITS];
	int active_list;                                /* index into lists */
	bool stranger_may[VERBS], waiting_may[VERBS];   /* unregistered numbers; pending ones (rules 6, 7) */
	struct word_table *words;                       /* private */
};

/* Reads every *.grammar file of DIR in the order of their names, checks the whole, and gives a grammar (the
 * caller's, grammar_free). list: the active category list, NULL for the grammar's own default.
 * NULL: *error (the caller's) is one or more lines "file:line: what is wrong, what was expected". */
struct grammar *grammar_load(const char *dir, const char *list, char **error) __attribute__((warn_unused_result));
void grammar_free(struct grammar *grammar);

/* The value of a word of that kind, -1 if it is none. key: folded, upper case, phrases without their blanks.
 * Categories of lists that are not active are not found. */
int grammar_word(const struct grammar *grammar, enum word_kind kind, const char *key);

/* The value of a word that means something in one owner only, -1: WORD_UNDER, WORD_MARK (then the field), WORD_PASS
 * of a form, WORD_OPTION of a choice. Other kinds have no owner. */
int grammar_word_in(const struct grammar *grammar, enum word_kind kind, int owner, const char *key);

/* The first word of that kind and value in the files, as a key; NULL: there is none. Of WORD_MARK the value is the field
 * times FORMS_MAX plus the form. */
const char *grammar_spell(const struct grammar *grammar, enum word_kind kind, int value);

/* Numerals are looked up for a place: a tongue that is not spoken at that area code is not understood.
 * Returns an index into numerals or -1. */
int grammar_numeral(const struct grammar *grammar, const char *key, const char *area);

/* Whether the word is anything at all in any message (such a word is never a typing error of another). */
bool grammar_known(const struct grammar *grammar, const char *key);

/* The category that a mistyped word means (2.2): the only fuzzy word of the active list within one edit up to 7
 * letters, two from 8; -1 none or several. Never a secret category, nor a category with another word glued to it. */
int grammar_category_near(const struct grammar *grammar, const char *key);

/* A secret category's word within two edits (its echo would tell): true. */
bool grammar_near_secret(const struct grammar *grammar, const char *key);

/* Read-only verbs tolerate one edit (3.1 step 6): the only such verb, VERB_NONE otherwise. */
enum verb grammar_verb_near(const struct grammar *grammar, const char *key);

/* Characters of an area code of that level: 13 for a village and its parts, 8, 5, 2, 0 for the country. */
size_t grammar_scope_length(enum scope scope);

int grammar_role(const struct grammar *grammar, const char *name);         /* index or -1 */
int grammar_reply(const struct grammar *grammar, const char *id);          /* index or -1 */
int grammar_category(const struct grammar *grammar, const char *code);     /* of the active list; index or -1 */
int grammar_unit(const struct grammar *grammar, const char *name);         /* index or -1 */
int grammar_form(const struct grammar *grammar, const char *name);         /* index or -1 */
/* The name that rights, help and results know it by: of the form that it stands under, else its own. */
const char *grammar_form_verb(const struct grammar *grammar, int form);
/* Index of the field, -1. */
int grammar_form_field(const struct form *form, const char *name);
/* Of any list, by its name: what a stored item was checked against. Index or -1. */
int grammar_category_in(const struct grammar *grammar, const char *list, const char *code);
/* What a category of another list became in the active one, NULL if no crosswalk says so. */
const struct crossing *grammar_crossing(const struct grammar *grammar, const char *list, const char *code);
/* The zone of an area code, and its seconds east of Greenwich. */
const struct zone *grammar_zone_of(const struct grammar *grammar, const char *area);
int grammar_zone(const struct grammar *grammar, const char *area);

#endif
