/* SPDX-License-Identifier: GPL-3.0-or-later */
/* categories: whether one is secret stands behind its words: they are kept so long. */
#include "categories.h"

#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_SIZE = 4096 };

static struct {
	char words[WORDS_SIZE];         /* of the category at hand: one behind the other, each with its own NUL */
	size_t length;
	bool open, secret;
} self;

static void
keep(const char *word)
{
	size_t much = strlen(word) + 1;

	if (self.length + much > sizeof self.words)
		abort();
	memcpy(self.words + self.length, word, much);
	self.length += much;
}

/* "TUNA SUSILA, TS, WTS" */
static void
keep_all(char *list)
{
	char *save = NULL;

	for (char *word = strtok_r(list, ",", &save); word != NULL; word = strtok_r(NULL, ",", &save))
		keep(word);
}

/* Whether the category that ends here was secret. */
static bool
close_category(void (*take)(const char *word))
{
	bool secret = self.open && self.secret;

	for (size_t at = 0; secret && at < self.length; at += strlen(self.words + at) + 1)
		take(self.words + at);
	memset(&self, 0, sizeof self);
	return secret;
}

static void
read_line(char *line)
{
	char keyword[64], name[16];
	int rest = 0;

	line[strcspn(line, "#\n")] = '\0';
	if (sscanf(line, "category %*s %63s", keyword) == 1) {
		self.open = true;
		keep(keyword);
	} else if (self.open && sscanf(line, "%15s %n", name, &rest) == 1) {
		if (strcmp(name, "also") == 0 || strcmp(name, "kinds") == 0)
			keep_all(line + rest);
		else if (strcmp(name, "secret") == 0)
			self.secret = true;
	}
}

static size_t
read_grammar(const char *path, void (*take)(const char *word))
{
	FILE *file = fopen(path, "r");
	char line[1024];
	size_t count = 0;

	if (file == NULL) {
		perror(path);
		exit(2);
	}
	while (fgets(line, sizeof line, file) != NULL) {
		if (strchr(" \t\n#", line[0]) == NULL)
			count += close_category(take);
		read_line(line);
	}
	count += close_category(take);
	fclose(file);
	return count;
}

size_t
categories_secret(const char *folder, void (*take)(const char *word))
{
	char pattern[4096];
	size_t count = 0;
	glob_t files;

	snprintf(pattern, sizeof pattern, "%s/*.grammar", folder);
	if (glob(pattern, 0, NULL, &files) != 0)
		return 0;
	for (size_t i = 0; i < files.gl_pathc; i++)
		count += read_grammar(files.gl_pathv[i], take);
	globfree(&files);
	return count;
}
