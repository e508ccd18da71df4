/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file: what opening a database and copying one have in common. */
#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "store/statement.h"

int
file_run(sqlite3 *db, const char *text, char **value)
{
	int result = SQLITE_OK;
	sqlite3_stmt *statement;

	if (value != NULL)
		*value = xstrdup("");
	for (; result == SQLITE_OK && *text != '\0'; sqlite3_finalize(statement)) {
		result = sqlite3_prepare_v2(db, text, -1, &statement, &text);
		if (result != SQLITE_OK || statement == NULL)
			continue;
		while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
			const char *column = (const char *)sqlite3_column_text(statement, 0);
			if (column == NULL && sqlite3_errcode(db) == SQLITE_NOMEM)
				memory_gone();
			if (value == NULL)
				continue;
			free(*value);
			*value = xstrdup(column != NULL ? column : "");
		}
		if (result == SQLITE_DONE)
			result = SQLITE_OK;
	}
	if (result == SQLITE_OK)
		return 0;
	if (value != NULL) {
		free(*value);
		*value = NULL;
	}
	return statement_error(db, result, "setting up");
}

int
file_run_with(sqlite3 *db, const char *text, int64_t parameter)
{
	sqlite3_stmt *statement;
	int result = sqlite3_prepare_v2(db, text, -1, &statement, NULL);

	if (result == SQLITE_OK)
		result = sqlite3_bind_int64(statement, 1, parameter);
	if (result == SQLITE_OK)
		result = sqlite3_step(statement);
	sqlite3_finalize(statement);
	return result == SQLITE_DONE ? 0 : statement_error(db, result, "setting up");
}

int
file_number(sqlite3 *db, const char *text, int *number)
{
	char *value;
	int error = file_run(db, text, &value);

	if (error == 0)
		*number = atoi(value);
	free(value);
	return error;
}

int
file_open_still(const char *file, sqlite3 **db)
{
	size_t size = 3 * strlen(file) + 32, used = 5;
	char *name = xcalloc(size, 1);
	int result;

	memcpy(name, "file:", used);
	for (; *file != '\0'; file++)
		used += (size_t)snprintf(name + used, size - used, strchr("%?#", *file) != NULL ? "%%%02X" : "%c", *file);
	snprintf(name + used, size - used, "?immutable=1");
	result = sqlite3_open_v2(name, db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
	free(name);
	return result;
}

char *
file_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return xstrdup(".");
	return xstrndup(path, slash == path ? 1 : (size_t)(slash - path));
}

/* What root makes would be of no use to the daemon. A file system without owners, as a stick's, needs none. */
static void
hand_over(int fd, const char *path)
{
	char *folder = file_folder(path);
	struct stat of;

	if (geteuid() == 0 && stat(folder, &of) == 0 && fchown(fd, of.st_uid, of.st_gid) != 0)
		log_debug("%s: stays root's: %s", path, strerror(errno));
	free(folder);
}

int
file_make_new(const char *path)
{
	int fd = open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0)
		return -errno;
	hand_over(fd, path);
	close(fd);
	return 0;
}

int
file_make(const char *path)
{
	int error = file_make_new(path);

	if (error == 0 || error == -EEXIST)
		return 0;
	log_error("database: %s: %s", path, strerror(-error));
	return error;
}

int
file_sync_folder(const char *path)
{
	char *folder = file_folder(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), error = 0;

	/* Some file systems of sticks cannot do it for folders. */
	if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
		error = -errno;
	if (fd >= 0)
		close(fd);
	free(folder);
	return error;
}

int
file_settle_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	hand_over(fd, folder);
	close(fd);
	return file_sync_folder(folder);
}
