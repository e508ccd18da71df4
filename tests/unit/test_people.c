/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_people: the office's list of reporters, and what is known of a number. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/xmalloc.h"
#include "store/people.h"
#include "store/roster.h"
#include "store/statement.h"
#include "store/store.h"

#define HEADER "sender\tphone\trole\torg\tarea\tarea_name\trw\n"

static const struct roster_role roles[] = {{"PSM", 13, false}, {"TKSK", 8, true}, {"KAB", 5, false}, {"PROV", 2, false},
					   {"PUSAT", 0, false}, {"KPS", 13, false}, {NULL, 0, false}};
static char path[] = "/tmp/test_people.XXXXXX";
static struct store *store;

static int
setup(void **state)
{
	int fd;

	(void)state;
	strcpy(path, "/tmp/test_people.XXXXXX");
	fd = mkstemp(path);
	if (fd < 0 || close(fd) != 0 || store_open(&store, ":memory:", STORE_CREATE) != 0)
		return -1;
	return sqlite3_exec(store->db, "INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''),"
			    " ('32.07', 'Ciamis', '32'), ('32.07.34', 'Lumbung', '32.07'),"
			    " ('32.07.34.2007', 'Rawa', '32.07.34'), ('32.07.34.2003', 'Lumbung', '32.07.34')",
			    NULL, NULL, NULL);
}

static int
teardown(void **state)
{
	(void)state;
	store_close(store);
	return unlink(path);
}

static int
import(const char *text, int *imported, char **error)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return roster_import(store, path, roles, imported, error);
}

static void
accept(const char *text, int expected)
{
	char *error;
	int imported, result = import(text, &imported, &error);

	if (error != NULL)
		fail_msg("%s", error);
	assert_int_equal(result, 0);
	assert_int_equal(imported, expected);
}

static void
refuse(const char *text, const char *words)
{
	char *error;
	int imported;

	assert_int_equal(import(text, &imported, &error), -EINVAL);
	assert_int_equal(imported, 0);
	assert_non_null(error);
	assert_int_equal(strncmp(error, path, strlen(path)), 0);
	assert_string_equal(error + strlen(path), words);
	free(error);
}

static struct person
find(const char *phone)
{
	struct person person;

	assert_int_equal(people_find(store, phone, &person), 0);
	return person;
}

static void
set_reminders(const char *phone, bool on)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_set_reminders(store, phone, on), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
a_stranger_is_nobody(void **state)
{
	struct person person = find("+6284010000959");

	(void)state;
	assert_int_equal(person.state, PERSON_NONE);
	assert_int_equal(person.id, 0);
	assert_string_equal(person.role, "");
	assert_true(person.reminders);
}

static void
the_list_is_imported(void **state)
{
	struct person person;

	(void)state;
	accept(HEADER
	       "T\t+6284010000000\tTKSK\tTKSK\t32.07.34\tLumbung, Ciamis\t\n"
	       "P\t084010005069\tKPS\tPKK\t32.07.34.2007\tRawa\t1\n"
	       "PR\t6284010004932\tPROV\tPROV\t32\tJawa Barat\n"
	       "PU\t+6284010004933\tPUSAT\tKEMENSOS\t\t\t\n"
	       "U\t+6284010005617\tNONE\tNONE\t\t\t\n"
	       "O\tTELKOMSEL\tNONE\tNONE\t\t\t\n"
	       "X\t+6284010005891\tWAIT\tWAIT\t32.07.34.2007\tRawa\t\n"
	       "B\t+6284010006028\tBLOCK\tBLOCK\t\t\t\n", 6);
	person = find("+6284010000000");
	assert_int_equal(person.state, PERSON_ACTIVE);
	assert_string_equal(person.phone, "+6284010000000");
	assert_string_equal(person.role, "TKSK");
	assert_string_equal(person.body, "TKSK");
	assert_string_equal(person.area, "32.07.34");
	assert_int_equal(person.rw, 0);
	assert_true(person.organisation > 0);
	person = find("+6284010005069");
	assert_string_equal(person.role, "KPS");
	assert_string_equal(person.body, "PKK");
	assert_int_equal(person.rw, 1);
	person = find("+6284010004933");
	assert_string_equal(person.area, "");
	assert_string_equal(person.body, "KEMENSOS");
	assert_int_equal(find("+6284010005617").state, PERSON_NONE);
	person = find("+6284010005891");
	assert_int_equal(person.state, PERSON_WAITING);
	assert_string_equal(person.role, "");
	assert_string_equal(person.area, "32.07.34.2007");
	assert_int_equal(person.organisation, 0);
	assert_int_equal(find("+6284010006028").state, PERSON_BLOCKED);
}

static void
columns_come_in_any_order_with_names_and_from_spreadsheets(void **state)
{
	struct person person;

	(void)state;
	accept("\xef\xbb\xbf" "# remarks go before the header\r\n"
	       "Role\tName\tPhone\tarea\trw\torg\r\n"
	       "# and between the lines\r\n"
	       "PSM\t\"Siti \"\"Ibu\"\" Aminah, S.Sos\"\t 0840-1000-0959 \t32.07.34.2007\t\tPSM\r\n"
	       "\t\t\t\t\t\r\n"
	       "\r\n"
	       "KPS\tBudi\t+62 840 1000 1096\t32.07.34.2007\t4\tTAKMIR", 2);
	person = find("+6284010000959");
	assert_string_equal(person.name, "Siti \"Ibu\" Aminah, S.Sos");
	assert_string_equal(person.area, "32.07.34.2007");
	assert_int_equal(find("+6284010001096").rw, 4);
}

static void
organisations_are_shared_by_role_body_area_and_rw(void **state)
{
	(void)state;
	accept(HEADER
	       "A\t+6284010000001\tPSM\tPSM\t32.07.34.2007\t\t\n"
	       "B\t+6284010000002\tPSM\tPSM\t32.07.34.2007\t\t\n"
	       "C\t+6284010000003\tPSM\tPSM\t32.07.34.2003\t\t\n"
	       "D\t+6284010000004\tKPS\tPKK\t32.07.34.2007\t\t1\n"
	       "E\t+6284010000005\tKPS\tTAKMIR\t32.07.34.2007\t\t1\n"
	       "F\t+6284010000006\tKPS\tPKK\t32.07.34.2007\t\t2\n", 6);
	assert_int_equal(find("+6284010000001").organisation, find("+6284010000002").organisation);
	assert_int_not_equal(find("+6284010000001").organisation, find("+6284010000003").organisation);
	assert_int_not_equal(find("+6284010000004").organisation, find("+6284010000005").organisation);
	assert_int_not_equal(find("+6284010000004").organisation, find("+6284010000006").organisation);
	assert_int_not_equal(find("+6284010000001").id, find("+6284010000002").id);
}

static void
a_later_list_updates(void **state)
{
	struct person before, after;

	(void)state;
	accept("phone\trole\torg\tarea\trw\tname\n+6284010000959\tPSM\tPSM\t32.07.34.2007\t\tSiti\n", 1);
	before = find("+6284010000959");
	accept(HEADER "S\t+6284010000959\tTKSK\tTKSK\t32.07.34\t\t\n", 1);
	after = find("+6284010000959");
	assert_int_equal(after.id, before.id);
	assert_string_equal(after.role, "TKSK");
	assert_string_equal(after.name, "Siti");
	accept(HEADER "S\t+6284010000959\tBLOCK\t\t\t\t\n", 1);
	after = find("+6284010000959");
	assert_int_equal(after.state, PERSON_BLOCKED);
	accept(HEADER "S\t+6284010000959\tPSM\tPSM\t32.07.34.2007\t\t\n", 1);
	after = find("+6284010000959");
	assert_int_equal(after.state, PERSON_ACTIVE);
	assert_int_equal(after.organisation, before.organisation);
}

static void
wrong_lines_are_named_and_nothing_is_imported(void **state)
{
#define GOOD "A\t+6284010000001\tPSM\tPSM\t32.07.34.2007\t\t\n"
	(void)state;
	refuse(HEADER GOOD "B\t12345\tPSM\tPSM\t32.07.34.2007\t\t\n",
	       ":3: phone '12345', expected 9 to 15 digits like 0812..., 62812... or +62812...");
	refuse(HEADER GOOD "B\t6.28401E+12\tPSM\tPSM\t32.07.34.2007\t\t\n",
	       ":3: phone '6.28401E+12', expected 9 to 15 digits like 0812..., 62812... or +62812...");
	refuse(HEADER GOOD "\nB\t+6284010000002\tPMS\tPSM\t32.07.34.2007\t\t\n",
	       ":4: role 'PMS', expected one of PSM TKSK KAB PROV PUSAT KPS WAIT BLOCK NONE");
	refuse(HEADER GOOD "B\t+6284010000002\tPSM\tPSM\t32.07.34.2099\t\t\n",
	       ":3: area '32.07.34.2099' is not known, expected a code of the imported regions");
	refuse(HEADER GOOD "B\t+6284010000002\tPSM\tPSM\t32.07.34\t\t\n",
	       ":3: area '32.07.34' of role PSM, expected a village code like 32.07.34.2007");
	refuse(HEADER GOOD "B\t+6284010000002\tPUSAT\tPUSAT\t32\t\t\n", ":3: area '32' of role PUSAT, expected no area");
	refuse(HEADER GOOD "B\t+6284010000002\tKAB\tKAB\t\t\t\n",
	       ":3: area '' of role KAB, expected a kabupaten code like 32.07");
	refuse(HEADER GOOD "B\t+6284010000002\tWAIT\t\tRawa\t\t\n",
	       ":3: area 'Rawa' is not known, expected a code of the imported regions");
	refuse(HEADER GOOD "B\t+6284010000002\tPSM\tPSM\t32.07.34.2007\t\tRW 1\n",
	       ":3: rw 'RW 1', expected a number from 1 to 999 or nothing");
	refuse(HEADER GOOD "B\t+6284010000002\tTKSK\tTKSK\t32.07.34\t\t2\n",
	       ":3: rw '2' outside a village, expected nothing or a village in column area");
	refuse(HEADER GOOD "B\t084010000001\tPSM\tPSM\t32.07.34.2007\t\t\n",
	       ":3: phone '084010000001' is in line 2 already, expected each number once");
	refuse(HEADER GOOD "B\t+6284010000002\tPSM\tPerkumpulan Sosial Masyarakat\t32.07.34.2007\t\t\n",
	       ":3: org 'Perkumpulan Sosial Masyarakat' is too long, expected at most 23 characters");
	refuse(HEADER GOOD "B\t+6284010000002\tPSM\tPSM\t32.07.34.2007\t\t\t\t\t\t1\n",
	       ":3: 11 columns, expected those of the header");
	refuse("phone\trole\torg\tarea\trw\tblocked\n+6284010000002\tPSM\t\t32.07.34.2007\t\tno\n",
	       ":2: blocked 'no', expected yes or nothing");
	refuse("phone\trole\torg\tarea\trw\tblocked\n+6284010000002\tWAIT\t\t\t\tyes\n",
	       ":2: blocked 'yes' of somebody who waits, expected role BLOCK");
	refuse("sender\tphone\trole\torg\tarea\n" GOOD,
	       ":1: column 'rw' is missing, expected sender, phone, role, org, area, area_name, rw and maybe name, reminders and blocked");
	refuse("telepon\trole\torg\tarea\trw\n",
	       ":1: column 'telepon', expected sender, phone, role, org, area, area_name, rw and maybe name, reminders and blocked");
	refuse("phone\trole\torg\tarea\trw\tphone\n", ":1: column 'phone' is there twice");
	assert_int_equal(find("+6284010000001").state, PERSON_NONE);
	accept(HEADER GOOD, 1);
}

static void
remarks_are_passed_over(void **state)
{
	(void)state;
	accept("# our people\n" HEADER "# the village\n" GOOD "#B\t+6284010000002\tPMS\t\t\t\t\n", 1);
	refuse(HEADER "# the village\n" GOOD "B\t12\tPSM\tPSM\t32.07.34.2007\t\t\n",
	       ":4: phone '12', expected 9 to 15 digits like 0812..., 62812... or +62812...");
}

static void
a_person_may_have_several_numbers(void **state)
{
	(void)state;
	accept(HEADER "A\t+6284010000001, 084010000002\tPSM\tPSM\t32.07.34.2007\t\t\n"
	       "B\t+6284010000003\tPSM\tPSM\t32.07.34.2007\t\t\n", 2);
	assert_int_equal(find("+6284010000001").id, find("+6284010000002").id);
	/* A third one in front, and the area changed: still the same person. */
	accept(HEADER "A\t084010000009,+6284010000002\tPSM\tPSM\t32.07.34.2003\t\t\n", 1);
	assert_int_equal(find("+6284010000009").id, find("+6284010000001").id);
	assert_string_equal(find("+6284010000001").area, "32.07.34.2003");
	refuse(HEADER "A\t084010000001,+6284010000003\tPSM\tPSM\t32.07.34.2003\t\t\n",
	       ":2: phone '+6284010000003' belongs to somebody else than '+6284010000001', expected one person's numbers");
	refuse(HEADER "A\t084010000011,084010000011\tPSM\tPSM\t32.07.34.2003\t\t\n",
	       ":2: phone '084010000011' is in line 2 already, expected each number once");
}

/* 001-31: one active TKSK a kecamatan. */
static void
a_single_role_is_held_once(void **state)
{
#define TKSK_ONE "T\t+6284010000001\tTKSK\tTKSK\t32.07.34\t\t\n"
#define TKSK_TWO "T\t+6284010000002\tTKSK\tTKSK\t32.07.34\t\t\n"
	(void)state;
	accept(HEADER TKSK_ONE, 1);
	refuse(HEADER TKSK_TWO, ": role TKSK of 32.07.34 would be held by more than one, expected one; "
	       "`kentongan people remove` takes a number out");
	/* The predecessor becomes something else in the same list, in whatever order. */
	accept(HEADER TKSK_TWO "T\t+6284010000001\tPSM\tPSM\t32.07.34.2007\t\t\n", 2);
	assert_string_equal(find("+6284010000002").role, "TKSK");
}

/* What goes out comes in again, into another database, and is the same. */
static void
the_list_goes_out_and_in(void **state)
{
	char *before = NULL, *after = NULL, *error;
	size_t size;
	FILE *out = open_memstream(&before, &size);
	struct store *first = store, *second;
	int imported;

	(void)state;
	accept("phone\trole\torg\tarea\trw\tname\treminders\tblocked\n"
	       "+6284010000001, +6284010000002\tPSM\tPSM\t32.07.34.2007\t\tSiti\tstop\n"
	       "+6284010000003\tKPS\tPKK\t32.07.34.2007\t4\t\"\"\"Ibu\"\" Yuni\"\t\n"
	       "+6284010000004\tTKSK\tTKSK\t32.07.34\t\tWawan, S.Sos\t\n"
	       "+6284010000005\tWAIT\t\t32.07.34.2003\t\tRina\t\n"
	       "+6284010000006\tWAIT\t\t\t\t\t\n"
	       "+6284010000007\tBLOCK\t\t\t\t\t\n"
	       "+6284010000008\tPUSAT\tKEMENSOS\t\t\t\t\n"
	       "+6284010000009\tBLOCK\t\t\t\tA machine\tstop\n"
	       "+6284010000010\tTKSK\t\t32.07.34\t\tDadang\t\tyes\n", 9);
	/* He has what he had again when he is no longer blocked. */
	assert_int_equal(find("+6284010000010").state, PERSON_BLOCKED);
	assert_string_equal(find("+6284010000010").area, "32.07.34");
	assert_int_equal(roster_export(store, out), 9);
	fclose(out);
	assert_non_null(strstr(before, "P1\t+6284010000001, +6284010000002\tPSM\tPSM\t32.07.34.2007\tRawa, Lumbung, Ciamis\t\t"
			       "Siti\tstop\t\n"));
	assert_int_equal(store_open(&second, ":memory:", STORE_CREATE), 0);
	assert_int_equal(sqlite3_exec(second->db, "INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''),"
			 " ('32.07', 'Ciamis', '32'), ('32.07.34', 'Lumbung', '32.07'),"
			 " ('32.07.34.2007', 'Rawa', '32.07.34'), ('32.07.34.2003', 'Lumbung', '32.07.34')",
			 NULL, NULL, NULL), SQLITE_OK);
	store = second;
	assert_int_equal(import(before, &imported, &error), 0);
	assert_int_equal(imported, 9);
	out = open_memstream(&after, &size);
	assert_int_equal(roster_export(store, out), 9);
	fclose(out);
	assert_string_equal(after, before);
	store = first;
	store_close(second);
	free(before);
	free(after);
}

static int
change(int (*what)(struct store *store, const char *phone, const char *other), const char *phone, const char *other)
{
	int error;

	assert_int_equal(store_begin(store), 0);
	error = what(store, phone, other);
	if (error == 0)
		assert_int_equal(store_commit(store), 0);
	else
		store_rollback(store);
	return error;
}

static void
numbers_come_and_go(void **state)
{
	struct person siti, block = {.state = PERSON_BLOCKED, .phone = "+6284010000002"};

	(void)state;
	accept(HEADER GOOD "B\t+6284010000005\tPSM\tPSM\t32.07.34.2007\t\t\n", 2);
	siti = find("+6284010000001");
	set_reminders("+6284010000001", false);
	assert_int_equal(change(people_add_number, "+6284010000001", "+6284010000002"), 0);
	assert_int_equal(change(people_add_number, "+6284010000001", "+6284010000002"), 0);
	assert_int_equal(change(people_add_number, "+6284010000001", "+6284010000005"), -EEXIST);
	assert_int_equal(change(people_add_number, "+6284010000009", "+6284010000010"), -ENOENT);
	assert_int_equal(find("+6284010000002").id, siti.id);
	/* STOP and MULAI are a person's, from whichever number. */
	assert_false(find("+6284010000002").reminders);
	set_reminders("+6284010000002", true);
	assert_true(find("+6284010000001").reminders);
	assert_int_equal(change(people_change_number, "+6284010000001", "+6284010000003"), 0);
	assert_int_equal(find("+6284010000001").state, PERSON_NONE);
	assert_int_equal(find("+6284010000003").organisation, siti.organisation);
	assert_int_equal(change(people_change_number, "+6284010000003", "+6284010000002"), -EEXIST);
	assert_int_equal(change(people_change_number, "+6284010000099", "+6284010000098"), -ENOENT);
	/* Blocked and back: what he was is not forgotten. */
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_put(store, &block), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(find("+6284010000003").state, PERSON_BLOCKED);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_unblock(store, "+6284010000003"), 0);
	assert_int_equal(people_unblock(store, "+6284010000003"), -ENOENT);
	assert_int_equal(people_remove_number(store, "+6284010000003"), 0);
	assert_int_equal(people_remove_number(store, "+6284010000003"), -ENOENT);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(find("+6284010000002").state, PERSON_ACTIVE);
	assert_string_equal(find("+6284010000002").role, "PSM");
	/* One who was never anything else. */
	strcpy(block.phone, "+6284055500001");
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_put(store, &block), 0);
	assert_int_equal(people_unblock(store, "+6284055500001"), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(find("+6284055500001").state, PERSON_NONE);
}

static void
a_missing_list_is_named(void **state)
{
	char *error;
	int imported;

	(void)state;
	assert_int_equal(roster_import(store, "/nowhere/people.tsv", roles, &imported, &error), -ENOENT);
	assert_string_equal(error, "/nowhere/people.tsv: No such file or directory");
	free(error);
}

static void
stop_and_start_work_for_any_number(void **state)
{
	(void)state;
	accept(HEADER GOOD, 1);
	set_reminders("+6284010000001", false);
	set_reminders("+6284010000001", false);
	set_reminders("+6284010000099", false);
	assert_false(find("+6284010000001").reminders);
	assert_int_equal(find("+6284010000001").state, PERSON_ACTIVE);
	assert_false(find("+6284010000099").reminders);
	/* Another list does not undo what the person asked for. */
	accept(HEADER GOOD, 1);
	assert_false(find("+6284010000001").reminders);
	set_reminders("+6284010000001", true);
	set_reminders("+6284010000001", true);
	assert_true(find("+6284010000001").reminders);
	assert_false(find("+6284010000099").reminders);
}

/* --- while the daemon works --- */

static sqlite3 *daemon_db;
static const char *daemon_sql;

/* Between the question who comes next and the question what he is. */
static int
on_question(unsigned type, void *ctx, void *statement, void *text)
{
	const char *sql = daemon_sql;

	(void)type;
	(void)ctx;
	(void)statement;
	if (sql == NULL || strstr(text, "SELECT p.id, p.state, p.name") == NULL)
		return 0;
	daemon_sql = NULL;
	assert_int_equal(sqlite3_exec(daemon_db, sql, NULL, NULL, NULL), SQLITE_OK);
	return 0;
}

static void
whoever_is_taken_away_while_all_are_listed_is_passed_over(void **state)
{
	struct store *memory = store;
	char *file = xasprintf("%s.db", path), *command = xasprintf("rm -f %s.db*", path);
	struct person_entry entry;

	(void)state;
	assert_int_equal(store_open(&store, file, STORE_CREATE), 0);
	assert_int_equal(sqlite3_open(file, &daemon_db), SQLITE_OK);
	assert_int_equal(store_begin(store), 0);
	for (int i = 1; i <= 3; i++) {
		struct person person = {.state = PERSON_BLOCKED};

		snprintf(person.phone, sizeof person.phone, "+628401000000%u", (unsigned)i % 10);
		assert_int_equal(people_put(store, &person), 0);
	}
	assert_int_equal(store_commit(store), 0);
	sqlite3_trace_v2(store->db, SQLITE_TRACE_STMT, on_question, NULL);
	daemon_sql = "DELETE FROM phone WHERE person = 2";
	assert_int_equal(people_next(store, 1, &entry), 0);
	assert_null(daemon_sql);
	assert_int_equal(entry.person.id, 3);
	/* In what is of one moment he is what he was. */
	daemon_sql = "DELETE FROM phone WHERE person = 1";
	assert_int_equal(store_begin_reading(store), 0);
	assert_int_equal(people_next(store, 0, &entry), 0);
	assert_null(daemon_sql);
	assert_int_equal(entry.person.id, 1);
	assert_string_equal(entry.numbers, "+6284010000001");
	store_rollback(store);
	assert_int_equal(people_next(store, 0, &entry), 0);
	assert_int_equal(entry.person.id, 3);
	sqlite3_close(daemon_db);
	store_close(store);
	store = memory;
	assert_int_equal(system(command), 0);
	free(command);
	free(file);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_stranger_is_nobody),
		TEST(the_list_is_imported),
		TEST(columns_come_in_any_order_with_names_and_from_spreadsheets),
		TEST(organisations_are_shared_by_role_body_area_and_rw),
		TEST(a_later_list_updates),
		TEST(wrong_lines_are_named_and_nothing_is_imported),
		TEST(remarks_are_passed_over),
		TEST(a_person_may_have_several_numbers),
		TEST(a_single_role_is_held_once),
		TEST(the_list_goes_out_and_in),
		TEST(numbers_come_and_go),
		TEST(a_missing_list_is_named),
		TEST(stop_and_start_work_for_any_number),
		TEST(whoever_is_taken_away_while_all_are_listed_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
