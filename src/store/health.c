/* SPDX-License-Identifier: GPL-3.0-or-later */
/* health: whether the database can be written. */
#include "store/health.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/statement.h"

static int64_t
size_of(const char *path)
{
	struct stat file;

	return path != NULL && stat(path, &file) == 0 ? file.st_size : 0;
}

void
health_read(struct store *store, struct health *out)
{
	const char *path = sqlite3_db_filename(store->db, "main");
	struct statvfs disk;

	*out = (struct health){ .error = store->trouble, .since_ms = store->trouble_ms, .room = -1 };
	/* A database in memory has no name. */
	if (path == NULL || path[0] == '\0')
		return;
	out->size = size_of(path);
	out->log = size_of(sqlite3_filename_wal(path));
	if (statvfs(path, &disk) == 0)
		out->room = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
}

const char *
health_words(int error)
{
	switch (error) {
	case -ENOSPC:
		return "no room on the disk";
	case -EBUSY:
		return "another program holds the database";
	case -EBADMSG:
		return "the database is damaged";
	case -EACCES:
	case -EROFS:
		return "the database may not be written";
	case -EIO:
		return "the disk cannot be read or written";
	default:
		return strerror(-error);
	}
}

static void
watch_log(struct store *store, int64_t size)
{
	if (size >= HEALTH_LOG_MOST && !store->wal_alarm)
		log_error("database: its log has %" PRId64 " MB: another program reads it without end, or the disk is full",
			  size >> 20);
	else if (size < HEALTH_LOG_MOST && store->wal_alarm)
		log_warn("database: its log is small again");
	store->wal_alarm = size >= HEALTH_LOG_MOST;
}

void
health_watch(struct store *store)
{
	struct health health;
	bool tight;

	health_read(store, &health);
	watch_log(store, health.log);
	tight = health.room >= 0 && health.room < HEALTH_ROOM_LEAST;
	if (tight && !store->tight)
		log_error("database: only %" PRId64 " MB are left on its disk", health.room >> 20);
	else if (!tight && store->tight)
		log_warn("database: there is room on its disk again");
	store->tight = tight;
}

/* By itself. */
static bool
passes(int error)
{
	return error == -EBUSY || error == -ENOSPC;
}

bool
health_failing(const struct store *store)
{
	return store->trouble != 0 && !passes(store->trouble);
}

void
health_note(struct store *store, int error)
{
	static const int excused[] = { -EINVAL, -EMSGSIZE, -EINTR };

	for (size_t i = 0; i < sizeof excused / sizeof *excused; i++)
		if (error == excused[i])
			return;
	if (passes(error) && health_failing(store))
		return;
	if (store->trouble == 0)
		store->trouble_ms = clock_monotonic_ms();
	store->trouble = error;
}

void
health_note_commit(struct store *store)
{
	if (store->trouble == -EBUSY || sqlite3_total_changes(store->db) != store->begun)
		store->trouble = 0;
}
