/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hold: a lock on a file beside the database; the kernel gives it back however the process ends. */
#include "store/hold.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "store/file.h"

static int
lock_file(const char *path)
{
	int error = file_make(path), fd;

	if (error != 0)
		return error;
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	error = -errno;
	if (error == -EWOULDBLOCK)
		log_error("%s: another kentongand works on this database", path);
	else
		log_error("%s: cannot be locked: %s", path, strerror(-error));
	if (fd >= 0)
		close(fd);
	return error;
}

int
hold_database(const char *path)
{
	char *place = realpath(path, NULL), *lock = xasprintf("%s.lock", place != NULL ? place : path);
	int fd = lock_file(lock);

	free(place);
	free(lock);
	return fd;
}
