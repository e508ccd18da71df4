/* SPDX-License-Identifier: GPL-3.0-or-later */
/* area_sum: sums over the villages of a kecamatan, kabupaten, province, the country, for every span of the calendar: of
 * each village the last month of the span that anything is known of. Private to this room. */
#ifndef STORE_AREA_SUM_H
#define STORE_AREA_SUM_H

#include "store/figure.h"
#include "store/span.h"

/* Inside the caller's transaction: the key's village had the figures `before` in the months of the key's year and has
 * `after` now. They differ in the key's month alone. */
int area_sum_shift(struct store *store, const struct record_key *key, const struct figure before[SPAN_LONGEST],
		   const struct figure after[SPAN_LONGEST]) __attribute__((warn_unused_result));

#endif
