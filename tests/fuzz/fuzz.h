/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz: what all targets have in common. Each is one file with LLVMFuzzerTestOneInput(), linked with libFuzzer (make
 * fuzz), or with replay.c as a plain test of its corpus (make check). */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As assert(), whatever NDEBUG says. */
#define MUST(what) ((what) ? (void)0 : (fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #what), abort()))

struct sqlite3;
/* All pages of one database into another, with which nothing is under way. */
void fuzz_copy(struct sqlite3 *from, struct sqlite3 *to);

/* Writes the bytes to a file of that name in a folder of this process, and gives its path, which
 * holds until the next. */
const char *fuzz_file(const char *name, const uint8_t *data, size_t size);
/* That folder. */
const char *fuzz_folder(void);

/* Counts what is allocated from now on; the most bytes that were in use since then, 0 in a build without the address
 * sanitizer. */
void fuzz_heap_watch(void);
size_t fuzz_heap_most(void);

#endif
