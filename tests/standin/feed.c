/* SPDX-License-Identifier: GPL-3.0-or-later */
/* feed SIM...   what the network has for the modems that are files (standin.h): a line of its input is a message, the number
 * that it is from, a tab, its text (at most 160 letters of ASCII). They go to the SIMs in turn, and are there for good: a
 * worker takes them as its SIM has room. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/sms.h"

enum { SIMS_MOST = 8 };

static FILE *
open_sim(const char *folder)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof path, "%s/in", folder);
	file = fopen(path, "a");
	if (file == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	return file;
}

/* False: the line is none. */
static bool
make_part(char *line, struct sms_part *part)
{
	char *text = strchr(line, '\t');
	time_t wall = time(NULL) + 7 * 3600;
	size_t length;

	memset(part, 0, sizeof *part);
	if (text == NULL)
		return false;
	*text++ = '\0';
	text[strcspn(text, "\n")] = '\0';
	length = strlen(text);
	if (strlen(line) >= sizeof part->sender || length > SMS_UNITS_MAX)
		return false;
	strcpy(part->sender, line);
	strftime(part->time, sizeof part->time, "%Y-%m-%dT%H:%M:%S+07:00", gmtime(&wall));
	part->ton = 1;
	part->class = -1;
	part->coding = SMS_GSM7;
	part->sequence = part->total = 1;
	for (size_t i = 0; i < length; i++)
		part->units[i] = (unsigned char)text[i];
	part->units_length = (uint16_t)length;
	return true;
}

int
main(int argc, char **argv)
{
	FILE *sims[SIMS_MOST];
	char line[512];
	int count = argc - 1, n;

	if (count < 1 || count > SIMS_MOST) {
		fputs("usage: feed SIM...\n", stderr);
		return EXIT_FAILURE;
	}
	for (int i = 0; i < count; i++)
		sims[i] = open_sim(argv[1 + i]);
	for (n = 0; fgets(line, sizeof line, stdin) != NULL; n++) {
		struct sms_part part;

		if (!make_part(line, &part) || fwrite(&part, sizeof part, 1, sims[n % count]) != 1) {
			fprintf(stderr, "feed: message %d cannot be put in\n", n + 1);
			return EXIT_FAILURE;
		}
	}
	for (int i = 0; i < count; i++)
		if (fclose(sims[i]) != 0)
			return EXIT_FAILURE;
	return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
