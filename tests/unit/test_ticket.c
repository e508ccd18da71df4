/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_ticket: questions and complaints, one series of numbers. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "memory_store.h"
#include "store/ticket.h"

#define NOW 1792461600

enum { PSM = 1, KT, TKSK };

static const struct ticket question = {.verb = "TANYA", .person = PSM, .organisation = PSM, .wall = NOW,
				       .phone = "+6284010000959"};

static int
setup(void **state)
{
	(void)state;
	return open_memory(TWO_VILLAGES THREE_PEOPLE);
}

static int64_t
put(const struct ticket *ticket, const char *text)
{
	int64_t no = 0;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(ticket_put(store, ticket, text, &no), 0);
	assert_int_equal(store_commit(store), 0);
	return no;
}

static int
answer(int64_t no, const char *text)
{
	assert_int_equal(store_begin(store), 0);
	int error = ticket_answer(store, no, text, TKSK, NOW + 60);
	assert_int_equal(store_commit(store), 0);
	return error;
}

static void
questions_and_complaints_share_a_series(void **state)
{
	struct ticket complaint = question, found;
	char *text, *reply;

	(void)state;
	assert_int_equal(ticket_find(store, 1, &found, NULL, NULL), -ENOENT);
	strcpy(complaint.verb, "ADUAN");
	strcpy(complaint.handlers, "TKSK,KAB");
	assert_int_equal(put(&question, "kapan rakor?"), 1);
	assert_int_equal(put(&complaint, "saluran RW 2 mampet"), 2);
	assert_int_equal(ticket_find(store, 2, &found, &text, &reply), 0);
	assert_int_equal(found.no, 2);
	assert_int_equal(found.state, TICKET_OPEN);
	assert_string_equal(found.verb, "ADUAN");
	assert_int_equal(found.person, PSM);
	assert_int_equal(found.organisation, PSM);
	assert_int_equal(found.wall, NOW);
	assert_string_equal(found.phone, "+6284010000959");
	assert_string_equal(text, "saluran RW 2 mampet");
	assert_string_equal(reply, "");
	assert_string_equal(found.handlers, "TKSK,KAB");
	assert_string_equal(found.role, "PSM");
	assert_string_equal(found.body, "PSM");
	assert_string_equal(found.area, "32.07.34.2007");
	assert_int_equal(found.rw, 0);
	free(text);
	free(reply);
}

static void
numbers_have_no_gaps(void **state)
{
	int64_t no;

	(void)state;
	put(&question, "satu");
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(ticket_put(store, &question, "dua", &no), 0);
	store_rollback(store);
	assert_int_equal(put(&question, "tiga"), 2);
}

static void
a_later_answer_takes_the_place_of_the_earlier(void **state)
{
	struct ticket found;
	char *reply;

	(void)state;
	assert_int_equal(answer(1, "Kamis"), -ENOENT);
	put(&question, "kapan rakor?");
	assert_int_equal(answer(1, "Kamis"), 0);
	assert_int_equal(answer(1, "Jumat"), 0);
	assert_int_equal(ticket_find(store, 1, &found, NULL, &reply), 0);
	assert_int_equal(found.state, TICKET_ANSWERED);
	assert_string_equal(reply, "Jumat");
	free(reply);
}

static void
what_either_side_says_later_is_kept(void **state)
{
	struct ticket found;
	int64_t texts = 0;
	char *text, *reply;

	(void)state;
	put(&question, "kapan rakor?");
	assert_int_equal(answer(1, "Kamis"), 0);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(ticket_add(store, 2, "jam berapa?", PSM, NOW + 90), -ENOENT);
	assert_int_equal(ticket_add(store, 1, "jam berapa?", PSM, NOW + 90), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(ticket_find(store, 1, &found, &text, &reply), 0);
	assert_int_equal(found.state, TICKET_OPEN);
	assert_string_equal(text, "kapan rakor?");
	assert_string_equal(reply, "Kamis");
	free(text);
	free(reply);
	sqlite3_stmt *count;
	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT count(*) FROM ticket_text WHERE ticket = 1", -1, &count, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(count), SQLITE_ROW);
	texts = sqlite3_column_int64(count, 0);
	sqlite3_finalize(count);
	assert_int_equal(texts, 2);
}

static void
a_closed_one_takes_no_answer(void **state)
{
	struct ticket found;

	(void)state;
	put(&question, "kapan rakor?");
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(ticket_close(store, 1), 0);
	assert_int_equal(ticket_close(store, 1), -ENOENT);
	assert_int_equal(ticket_close(store, 2), -ENOENT);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(answer(1, "Kamis"), -ENOENT);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(ticket_add(store, 1, "jam berapa?", PSM, NOW + 90), -ENOENT);
	store_rollback(store);
	assert_int_equal(ticket_find(store, 1, &found, NULL, NULL), 0);
	assert_int_equal(found.state, TICKET_CLOSED);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(questions_and_complaints_share_a_series),
		TEST(numbers_have_no_gaps),
		TEST(a_later_answer_takes_the_place_of_the_earlier),
		TEST(what_either_side_says_later_is_kept),
		TEST(a_closed_one_takes_no_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
