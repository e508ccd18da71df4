/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_copy: a temporary copy of grammars/ with one place changed, and what the loader says about it. */
#ifndef UNIT_GRAMMAR_COPY_H
#define UNIT_GRAMMAR_COPY_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lang/grammar.h"

static char copied[32];

static inline size_t
read_bytes(const char *path, char *out, size_t size)
{
	FILE *stream = fopen(path, "r");
	size_t length;

	assert_non_null(stream);
	length = fread(out, 1, size - 1, stream);
	out[length] = '\0';
	fclose(stream);
	return length;
}

static inline void
write_bytes(const char *file, const char *bytes, size_t length)
{
	char path[300];
	FILE *stream;

	snprintf(path, sizeof path, "%s/%s", copied, file);
	stream = fopen(path, "w");
	assert_non_null(stream);
	assert_int_equal(fwrite(bytes, 1, length, stream), length);
	fclose(stream);
}

static inline void
each_file(const char *dir, void (*use)(const char *file, const char *path))
{
	DIR *stream = opendir(dir);
	struct dirent *entry;

	assert_non_null(stream);
	while ((entry = readdir(stream)) != NULL) {
		char path[300];

		if (strstr(entry->d_name, ".grammar") == NULL)
			continue;
		snprintf(path, sizeof path, "%s/%s", dir, entry->d_name);
		use(entry->d_name, path);
	}
	closedir(stream);
}

static char bytes[1 << 17];

static inline void
copy_file(const char *file, const char *path)
{
	write_bytes(file, bytes, read_bytes(path, bytes, sizeof bytes));
}

static inline void
remove_file(const char *file, const char *path)
{
	(void)file;
	assert_int_equal(unlink(path), 0);
}

static inline void
copy_grammars(void)
{
	snprintf(copied, sizeof copied, "/tmp/grammar-XXXXXX");
	assert_non_null(mkdtemp(copied));
	each_file("grammars", copy_file);
}

static inline void
remove_copy(void)
{
	each_file(copied, remove_file);
	assert_int_equal(rmdir(copied), 0);
}

/* Replaces the first `old` of a copied file. Gives the number of the line where it stood. */
static inline int
replace(const char *file, const char *old, const char *new)
{
	char path[300], *at, *rest;
	int line = 1;

	snprintf(path, sizeof path, "%s/%s", copied, file);
	read_bytes(path, bytes, sizeof bytes);
	at = strstr(bytes, old);
	if (at == NULL)
		fail_msg("%s has no \"%s\"", file, old);
	for (const char *c = bytes; c < at; c++)
		line += *c == '\n';
	rest = strdup(at + strlen(old));
	assert_true((size_t)(at - bytes) + strlen(new) + strlen(rest) < sizeof bytes);
	strcpy(at, new);
	strcat(at, rest);
	free(rest);
	write_bytes(file, bytes, strlen(bytes));
	return line;
}

/* Takes every "DIR/" out of the message. */
static inline void
strip_dir(char *error)
{
	char prefix[40], *at;

	snprintf(prefix, sizeof prefix, "%s/", copied);
	while ((at = strstr(error, prefix)) != NULL)
		memmove(at, at + strlen(prefix), strlen(at + strlen(prefix)) + 1);
	while ((at = strstr(error, copied)) != NULL) {
		memcpy(at, "DIR", 3);
		memmove(at + 3, at + strlen(copied), strlen(at + strlen(copied)) + 1);
	}
}

#define ANYWHERE -99            /* the message names the directory and no line */

/* The message stands `further` lines below the change. */
static inline void
assert_fault(const char *file, const char *old, const char *new, int further, const char *what)
{
	char expected[700], *error, *found;
	int line;

	copy_grammars();
	line = replace(file, old, new) + further;
	assert_null(grammar_load(copied, NULL, &error));
	remove_copy();
	strip_dir(error);
	if (further != ANYWHERE)
		snprintf(expected, sizeof expected, "%s:%d: %s", file, line, what);
	else
		snprintf(expected, sizeof expected, "DIR: %s", what);
	found = strstr(error, expected);
	if (found == NULL || (found != error && found[-1] != '\n'))
		fail_msg("\"%s\" for \"%s\": expected\n%s\ngot\n%s", new, old, expected, error);
	free(error);
}

#endif
