/* SPDX-License-Identifier: GPL-3.0-or-later */
/* atlas: the names of places that matter to a sender, read from the store once and kept from message to message. */
#ifndef GATE_ATLAS_H
#define GATE_ATLAS_H

#include <stdbool.h>

struct atlas;
struct gazetteer;
struct grammar;
struct store;

/* Both are borrowed and must outlive it. */
struct atlas *atlas_new(struct store *store, const struct grammar *grammar);
void atlas_free(struct atlas *atlas);

/* The names around an area: its kabupaten, or its province for those above, and those of all kabupaten served and of
 * all provinces. "" is everything that is served: for those who belong nowhere yet, or, `known`, for the country, who
 * know each kabupaten by name. Borrowed until the next call. 0 or -errno. */
int atlas_find(struct atlas *atlas, const char *area, bool known, const struct gazetteer **out)
	__attribute__((warn_unused_result));

#endif
