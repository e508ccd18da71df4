/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay FILE | FOLDER...: a fuzz target without libFuzzer: runs it once on each file. */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

static long
run_file(const char *path)
{
	FILE *file = fopen(path, "r");
	uint8_t *data = NULL;
	size_t size = 0, got;

	MUST(file);
	do {
		data = realloc(data, size + 4096);
		MUST(data);
		got = fread(data + size, 1, 4096, file);
		size += got;
	} while (got > 0);
	fclose(file);
	data = realloc(data, size ? size : 1);  /* nothing behind it that could be read unseen */
	MUST(data);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	return 1;
}

static long
run(const char *path)
{
	DIR *folder = opendir(path);
	char name[4096];
	long count = 0;

	if (!folder)
		return run_file(path);
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		fprintf(stderr, "%s\n", name);
		count += run_file(name);
	}
	closedir(folder);
	return count;
}

int
main(int argc, char **argv)
{
	long count = 0;

	for (int i = 1; i < argc; i++)
		count += run(argv[i]);
	printf("%ld inputs\n", count);
	return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
