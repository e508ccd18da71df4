/* SPDX-License-Identifier: GPL-3.0-or-later */
/* distort: how the faults of a plan change the bytes of one answer. */
#include "distort.h"

#include <event2/buffer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOISE = 16, NOISE_MAX = 4096, ANSWER_MAX = 512 * 1024 };

void
distort_noise(struct fault_table *t, char *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (char)fault_random(t, 256);
}

/* ---- line ends ---- */

static const struct {
	const char *name, *end;
} line_ends[] = {
	{ "lf", "\n" }, { "cr", "\r" }, { "crcrlf", "\r\r\n" }, { "lfcr", "\n\r" }, { "double", "\r\n\r\n" }, { "none", "" },
};

static const char *
line_end(struct fault_table *t, const char *name)
{
	for (size_t i = 0; i < sizeof line_ends / sizeof *line_ends; i++) {
		if (!strcmp(line_ends[i].name, name))
			return line_ends[i].end;
	}
	return line_ends[fault_random(t, 4)].end;
}

/* Each CR LF of b becomes another line end; without a name each another one. */
static void
change_line_ends(struct fault_table *t, struct evbuffer *b, const char *name)
{
	struct evbuffer *old = evbuffer_new();
	char *line;

	if (!old)
		abort();
	evbuffer_add_buffer(old, b);
	while ((line = evbuffer_readln(old, NULL, EVBUFFER_EOL_CRLF_STRICT))) {
		evbuffer_add_printf(b, "%s%s", line, line_end(t, name));
		free(line);
	}
	evbuffer_add_buffer(b, old);
	evbuffer_free(old);
}

/* ---- more and less bytes ---- */

static void
insert(struct evbuffer *b, size_t at, const char *bytes, size_t n)
{
	struct evbuffer *head = evbuffer_new();

	if (!head)
		abort();
	evbuffer_remove_buffer(b, head, at);
	evbuffer_add(head, bytes, n);
	evbuffer_prepend_buffer(b, head);
	evbuffer_free(head);
}

/* Where in an answer of total bytes, its final line at final, something is put. */
static size_t
place_of(struct fault_table *t, enum fault_where where, size_t final, size_t total)
{
	switch (where) {
	case FAULT_BEFORE:
		return 0;
	case FAULT_BETWEEN:
		return final;
	case FAULT_INSIDE:
		/* behind the CR LF that opens it, before the last that ends it */
		return total > 6 ? 3 + fault_random(t, (uint32_t)total - 5) : total / 2;
	default:
		return total;
	}
}

static void
put_noise(struct fault_table *t, const struct fault *f, struct evbuffer *b, size_t at)
{
	char noise[NOISE_MAX];
	size_t n = f->n > 0 ? (size_t)f->n : NOISE;

	if (n > NOISE_MAX)
		n = NOISE_MAX;
	distort_noise(t, noise, n);
	insert(b, at, noise, n);
}

static void
put_notice(const struct fault *f, struct evbuffer *b, size_t at)
{
	char line[FAULT_TEXT + 8];
	int n = snprintf(line, sizeof line, "\r\n%s\r\n", *f->text ? f->text : "RING");

	insert(b, at, line, (size_t)n);
}

static void
cut(struct fault_table *t, const struct fault *f, struct evbuffer *b)
{
	size_t total = evbuffer_get_length(b), left = f->n > 0 ? (size_t)f->n : 1 + fault_random(t, (uint32_t)total - 1);
	struct evbuffer *head = evbuffer_new();

	if (!head)
		abort();
	evbuffer_remove_buffer(b, head, left < total ? left : total);
	evbuffer_drain(b, total);
	evbuffer_add_buffer(b, head);
	evbuffer_free(head);
}

/* One fault upon what those before it left; *final is where the final line starts. */
static void
apply(struct fault_table *t, const struct fault *f, struct evbuffer *b, size_t *final)
{
	size_t total = evbuffer_get_length(b), at = place_of(t, f->where, *final, total);

	switch (f->kind) {
	case FAULT_GARBAGE:
		put_noise(t, f, b, at);
		break;
	case FAULT_NOTIFY:
		put_notice(f, b, at);
		break;
	case FAULT_HALF:
		if (total > 1)
			cut(t, f, b);
		break;
	case FAULT_CRLF:
		change_line_ends(t, b, f->text);
		break;
	default:
		return;
	}
	if (at <= *final && f->kind != FAULT_HALF && f->kind != FAULT_CRLF)
		*final += evbuffer_get_length(b) - total;
}

void
distort(struct fault_table *t, const struct fault_plan *plan, struct evbuffer *info, struct evbuffer *final,
	struct evbuffer *out)
{
	bool silent = fault_planned(plan, FAULT_HANG) || fault_planned(plan, FAULT_MUTE);
	struct evbuffer *b = evbuffer_new();
	size_t start;

	if (!b)
		abort();
	if (silent || fault_planned(plan, FAULT_NO_INFO))
		evbuffer_drain(info, evbuffer_get_length(info));
	if (silent || fault_planned(plan, FAULT_NO_FINAL))
		evbuffer_drain(final, evbuffer_get_length(final));
	start = evbuffer_get_length(info);
	evbuffer_add_buffer(b, info);
	evbuffer_add_buffer(b, final);
	for (int i = 0; i < plan->n && evbuffer_get_length(b) < ANSWER_MAX; i++)
		apply(t, &plan->hit[i], b, &start);
	evbuffer_add_buffer(out, b);
	evbuffer_free(b);
}
