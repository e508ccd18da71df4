/* SPDX-License-Identifier: GPL-3.0-or-later */
/* disk: SQLite's calls on their way to its own file system. Nothing is really synced: a killed process needs no such
 * thing, and what a real cut would take is taken by images_cut(). */
#include "disk.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "disk_parts.h"

static struct {
	sqlite3_vfs *real;
	enum disk_call call;
	long at, times, met, failed, cut;
	int result;
} disk;

struct handle {
	sqlite3_file base;
	sqlite3_file *real;
	struct image *image;            /* NULL: a file without a name, which nobody will miss */
	bool carries_name;              /* its first sync is its folder's too (SQLite, os_unix.c) */
};

/* --- faults --- */

void
disk_fail(enum disk_call call, long at, long times, int result)
{
	disk.call = call;
	disk.at = at;
	disk.times = times;
	disk.result = result;
	disk.met = disk.failed = 0;
}

long
disk_failed(void)
{
	return disk.failed;
}

static int
fault(enum disk_call call)
{
	if (disk.times == 0 || call != disk.call || ++disk.met < disk.at || disk.met - disk.at >= disk.times)
		return SQLITE_OK;
	disk.failed++;
	return disk.result;
}

void
disk_cut_at(long n)
{
	disk.cut = n;
}

_Noreturn void
disk_cut(int status)
{
	images_cut();
	_exit(status);
}

void
disk_point(void)
{
	if (disk.cut > 0 && --disk.cut == 0)
		disk_cut(DISK_CUT);
}

/* --- calls --- */

static struct handle *
handle_of(sqlite3_file *file)
{
	return (struct handle *)file;
}

static sqlite3_file *
real_of(sqlite3_file *file)
{
	return handle_of(file)->real;
}

static int
close_file(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int
read_file(sqlite3_file *file, void *to, int amount, sqlite3_int64 at)
{
	int result = fault(DISK_READ);

	return result != SQLITE_OK ? result : real_of(file)->pMethods->xRead(real_of(file), to, amount, at);
}

static int
write_file(sqlite3_file *file, const void *from, int amount, sqlite3_int64 at)
{
	struct image *image = handle_of(file)->image;
	sqlite3_file *real = real_of(file);
	int failure = fault(DISK_WRITE), result;

	if (image != NULL)
		image_before(image, real, at, amount);
	/* Half of it may have got there. */
	result = real->pMethods->xWrite(real, from, failure != SQLITE_OK ? amount / 2 : amount, at);
	if (image != NULL)
		image_after(image, real, at, amount);
	disk_point();
	return failure != SQLITE_OK ? failure : result;
}

static int
truncate_file(sqlite3_file *file, sqlite3_int64 length)
{
	struct image *image = handle_of(file)->image;
	sqlite3_file *real = real_of(file);
	sqlite3_int64 before = 0;
	int result;

	(void)real->pMethods->xFileSize(real, &before);
	if (image != NULL && before > length)
		image_before(image, real, length, before - length);
	result = real->pMethods->xTruncate(real, length);
	if (image != NULL && before > length)
		image_after(image, real, length, before - length);
	disk_point();
	return result;
}

static int
sync_file(sqlite3_file *file, int flags)
{
	struct handle *handle = handle_of(file);
	int failure = fault(DISK_SYNC);

	(void)flags;
	disk_point();
	if (failure != SQLITE_OK || handle->image == NULL)
		return failure;
	image_synced(handle->image);
	if (handle->carries_name)
		images_names_synced();
	handle->carries_name = false;
	return SQLITE_OK;
}

static int
size_file(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int
lock_file(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int
unlock_file(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int
is_reserved(sqlite3_file *file, int *out)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

/* What SQLite's own file system would change behind our back (a whole file of the wanted size) it need not. */
static int
control_file(sqlite3_file *file, int what, void *argument)
{
	if (what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_CHUNK_SIZE)
		return SQLITE_OK;
	return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int
sector_size(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int
characteristics(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int
map_shared(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

static int
lock_shared(sqlite3_file *file, int offset, int n, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void
barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int
unmap_shared(sqlite3_file *file, int delete)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), delete);
}

static const sqlite3_io_methods methods = {
	2, close_file, read_file, write_file, truncate_file, sync_file, size_file, lock_file, unlock_file, is_reserved,
	control_file, sector_size, characteristics, map_shared, lock_shared, barrier, unmap_shared, NULL, NULL,
};

static int
open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	const int journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
	struct handle *handle = (struct handle *)file;
	bool there = name != NULL && access(name, F_OK) == 0;
	int result;

	(void)vfs;
	handle->real = (sqlite3_file *)(handle + 1);
	result = disk.real->xOpen(disk.real, name, handle->real, flags, out_flags);
	handle->base.pMethods = handle->real->pMethods != NULL ? &methods : NULL;
	handle->image = result == SQLITE_OK && name != NULL && disk.cut > 0 ? image_of(name) : NULL;
	handle->carries_name = !there && (flags & journals) != 0;
	if (handle->image != NULL && !there) {
		image_born(handle->image);
		disk_point();
	}
	return result;
}

static int
delete_file(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	int result;

	(void)vfs;
	if (disk.cut > 0 && access(name, F_OK) == 0)
		image_dying(image_of(name));
	result = disk.real->xDelete(disk.real, name, 0);
	disk_point();
	if (result == SQLITE_OK && sync_folder)
		images_names_synced();
	return result;
}

int
disk_mount(void)
{
	static sqlite3_vfs forgetful;

	disk.real = sqlite3_vfs_find(NULL);
	if (disk.real == NULL)
		return -1;
	forgetful = *disk.real;
	forgetful.zName = "forgetful";
	forgetful.szOsFile += (int)sizeof(struct handle);
	forgetful.xOpen = open_file;
	forgetful.xDelete = delete_file;
	return sqlite3_vfs_register(&forgetful, 1) == SQLITE_OK ? 0 : -1;
}

/* --- what the program does to names without SQLite: ld --wrap gives it to us --- */

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __real_fsync(int fd);
int __wrap_fsync(int fd);

int
__wrap_rename(const char *from, const char *to)
{
	int result = __real_rename(from, to);

	if (result == 0 && disk.cut > 0)
		image_renamed(from, to);
	disk_point();
	return result;
}

/* The program syncs folders only; files are SQLite's. */
int
__wrap_fsync(int fd)
{
	(void)fd;
	disk_point();
	images_names_synced();
	return 0;
}
