/* SPDX-License-Identifier: GPL-3.0-or-later */
/* story: what became of a message, put together from all tables for the operator. */
#include "store/story.h"

#include <errno.h>
#include <stdlib.h>

#include "base/xmalloc.h"
#include "store/statement.h"

/* --- received --- */

static void
read_in(struct store *store, enum statement which, struct story_in *out)
{
	out->id = statement_int(store, which, 0);
	out->whole = statement_int(store, which, 1);
	out->received = statement_int(store, which, 2);
	statement_text(store, which, 3, out->modem, sizeof out->modem);
	statement_text(store, which, 4, out->sim, sizeof out->sim);
	statement_text(store, which, 5, out->sender, sizeof out->sender);
	statement_text(store, which, 6, out->time, sizeof out->time);
	out->seq = (int)statement_int(store, which, 7);
	out->total = (int)statement_int(store, which, 8);
	out->tries = (int)statement_int(store, which, 9);
	statement_text(store, which, 10, out->state, sizeof out->state);
	statement_text(store, which, 11, out->reason, sizeof out->reason);
	statement_text(store, which, 12, out->verb, sizeof out->verb);
	statement_text(store, which, 13, out->said, sizeof out->said);
	statement_text(store, which, 14, out->text, sizeof out->text);
	out->parts = (int)statement_int(store, which, 15);
	out->receipts[0] = out->caused[0] = '\0';
}

int
story_in(struct store *store, int64_t id, struct story_in *out)
{
	int row;

	statement_bind(store, SQL_STORY_IN, ":id", id);
	row = statement_row(store, SQL_STORY_IN);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	read_in(store, SQL_STORY_IN, out);
	statement_end(store, SQL_STORY_IN);
	return 0;
}

int
story_inbox(struct store *store, const struct story_filter *filter, story_in_each *each, void *ctx)
{
	const enum statement which = SQL_STORY_INBOX;
	struct story_in *in = xcalloc(1, sizeof *in);
	int row;

	statement_bind_text(store, which, ":sender", filter->sender != NULL ? filter->sender : "");
	statement_bind_text(store, which, ":state", filter->state != NULL ? filter->state : "");
	statement_bind(store, which, ":most", filter->most);
	while ((row = statement_row(store, which)) == 1) {
		read_in(store, which, in);
		statement_text(store, which, 16, in->receipts, sizeof in->receipts);
		statement_text(store, which, 17, in->caused, sizeof in->caused);
		each(ctx, in);
	}
	free(in);
	return row;
}

int
story_parts(struct store *store, int64_t in, story_in_each *each, void *ctx)
{
	struct story_in *part = xcalloc(1, sizeof *part);
	int row;

	statement_bind(store, SQL_STORY_PARTS, ":id", in);
	while ((row = statement_row(store, SQL_STORY_PARTS)) == 1) {
		read_in(store, SQL_STORY_PARTS, part);
		each(ctx, part);
	}
	free(part);
	return row;
}

/* --- what was stored --- */

int
story_receipts(struct store *store, int64_t in, story_receipt_each *each, void *ctx)
{
	const enum statement which = SQL_STORY_RECEIPTS;
	struct story_receipt receipt;
	int row;

	statement_bind(store, which, ":in", in);
	while ((row = statement_row(store, which)) == 1) {
		receipt.no = statement_int(store, which, 0);
		receipt.wall = statement_int(store, which, 1);
		receipt.person = statement_int(store, which, 2);
		receipt.cancelled_by = statement_int(store, which, 3);
		receipt.cancelled_at = statement_int(store, which, 4);
		statement_text(store, which, 5, receipt.verb, sizeof receipt.verb);
		each(ctx, &receipt);
	}
	return row;
}

int
story_of_receipt(struct store *store, int64_t no, int64_t *in)
{
	statement_bind(store, SQL_STORY_OF_RECEIPT, ":no", no);
	return statement_number(store, SQL_STORY_OF_RECEIPT, in);
}

int
story_values(struct store *store, int64_t receipt, story_value_each *each, void *ctx)
{
	const enum statement which = SQL_STORY_VALUES;
	struct story_value value;
	int row;

	statement_bind(store, which, ":receipt", receipt);
	while ((row = statement_row(store, which)) == 1) {
		statement_text(store, which, 0, value.village, sizeof value.village);
		statement_text(store, which, 1, value.village_name, sizeof value.village_name);
		value.rt = (int)statement_int(store, which, 2);
		value.rw = (int)statement_int(store, which, 3);
		value.period = (int)statement_int(store, which, 4);
		statement_text(store, which, 5, value.list, sizeof value.list);
		statement_text(store, which, 6, value.category, sizeof value.category);
		statement_text(store, which, 7, value.unit, sizeof value.unit);
		statement_text(store, which, 8, value.state, sizeof value.state);
		value.value = (long)statement_int(store, which, 9);
		value.before = (long)statement_int(store, which, 10);
		value.before_no = statement_int(store, which, 11);
		each(ctx, &value);
	}
	return row;
}

int
story_entries(struct store *store, int64_t in, story_entry_each *each, void *ctx)
{
	const enum statement which = SQL_STORY_ENTRIES;
	struct story_entry entry;
	int row;

	statement_bind(store, which, ":in", in);
	while ((row = statement_row(store, which)) == 1) {
		entry.no = statement_int(store, which, 0);
		entry.receipt = statement_int(store, which, 1);
		statement_text(store, which, 2, entry.form, sizeof entry.form);
		statement_text(store, which, 3, entry.series, sizeof entry.series);
		statement_text(store, which, 4, entry.area, sizeof entry.area);
		statement_text(store, which, 5, entry.area_name, sizeof entry.area_name);
		statement_text(store, which, 6, entry.state, sizeof entry.state);
		statement_text(store, which, 7, entry.flag, sizeof entry.flag);
		entry.period = (int)statement_int(store, which, 8);
		each(ctx, &entry);
	}
	return row;
}

/* --- to send --- */

static void
read_out(struct store *store, enum statement which, struct story_out *out)
{
	out->id = statement_int(store, which, 0);
	out->in = statement_int(store, which, 1);
	out->created = statement_int(store, which, 2);
	out->not_after = statement_int(store, which, 3);
	out->next = statement_int(store, which, 4);
	statement_text(store, which, 5, out->key, sizeof out->key);
	statement_text(store, which, 6, out->class, sizeof out->class);
	statement_text(store, which, 7, out->dest, sizeof out->dest);
	statement_text(store, which, 8, out->state, sizeof out->state);
	statement_text(store, which, 9, out->modem, sizeof out->modem);
	statement_text(store, which, 10, out->purse, sizeof out->purse);
	statement_text(store, which, 11, out->text, sizeof out->text);
	out->tries = (int)statement_int(store, which, 12);
	out->parts = (int)statement_int(store, which, 13);
	out->held = statement_int(store, which, 14) != 0;
}

int
story_out(struct store *store, int64_t id, struct story_out *out)
{
	int row;

	statement_bind(store, SQL_STORY_OUT, ":id", id);
	row = statement_row(store, SQL_STORY_OUT);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	read_out(store, SQL_STORY_OUT, out);
	statement_end(store, SQL_STORY_OUT);
	return 0;
}

int
story_caused(struct store *store, int64_t in, story_out_each *each, void *ctx)
{
	struct story_out *out = xcalloc(1, sizeof *out);
	int row;

	statement_bind(store, SQL_STORY_CAUSED, ":in", in);
	while ((row = statement_row(store, SQL_STORY_CAUSED)) == 1) {
		read_out(store, SQL_STORY_CAUSED, out);
		each(ctx, out);
	}
	free(out);
	return row;
}

int
story_out_parts(struct store *store, int64_t out, story_part_each *each, void *ctx)
{
	const enum statement which = SQL_STORY_OUT_PARTS;
	struct story_part part;
	int row;

	statement_bind(store, which, ":out", out);
	while ((row = statement_row(store, which)) == 1) {
		part.part = (int)statement_int(store, which, 0);
		part.reference = (int)statement_int(store, which, 1);
		part.error = (int)statement_int(store, which, 2);
		part.refusals = (int)statement_int(store, which, 3);
		part.resends = (int)statement_int(store, which, 4);
		part.status = (int)statement_int(store, which, 5);
		part.sent = statement_int(store, which, 6);
		statement_text(store, which, 7, part.state, sizeof part.state);
		statement_text(store, which, 8, part.delivered, sizeof part.delivered);
		each(ctx, &part);
	}
	return row;
}
