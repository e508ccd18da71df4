/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_import: a file of people, or of areas, with anything in it: taken in, or refused with words, and then nothing has
 * changed. What was taken in, written out and taken in again, is the same. The first octet: which file. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "fuzz.h"
#include "store/region.h"
#include "store/roster.h"
#include "store/statement.h"
#include "store/store.h"

static const char *const levels[] = { "provinces.csv", "regencies.csv", "districts.csv", "villages.csv" };
static const char *const usual[] = {
	"code,name\n32,JAWA BARAT\n", "code,province_code,name\n32.07,32,KABUPATEN CIAMIS\n",
	"code,regency_code,name\n32.07.34,32.07,LUMBUNG\n",
	"code,district_code,name\n32.07.34.2007,32.07.34,RAWA\n32.07.34.2001,32.07.34,CIKUPA\n",
};
static const struct roster_role roles[] = {
	{ "PSM", 13, false }, { "KPS", 13, false }, { "TKSK", 8, true }, { "KAB", 5, false }, { "PUSAT", 0, false },
	{ NULL, 0, false },
};

/* A box with a few areas and nobody; as it was made, at each further call. */
static struct store *
empty_store(void)
{
	static struct store *store;
	static sqlite3 *pristine;
	char *error;
	int imported;

	if (!store) {
		MUST(store_open(&store, ":memory:", STORE_CREATE) == 0 && sqlite3_open(":memory:", &pristine) == SQLITE_OK);
		for (size_t i = 0; i < 4; i++)
			fuzz_file(levels[i], (const uint8_t *)usual[i], strlen(usual[i]));
		MUST(region_import(store, fuzz_folder(), &imported, &error) == 0 && imported == 5);
		fuzz_copy(store->db, pristine);
	}
	fuzz_copy(pristine, store->db);
	return store;
}

/* All people as a file; the caller's. */
static char *
written(struct store *store, size_t *size)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, size);

	MUST(out && roster_export(store, out) >= 0 && fclose(out) == 0);
	return text;
}

static void
judge(int result, int imported, char *error)
{
	MUST(result == 0 ? error == NULL : result == -EINVAL && imported == 0 && error != NULL && error[0] != '\0');
	free(error);
}

static int
import(struct store *store, const void *bytes, size_t size)
{
	char *error;
	int imported, result = roster_import(store, fuzz_file("people.tsv", bytes, size), roles, &imported, &error);

	if (result != 0 && getenv("FUZZ_VERBOSE"))
		fprintf(stderr, "%s\n", error);
	judge(result, imported, error);
	return result;
}

static void
people(const uint8_t *data, size_t size)
{
	struct store *store = empty_store();
	size_t sizes[3];
	char *before = written(store, &sizes[0]), *once, *again;
	int result = import(store, data, size);

	once = written(store, &sizes[1]);
	if (result != 0)
		MUST(strcmp(before, once) == 0);
	MUST(import(empty_store(), once, sizes[1]) == 0);
	again = written(store, &sizes[2]);
	MUST(strcmp(once, again) == 0);
	free(before);
	free(once);
	free(again);
}

static int64_t
count_areas(struct store *store)
{
	sqlite3_stmt *count;
	int64_t rows;

	MUST(sqlite3_prepare_v2(store->db, "SELECT count(*) FROM area", -1, &count, NULL) == SQLITE_OK);
	MUST(sqlite3_step(count) == SQLITE_ROW);
	rows = sqlite3_column_int64(count, 0);
	sqlite3_finalize(count);
	return rows;
}

static void
areas(const uint8_t *data, size_t size, size_t level)
{
	struct store *store = empty_store();
	int64_t before = count_areas(store);
	char *error;
	int imported, result;

	for (size_t i = 0; i < 4; i++)
		fuzz_file(levels[i], i == level ? data : (const uint8_t *)usual[i], i == level ? size : strlen(usual[i]));
	result = region_import(store, fuzz_folder(), &imported, &error);
	judge(result, imported, error);
	if (result != 0)
		MUST(count_areas(store) == before);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	log_level(2);
	if (size == 0)
		return 0;
	if (data[0] % 8 < 4)
		areas(data + 1, size - 1, data[0] % 8);
	else
		people(data + 1, size - 1);
	return 0;
}
