/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_modem_conf: which connections are let in, and how atgen_setcnmi is bounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "modem/conf.h"

static const char *
check(const char *connection)
{
	struct modem_conf conf;

	modem_conf_default(&conf, "gammu");
	strcpy(conf.device, "/dev/ttyUSB0");
	strcpy(conf.connection, connection);
	return modem_conf_check(&conf);
}

static void
test_connections(void **state)
{
	static const char *const good[] = { "at", "at115200", "AT9600-nodtr", "dku2at", "dku2at-nodtr" };
	static const char *const bad[] = { "", "proxyat", "none", "blueat", "irdaat", "fbus", "at115200;id", "atx",
	                                   "dku2at2", "dku2phonet", "-nodtr" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_null(check(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_non_null(check(bad[i]));
}

static void
test_other_members(void **state)
{
	struct modem_conf conf;

	(void)state;
	modem_conf_default(&conf, "gammu");
	assert_non_null(modem_conf_check(&conf));       /* no device */
	strcpy(conf.device, "ttyUSB0");
	assert_non_null(modem_conf_check(&conf));
	strcpy(conf.device, "/dev/ttyUSB0");
	assert_null(modem_conf_check(&conf));
	strcpy(conf.smsc, "+62 811");
	assert_non_null(modem_conf_check(&conf));
	strcpy(conf.smsc, "+6281100000");
	strcpy(conf.recover, "reboot");
	assert_non_null(modem_conf_check(&conf));
	strcpy(conf.recover, "/bin/true");
	assert_null(modem_conf_check(&conf));
	conf.recover_after = 0;
	assert_non_null(modem_conf_check(&conf));
	conf.recover_after = 5;
	strcpy(conf.init[1], "ls");
	assert_non_null(modem_conf_check(&conf));
}

static void
test_cnmi(void **state)
{
	static const int32_t wanted[MODEM_CNMI] = { 2, 1, -1, 1, 0 };
	struct modem_conf conf;

	(void)state;
	modem_conf_default(&conf, "gammu");
	assert_int_equal(conf.cnmi[0], -1);
	assert_true(modem_conf_cnmi(&conf, "2,1,-1,1,0"));
	assert_memory_equal(conf.cnmi, wanted, sizeof wanted);
	assert_true(modem_conf_cnmi(&conf, "21"));
	assert_int_equal(conf.cnmi[1], 1);
	assert_int_equal(conf.cnmi[2], -1);
	assert_false(modem_conf_cnmi(&conf, "2,1,0,1,0,1"));
	assert_false(modem_conf_cnmi(&conf, "210100000"));
	assert_false(modem_conf_cnmi(&conf, "2;1"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_connections),
		cmocka_unit_test(test_other_members),
		cmocka_unit_test(test_cnmi),
	};

	return cmocka_run_group_tests_name("modem_conf", tests, NULL, NULL);
}
