/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_outcome: a copy of an outcome stands on its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/outcome.h"

static void
test_a_copy_keeps_its_texts(void **state)
{
	struct outcome *from = calloc(1, sizeof *from), *to = calloc(1, sizeof *to);
	struct field *list;

	(void)state;
	outcome_text(from, "hal", "gizi");
	list = outcome_list(from, "org", FIELD_TEXTS);
	outcome_list_text(from, list, "PKK");
	outcome_list_text(from, list, "TAKMIR");
	from->before[2].text = outcome_keep(from, "lama");
	from->shown = "STATUS";
	outcome_copy(from, to);
	memset(from, 'x', sizeof *from);
	free(from);
	assert_string_equal(outcome_field(to, "hal")->text, "gizi");
	assert_string_equal(outcome_field(to, "org")->items[0], "PKK");
	assert_string_equal(outcome_field(to, "org")->items[1], "TAKMIR");
	assert_string_equal(to->before[2].text, "lama");
	assert_null(to->after[0].text);
	assert_string_equal(to->shown, "STATUS");
	free(to);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_copy_keeps_its_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
