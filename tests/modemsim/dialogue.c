/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialogue: what went over the lines, in memory and in a file. */
#include "dialogue.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
	LINES = 4000,
	SHOWN = 1024	/* bytes of one chunk that are kept; a CMGL of a full memory is longer */
};

static char *ring[LINES];
static uint64_t count;
static FILE *file;
static bool numbered;
static struct timespec start;

int
dialogue_open(const char *path, int modems)
{
	clock_gettime(CLOCK_MONOTONIC, &start);
	numbered = modems > 1;
	if (!path)
		return 0;
	file = fopen(path, "we");
	if (!file)
		return -errno;
	setvbuf(file, NULL, _IOLBF, 0);
	return 0;
}

void
dialogue_close(void)
{
	dialogue_clear();
	if (file)
		fclose(file);
}

double
dialogue_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
}

/* The notation of the recorded transcripts: \r, \n, \x1b. */
static char *
put_escaped(char *out, char c)
{
	switch (c) {
	case '\r': *out++ = '\\'; *out++ = 'r'; break;
	case '\n': *out++ = '\\'; *out++ = 'n'; break;
	case '\\':
	case '\'': *out++ = '\\'; *out++ = c; break;
	default:
		if (c >= 0x20 && c < 0x7F)
			*out++ = c;
		else
			out += sprintf(out, "\\x%02x", (unsigned char)c);
	}
	return out;
}

void
dialogue_note(int modem, char way, const char *bytes, size_t len)
{
	size_t shown = len < SHOWN ? len : SHOWN;
	char *line = malloc(64 + 4 * shown), *out = line;

	if (!line)
		abort();
	out += sprintf(out, "%9.3f ", dialogue_time());
	if (numbered)
		out += sprintf(out, "%d ", modem);
	out += sprintf(out, "%c '", way);
	for (size_t i = 0; i < shown; i++)
		out = put_escaped(out, bytes[i]);
	out += sprintf(out, shown < len ? "'..." : "'");
	if (file)
		fprintf(file, "%s\n", line);
	free(ring[count % LINES]);
	ring[count++ % LINES] = line;
}

void
dialogue_last(int n, void (*line)(void *arg, const char *text), void *arg)
{
	uint64_t kept = count < LINES ? count : LINES;
	uint64_t want = n < 0 ? 0 : (uint64_t)n < kept ? (uint64_t)n : kept;

	for (uint64_t i = count - want; i < count; i++)
		line(arg, ring[i % LINES]);
}

void
dialogue_clear(void)
{
	for (int i = 0; i < LINES; i++) {
		free(ring[i]);
		ring[i] = NULL;
	}
	count = 0;
}
