/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup_name: kentongan-20261122T183000Z-a1b2c3.db. The box is part of it: a new box that got another's stick must not
 * remove what only the stick has left of that one. */
#include "store/backup_name.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/log.h"

#define DATED "kentongan-%4d%2d%2dT%2d%2d%2dZ-"

void
backup_box(const unsigned char key[16], char box[BACKUP_BOX_SIZE])
{
	unsigned char hash[crypto_generichash_BYTES_MIN];

	crypto_generichash(hash, sizeof hash, key, 16, (const unsigned char *)"backup", 6);
	sodium_bin2hex(box, BACKUP_BOX_SIZE, hash, (BACKUP_BOX_SIZE - 1) / 2);
}

void
backup_name(const char *box, int64_t wall, char out[BACKUP_NAME_SIZE])
{
	const struct civil civil = civil_at(wall, 0);

	snprintf(out, BACKUP_NAME_SIZE, "kentongan-%04d%02d%02dT%02d%02d%02dZ-%s.db", civil.year % 10000, civil.month % 100,
		 civil.day % 100, civil.hour % 100, civil.minute % 100, (int)(((wall % 60) + 60) % 60), box);
}

/* Whether that is such a name, of this box and with that end; *wall is its time. Only what comes out the same when it is
 * written again: nobody else's file shall be taken for ours. */
static bool
read_name(const char *name, const char *box, const char *end, int64_t *wall)
{
	struct civil civil;
	char again[BACKUP_NAME_SIZE];
	int second;
	size_t length;

	if (sscanf(name, DATED, &civil.year, &civil.month, &civil.day, &civil.hour, &civil.minute, &second) != 6)
		return false;
	*wall = civil_moment(&civil, 0) + second;
	backup_name(box, *wall, again);
	length = strlen(again);
	return strncmp(name, again, length) == 0 && strcmp(name + length, end) == 0;
}

/* --- folders --- */

/* Calls on each of the box's own with that end. */
typedef void each_fn(void *ctx, int folder, const char *name, int64_t wall, int64_t size);

static void
each(const char *folder, const char *box, const char *end, each_fn *call, void *ctx)
{
	DIR *listing = opendir(folder);
	const struct dirent *entry;
	struct stat info;
	int64_t wall;

	while (listing != NULL && (entry = readdir(listing)) != NULL)
		if (read_name(entry->d_name, box, end, &wall) &&
		    fstatat(dirfd(listing), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode))
			call(ctx, dirfd(listing), entry->d_name, wall, info.st_size);
	if (listing != NULL)
		closedir(listing);
}

static void
remove_one(int folder, const char *name)
{
	if (unlinkat(folder, name, 0) != 0 && errno != ENOENT)
		log_warn("backup: %s cannot be removed: %s", name, strerror(errno));
}

struct newest { struct backup_file file; int64_t until; };

static void
take_newer(void *ctx, int folder, const char *name, int64_t wall, int64_t size)
{
	struct newest *newest = ctx;

	(void)folder;
	if (wall > newest->until || wall < newest->file.wall)
		return;
	newest->file.wall = wall;
	newest->file.size = size;
	snprintf(newest->file.name, sizeof newest->file.name, "%s", name);
}

int
backup_newest(const char *folder, const char *box, int64_t wall, struct backup_file *out)
{
	struct newest newest = { .until = wall };

	each(folder, box, "", take_newer, &newest);
	*out = newest.file;
	return out->name[0] != '\0' ? 0 : -ENOENT;
}

struct removal { int64_t before; };

static void
remove_old(void *ctx, int folder, const char *name, int64_t wall, int64_t size)
{
	const struct removal *removal = ctx;

	(void)size;
	if (wall < removal->before)
		remove_one(folder, name);
}

void
backup_remove_older(const char *folder, const char *box, int64_t wall, int64_t keep)
{
	struct removal removal = { .before = wall - keep };
	struct backup_file newest;

	/* The last one stays, however old it is. */
	if (backup_newest(folder, box, wall, &newest) != 0)
		return;
	if (removal.before > newest.wall)
		removal.before = newest.wall;
	each(folder, box, "", remove_old, &removal);
}

static void
remove_any(void *ctx, int folder, const char *name, int64_t wall, int64_t size)
{
	(void)ctx;
	(void)wall;
	(void)size;
	remove_one(folder, name);
}

void
backup_remove_parts(const char *folder, const char *box)
{
	each(folder, box, BACKUP_PART, remove_any, NULL);
	each(folder, box, BACKUP_PART "-journal", remove_any, NULL);
}
