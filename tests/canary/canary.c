/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canary FOLDER [FILE...]   looks through the logs of a test for what must be in none: numbers of phones and other long
 * numbers (a NIK, an IMSI), PDUs, texts of messages, names of people, PINs, the words of a secret category (an illness).
 *
 * Texts and names are known from the databases in the folder and from lists (files named *.texts, a text a line; the
 * simulator writes one), the SIM's PIN from the configuration (*.conf), the secret categories from the grammars in the
 * folder that GRAMMARS names. Logs are the files named *.log, and of any other file, as of each FILE, those lines that our
 * programs log: "<6>core: ...". The simulator's dialogue is none. Prints each finding; 1 if there was one, 2 if a file
 * cannot be read. */
#include "categories.h"
#include "secrets.h"

#include <ctype.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	DIGITS = 7,             /* in a row: not even a part of a number */
	PHONE_DIGITS = 9,       /* with hyphens or blanks between, behind 08 or 62 8 */
	HEX = 24,               /* in a row: a piece of a PDU */
	PRINTED = 32            /* findings */
};

static unsigned findings;

/* --- numbers --- */

static bool
is_date(const char *digits, size_t count)
{
	return (count == 8 || count == 14) && (digits[0] == '1' || digits[0] == '2') && (digits[4] == '0' || digits[4] == '1') &&
	       (digits[6] >= '0' && digits[6] <= '3') && (strncmp(digits, "19", 2) == 0 || strncmp(digits, "20", 2) == 0);
}

static size_t
phone_length(const char *at)
{
	size_t length = 0, digits = 0;

	if (strncmp(at, "08", 2) != 0 && strncmp(at, "628", 3) != 0 && strncmp(at, "62 8", 4) != 0 && strncmp(at, "62-8", 4) != 0)
		return 0;
	for (; isdigit((unsigned char)at[length]) || (strchr("- .", at[length]) && isdigit((unsigned char)at[length + 1])); length++)
		digits += at[length] >= '0';
	return digits >= PHONE_DIGITS ? length : 0;
}

/* Length of what is a long number there, 0 if none is. */
static size_t
number_at(const char *line, const char *at)
{
	size_t digits = strspn(at, "0123456789"), hex = strspn(at, "0123456789ABCDEFabcdef");

	if (at > line && isalnum((unsigned char)at[-1]))
		return 0;       /* inside a word that began before: an address, a name */
	if (hex >= HEX)
		return hex;
	if (digits >= DIGITS && !is_date(at, digits))
		return digits;
	return phone_length(at);
}

static const char *
find_number(const char *line)
{
	static char found[64];

	for (const char *at = line; *at != '\0'; at++) {
		size_t length = number_at(line, at);

		if (length > 0) {
			snprintf(found, sizeof found, "%.*s", (int)length, at);
			return found;
		}
	}
	return NULL;
}

/* --- logs --- */

static bool
is_ours(const char *line)
{
	return line[0] == '<' && line[1] >= '0' && line[1] <= '7' && line[2] == '>' && islower((unsigned char)line[3]);
}

/* "    0.793 0 < 'AT\r'" */
static bool
is_dialogue(const char *line)
{
	const char *at = line + strspn(line, " ");

	at += strspn(at, "0123456789.");
	return at > line && line[0] == ' ' && strspn(at, " 0123456789") > 0 && strchr("<>!", at[strspn(at, " 0123456789")]);
}

static void
look(const char *path, size_t number, const char *line)
{
	const char *found = find_number(line), *what = "a number";

	if (found == NULL) {
		found = secrets_find(line);
		what = "a text, a name, a PIN or a word of a secret category";
	}
	if (found != NULL && findings++ < PRINTED)
		printf("%s:%zu: %s in a log: '%s' in: %s", path, number, what, found, line);
}

static void
look_through(const char *path, bool all)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;

	if (file == NULL) {
		perror(path);
		exit(2);
	}
	for (size_t number = 1; getline(&line, &room, file) >= 0; number++)
		if (is_ours(line) || (all && !is_dialogue(line)))
			look(path, number, line);
	free(line);
	fclose(file);
}

/* --- secrets --- */

static const struct { const char *query; void (*take)(const char *text); } sources[] = {
	{ "SELECT body FROM sms_in", secrets_text },
	{ "SELECT body FROM outq", secrets_text },
	{ "SELECT body FROM ticket_text", secrets_text },
	{ "SELECT body FROM circular", secrets_text },
	{ "SELECT name FROM person", secrets_name },
	{ "SELECT name FROM registration", secrets_name },
};

/* A database that a test has damaged, or of an old version, has less. */
static void
read_database(const char *path)
{
	sqlite3 *database = NULL;
	sqlite3_stmt *statement;

	if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
		for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
			if (sqlite3_prepare_v2(database, sources[i].query, -1, &statement, NULL) != SQLITE_OK)
				continue;
			while (sqlite3_step(statement) == SQLITE_ROW)
				if (sqlite3_column_type(statement, 0) == SQLITE_TEXT)
					sources[i].take((const char *)sqlite3_column_text(statement, 0));
			sqlite3_finalize(statement);
		}
	sqlite3_close(database);
}

static void
read_lines(const char *path, void (*take)(const char *text))
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;

	while (file != NULL && getline(&line, &room, file) >= 0)
		take(line);
	free(line);
	if (file != NULL)
		fclose(file);
}

/* --- the folder --- */

static bool
ends_with(const char *path, const char *end)
{
	size_t length = strlen(path), much = strlen(end);

	return length >= much && strcmp(path + length - much, end) == 0;
}

static bool
is_database(const char *path)
{
	char begin[16] = "";
	FILE *file = fopen(path, "r");
	bool is = file != NULL && fread(begin, 1, sizeof begin, file) == sizeof begin && memcmp(begin, "SQLite format 3", 16) == 0;

	if (file != NULL)
		fclose(file);
	return is;
}

static int
learn(const char *path, const struct stat *status, int type, struct FTW *at)
{
	(void)at;
	if (type != FTW_F || !S_ISREG(status->st_mode))
		return 0;
	if (ends_with(path, ".texts"))
		read_lines(path, secrets_text);
	else if (ends_with(path, ".conf"))
		read_lines(path, secrets_pins);
	else if (is_database(path))
		read_database(path);
	return 0;
}

static int
search(const char *path, const struct stat *status, int type, struct FTW *at)
{
	(void)at;
	if (type == FTW_F && S_ISREG(status->st_mode) && !ends_with(path, ".texts") && !is_database(path))
		look_through(path, ends_with(path, ".log") && !ends_with(path, "/sim.log"));
	return 0;
}

int
main(int argc, char **argv)
{
	const char *grammars = getenv("GRAMMARS");

	if (argc < 2 || grammars == NULL) {
		fputs("usage: GRAMMARS=folder canary FOLDER [FILE...]\n", stderr);
		return 2;
	}
	if (categories_secret(grammars, secrets_word) == 0) {
		fprintf(stderr, "canary: no category is secret in %s\n", grammars);
		return 2;
	}
	if (nftw(argv[1], learn, 16, FTW_PHYS) != 0 || nftw(argv[1], search, 16, FTW_PHYS) != 0) {
		perror(argv[1]);
		return 2;
	}
	for (int i = 2; i < argc; i++)
		look_through(argv[i], false);
	secrets_forget();
	return findings > 0;
}
