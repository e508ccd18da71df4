/* SPDX-License-Identifier: GPL-3.0-or-later */
/* total: what a village or an area has, out of all that was reported (rules 34, 36, 42; tier arithmetic), and who has
 * not reported. Only reads, and only what is kept ready: each answer is a look-up, whatever the area.
 *
 * An organisation's figure for a village and month: its whole-village value; without one its parts added up, where an
 * RW's value stands for the RTs inside it. The village's: what the TKSK settled, else the TKSK's own figure, else the
 * largest of all organisations. Nothing is carried on from month to month.
 *
 * Areas are codes of 2, 5, 8 or 13 characters, "" the whole country; months are year * 12 + month - 1, both ends
 * included: a month, or a quarter, semester or year of the calendar. Other spans: -EINVAL. */
#ifndef STORE_TOTAL_H
#define STORE_TOTAL_H

#include <stdbool.h>
#include <stdint.h>

struct store;
struct record_key;

struct total {
	bool known;                    /* at least one village has a value; else all is 0 */
	bool open;                     /* provisional: somewhere two organisations overlap and nobody has settled it */
	/* The sum over the villages of each one's value in the last month of the span that it has one for. */
	long value;
	/* What may be told where counts of 1 to 4 in a kecamatan are secret (rule 52), made of nothing but what may be told
	 * of each kecamatan: the sum is `bottom`; or, if vague is not 0, more than that, as the counts of so many
	 * kecamatan are told as a limit only. Of a village it says nothing. */
	long bottom;
	int vague;
};
int total_look(struct store *store, const char *area, int first, int last, const char *list, const char *category,
	       const char *unit, struct total *out) __attribute__((warn_unused_result));

/* Of the key only village, category, unit, list and period are looked at. -ENOENT: nothing is known, which is not 0. */
int total_village(struct store *store, const struct record_key *key, long *value) __attribute__((warn_unused_result));

/* As total_look(): its value and whether it is known. */
int total_area(struct store *store, const char *area, int first, int last, const char *list, const char *category,
	       const char *unit, long *value, bool *any) __attribute__((warn_unused_result));

/* Villages of the area and how many of them reported in the span: at least one value is in force (NIHIL is values
 * of 0), settlements aside. family: of its categories, by name (PMKS); NULL of any. */
int total_coverage(struct store *store, const char *area, int first, int last, const char *family, int *reported,
		   int *villages) __attribute__((warn_unused_result));

/* Whether the organisation has a value in force there in the window. */
int total_reported(struct store *store, int64_t organisation, const char *area, int first, int last, bool *reported)
	__attribute__((warn_unused_result));

/* Its figures there in that month, a village's as above and those of several added up, by list, category and unit
 * (borrowed for the call). each() may not ask for figures. */
int total_figures(struct store *store, int64_t organisation, const char *area, int month,
		  void (*each)(void *ctx, const char *list, const char *category, const char *unit, long value), void *ctx)
	__attribute__((warn_unused_result));

/* The villages that did not, by code (borrowed for the call). each() may ask other rooms. Takes as long as they are
 * many. */
int total_missing(struct store *store, const char *area, int first, int last, const char *family,
		  void (*each)(void *ctx, const char *village), void *ctx) __attribute__((warn_unused_result));

#endif
