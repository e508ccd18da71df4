/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_region: importing the official list, and giving parts of it to a gazetteer. */
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

#include "lang/place.h"
#include "store/region.h"
#include "store/store.h"

static const char *const files[] = {"provinces.csv", "regencies.csv", "districts.csv", "villages.csv"};
static char dir[64];
static struct store *store;

static void
write_file(const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static int
setup(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/test_region.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	write_file("provinces.csv", "code,name\n12,Sumatera Utara\n32,Jawa Barat\n35,Jawa Timur\n");
	write_file("regencies.csv", "code,province_code,name\n12.07,12,Kabupaten Deli Serdang\n"
		   "32.07,32,Kabupaten Ciamis\n35.13,35,Kabupaten Probolinggo\n");
	write_file("districts.csv", "code,regency_code,name\n12.07.28,12.07,Lubuk Pakam\n32.07.34,32.07,Lumbung\n"
		   "35.13.15,35.13,Besuk\n");
	write_file("villages.csv", "code,district_code,name\n12.07.28.1007,12.07.28,\"Lubuk Pakam I,II\"\n"
		   "32.07.34.2003,32.07.34,Lumbung\n32.07.34.2007,32.07.34,Rawa\n"
		   "35.13.15.2017,35.13.15,\"Soka\"\"an\"\n");
	return store_open(&store, ":memory:", STORE_CREATE);
}

static int
teardown(void **state)
{
	char path[128];

	(void)state;
	store_close(store);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, files[i]);
		unlink(path);
	}
	return rmdir(dir);
}

static void
import(int expected)
{
	char *error;
	int imported;

	assert_int_equal(region_import(store, dir, &imported, &error), 0);
	assert_null(error);
	assert_int_equal(imported, expected);
}

static void
expect_name(const char *code, const char *expected)
{
	char name[64];

	assert_int_equal(region_name(store, code, name, sizeof name), 0);
	assert_string_equal(name, expected);
}

/* The import fails, says so with the given words behind the folder's name, and leaves nothing. */
static void
refuse(const char *words)
{
	char name[64], *error;
	int imported;

	assert_int_equal(region_import(store, dir, &imported, &error), -EINVAL);
	assert_int_equal(imported, 0);
	assert_non_null(error);
	assert_int_equal(strncmp(error, dir, strlen(dir)), 0);
	assert_string_equal(error + strlen(dir) + 1, words);
	free(error);
	assert_int_equal(region_name(store, "32", name, sizeof name), -ENOENT);
}

static void
the_list_is_imported_with_quoted_names(void **state)
{
	char name[64];

	(void)state;
	import(13);
	expect_name("32", "Jawa Barat");
	expect_name("32.07", "Kabupaten Ciamis");
	expect_name("32.07.34", "Lumbung");
	expect_name("32.07.34.2007", "Rawa");
	expect_name("12.07.28.1007", "Lubuk Pakam I,II");
	expect_name("35.13.15.2017", "Soka\"an");
	assert_int_equal(region_name(store, "32.07.34.2999", name, sizeof name), -ENOENT);
	assert_int_equal(region_name(store, "' OR 1 --", name, sizeof name), -ENOENT);
	assert_int_equal(region_name(store, "32.07.34.2007", name, 3), 0);
	assert_string_equal(name, "Ra");
}

static void
a_later_list_renames_and_adds_and_forgets_nothing(void **state)
{
	(void)state;
	import(13);
	write_file("villages.csv", "code,district_code,name\n32.07.34.2003,32.07.34,Lumbung Kulon\n"
		   "32.07.34.2008,32.07.34,Sadewata\n");
	import(11);
	expect_name("32.07.34.2003", "Lumbung Kulon");
	expect_name("32.07.34.2007", "Rawa");
	expect_name("32.07.34.2008", "Sadewata");
}

static void
files_from_a_spreadsheet_are_read_too(void **state)
{
	(void)state;
	write_file("provinces.csv", "\xef\xbb\xbf" "code,name\r\n12,Sumatera Utara\r\n32,Jawa Barat\r\n35,Jawa Timur\r\n"
		   ",\r\n\r\n");
	import(13);
	expect_name("35", "Jawa Timur");
}

static void
wrong_lines_are_named(void **state)
{
	(void)state;
	write_file("villages.csv", "code,district_code,name\n32.07.34.2003,32.07.34,Lumbung\n32.07.34.207,32.07.34,Rawa\n");
	refuse("villages.csv:3: code '32.07.34.207', expected one like 32.07.34.2007");
	write_file("villages.csv", "code,district_code,name\n32.07.34.2007,32.07.33,Rawa\n");
	refuse("villages.csv:2: district_code '32.07.33', expected the beginning of 32.07.34.2007");
	write_file("villages.csv", "code,district_code,name\n\n32.07.35.2007,32.07.35,Rawa\n");
	refuse("villages.csv:3: area '32.07.35' is not known, expected it in the file before");
	write_file("villages.csv", "code,district_code,name\n32.07.34.2007,32.07.34,\n");
	refuse("villages.csv:2: name is empty, expected the name of 32.07.34.2007");
	write_file("villages.csv", "code,district_code,name\n32.07.34.2007,32.07.34,Rawa,1\n");
	refuse("villages.csv:2: 4 columns, expected 3");
	write_file("villages.csv", "code,district_code,name\n32.07.34.2007,32.07.34,\"Rawa\n");
	refuse("villages.csv:2: column 3: a quote is not closed; expected \"...\" on one line, quotes inside doubled");
	write_file("villages.csv", "code,district_code,name\n32.07.34.2007,32.07.34,R\xe9wa\n");
	refuse("villages.csv:2: not UTF-8 text; expected a text file in UTF-8");
	write_file("villages.csv", "kode,district_code,name\n");
	refuse("villages.csv:1: header: column 1 is 'kode', expected the columns code,district_code,name");
	write_file("provinces.csv", "");
	refuse("provinces.csv:0: header: column 1 is '', expected the columns code,name");
}

static void
a_missing_file_is_named(void **state)
{
	char path[128], *error;
	int imported;

	(void)state;
	snprintf(path, sizeof path, "%s/districts.csv", dir);
	unlink(path);
	assert_int_equal(region_import(store, dir, &imported, &error), -ENOENT);
	assert_non_null(strstr(error, "districts.csv: No such file"));
	free(error);
}

/* The load asks for the gazetteer's doors only: here stands a list of what comes through them. */
struct gazetteer {
	char text[512];
};

static void
note(struct gazetteer *gazetteer, const char *kind, const char *code, const char *name)
{
	size_t used = strlen(gazetteer->text);

	snprintf(gazetteer->text + used, sizeof gazetteer->text - used, "%s %s %s\n", kind, code, name);
}

void
gazetteer_add_regency(struct gazetteer *gazetteer, const char *code, const char *name)
{
	note(gazetteer, "kabupaten", code, name);
}

void
gazetteer_add_district(struct gazetteer *gazetteer, const char *code, const char *name)
{
	note(gazetteer, "kecamatan", code, name);
}

void
gazetteer_add_village(struct gazetteer *gazetteer, const char *code, const char *name)
{
	note(gazetteer, "village", code, name);
}

static void
load(const char *prefix, const char *expected)
{
	struct gazetteer gazetteer = {""};

	assert_int_equal(region_load(store, prefix, &gazetteer), 0);
	assert_string_equal(gazetteer.text, expected);
}

static void
a_gazetteer_gets_what_lies_below_a_code(void **state)
{
	(void)state;
	import(13);
#define CIAMIS "kecamatan 32.07.34 Lumbung\nvillage 32.07.34.2003 Lumbung\nvillage 32.07.34.2007 Rawa\n"
	load("32.07", "kabupaten 32.07 Kabupaten Ciamis\n" CIAMIS);
	load("32", "kabupaten 32.07 Kabupaten Ciamis\n" CIAMIS);
	load("32.07.34", CIAMIS);
	load("32.0", "");
	load("99", "");
	load("", "kabupaten 12.07 Kabupaten Deli Serdang\nkecamatan 12.07.28 Lubuk Pakam\n"
	     "village 12.07.28.1007 Lubuk Pakam I,II\nkabupaten 32.07 Kabupaten Ciamis\n" CIAMIS
	     "kabupaten 35.13 Kabupaten Probolinggo\nkecamatan 35.13.15 Besuk\nvillage 35.13.15.2017 Soka\"an\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_list_is_imported_with_quoted_names),
		TEST(a_later_list_renames_and_adds_and_forgets_nothing),
		TEST(files_from_a_spreadsheet_are_read_too),
		TEST(wrong_lines_are_named),
		TEST(a_missing_file_is_named),
		TEST(a_gazetteer_gets_what_lies_below_a_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
