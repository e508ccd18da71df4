/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What modemsim does wrong on purpose: when a fault strikes, what is left of an answer, and that each class of broken
 * PDU has the defect of its name and no other: told by a strict reader of SMS-DELIVER (TS 23.040, 9.2.2.1) below. */
#include "../modemsim/utf16.c"
#include "../modemsim/gsm7.c"
#include "../modemsim/stamp.c"
#include "../modemsim/pdu.c"
#include "../modemsim/broken.c"
#include "../modemsim/fault.c"
#include "../modemsim/distort.c"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- when a fault strikes ---- */

static struct fault_table table;

static int
arm(const char *kind, const char *command, unsigned at, unsigned times)
{
	struct fault f = fault_named(kind);

	assert_int_not_equal(f.id, -1);
	if (command)
		fault_set_command(&f, command);
	f.at = at;
	f.times = times;
	return fault_arm(&table, f);
}

static bool
struck(const char *command)
{
	struct fault_plan plan = { .n = 0 };

	fault_plan(&table, command, &plan);
	return plan.n > 0;
}

static int
set_up(void **state)
{
	(void)state;
	table = (struct fault_table){ .rules = 0 };
	fault_seed(&table, 1);
	return 0;
}

static void
names(void **state)
{
	const char *name;
	int n = 0;

	(void)state;
	for (size_t i = 0; (name = fault_listed(i)); i++, n++)
		assert_int_not_equal(fault_named(name).id, -1);
	assert_true(n > FAULT_KINDS);
	assert_int_equal(fault_named("no-such-fault").id, -1);
	assert_int_equal(fault_named("delete-fails").kind, FAULT_ERROR);
	assert_string_equal(fault_named("delete-fails").command, "+CMGD");
}

static void
commands(void **state)
{
	static const struct { const char *given, *is; } cases[] = {
		{ "cmgr", "+CMGR" }, { "+CMGR", "+CMGR" }, { "e", "E" }, { "at", "AT" }, { "pdu", "PDU" }, { "init", "init" },
		{ "$tsspcsw", "$TSSPCSW" }, { "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fault f = { .id = 0 };

		fault_set_command(&f, cases[i].given);
		assert_string_equal(f.command, cases[i].is);
	}
}

static void
the_kth_command(void **state)
{
	(void)state;
	arm("hang", NULL, 3, 0);
	assert_false(struck("AT"));
	assert_false(struck("+CSQ"));
	assert_true(struck("+CMGR"));
	assert_false(struck("+CMGR"));
}

static void
a_named_command(void **state)
{
	(void)state;
	arm("mute", "CMGR", 0, 0);
	for (int i = 0; i < 5; i++) {
		assert_false(struck("+CMGD"));
		assert_true(struck("+CMGR"));
	}
}

static void
so_many_times(void **state)
{
	(void)state;
	arm("error", "CMGD", 2, 2);
	assert_false(struck("+CMGD"));
	assert_true(struck("+CMGD"));
	assert_true(struck("+CMGD"));
	assert_false(struck("+CMGD"));
	assert_int_equal(table.rule[0].struck, 2);
}

static void
what_opens_a_line(void **state)
{
	(void)state;
	arm("error", "init", 0, 0);
	assert_true(struck("AT"));
	assert_true(struck("+CMEE"));
	assert_false(struck("+CMGR"));
	assert_false(struck("PDU"));
}

static void
chance_follows_the_seed(void **state)
{
	unsigned hits[3] = { 0 };
	bool first[1000];

	(void)state;
	arm("error", NULL, 0, 0);
	table.rule[0].percent = 30;
	for (int run = 0; run < 3; run++) {
		fault_seed(&table, run == 2 ? 8 : 7);
		for (int i = 0; i < 1000; i++) {
			bool hit = struck("+CSQ");

			hits[run] += hit;
			if (run == 0)
				first[i] = hit;
			else if (run == 1)
				assert_int_equal(hit, first[i]);
		}
		assert_in_range(hits[run], 250, 350);
	}
	for (int i = 0; i < 1000; i++)
		assert_in_range(fault_random(&table, 5), 0, 4);
	assert_int_equal(fault_random(&table, 0), 0);
}

static void
several_at_once(void **state)
{
	struct fault_plan plan = { .n = 0 };
	char text[64];

	(void)state;
	arm("notify", "CSQ", 0, 0);
	arm("no-cmti", NULL, 0, 2);
	arm("half", NULL, 0, 0);
	fault_plan(&table, "+CSQ", &plan);
	fault_print(&plan, text, sizeof text);
	assert_string_equal(text, "notify half");
	assert_null(fault_planned(&plan, FAULT_HANG));
	assert_non_null(fault_strikes(&table, FAULT_NO_CMTI));
	assert_non_null(fault_strikes(&table, FAULT_NO_CMTI));
	assert_null(fault_strikes(&table, FAULT_NO_CMTI));
	assert_non_null(fault_armed(&table, FAULT_NO_CMTI));
}

static void
healing(void **state)
{
	int id;

	(void)state;
	arm("hang", NULL, 0, 0);
	id = arm("mute", NULL, 0, 0);
	arm("drip", NULL, 0, 0);
	table.rule[2].until_reset = true;
	assert_int_equal(fault_heal(&table, id), 1);
	assert_int_equal(fault_heal(&table, id), 0);
	assert_int_equal(fault_heal_by_reset(&table), 1);
	assert_int_equal(table.rules, 1);
	assert_int_equal(fault_heal(&table, 0), 1);
	while (table.rules < FAULT_RULES_MAX)
		arm("hang", NULL, 0, 0);
	assert_int_equal(fault_arm(&table, fault_named("hang")), -ENOSPC);
}

/* ---- what is left of an answer ---- */

static char *
left(const struct fault *f)
{
	struct fault_plan plan = { .n = 1, .hit = { *f } };
	struct evbuffer *info = evbuffer_new(), *final = evbuffer_new(), *out = evbuffer_new();
	static char text[8192];
	int n;

	evbuffer_add_printf(info, "\r\n+CSQ: 21,0\r\n");
	evbuffer_add_printf(final, "\r\nOK\r\n");
	distort(&table, &plan, info, final, out);
	n = evbuffer_remove(out, text, sizeof text - 1);
	text[n > 0 ? n : 0] = 0;
	evbuffer_free(info);
	evbuffer_free(final);
	evbuffer_free(out);
	return text;
}

static const char *
left_by(const char *kind, enum fault_where where, const char *text, int n)
{
	struct fault f = fault_named(kind);

	f.where = where;
	f.n = n;
	snprintf(f.text, sizeof f.text, "%s", text);
	return left(&f);
}

static void
answers(void **state)
{
	(void)state;
	assert_string_equal(left_by("delay", 0, "", 0), "\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
	assert_string_equal(left_by("mute", 0, "", 0), "");
	assert_string_equal(left_by("hang", 0, "", 0), "");
	assert_string_equal(left_by("no-final", 0, "", 0), "\r\n+CSQ: 21,0\r\n");
	assert_string_equal(left_by("no-info", 0, "", 0), "\r\nOK\r\n");
	assert_string_equal(left_by("half", 0, "", 7), "\r\n+CSQ:");
	assert_string_equal(left_by("crlf", 0, "lf", 0), "\n+CSQ: 21,0\n\nOK\n");
	assert_string_equal(left_by("crlf", 0, "none", 0), "+CSQ: 21,0OK");
	assert_string_equal(left_by("notify", FAULT_BEFORE, "RING", 0), "\r\nRING\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
	assert_string_equal(left_by("notify", FAULT_BETWEEN, "RING", 0), "\r\n+CSQ: 21,0\r\n\r\nRING\r\n\r\nOK\r\n");
	assert_string_equal(left_by("notify", FAULT_AFTER, "", 0), "\r\n+CSQ: 21,0\r\n\r\nOK\r\n\r\nRING\r\n");
}

/* Noise is put beside the answer or in it; the answer's own bytes all stay, in their order. */
static void
noise(void **state)
{
	struct fault f = fault_named("garbage");
	struct fault_plan plan = { .n = 1 };

	(void)state;
	f.n = 9;
	for (uint32_t seed = 0; seed < 1000; seed++) {
		static const char whole[] = "\r\n+CSQ: 21,0\r\n\r\nOK\r\n";
		struct evbuffer *info = evbuffer_new(), *final = evbuffer_new(), *out = evbuffer_new();
		char text[64];
		int n;

		fault_seed(&table, seed);
		f.where = (enum fault_where)(seed % 4);
		plan.hit[0] = f;
		evbuffer_add(info, whole, 14);
		evbuffer_add(final, whole + 14, 6);
		distort(&table, &plan, info, final, out);
		n = evbuffer_remove(out, text, sizeof text);
		assert_int_equal(n, 20 + 9);
		for (int at = 0; at <= 20; at++) {
			if (!memcmp(text, whole, (size_t)at) && !memcmp(text + at + 9, whole + at, (size_t)(20 - at)))
				n = 0;
		}
		assert_int_equal(n, 0);
		evbuffer_free(info);
		evbuffer_free(final);
		evbuffer_free(out);
	}
}

static void
any_half(void **state)
{
	struct fault f = fault_named("half");

	(void)state;
	for (uint32_t seed = 0; seed < 200; seed++) {
		fault_seed(&table, seed);
		assert_in_range(strlen(left(&f)), 1, 19);
	}
}

/* ---- broken PDUs: a strict reader ---- */

enum defect {
	GOOD, CUT, NOT_DELIVER, BAD_PLAN, BAD_DIGITS, TOO_MANY_DIGITS, NO_SENDER, LETTERS, PID_TYPE, COMPRESSED, RESERVED,
	CLASS_0, WAITING, EIGHT_BIT, BAD_TIME, TOO_LONG, TOO_SHORT, EMPTY, HEADER_OVER, ELEMENT_OVER, BAD_CONCAT, CONCAT_255,
	PORTS, WAITING_ELEMENT
};

/* Octets of the address, and what is wrong with it. */
static enum defect
judge_address(const uint8_t *p, size_t len, size_t *octets)
{
	unsigned digits = p[0], type = len > 1 ? p[1] : 0;
	bool letters = (type & 0x70) == 0x50;

	*octets = 2 + (digits + 1) / 2;
	if (len < 2 || *octets > len)
		return CUT;
	if (digits > 20)
		return TOO_MANY_DIGITS;
	if (!(type & 0x80) || (type & 0x70) == 0x70 || (type & 0x0F) == 0x0F)
		return BAD_PLAN;
	if (!digits)
		return NO_SENDER;
	if (letters)
		return LETTERS;
	for (unsigned i = 0; i < digits; i++) {
		if ((i % 2 ? p[2 + i / 2] >> 4 : p[2 + i / 2] & 0x0F) > 9)
			return BAD_DIGITS;
	}
	return digits % 2 && p[1 + (digits + 1) / 2] >> 4 != 0x0F ? BAD_DIGITS : GOOD;
}

static bool
is_time(const uint8_t *p)
{
	static const int least[] = { 0, 1, 1, 0, 0, 0 }, most[] = { 99, 12, 31, 23, 59, 59 };

	for (int i = 0; i < 6; i++) {
		int low = p[i] >> 4, high = p[i] & 0x0F, v = high * 10 + low;

		if (low > 9 || high > 9 || v < least[i] || v > most[i])
			return false;
	}
	return true;
}

static enum defect
judge_scheme(uint8_t dcs)
{
	if (dcs >= 0x80 && dcs < 0xC0)
		return RESERVED;
	if (dcs >= 0xC0 && dcs < 0xF0)
		return WAITING;
	if (dcs < 0x80 && dcs & 0x20)
		return COMPRESSED;
	if (dcs < 0x80 && (dcs & 0x0C) == 0x0C)
		return RESERVED;
	if ((dcs < 0x80 && (dcs & 0x13) == 0x10) || (dcs & 0xF3) == 0xF0)
		return CLASS_0;
	return dcs == 0x04 ? EIGHT_BIT : GOOD;
}

static enum defect
judge_element(uint8_t id, const uint8_t *v)
{
	if (id == 0x05 || id == 0x04)
		return PORTS;
	if (id == 0x01)
		return WAITING_ELEMENT;
	if (id != 0x00)
		return GOOD;
	return !v[1] || !v[2] || v[2] > v[1] ? BAD_CONCAT : v[1] == 255 ? CONCAT_255 : GOOD;
}

static enum defect
judge_header(const uint8_t *ud, size_t len)
{
	size_t end = ud[0] + 1u, n = 1;
	enum defect d = GOOD;

	if (end > len)
		return HEADER_OVER;
	while (n < end && d == GOOD) {
		if (n + 2 > end || n + 2 + ud[n + 1] > end)
			return ELEMENT_OVER;
		d = judge_element(ud[n], ud + n + 2);
		n += 2u + ud[n + 1];
	}
	return d;
}

static enum defect
judge_data(const uint8_t *p, size_t len, uint8_t dcs, bool udhi)
{
	bool octets = dcs == 0x04 || dcs == 0x08 || (dcs & 0xF0) == 0xE0;
	size_t udl = p[0], want = octets ? udl : (udl * 7 + 7) / 8;

	if (udl > (octets ? 140u : 160u))
		return TOO_LONG;
	if (want != len - 1)
		return want > len - 1 ? TOO_SHORT : TOO_LONG;
	if (!udl)
		return EMPTY;
	return udhi ? judge_header(p + 1, want) : GOOD;
}

/* The first defect; of several fields the one further on tells more about PDUs that are well-formed. */
static enum defect
judge(const uint8_t *p, size_t len)
{
	size_t n = len ? p[0] + 1u : 1, octets;
	enum defect d, address;
	uint8_t first, pid, dcs;

	if (n >= len)
		return CUT;
	first = p[n++];
	if (first & 3)
		return NOT_DELIVER;
	address = n < len ? judge_address(p + n, len - n, &octets) : CUT;
	if (address == CUT || address == BAD_PLAN || address == BAD_DIGITS || address == TOO_MANY_DIGITS)
		return address;
	n += octets;
	if (n + 10 > len)
		return CUT;
	pid = p[n];
	dcs = p[n + 1];
	if (!is_time(p + n + 2))
		return BAD_TIME;
	d = judge_data(p + n + 9, len - n - 9, dcs, first & 0x40);
	if (d == GOOD)
		d = judge_scheme(dcs);
	if (d == GOOD)
		d = pid >= 0x40 && pid <= 0x47 ? PID_TYPE : address;
	return d;
}

static struct broken_pdu built;

static enum defect
build(const char *name, int variant)
{
	struct broken_base base = { .smsc = "+6281100000", .from = "+628123456789", .text = "Lapor 7",
		.time = { 1792461600, STAMP_WIB } };

	assert_int_equal(broken_build(name, variant, &base, &built), 0);
	return judge(built.pdu, built.len);
}

static void
the_reader_knows_good_ones(void **state)
{
	static const char *const good[] = {
		"06912618010000040C9126183254769800006280502143658205C8329BFD06",
		"069126180100004004912618000062112280029282A00F05040B8423F0080400010201250101008F",
	};
	uint8_t pdu[256];
	int n = pdu_from_hex(good[0], pdu, sizeof pdu);

	(void)state;
	assert_int_equal(judge(pdu, (size_t)n), GOOD);
	n = pdu_from_hex(good[1], pdu, sizeof pdu);
	assert_int_equal(judge(pdu, (size_t)n), TOO_SHORT);
}

static void
each_class_has_its_defect(void **state)
{
	static const struct {
		const char *name;
		int         variant;
		enum defect defect;
	} cases[] = {
		{ "type3", 0, NOT_DELIVER }, { "compressed", 0, COMPRESSED },
		{ "number-type", 0, BAD_PLAN }, { "number-type", 1, BAD_PLAN }, { "number-type", 2, BAD_PLAN },
		{ "number-type", 3, BAD_PLAN },
		{ "time", 0, BAD_TIME }, { "time", 1, BAD_TIME }, { "time", 2, BAD_TIME }, { "time", 3, BAD_TIME },
		{ "time", 4, BAD_TIME },
		{ "header-over-data", 0, HEADER_OVER }, { "element-over-header", 0, ELEMENT_OVER },
		{ "data-missing", 0, TOO_SHORT }, { "data-255", 0, TOO_LONG }, { "data-none", 0, EMPTY },
		{ "data-unsaid", 0, CUT },
		{ "address-255", 0, CUT }, { "address-odd", 0, BAD_DIGITS }, { "address-22", 0, TOO_MANY_DIGITS },
		{ "sender-letters", 0, LETTERS }, { "sender-20", 0, GOOD },
		{ "sender-none", 0, NO_SENDER }, { "sender-none", 1, NO_SENDER }, { "sender-none", 2, NO_SENDER },
		{ "binary", 0, EIGHT_BIT }, { "flash", 0, CLASS_0 }, { "flash", 1, CLASS_0 }, { "silent", 0, PID_TYPE },
		{ "replace", 0, PID_TYPE }, { "replace", 6, PID_TYPE },
		{ "waiting", 0, WAITING }, { "waiting", 1, WAITING }, { "waiting", 2, WAITING },
		{ "waiting-header", 0, WAITING_ELEMENT }, { "wap-push", 0, PORTS },
		{ "concat", 0, BAD_CONCAT }, { "concat", 1, BAD_CONCAT }, { "concat", 2, BAD_CONCAT },
		{ "concat", 3, CONCAT_255 },
		{ "scheme-reserved", 0, RESERVED }, { "scheme-reserved", 1, RESERVED }, { "scheme-reserved", 2, RESERVED },
		{ "scheme-reserved", 3, RESERVED }, { "scheme-reserved", 4, RESERVED },
		{ "submit", 0, NOT_DELIVER }, { "submit", 1, NOT_DELIVER }, { "report", 0, NOT_DELIVER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum defect d = build(cases[i].name, cases[i].variant);

		if (d != cases[i].defect)
			fail_msg("%s %d: %d, not %d: %s", cases[i].name, cases[i].variant, d, cases[i].defect, built.line);
	}
}

static void
each_truncation(void **state)
{
	size_t whole;

	(void)state;
	build("compressed", -1);
	whole = built.len;
	for (size_t n = 1; n < whole; n++) {
		enum defect d = build("truncated", (int)n);

		assert_int_equal(built.len, n);
		assert_true(d == CUT || d == TOO_SHORT);
	}
	assert_true(build("truncated", -1) != GOOD);
}

/* A line and a length that belong to a good PDU but for one thing. */
static void
lines_and_lengths(void **state)
{
	size_t digits;

	(void)state;
	assert_int_equal(build("length-wrong", 0), GOOD);
	digits = strlen(built.line);
	assert_int_equal(built.announced, (int)built.len - 7 + 5);
	for (int v = 1; v < 4; v++) {
		build("length-wrong", v);
		assert_int_not_equal(built.announced, (int)built.len - 7);
	}
	build("line-empty", 0);
	assert_string_equal(built.line, "");
	assert_true(built.announced > 0);
	build("line-odd", 0);
	assert_int_equal(strlen(built.line), digits - 1);
	build("line-foreign", 0);
	assert_int_equal(strlen(built.line), digits);
	assert_int_equal(strspn(built.line, "0123456789ABCDEF"), digits / 2);
	build("submit", 0);
	assert_int_equal(built.stat, 2);
	build("submit", 1);
	assert_int_equal(built.stat, 3);
	build("broadcast", 0);
	assert_int_equal(built.len, 88);
	assert_int_equal(built.announced, 88);
}

static void
all_classes_build(void **state)
{
	const struct broken_class *c;
	struct broken_base base = { .smsc = "+6281100000", .from = "+628123456789", .text = "Lapor 7" };
	int n = 0;

	(void)state;
	for (size_t i = 0; (c = broken_class(i)); i++, n++) {
		assert_true(*c->what && strlen(c->name) < 32);
		for (int v = -1; v < c->variants; v++) {
			build(c->name, v);
			assert_true(built.len <= BROKEN_PDU_MAX && built.announced >= 0);
		}
		assert_int_equal(broken_build(c->name, c->variants ? c->variants : 0, &base, &built), -ERANGE);
		assert_int_equal(broken_build(c->name, -2, &base, &built), -ERANGE);
	}
	assert_true(n >= 30);
	assert_int_equal(broken_build("nonsense", -1, &base, &built), -ENOENT);
	base.from = "";
	assert_int_equal(broken_build("type3", -1, &base, &built), -EINVAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(names, set_up),
		cmocka_unit_test_setup(commands, set_up),
		cmocka_unit_test_setup(the_kth_command, set_up),
		cmocka_unit_test_setup(a_named_command, set_up),
		cmocka_unit_test_setup(so_many_times, set_up),
		cmocka_unit_test_setup(what_opens_a_line, set_up),
		cmocka_unit_test_setup(chance_follows_the_seed, set_up),
		cmocka_unit_test_setup(several_at_once, set_up),
		cmocka_unit_test_setup(healing, set_up),
		cmocka_unit_test_setup(answers, set_up),
		cmocka_unit_test_setup(noise, set_up),
		cmocka_unit_test_setup(any_half, set_up),
		cmocka_unit_test(the_reader_knows_good_ones),
		cmocka_unit_test(each_class_has_its_defect),
		cmocka_unit_test(each_truncation),
		cmocka_unit_test(lines_and_lengths),
		cmocka_unit_test(all_classes_build),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
