/* SPDX-License-Identifier: GPL-3.0-or-later */
/* extract: all figures of an area, row by row, for tables that leave the box. Only reads. */
#ifndef STORE_EXTRACT_H
#define STORE_EXTRACT_H

#include <stdbool.h>
#include <stdint.h>

struct store;

/* What a village has in a month (rule 42), or a kecamatan: the sum over those of its villages that reported. */
struct extract_row {
	char area[14], list[24], category[8], unit[16];
	int period;                     /* year * 12 + month - 1 */
	long value;
	/* Of a kecamatan what may be told where counts of 1 to 4 are secret (store/total.h). */
	long bottom;
	int vague;
	int open;                       /* villages of which it is provisional: an overlap that nobody has settled */
	int reports;                    /* of a village values in force; of a kecamatan villages */
};
/* Borrowed for the call. May ask other rooms. */
typedef void extract_each(void *ctx, const struct extract_row *row);

/* Figures of the villages in the area (code of any level, "" all) and months, by village, month, list, category, unit. What
 * is not reported has no row. */
int extract_villages(struct store *store, const char *area, int first, int last, extract_each *each, void *ctx)
	__attribute__((warn_unused_result));
/* The same of its kecamatan. */
int extract_districts(struct store *store, const char *area, int first, int last, extract_each *each, void *ctx)
	__attribute__((warn_unused_result));

#endif
