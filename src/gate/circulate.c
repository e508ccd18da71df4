/* SPDX-License-Identifier: GPL-3.0-or-later */
/* circulate: writes the messages of circulars. */
#include "gate/circulate.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "store/audience.h"
#include "store/circular.h"
#include "store/outbox.h"

static int
put_copy(struct store *store, const struct circular *circular, const struct person *person, int64_t wall, int64_t from)
{
	char key[64];

	snprintf(key, sizeof key, "%s:%" PRId64 ":%" PRId64, circular->kind, circular->no, person->id);
	return outbox_put(store, &(struct outbox_new){
		.key = key, .class = OUTBOX_NOTICE, .dest = person->phone, .text = circular->text, .inbox = circular->inbox,
		.wall = wall, .not_before = from, .not_after = circular->not_after, .hold = circular->hold });
}

/* 0, -ENOENT nobody is left, or -errno. */
static int
go_on(struct store *store, const struct grammar *grammar, struct pace *pace, struct circular *circular, int64_t wall,
      int most, int *queued)
{
	const struct audience audience = { .area = circular->area, .roles = circular->roles[0] != '\0' ? circular->roles : NULL,
					   .rw = circular->rw, .willing = true };
	struct person person;
	int error = 0;

	for (int i = 0; i < most && error == 0; i++) {
		error = audience_next(store, &audience, circular->reached, &person);
		if (error != 0)
			break;
		circular->reached = person.id;
		if (person.id == circular->person)
			continue;
		error = put_copy(store, circular, &person, wall,
				 pace_next(pace, grammar, grammar_zone_of(grammar, person.area), wall));
		++*queued;
	}
	return error;
}

int
circulate(struct store *store, const struct grammar *grammar, struct pace *pace, int64_t wall, int most)
{
	struct circular *circular = xcalloc(1, sizeof *circular);
	int queued = 0, result, error = circular_open(store, 0, circular);

	result = error == 0 ? go_on(store, grammar, pace, circular, wall, most, &queued) : error;
	if (error == 0 && (result == 0 || result == -ENOENT)) {
		bool done = result == -ENOENT;

		error = circular_move(store, circular->no, circular->reached, queued, done);
		if (error == 0 && done)
			log_info("in=%" PRId64 " %s %" PRId64 ": %d texts queued", circular->inbox, circular->kind, circular->no,
				 circular->queued + queued);
		result = error != 0 ? error : 1;
	}
	free(circular);
	return result == -ENOENT ? 0 : result;
}
