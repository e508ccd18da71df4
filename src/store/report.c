/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: what an organisation has reported. */
#include "store/report.h"

#include <errno.h>

#include "store/statement.h"

int
report_each(struct store *store, int64_t organisation, const char *area, int period,
	    void (*each)(void *ctx, const struct record_key *key, long value, int64_t receipt), void *ctx)
{
	char village[14], category[16], unit[32], list[64];
	int row;

	statement_bind(store, SQL_REPORT_EACH, ":organisation", organisation);
	statement_bind_text(store, SQL_REPORT_EACH, ":area", area);
	statement_bind(store, SQL_REPORT_EACH, ":period", period);
	while ((row = statement_row(store, SQL_REPORT_EACH)) == 1) {
		struct record_key key = { .organisation = organisation, .village = village, .category = category,
					  .unit = unit, .list = list, .period = period };

		statement_text(store, SQL_REPORT_EACH, 0, village, sizeof village);
		key.rw = (int)statement_int(store, SQL_REPORT_EACH, 1);
		key.rt = (int)statement_int(store, SQL_REPORT_EACH, 2);
		statement_text(store, SQL_REPORT_EACH, 3, category, sizeof category);
		statement_text(store, SQL_REPORT_EACH, 4, unit, sizeof unit);
		statement_text(store, SQL_REPORT_EACH, 5, list, sizeof list);
		each(ctx, &key, (long)statement_int(store, SQL_REPORT_EACH, 6), statement_int(store, SQL_REPORT_EACH, 7));
	}
	return row;
}

int
report_last(struct store *store, int64_t organisation, const char *area, int first, int last, int *period,
	    int64_t *receipt)
{
	int row;

	statement_bind(store, SQL_REPORT_LAST, ":organisation", organisation);
	statement_bind_text(store, SQL_REPORT_LAST, ":area", area);
	statement_bind(store, SQL_REPORT_LAST, ":first", first);
	statement_bind(store, SQL_REPORT_LAST, ":last", last);
	row = statement_row(store, SQL_REPORT_LAST);
	if (row <= 0)
		return row < 0 ? row : -ENOENT;
	*period = (int)statement_int(store, SQL_REPORT_LAST, 0);
	*receipt = statement_int(store, SQL_REPORT_LAST, 1);
	statement_end(store, SQL_REPORT_LAST);
	return 0;
}
