/* SPDX-License-Identifier: GPL-3.0-or-later */
/* region: provinces, kabupaten, kecamatan, villages by Kemendagri code, from the CSV files of idn-area-data. */
#ifndef STORE_REGION_H
#define STORE_REGION_H

struct store;
struct gazetteer;

/* DIR holds provinces.csv, regencies.csv, districts.csv, villages.csv. All in one transaction; codes no longer
 * present stay (records refer to them), names are updated. A wrong line: -EINVAL and *error (the caller's)
 * "file:line: what, what was expected"; a file that cannot be read is named in *error too, else it is NULL. Outside a
 * transaction. */
int region_import(struct store *store, const char *dir, int *imported, char **error) __attribute__((warn_unused_result));

/* Name of a code of 2, 5, 8 or 13 characters. -ENOENT. */
int region_name(struct store *store, const char *code, char *name, unsigned long size) __attribute__((warn_unused_result));

/* Every area of that printed name ("Lumbung"; of a kabupaten or kota also without that word), whatever its letters'
 * case, by code; length: of its code, 0 any. Borrowed for the call; each() may not ask the store. */
int region_named(struct store *store, const char *name, int length, void (*each)(void *ctx, const char *code), void *ctx)
	__attribute__((warn_unused_result));

/* The areas right below a code ("" provinces), by code, with printed names; borrowed for the call. each() may not ask
 * the store. */
int region_children(struct store *store, const char *code, void (*each)(void *ctx, const char *code, const char *name),
		    void *ctx) __attribute__((warn_unused_result));
/* The first village below a code (or the code itself). -ENOENT. */
int region_first(struct store *store, const char *code, char village[14]) __attribute__((warn_unused_result));

/* Puts every kabupaten, kecamatan and village whose code begins with the prefix (a kabupaten or province code, "" for all)
 * into the gazetteer. */
int region_load(struct store *store, const char *prefix, struct gazetteer *into) __attribute__((warn_unused_result));

/* Every kabupaten that this box serves: somebody is registered for it or for a part of it. Code and printed name are
 * borrowed for the call; each() may not ask the store. */
int region_served(struct store *store, void (*each)(void *ctx, const char *code, const char *name), void *ctx)
	__attribute__((warn_unused_result));

#endif
