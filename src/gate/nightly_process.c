/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_process: the process that touches a backup's place, and may wait for it for ever. */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/log.h"
#include "gate/nightly.h"
#include "store/backup.h"

/* What the daemon has told, in this order, behind the option; source "": only a look. */
enum { DATABASE = 2, SOURCE, FOLDER, SEPARATE, DAYS, TIME, BOX, LOUD, ARGUMENTS };

static int
copy(char **argv, const struct backup_place *place, int64_t wall)
{
	const char *database = argv[DATABASE], *source = argv[SOURCE];
	char why[BACKUP_WHY_SIZE];
	struct backup_facts facts;
	int error;

	/* A copy of the night that has gone bad since is none. */
	if (strcmp(source, database) != 0 && backup_check(source, &facts, why) != 0) {
		log_warn("backup: the database itself is copied into %s: %s", place->folder, why);
		source = database;
	}
	error = backup_tonight(database, source, place, wall, why);
	if (error == 0 || strcmp(argv[LOUD], "loud") != 0)
		return error;
	if (error == -ENODEV)
		log_warn("backup: none in %s now: %s; it is tried again until it works", place->folder, why);
	else
		log_error("backup: none in %s: %s", place->folder, why);
	return error;
}

/* The disk is the messages' first. */
int
nightly_main(int argc, char **argv)
{
	struct backup_place place;
	struct backup_file newest;
	char why[BACKUP_WHY_SIZE];
	int64_t wall;
	int error;

	if (argc != ARGUMENTS)
		return EINVAL;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)setpriority(PRIO_PROCESS, 0, 10);
	place = (struct backup_place){ .folder = argv[FOLDER], .separate = strcmp(argv[SEPARATE], "separate") == 0,
				       .keep_days = atoi(argv[DAYS]) };
	wall = strtoll(argv[TIME], NULL, 10);
	error = argv[SOURCE][0] != '\0' ? copy(argv, &place, wall) : backup_find_place(argv[DATABASE], &place, why);
	if (error != -ENODEV && backup_newest(place.folder, argv[BOX], wall, &newest) == 0)
		printf("%" PRId64 " %" PRId64 " %s\n", newest.wall, newest.size, newest.name);
	return -error;
}
