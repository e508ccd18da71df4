/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file: for what reads files only. */
#include <dirent.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

static char folder[64], path[128];

static void
tidy(void)
{
	DIR *files = opendir(folder);

	for (struct dirent *file; files && (file = readdir(files));)
		unlinkat(dirfd(files), file->d_name, 0);
	if (files)
		closedir(files);
	rmdir(folder);
}

const char *
fuzz_folder(void)
{
	if (folder[0] == '\0') {
		snprintf(folder, sizeof folder, "/tmp/fuzz.XXXXXX");
		MUST(mkdtemp(folder));
		atexit(tidy);
	}
	return folder;
}

const char *
fuzz_file(const char *name, const uint8_t *data, size_t size)
{
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
	file = fopen(path, "w");
	MUST(file && fwrite(data, 1, size, file) == size && fclose(file) == 0);
	return path;
}
