/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_guide: the printed guide says what the gateway understands, to each role its own, and names nothing secret. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "grammar_copy.h"
#include "lang/guide.h"

static struct grammar *
load(const char *dir, const char *list)
{
	char *error;
	struct grammar *grammar = grammar_load(dir, list, &error);

	if (grammar == NULL)
		fail_msg("%s", error);
	return grammar;
}

/* The page of the role; the caller's. */
static char *
page_of(const struct grammar *grammar, const char *role, const char *number)
{
	char *page = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&page, &size);

	assert_non_null(out);
	guide_write(grammar, grammar_role(grammar, role), number, out);
	fclose(out);
	return page;
}

static void
test_every_example_is_understood(void **state)
{
	static const char *const lists[] = { "pmks-2009", "ppks-2012" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct grammar *grammar = load("grammars", lists[i]);
		char *error = guide_check(grammar);

		if (error != NULL)
			fail_msg("%s: %s", lists[i], error);
		grammar_free(grammar);
	}
}

static void
test_a_role_reads_what_it_may_send(void **state)
{
	struct grammar *grammar = load("grammars", NULL);
	char *psm = page_of(grammar, "PSM", "+6284099990000"), *tksk = page_of(grammar, "TKSK", "");
	char *camat = page_of(grammar, "CAMAT", "");

	(void)state;
	assert_non_null(strstr(psm, "+6284099990000"));
	assert_null(strstr(tksk, "+62"));
	assert_non_null(strstr(psm, ">PMKS ANAK 3 LANSIA 2<"));
	assert_non_null(strstr(psm, ">SULUH 25 DESA RAWA HAL GIZI<"));
	assert_non_null(strstr(psm, "SEMBAKO, UANG"));
	assert_null(strstr(psm, "{contoh}"));
	assert_null(strstr(psm, ">SAH "));
	/* A TKSK has to name the village, a volunteer has one. */
	assert_null(strstr(psm, ">PMKS ANAK 3 LANSIA 2 DESA RAWA<"));
	assert_non_null(strstr(tksk, ">PMKS ANAK 3 LANSIA 2 DESA RAWA<"));
	assert_null(strstr(tksk, ">PMKS ANAK 3 LANSIA 2<"));
	assert_non_null(strstr(tksk, ">SAH LANSIA 9 DESA RAWA<"));
	assert_non_null(strstr(psm, "K7 LANSIA"));
	assert_null(strstr(camat, "K7 LANSIA"));
	assert_null(strstr(camat, ">PMKS "));
	free(psm);
	free(tksk);
	free(camat);
	grammar_free(grammar);
}

static void
test_nothing_secret_is_named(void **state)
{
	struct grammar *grammar = load("grammars", NULL);
	char *page = page_of(grammar, "TKSK", "");
	size_t secrets = 0;

	(void)state;
	for (size_t i = 0; i < grammar->category_count; i++) {
		const struct category *category = &grammar->categories[i];

		if (!category->secret || category->list != grammar->active_list)
			continue;
		secrets++;
		assert_null(strstr(page, category->keyword));
		assert_null(strstr(page, category->name));
	}
	assert_int_equal(secrets, 5);
	free(page);
	grammar_free(grammar);
}

static void
test_what_is_not_understood_is_named(void **state)
{
	struct grammar *grammar;
	char expected[200], *error;
	int line;

	(void)state;
	copy_grammars();
	line = replace("75-guide.grammar", "\"RALAT ANAK 5\"", "\"GANTILAH ANAK 5\"");
	grammar = load(copied, NULL);
	error = guide_check(grammar);
	assert_non_null(error);
	strip_dir(error);
	snprintf(expected, sizeof expected, "75-guide.grammar:%d: the example \"GANTILAH ANAK 5\" is not understood (E_KATA "
		 "GANTILAH), expected a message that is", line);
	assert_string_equal(error, expected);
	free(error);
	grammar_free(grammar);
	remove_copy();
}

/* What an officer writes into the file must not become markup. */
static void
test_texts_are_escaped(void **state)
{
	struct grammar *grammar;
	char *page;

	(void)state;
	copy_grammars();
	replace("75-guide.grammar", "\"Panduan SMS\"", "\"Panduan <b> & SMS\"");
	grammar = load(copied, NULL);
	page = page_of(grammar, "PSM", "");
	assert_non_null(strstr(page, "Panduan &lt;b&gt; &amp; SMS"));
	free(page);
	grammar_free(grammar);
	remove_copy();
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_example_is_understood),
		cmocka_unit_test(test_a_role_reads_what_it_may_send),
		cmocka_unit_test(test_nothing_secret_is_named),
		cmocka_unit_test(test_what_is_not_understood_is_named),
		cmocka_unit_test(test_texts_are_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
