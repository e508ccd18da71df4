/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export: kentongan export: tables on standard output. */
#include "ctl/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/roster.h"

static int
export_people(const struct call *call, struct ctl_room *room)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	int result;

	(void)call;
	if (out == NULL)
		return -errno;
	/* Of one moment; and printed after that, as whoever reads slowly must not hold up the daemon. */
	result = store_begin_reading(room->store);
	if (result == 0)
		result = roster_export(room->store, out);
	store_rollback(room->store);
	if (fclose(out) != 0 && result >= 0)
		result = -errno;
	if (result >= 0)
		fputs(text, stdout);
	free(text);
	return result < 0 ? result : 0;
}

static const struct table {
	const char *name;
	int most;                       /* words, the name included */
	unsigned options;
	int (*print)(const struct call *call, struct ctl_room *room);
} tables[] = {
	{ "people", 1, 0, export_people },
	{ "figures", 3, 1u << OPTION_SENSITIVE, export_figures },
};
#define TABLES (sizeof tables / sizeof tables[0])

/* NULL: there is none of that name, or it is not asked for like that. */
static const struct table *
find_table(const struct call *call)
{
	for (size_t i = 0; i < TABLES; i++)
		if (strcmp(tables[i].name, call->words[0]) == 0)
			return call->word_count <= tables[i].most &&
			       (call->options[OPTION_SENSITIVE] == NULL || tables[i].options != 0) ? &tables[i] : NULL;
	return NULL;
}

int
ctl_export(const struct command *command, const struct call *call)
{
	const struct table *table = find_table(call);
	struct ctl_room room;
	int result;

	if (table == NULL)
		return ctl_misused(command);
	if (ctl_enter(call, &room)) {
		result = table->print(call, &room);
		room.status = result < 0 ? EXIT_FAILED : result;
		if (result <= 0 && (result < 0 || fflush(stdout) != 0 || ferror(stdout))) {
			fprintf(stderr, "kentongan: the table is not complete: %s\n", strerror(result < 0 ? -result : errno));
			room.status = EXIT_FAILED;
		}
	}
	ctl_leave(&room);
	return room.status;
}
