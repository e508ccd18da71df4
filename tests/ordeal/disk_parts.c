/* SPDX-License-Identifier: GPL-3.0-or-later */
/* disk_parts: sectors, lengths and names since the last sync. At the cut each of them becomes what it was at any moment
 * since, or is torn between two of them: so a disk may order its writes as it likes. */
#include "disk_parts.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xmalloc.h"

#define SECTOR 512
#define VERSIONS 4              /* of a sector: the synced one, and the latest of those since */
#define LENGTHS 8
#define RENAMES 8

struct sector {
	sqlite3_int64 no;
	int count;
	unsigned char version[VERSIONS][SECTOR];
};

struct image {
	char *path;
	bool known;                     /* length[0] is the synced one */
	bool born;                      /* its name is not on the disk yet */
	sqlite3_int64 length[LENGTHS];
	int lengths;
	struct sector *sectors;
	size_t sector_count;
	size_t *place;                  /* by number: in sectors[], from 1; 0 as it was synced */
	size_t place_count;
	unsigned char *ghost;           /* what had this name before and may have it again */
	sqlite3_int64 ghost_length;
	struct image *next;
};

/* What this cut leaves of what was not synced. */
enum mercy { NOTHING, EVERYTHING, SOMETHING };

int __real_rename(const char *from, const char *to);     /* disk.c has the other */

static struct image *images;
static struct { char *from, *to; } renames[RENAMES];
static size_t rename_count;

struct image *
image_of(const char *path)
{
	struct image *image = images;

	while (image != NULL && strcmp(image->path, path) != 0)
		image = image->next;
	if (image == NULL) {
		image = xcalloc(1, sizeof *image);
		image->path = xstrdup(path);
		image->next = images;
		images = image;
	}
	return image;
}

static void
forget(struct image *image)
{
	for (size_t i = 0; i < image->sector_count; i++)
		image->place[image->sectors[i].no] = 0;
	image->sector_count = 0;
	image->known = false;
}

/* --- content --- */

static struct sector *
sector_of(struct image *image, sqlite3_int64 no)
{
	size_t old = image->place_count;

	if ((size_t)no >= old) {
		image->place_count = 2 * (size_t)no + 64;
		image->place = xrealloc(image->place, image->place_count, sizeof *image->place);
		memset(image->place + old, 0, (image->place_count - old) * sizeof *image->place);
	}
	if (image->place[no] == 0) {
		image->sectors = xgrow(image->sectors, image->sector_count, sizeof *image->sectors);
		image->sectors[image->sector_count] = (struct sector){ .no = no };
		image->place[no] = ++image->sector_count;
	}
	return &image->sectors[image->place[no] - 1];
}

/* Behind the end there are zeros. */
static void
remember(struct sector *sector, sqlite3_file *file)
{
	if (sector->count == VERSIONS) {
		memmove(sector->version[1], sector->version[2], sizeof sector->version[0] * (VERSIONS - 2));
		sector->count--;
	}
	memset(sector->version[sector->count], 0, SECTOR);
	(void)file->pMethods->xRead(file, sector->version[sector->count++], SECTOR, sector->no * SECTOR);
}

static sqlite3_int64
length_of(sqlite3_file *file)
{
	sqlite3_int64 length = 0;

	(void)file->pMethods->xFileSize(file, &length);
	return length;
}

void
image_before(struct image *image, sqlite3_file *file, sqlite3_int64 at, sqlite3_int64 length)
{
	if (!image->known) {
		image->known = true;
		image->length[0] = length_of(file);
		image->lengths = 1;
	}
	for (sqlite3_int64 no = at / SECTOR; no * SECTOR < at + length; no++) {
		struct sector *sector = sector_of(image, no);

		if (sector->count == 0)
			remember(sector, file);
	}
}

void
image_after(struct image *image, sqlite3_file *file, sqlite3_int64 at, sqlite3_int64 length)
{
	sqlite3_int64 now = length_of(file);

	for (sqlite3_int64 no = at / SECTOR; no * SECTOR < at + length; no++)
		remember(sector_of(image, no), file);
	if (now == image->length[image->lengths - 1])
		return;
	if (image->lengths == LENGTHS)
		image->lengths--;
	image->length[image->lengths++] = now;
}

void
image_synced(struct image *image)
{
	forget(image);
}

/* --- names --- */

void
image_born(struct image *image)
{
	forget(image);
	image->born = true;
	image->known = true;
	image->length[0] = 0;
	image->lengths = 1;
}

static enum mercy
draw_mercy(void)
{
	int n = rand() % 8;

	return n < 2 ? NOTHING : n < 3 ? EVERYTHING : SOMETHING;
}

static sqlite3_int64
draw_length(const struct image *image, enum mercy mercy, sqlite3_int64 now)
{
	if (!image->known || mercy == EVERYTHING)
		return now;
	return image->length[mercy == NOTHING ? 0 : rand() % image->lengths];
}

static void
draw_sector(const struct sector *sector, enum mercy mercy, unsigned char out[SECTOR])
{
	int last = sector->count - 1, one = rand() % sector->count, other = rand() % sector->count;

	if (mercy != SOMETHING) {
		memcpy(out, sector->version[mercy == NOTHING ? 0 : last], SECTOR);
		return;
	}
	memcpy(out, sector->version[one], SECTOR);
	if (rand() % 16 == 0)
		memcpy(out, sector->version[other], (size_t)(rand() % SECTOR));
}

static void
leave_content(struct image *image, int fd, enum mercy mercy)
{
	unsigned char content[SECTOR];
	struct stat file;
	sqlite3_int64 length;

	if (fstat(fd, &file) != 0)
		abort();
	length = draw_length(image, mercy, file.st_size);
	for (size_t i = 0; i < image->sector_count; i++) {
		draw_sector(&image->sectors[i], mercy, content);
		if (pwrite(fd, content, SECTOR, image->sectors[i].no * SECTOR) != SECTOR)
			abort();
	}
	if (ftruncate(fd, length) != 0)
		abort();
}

void
image_dying(struct image *image)
{
	int fd = open(image->path, O_RDWR | O_CLOEXEC);
	struct stat file;

	/* Of a file whose own birth may be forgotten nothing comes back; what it replaced still may. */
	if (fd >= 0 && !image->born && fstat(fd, &file) == 0) {
		leave_content(image, fd, draw_mercy());
		if (fstat(fd, &file) != 0)
			abort();
		free(image->ghost);
		image->ghost = xcalloc(1, (size_t)file.st_size);
		image->ghost_length = file.st_size;
		if (pread(fd, image->ghost, (size_t)file.st_size, 0) != file.st_size)
			abort();
	}
	if (fd >= 0)
		close(fd);
	forget(image);
	image->born = false;
}

void
image_renamed(const char *from, const char *to)
{
	struct image *moved = image_of(from), *replaced = image_of(to);
	char *path = moved->path;

	forget(replaced);
	moved->path = replaced->path;
	replaced->path = path;
	if (rename_count == RENAMES)
		abort();
	renames[rename_count].from = xstrdup(from);
	renames[rename_count++].to = xstrdup(to);
}

void
images_names_synced(void)
{
	for (struct image *image = images; image != NULL; image = image->next) {
		image->born = false;
		free(image->ghost);
		image->ghost = NULL;
	}
	for (; rename_count > 0; rename_count--) {
		free(renames[rename_count - 1].from);
		free(renames[rename_count - 1].to);
	}
}

/* --- the cut --- */

static void
bring_back(const struct image *image)
{
	int fd = open(image->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, image->ghost, (size_t)image->ghost_length) != image->ghost_length)
		abort();
	close(fd);
}

static bool
forgets(enum mercy mercy)
{
	return mercy == NOTHING || (mercy == SOMETHING && rand() % 2 == 0);
}

void
images_cut(void)
{
	enum mercy mercy = draw_mercy();

	for (struct image *image = images; image != NULL; image = image->next) {
		int fd = open(image->path, O_RDWR | O_CLOEXEC);

		if (fd >= 0) {
			leave_content(image, fd, mercy);
			close(fd);
		}
		if (image->born && forgets(mercy)) {
			unlink(image->path);
			fd = -1;
		}
		if (fd < 0 && image->ghost != NULL && forgets(mercy))
			bring_back(image);
	}
	for (; rename_count > 0 && forgets(mercy); rename_count--)
		if (__real_rename(renames[rename_count - 1].to, renames[rename_count - 1].from) != 0)
			abort();
}
