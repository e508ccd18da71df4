/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup: a copy of the database by hand, and a copy in its place. */
#include "ctl/ctl.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/clock.h"
#include "base/xmalloc.h"
#include "store/backup.h"
#include "store/hold.h"
#include "store/restore.h"

static void
print_facts(const struct backup_facts *facts)
{
	printf("  %" PRId64 " kB, version %" PRId64 ", checked\n"
	       "  %" PRId64 " messages received, %" PRId64 " receipts (the last is No.%" PRId64 "), %" PRId64 " values\n"
	       "  %" PRId64 " people, %" PRId64 " messages to send\n", facts->size / 1024, facts->version, facts->received,
	       facts->receipts, facts->last_receipt, facts->values, facts->people, facts->waiting);
}

/* --- backup --- */

static bool
is_folder(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool
same_disk(const char *one, const char *other)
{
	struct stat a, b;

	return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev;
}

/* A file of that name is not replaced: it may be the only good one. *path is the caller's. */
static int
write_one(const struct config *config, const char *to, char **path, struct backup_facts *facts, char why[BACKUP_WHY_SIZE])
{
	if (is_folder(to))
		return backup_write_dated(config->database, to, clock_wall(), path, facts, why);
	if (access(to, F_OK) == 0) {
		snprintf(why, BACKUP_WHY_SIZE, "%s: is there already, expected a new name or a folder", to);
		return -EEXIST;
	}
	*path = xstrdup(to);
	return backup_write(config->database, to, facts, why);
}

static int
back_up(const struct config *config, const char *to)
{
	char why[BACKUP_WHY_SIZE], *path = NULL;
	struct backup_facts facts;
	int error = write_one(config, to, &path, &facts, why);

	if (error != 0) {
		fprintf(stderr, "%s\n", why);
	} else {
		printf("%s\n", path);
		print_facts(&facts);
		if (same_disk(config->database, path))
			printf("It is on the same disk as the database: copy it to another.\n");
	}
	free(path);
	return error == 0 ? EXIT_DONE : EXIT_FAILED;
}

int
ctl_backup(const struct command *command, const struct call *call)
{
	struct config *config = ctl_open_config(call);
	char why[BACKUP_WHY_SIZE];
	const char *to;
	int status = EXIT_FAILED;

	if (config == NULL)
		return EXIT_CONFIG;
	to = call->word_count == 1 ? call->words[0] : config->backup;
	if (call->word_count == 0 && strcmp(to, CONFIG_NONE) == 0) {
		status = ctl_misused(command);
	} else if (access(config->database, F_OK) != 0) {
		fprintf(stderr, "%s: there is no database\n", config->database);
	} else if (call->word_count == 0 && backup_make_folder(to, why) != 0) {
		fprintf(stderr, "%s\n", why);
	} else {
		status = back_up(config, to);
	}
	config_free(config);
	return status;
}

/* --- restore --- */

static void
print_time(int64_t wall)
{
	const struct civil civil = civil_at(wall, 0);

	if (wall != 0)
		printf(", of %04d-%02d-%02d %02d:%02d UTC or a little later", civil.year, civil.month, civil.day, civil.hour,
		       civil.minute);
}

/* One screen: what is true now, and what is left to do. */
static void
print_restored(const struct config *config, const char *file, const struct restored *restored)
{
	printf("%s is restored from\n%s", config->database, file);
	print_time(restored->facts.wall);
	printf("\n");
	print_facts(&restored->facts);
	if (restored->kept != NULL)
		printf("The database that was there is now %s: remove it when all is well\n", restored->kept);
	printf("\nWhat follows from going back in time:\n"
	       "- What came after the backup and is still in a SIM is read when the daemon starts. The rest is lost: ask for\n"
	       "  reports, and have registrations, STOP, PINs, corrections and removals since then made again. Who was forgotten\n"
	       "  since (`kentongan people forget`) is known again: forget him again.\n"
	       "- Nothing is sent a second time: %d messages that were to be sent then, broadcasts under way and reminders due\n"
	       "  until now are not sent. `kentongan queue` lists the messages. Alerts that had not arrived go again.\n"
	       "- Numbers told to people since then are not given again: the next receipt is No.%" PRId64 " or later.\n"
	       "- What was spent since then is not counted in the limits of this day and month.\n"
	       "\nStart the daemon, then look at `kentongan status`.\n", restored->held, restored->last_receipt + 1);
}

int
ctl_restore(const struct command *command, const struct call *call)
{
	struct config *config = ctl_open_config(call);
	char why[BACKUP_WHY_SIZE];
	struct restored restored;
	int held, error;

	(void)command;
	if (config == NULL)
		return EXIT_CONFIG;
	held = hold_database(config->database);
	if (held < 0) {
		if (held == -EWOULDBLOCK)
			fprintf(stderr, "kentongan: stop the daemon first (systemctl stop kentongand); nothing was changed\n");
		config_free(config);
		return EXIT_FAILED;
	}
	printf("Checking and copying %s (100 MB take about a minute) ...\n", call->words[0]);
	fflush(stdout);
	error = restore_from(call->words[0], config->database, clock_wall(), &restored, why);
	if (error != 0)
		fprintf(stderr, "%s\n", why);
	else
		print_restored(config, call->words[0], &restored);
	free(restored.kept);
	close(held);
	config_free(config);
	return error == 0 ? EXIT_DONE : EXIT_FAILED;
}
