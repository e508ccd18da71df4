/* SPDX-License-Identifier: GPL-3.0-or-later */
/* places: so many connections at once and no more, none for longer than a request takes. evhttp bounds the size of what it
 * reads, but neither how many connections it has nor how slowly one may speak. Who has been here longest without
 * having said all leaves first: whoever only holds places does not keep out those who have something to say. */
#ifndef HTTP_PLACES_H
#define HTTP_PLACES_H

#include <stddef.h>

#define PLACES_MOST 64
#define PLACES_SECONDS 10       /* for a whole request to arrive */

struct evhttp;
struct evhttp_request;
struct event_base;
struct places;

/* Takes over the making of connections of http; both must outlive the places. */
struct places *places_new(struct event_base *base, struct evhttp *http);
/* When http is freed. */
void places_free(struct places *places);

/* The request is there as a whole: its connection stays until it is answered. */
void places_keep(struct places *places, struct evhttp_request *request);

#endif
