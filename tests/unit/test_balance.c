/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_balance: when codes are dialled, that none is that is not configured, and what becomes of the answers. Runs in the
 * repository's directory. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <event2/event.h>

#include "base/log.h"
#include "clock_fake.h"
#include "gate/balance.h"
#include "memory_store.h"
#include "modem_fake.h"
#include "shipped_grammar.h"
#include "store/credit.h"

#define NOW 1792461600
#define HOUR 3600
#define DAY 86400

static struct event_base *base;
static struct balance *balance;
static struct modem modems[2];
static struct modem_conf conf;
static bool poor[2];

void
outq_set_poor(struct outq *outq, const struct modem *modem, bool is_poor);
void
outq_set_poor(struct outq *outq, const struct modem *modem, bool is_poor)
{
	(void)outq;
	poor[modem - modems] = is_poor;
}

static struct { int count, ends; enum modem_dialled result; int64_t amount; char text[64]; } told;

static void
on_told(void *ctx, const struct balance_told *one)
{
	assert_ptr_equal(ctx, &told);
	told.ends += one == NULL;
	if (one == NULL)
		return;
	told.count++;
	told.result = one->result;
	told.amount = one->amount;
	snprintf(told.text, sizeof told.text, "%s", one->text);
}

static void
turn(void)
{
	for (int i = 0; i < 5; i++)
		event_base_loop(base, EVLOOP_NONBLOCK);
}

/* Later, and as the timer would look once a minute. */
static void
at(int64_t wall)
{
	fake_wall = wall;
	balance_up(balance);
	turn();
}

/* The daemon begins, with `count` modems. */
static void
begin(size_t count)
{
	balance = balance_new(base, store, grammar, NULL);
	for (size_t i = 0; i < count; i++)
		balance_add_modem(balance, &modems[i], &conf);
	balance_ready(balance);
	turn();
}

static void
answer(enum modem_dialled result, const char *text)
{
	struct modem_event event = { .type = MODEM_EVENT_DIALLED };

	event.dialled.result = result;
	event.dialled.text = text;
	event.dialled.error = "";
	balance_dialled(balance, &modems[0], &event);
	turn();
}

static struct credit_row
row(enum credit what)
{
	struct credit_row found;

	assert_int_equal(credit_find(store, "gammu", what, &found), 0);
	return found;
}

static int
setup(void **state)
{
	(void)state;
	base = event_base_new();
	fake_wall = NOW;
	memset(&told, 0, sizeof told);
	memset(poor, 0, sizeof poor);
	memset(modems, 0, sizeof modems);
	modems[0].name = "gammu";
	modems[1].name = "gammu1";
	modem_conf_default(&conf, "gammu");
	strcpy(conf.credit[CREDIT_BALANCE].code, "*888#");
	conf.credit[CREDIT_BALANCE].low = 10000;
	return open_memory("");
}

static int
end(void **state)
{
	balance_free(balance);
	event_base_free(base);
	return teardown(state);
}

static void
nothing_is_dialled_that_is_not_configured(void **state)
{
	const char *operator;

	(void)state;
	conf.credit[CREDIT_BALANCE].code[0] = '\0';
	begin(1);
	at(NOW + 100 * DAY);
	assert_int_equal(balance_ask(balance, "", on_told, &told), 0);
	turn();
	assert_int_equal(modems[0].dials, 0);
	assert_int_equal(told.count + told.ends, 0);
	assert_string_equal(balance_hint(balance, "", &operator), "*888#");
	assert_string_equal(operator, "TELKOMSEL");
}

static void
once_a_day(void **state)
{
	(void)state;
	begin(1);
	assert_int_equal(modems[0].dials, 1);
	assert_string_equal(modems[0].dialled, "*888#");
	assert_int_equal(row(CREDIT_BALANCE).dialled, NOW);
	at(NOW + 10);
	assert_int_equal(modems[0].dials, 1);           /* under way */
	answer(MODEM_DIALLED_ANSWERED, "Pulsa Rp25.000 milik 084000001234");
	assert_int_equal(row(CREDIT_BALANCE).amount, 25000);
	assert_string_equal(row(CREDIT_BALANCE).text, "Pulsa Rp25.000 milik *********234");
	at(NOW + 23 * HOUR);
	assert_int_equal(modems[0].dials, 1);
	at(NOW + DAY + 10);
	assert_int_equal(modems[0].dials, 2);
}

static void
again_after_an_hour_without_an_answer(void **state)
{
	(void)state;
	begin(1);
	answer(MODEM_DIALLED_TIMEOUT, "");
	at(NOW + HOUR - 1);
	assert_int_equal(modems[0].dials, 1);
	at(NOW + HOUR);
	assert_int_equal(modems[0].dials, 2);
	answer(MODEM_DIALLED_NO_USSD, "");              /* that will not change so soon */
	at(NOW + 20 * HOUR);
	assert_int_equal(modems[0].dials, 2);
}

static void
a_restart_dials_nothing(void **state)
{
	(void)state;
	begin(1);
	answer(MODEM_DIALLED_ANSWERED, "Pulsa Rp5.000");
	assert_true(poor[0]);
	balance_free(balance);
	poor[0] = false;
	begin(1);
	assert_int_equal(modems[0].dials, 1);
	assert_true(poor[0]);
	at(NOW + DAY);
	assert_int_equal(modems[0].dials, 2);
	balance_free(balance);                          /* and ends before the answer */
	begin(1);
	assert_int_equal(modems[0].dials, 2);
	at(NOW + DAY + HOUR);
	assert_int_equal(modems[0].dials, 3);
}

static void
one_after_the_other(void **state)
{
	(void)state;
	strcpy(conf.credit[CREDIT_QUOTA].code, "*889#");
	begin(1);
	assert_string_equal(modems[0].dialled, "*888#");
	assert_int_equal(modems[0].dials, 1);
	answer(MODEM_DIALLED_MENU, "Pulsa Rp25.000. 1 Paket");
	assert_string_equal(modems[0].dialled, "*889#");
	answer(MODEM_DIALLED_ENDED, "Kuota SMS 100");
	assert_int_equal(row(CREDIT_QUOTA).amount, 100);
	assert_int_equal(row(CREDIT_BALANCE).amount, 25000);
	assert_int_equal(modems[0].dials, 2);
}

static void
who_asks_is_told(void **state)
{
	(void)state;
	begin(2);
	answer(MODEM_DIALLED_ANSWERED, "Pulsa Rp25.000");
	assert_int_equal(balance_ask(balance, "gammu7", on_told, &told), -ENOENT);
	assert_int_equal(balance_ask(balance, "gammu", on_told, &told), 1);
	turn();
	assert_int_equal(modems[0].dials, 2);
	assert_int_equal(told.count, 0);
	answer(MODEM_DIALLED_ANSWERED, "Maaf");
	assert_int_equal(told.count, 1);
	assert_int_equal(told.ends, 1);
	assert_int_equal(told.amount, CREDIT_UNKNOWN);
	assert_string_equal(told.text, "Maaf");
	assert_int_equal(row(CREDIT_BALANCE).amount, 25000);    /* what was known stays */
	modems[0].down = true;
	assert_int_equal(balance_ask(balance, "gammu", on_told, &told), 1);
	turn();
	assert_int_equal(told.result, MODEM_DIALLED_DOWN);
	assert_int_equal(told.ends, 2);
	modems[0].down = false;
	modems[0].dial_answer = -ENODEV;
	assert_int_equal(balance_ask(balance, "gammu", on_told, &told), 1);
	turn();
	assert_int_equal(told.ends, 3);
	modems[0].dial_answer = 0;
	assert_int_equal(balance_ask(balance, "", on_told, &told), 2);  /* gammu1's is under way since the start */
	balance_forget(balance, &told);
	turn();
	answer(MODEM_DIALLED_ANSWERED, "Pulsa Rp1");
	assert_int_equal(told.ends, 3);
}

static void
a_poor_modem_is_said_to_be_so(void **state)
{
	(void)state;
	begin(1);
	assert_false(poor[0]);
	answer(MODEM_DIALLED_ANSWERED, "Pulsa Rp9.999");
	assert_true(poor[0]);
	at(NOW + DAY);
	answer(MODEM_DIALLED_ANSWERED, "Pulsa Rp10.000");
	assert_false(poor[0]);
}

/* A modem that is configured no more is not spoken of any more. */
static void
what_is_not_watched_is_forgotten(void **state)
{
	struct credit_row found;

	(void)state;
	begin(2);
	balance_free(balance);
	begin(1);
	assert_int_equal(credit_find(store, "gammu1", CREDIT_BALANCE, &found), -ENOENT);
	assert_int_equal(row(CREDIT_BALANCE).low, 10000);
}

static void
a_clock_that_was_set_back_does_not_stop_it(void **state)
{
	(void)state;
	begin(1);
	answer(MODEM_DIALLED_ANSWERED, "Pulsa Rp25.000");
	at(NOW - 300 * DAY);
	assert_int_equal(modems[0].dials, 1);
	at(NOW - 299 * DAY);
	assert_int_equal(modems[0].dials, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_is_dialled_that_is_not_configured, setup, end),
		cmocka_unit_test_setup_teardown(once_a_day, setup, end),
		cmocka_unit_test_setup_teardown(again_after_an_hour_without_an_answer, setup, end),
		cmocka_unit_test_setup_teardown(a_restart_dials_nothing, setup, end),
		cmocka_unit_test_setup_teardown(one_after_the_other, setup, end),
		cmocka_unit_test_setup_teardown(who_asks_is_told, setup, end),
		cmocka_unit_test_setup_teardown(a_poor_modem_is_said_to_be_so, setup, end),
		cmocka_unit_test_setup_teardown(what_is_not_watched_is_forgotten, setup, end),
		cmocka_unit_test_setup_teardown(a_clock_that_was_set_back_does_not_stop_it, setup, end),
	};

	log_level(0);
	return cmocka_run_group_tests_name("balance", tests, load_shipped, free_shipped);
}
