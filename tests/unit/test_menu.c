/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_menu: the menu does what an SMS of the same words does, and nothing before somebody has agreed; every screen fits;
 * a door may ask again; a restart, another grammar or a text in between confuse nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "grammar_copy.h"
#include "lang/reply.h"
#include "menu_box.h"

#define LINE_SIZE 2000
#define CELLS 5
#define WALKS 60                /* random ones for each role */
#define STEPS 22

/* --- the same as by SMS --- */

static void
handle(const char *phone, const char *text, char reply[REPLY_SIZE])
{
	const struct desk_message message = { .sender = phone, .text = text, .time = "", .received = NOW };
	struct desk_answer *answer = calloc(1, sizeof *answer);

	assert_non_null(answer);
	assert_int_equal(desk_handle(desk, &message, answer), 0);
	snprintf(reply, REPLY_SIZE, "%s", answer->reply);
	parse_clear(&answer->parse);
	free(answer);
}

/* Types what stands between the stars, one answer a call, as a gateway sends it: all of it each time. */
static void
walk(const char *phone, const char *typed, struct menu_shown *shown)
{
	char inputs[MENU_INPUT_MAX + 1];

	call(phone, MENU_ALL, 0, "", shown);
	for (const char *end = typed; *end != '\0';) {
		end += strcspn(end + (end != typed), "*") + (end != typed);
		snprintf(inputs, sizeof inputs, "%.*s", (int)(end - typed), typed);
		call(phone, MENU_ALL, 0, inputs, shown);
	}
}

/* The same by SMS: MENU, then one answer after the other. */
static void
walk_by_sms(const char *phone, const char *typed, char reply[REPLY_SIZE])
{
	char one[MENU_INPUT_MAX];

	handle(phone, "MENU", reply);
	while (*typed != '\0') {
		size_t length = strcspn(typed, "*");

		snprintf(one, sizeof one, "%.*s", (int)length, typed);
		handle(phone, one, reply);
		typed += length + (typed[length] == '*');
	}
}

static void
send_all(const char *phone, const char *texts)
{
	char one[LINE_SIZE], reply[REPLY_SIZE];

	while (*texts != '\0') {
		size_t length = strcspn(texts, ";");

		snprintf(one, sizeof one, "%.*s", (int)length, texts);
		handle(phone, one, reply);
		texts += length + (texts[length] == ';');
	}
}

static void
unescape(char *text)
{
	char *to = text;

	for (; *text != '\0'; text++)
		*to++ = text[0] == '\\' && text[1] == 'n' ? (text++, '\n') : *text;
	*to = '\0';
}

static void
begin_box(void)
{
	tear_down(NULL);
	assert_int_equal(set_up(NULL), 0);
}

static size_t wrong_rows;

static void
compare(const char *id, const char *expected, const char *got)
{
	const char *any = strstr(expected, "..."), *end = any != NULL ? any + 3 : "";
	size_t length = any != NULL ? (size_t)(any - expected) : 0;

	if (strcmp(expected, got) == 0 || (any != NULL && strncmp(expected, got, length) == 0 &&
					   strlen(got) >= length + strlen(end) &&
					   strcmp(got + strlen(got) - strlen(end), end) == 0))
		return;
	fprintf(stderr, "%s: expected\n%s\ngot\n%s\n", id, expected, got);
	wrong_rows++;
}

/* Both doors, and the plain message. */
static void
play_row(char *cells[CELLS])
{
	const char *phone = phone_of(cells[1]);
	struct menu_shown shown;
	char *by_menu, *by_sms, *plain, reply[REPLY_SIZE];

	unescape(cells[4]);
	begin_box();
	walk(phone, cells[2], &shown);
	compare(cells[0], cells[4], shown.text);
	by_menu = stored(phone);
	begin_box();
	walk_by_sms(phone, cells[2], reply);
	/* A text where digits are asked for is no answer to a menu but a message; whoever is unknown is answered once. */
	if (cells[0][0] != 'X')
		compare(cells[0], cells[4], reply);
	by_sms = stored(phone);
	begin_box();
	send_all(phone, strcmp(cells[3], "-") != 0 ? cells[3] : "");
	plain = stored(phone);
	compare(cells[0], plain, by_menu);
	compare(cells[0], plain, by_sms);
	/* Not that nothing is compared with nothing. */
	assert_int_equal(strcmp(cells[3], "-") == 0, strcmp(plain, STORED_NOTHING) == 0);
	sqlite3_free(by_menu);
	sqlite3_free(by_sms);
	sqlite3_free(plain);
}

static void
does_what_an_sms_does(void **state)
{
	char line[LINE_SIZE], *rest, *cells[CELLS];
	FILE *file = fopen("tests/menu/walks.tsv", "re");
	size_t rows = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		rest = line;
		if (line[0] == '#' || strncmp(line, "id\t", 3) == 0)
			continue;
		for (size_t i = 0; i < CELLS; i++)
			assert_non_null(cells[i] = strsep(&rest, "\t"));
		play_row(cells);
		rows++;
	}
	fclose(file);
	assert_int_equal(wrong_rows, 0);
	assert_true(rows > 50);
}

/* --- every screen --- */

static bool *reached;

/* Whether the text could be the template with something in its placeholders; whatever stands above or below it. */
static bool
fits(const char *template, const char *text)
{
	const char *hole = strchr(template, '{'), *rest = hole != NULL ? strchr(hole, '}') + 1 : NULL;
	size_t fixed = hole != NULL ? (size_t)(hole - template) : strlen(template);

	if (strncmp(template, text, fixed) != 0)
		return false;
	if (hole == NULL)
		return true;
	for (text += fixed;; text++) {
		if (fits(rest, text))
			return true;
		if (*text == '\0')
			return false;
	}
}

static void
look(const char *text)
{
	size_t length = strlen(text);

	assert_true(length > 0 && length <= 160);
	for (const char *c = text; *c != '\0'; c++)
		assert_true(reply_basic(*c) || *c == '\n');
	for (size_t i = 0; i < grammar->reply_count; i++)
		for (const char *at = text; !reached[i] && strncmp(grammar->replies[i].id, "MENU_", 5) == 0 && *at != '\0'; at++)
			reached[i] = fits(grammar->replies[i].text, at);
}

static size_t
count_rows(void)
{
	char *count = text_of("SELECT (SELECT count(*) FROM record) + (SELECT count(*) FROM casebook) +"
			      " (SELECT count(*) FROM entry) + (SELECT count(*) FROM meeting) + (SELECT count(*) FROM receipt) +"
			      " (SELECT count(*) FROM outq)");
	size_t rows = (size_t)atol(count);

	sqlite3_free(count);
	return rows;
}

/* What somebody may type: mostly what the screen gives as an example, or anything. */
static const char *
any_input(const char *screen)
{
	static const char *const examples[] = { "2710", "1330", "13" };
	static const char *const inputs[] = {
		"0", "1", "1", "1", "2", "2", "3", "4", "5", "6", "7", "7", "8", "9", "9", "00", "13", "21", "72", "5000",
		"2710", "1330", "9999999", "monev", "kegiatan PKK",
	};

	for (size_t i = 0; i < 3; i++)
		if (strstr(screen, "Contoh ") != NULL && strstr(screen, examples[i]) != NULL && rand() % 4 != 0)
			return examples[i];
	return inputs[(size_t)rand() % (sizeof inputs / sizeof *inputs)];
}

/* A random walk: every screen is an SMS, and nothing is stored but by 1 where 1 is said to do so. */
static void
wander(const char *phone)
{
	struct menu_shown shown;

	call(phone, MENU_NEXT, 0, "", &shown);
	for (int i = 0; i < STEPS && !shown.over; i++) {
		char before[MENU_TEXT_SIZE];
		const char *input = any_input(shown.text);
		size_t rows = count_rows();

		memcpy(before, shown.text, sizeof before);
		look(shown.text);
		call(phone, MENU_NEXT, 0, input, &shown);
		if (count_rows() != rows && !(strcmp(input, "1") == 0 && strstr(before, "\n1 Kirim ") != NULL))
			fail_msg("%s at\n%s\nstores something:\n%s", input, before, shown.text);
	}
	look(shown.text);
}

/* A form with every kind of field that the shipped ones do not have. */
static const char other_form[] =
	"form UJI \"Uji coba\"\n"
	"    words UJI\n"
	"    who PSM, TKSK\n"
	"    field acara count 1..9 \"acara\" optional words ACARA\n"
	"    field butir numbers 1..4 \"butir\" words BUTIR\n"
	"    field mulai date \"mulai\" words MULAI\n"
	"    field akhir date \"akhir\" optional words AKHIR\n"
	"    field ksus case \"kasus\" words KSUS\n"
	"    field catat text 1..60 \"catatan\" optional words CATAT\n"
	"    place village\n"
	"    period none\n"
	"    answer OK_UJI\n"
	"    help \"UJI BUTIR 1 MULAI 27/10 KSUS KS1 DESA {contoh}\"\n"
	"reply OK_UJI \"Uji No.{no} {desa} dicatat. Terima kasih, sudah disimpan.\"\n";

static void
with_other_form(void)
{
	char *error = NULL;

	copy_grammars();
	write_bytes("95-uji.grammar", other_form, sizeof other_form - 1);
	grammar_free(grammar);
	grammar = grammar_load(copied, NULL, &error);
	remove_copy();
	if (grammar == NULL)
		fail_msg("%s", error);
	desk_set_grammar(desk, grammar);
}

static void
every_screen_is_reached_and_fits(void **state)
{
	const char *seed = getenv("PROPERTY_SEED");
	size_t missing = 0;

	(void)state;
	with_other_form();
	reached = calloc(grammar->reply_count, sizeof *reached);
	assert_non_null(reached);
	srand(seed != NULL ? (unsigned)atoi(seed) : 1);
	for (size_t i = 0; i < KINDS; i++)
		for (int j = 0; j < WALKS; j++)
			wander(phone_of(kinds[i]));
	wander(phone_of("BLOCKED"));
	for (size_t i = 0; i < grammar->reply_count; i++)
		if (!reached[i] && strncmp(grammar->replies[i].id, "MENU_", 5) == 0) {
			fprintf(stderr, "nobody came to %s\n", grammar->replies[i].id);
			missing++;
		}
	free(reached);
	assert_int_equal(missing, 0);
	assert_int_equal(free_shipped(NULL), 0);
	assert_int_equal(load_shipped(NULL), 0);
}

/* A form that came with a file is in the menu, with its fields, and stores what its SMS does. */
static void
a_new_form_is_there_by_itself(void **state)
{
	struct menu_shown shown;
	char *by_menu, *plain;

	(void)state;
	with_other_form();
	walk(phone_of("PSM"), "7*5*0*13*2710*0*1*lancar", &shown);
	assert_string_equal(shown.text, "UJI butir 1,3 27-10-2026 ksus 1 lancar\nRawa\n1 Kirim 2 Ubah 0 Batal");
	walk(phone_of("PSM"), "7*5*0*13*2710*0*1*lancar*1", &shown);
	by_menu = stored(phone_of("PSM"));
	begin_box();
	send_all(phone_of("PSM"), "UJI BUTIR 1,3 MULAI 27-10-2026 KSUS 1 CATAT lancar");
	plain = stored(phone_of("PSM"));
	assert_string_equal(by_menu, plain);
	assert_string_not_equal(plain, STORED_NOTHING);
	sqlite3_free(by_menu);
	sqlite3_free(plain);
	assert_int_equal(free_shipped(NULL), 0);
	assert_int_equal(load_shipped(NULL), 0);
	desk_set_grammar(desk, grammar);
}

/* --- doors that ask again --- */

static void
the_same_call_is_answered_once(void **state)
{
	struct menu_shown first, again;
	char *one, *two;

	(void)state;
	walk(phone_of("PSM"), "3*7*2*72*1", &first);
	one = stored(phone_of("PSM"));
	call(phone_of("PSM"), MENU_ALL, 0, "3*7*2*72*1", &again);
	two = stored(phone_of("PSM"));
	assert_string_equal(first.text, again.text);
	assert_int_equal(first.over, again.over);
	assert_string_equal(one, two);
	sqlite3_free(one);
	sqlite3_free(two);
	/* Also after the end. */
	call(phone_of("PSM"), MENU_ALL, 0, "3*7*2*72*1*0", &first);
	assert_true(first.over);
	call(phone_of("PSM"), MENU_ALL, 0, "3*7*2*72*1*0", &again);
	assert_true(again.over);
	assert_string_equal(first.text, again.text);
}

static void
numbered_calls_are_answered_once(void **state)
{
	static const char *const typed[] = { "", "1", "7", "3", "1" };
	struct menu_shown first, again;

	(void)state;
	for (long i = 0; i < 5; i++) {
		call(phone_of("PSM"), MENU_NUMBERED, i, typed[i], &first);
		call(phone_of("PSM"), MENU_NUMBERED, i, typed[i], &again);
		assert_string_equal(first.text, again.text);
	}
	assert_non_null(strstr(again.text, "No.1 Rawa"));
	/* One was lost on its way: what was typed at an unknown screen is no answer. */
	call(phone_of("PSM"), MENU_NUMBERED, 7, "1", &first);
	assert_int_equal(strncmp(first.text, "Kesos Rawa\n", 11), 0);
	call(phone_of("PSM"), MENU_NUMBERED, 8, "1", &first);
	assert_int_equal(strncmp(first.text, "Kategori:\n", 10), 0);
}

/* Who sends nothing is shown the same again, and never an empty screen. */
static void
an_empty_answer_is_no_choice(void **state)
{
	static const char again[] = "Pilihan tidak ada.\nKategori:\n1 PSM ";
	const char *psm = phone_of("PSM");
	struct menu_shown shown;

	(void)state;
	call(psm, MENU_ALL, 0, "", &shown);
	call(psm, MENU_ALL, 0, "2", &shown);
	call(psm, MENU_ALL, 0, "2*", &shown);
	assert_int_equal(strncmp(shown.text, again, strlen(again)), 0);
	call(psm, MENU_ALL, 0, "2**", &shown);
	assert_int_equal(strncmp(shown.text, again, strlen(again)), 0);
	call(psm, MENU_ALL, 0, "2***1", &shown);
	assert_int_equal(strncmp(shown.text, "PSM Rawa OKT 2026\n", 18), 0);
	call(psm, MENU_NUMBERED, 0, "", &shown);
	call(psm, MENU_NUMBERED, 1, "2", &shown);
	call(psm, MENU_NUMBERED, 2, "", &shown);
	assert_int_equal(strncmp(shown.text, again, strlen(again)), 0);
	call(psm, MENU_NUMBERED, 3, "1", &shown);
	assert_int_equal(strncmp(shown.text, "PSM Rawa OKT 2026\n", 18), 0);
}

/* What no calendar has is said at once; next year has its own digits. */
static void
dates_are_of_the_calendar(void **state)
{
	static const char *const wrong[] = { "5*3102", "5*3104", "5*3004*x", "5*0013", "5*0100", "5*31022027", "5*010127" };
	struct menu_shown shown;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		begin_box();
		walk(phone_of("TKSK"), wrong[i], &shown);
		assert_int_equal(strncmp(shown.text, "Pilihan tidak ada.\n", 19), 0);
	}
	begin_box();
	walk(phone_of("TKSK"), "5*05012027*0900*1", &shown);
	assert_int_equal(strncmp(shown.text, "Rapat 05-01-2027 09:00\n", 23), 0);
}

/* All categories of PMKS, one after the other, in one session: what a gateway says each time grows. */
static void
a_whole_month_fits_a_session(void **state)
{
	char typed[22 * 12], *end = typed;
	struct menu_shown shown;

	(void)state;
	for (int code = 1; code <= 22; code++)
		end += sprintf(end, code == 1 ? "1*%02d*3*1" : "*1*%02d*3*1", code);
	walk(phone_of("PSM"), typed, &shown);
	assert_non_null(strstr(shown.text, "No.22 Rawa"));
}

/* What nobody was shown nobody has agreed to: a whole walk in one call stops before it stores. */
static void
nothing_is_agreed_to_unseen(void **state)
{
	struct menu_shown shown;
	char *nothing;

	(void)state;
	call(phone_of("PSM"), MENU_ALL, 0, "1*7*3*1", &shown);
	assert_string_equal(shown.text, "LANSIA 3\nRawa OKT 2026\n1 Kirim 2 Ubah jumlah\n3 Ganti bulan 0 Batal");
	nothing = stored(phone_of("PSM"));
	assert_string_equal(nothing, STORED_NOTHING);
	sqlite3_free(nothing);
	call(phone_of("PSM"), MENU_ALL, 0, "1*7*3*1*1", &shown);
	assert_non_null(strstr(shown.text, "No.1 Rawa"));
}

/* --- sessions --- */

static void
call_at(const char *session, const char *phone, const char *input, int64_t wall, struct menu_shown *out)
{
	const struct menu_call one = { .session = session, .phone = phone, .input = input, .how = MENU_NEXT, .wall = wall };

	assert_int_equal(menu_call(desk, &one, out), 0);
}

static void
sessions_do_not_meet(void **state)
{
	const char *psm = phone_of("PSM");
	struct menu_shown shown;
	char reply[REPLY_SIZE];

	(void)state;
	call_at("a:1", psm, "", NOW, &shown);
	call_at("a:1", psm, "1", NOW, &shown);
	call_at("a:2", psm, "", NOW, &shown);
	handle("+6284010000015", "menu", reply);
	assert_int_equal(strncmp(reply, "Kesos Cikupa\n", 13), 0);
	call_at("a:1", psm, "7", NOW, &shown);
	assert_int_equal(strncmp(shown.text, "LANSIA Rawa OKT 2026\n", 21), 0);
	/* The same name from another telephone is another session. */
	call_at("a:1", "+6284010000015", "3", NOW, &shown);
	assert_int_equal(strncmp(shown.text, "Kesos Cikupa\n", 13), 0);
}

static void
a_session_lasts_ten_minutes(void **state)
{
	struct menu_shown shown;
	char *left;

	(void)state;
	call_at("a:1", phone_of("PSM"), "", NOW, &shown);
	call_at("a:1", phone_of("PSM"), "1", NOW + 600, &shown);
	call_at("a:1", phone_of("PSM"), "7", NOW + 1200, &shown);
	assert_int_equal(strncmp(shown.text, "LANSIA Rawa", 11), 0);
	call_at("a:1", phone_of("PSM"), "3", NOW + 1801, &shown);
	assert_int_equal(strncmp(shown.text, "Kesos Rawa\n", 11), 0);
	/* And nothing stays for ever. */
	call_at("a:2", phone_of("KT"), "", NOW + 7200, &shown);
	left = text_of("SELECT count(*) FROM session");
	assert_string_equal(left, "1");
	sqlite3_free(left);
}

static void
a_restart_changes_nothing(void **state)
{
	struct menu_shown shown;

	(void)state;
	walk(phone_of("PSM"), "1*7*3", &shown);
	desk_free(desk);
	desk = desk_new(store, grammar, &conf);
	call(phone_of("PSM"), MENU_ALL, 0, "1*7*3*1", &shown);
	assert_non_null(strstr(shown.text, "No.1 Rawa"));
}

/* The digit was an answer to the screen as it was. */
static void
another_grammar_is_shown_first(void **state)
{
	struct menu_shown shown;
	char *error = NULL;

	(void)state;
	call(phone_of("PSM"), MENU_NEXT, 0, "", &shown);
	copy_grammars();
	replace("77-menu.grammar", "\"Cek/rekap\"", "\"Tanya\"");
	grammar_free(grammar);
	grammar = grammar_load(copied, NULL, &error);
	remove_copy();
	assert_non_null(grammar);
	desk_set_grammar(desk, grammar);
	call(phone_of("PSM"), MENU_NEXT, 0, "4", &shown);
	assert_string_equal(shown.text, "Kesos Rawa\n1 Lapor PMKS\n2 Lapor PSKS\n3 Kasus\n4 Tanya\n6 Bantuan\n7 Isian lain\n0 Keluar");
	call(phone_of("PSM"), MENU_NEXT, 0, "4", &shown);
	assert_int_equal(strncmp(shown.text, "Tanya:\n", 7), 0);
	assert_int_equal(free_shipped(NULL), 0);
	assert_int_equal(load_shipped(NULL), 0);
	desk_set_grammar(desk, grammar);
}

/* --- SMS --- */

static void
a_command_ends_the_menu(void **state)
{
	char reply[REPLY_SIZE];

	(void)state;
	handle(phone_of("PSM"), "menu", reply);
	handle(phone_of("PSM"), "1", reply);
	handle(phone_of("PSM"), "anak 3", reply);
	assert_non_null(strstr(reply, "No.1 Rawa OKT 2026: ANAK 3."));
	/* Then digits are a message like any other. */
	handle(phone_of("PSM"), "7", reply);
	assert_int_equal(strncmp(reply, "Mohon maaf, pesan belum kami pahami", 35), 0);
}

static void
digits_without_a_menu_are_none(void **state)
{
	char reply[REPLY_SIZE];
	char *nothing;

	(void)state;
	handle(phone_of("PSM"), "1", reply);
	assert_int_equal(strncmp(reply, "Mohon maaf, pesan belum kami pahami", 35), 0);
	nothing = stored(phone_of("PSM"));
	assert_string_equal(nothing, STORED_NOTHING);
	sqlite3_free(nothing);
}

/* Where a text is asked for, a message that is understood is still a message. */
static void
a_text_is_asked_for(void **state)
{
	char reply[REPLY_SIZE];

	(void)state;
	walk_by_sms(phone_of("PSM"), "7*4*25", reply);
	assert_string_equal(reply, "Ketik hal dengan singkat\n00 Kembali");
	handle(phone_of("PSM"), "anak 3", reply);
	assert_non_null(strstr(reply, "No.1 Rawa OKT 2026: ANAK 3."));
	walk_by_sms(phone_of("PSM"), "7*4*25*penyuluhan bahaya rokok", reply);
	assert_string_equal(reply, "SULUH 25 penyuluhan bahaya rokok\nRawa OKT 2026\n1 Kirim 2 Ubah\n3 Ganti bulan 0 Batal");
}

/* A name is blanked, whichever door it came by. */
static void
names_are_not_kept(void **state)
{
	struct menu_shown shown;
	char reply[REPLY_SIZE], *left;

	(void)state;
	walk(phone_of("PSM"), "7*4*25*nama Siti Aminah", &shown);
	assert_non_null(strstr(shown.text, "jangan kirim nama"));
	assert_true(shown.over);
	walk_by_sms(phone_of("PSM"), "7*4*25*nama Siti Aminah", reply);
	assert_non_null(strstr(reply, "jangan kirim nama"));
	left = text_of("SELECT (SELECT count(*) FROM session WHERE state || inputs || shown LIKE '%Aminah%') ||"
		       " (SELECT count(*) FROM sms_in WHERE body LIKE '%Aminah%')");
	assert_string_equal(left, "00");
	sqlite3_free(left);
}

/* Three times the same digit is no machine that repeats itself. */
static void
digits_are_no_loop(void **state)
{
	char reply[REPLY_SIZE];

	(void)state;
	for (int i = 0; i < 4; i++) {
		handle(phone_of("PSM"), "menu", reply);
		handle(phone_of("PSM"), "1", reply);
		assert_int_equal(strncmp(reply, "Kategori:\n", 10), 0);
		handle(phone_of("PSM"), "0", reply);
		handle(phone_of("PSM"), "0", reply);
		assert_string_equal(reply, "Terima kasih.");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(does_what_an_sms_does, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_screen_is_reached_and_fits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_new_form_is_there_by_itself, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_same_call_is_answered_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(numbered_calls_are_answered_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_empty_answer_is_no_choice, set_up, tear_down),
		cmocka_unit_test_setup_teardown(dates_are_of_the_calendar, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_whole_month_fits_a_session, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_is_agreed_to_unseen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sessions_do_not_meet, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_session_lasts_ten_minutes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_restart_changes_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(another_grammar_is_shown_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_command_ends_the_menu, set_up, tear_down),
		cmocka_unit_test_setup_teardown(digits_without_a_menu_are_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_text_is_asked_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_are_not_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(digits_are_no_loop, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
