/* SPDX-License-Identifier: GPL-3.0-or-later */
/* try: what the gateway would make of a text, shown to a person or as one line of JSON. */
#ifndef GATE_TRY_H
#define GATE_TRY_H

#include <stdbool.h>
#include <stdio.h>

struct store;
struct grammar;
struct desk_conf;

struct try_options { bool commit, json; const char *at; /* ISO 8601, NULL now */ };

/* Prints to out. 0 when it answered; -EINVAL: --at is no time; -errno of the store. */
int try_run(struct store *store, const struct grammar *grammar, const struct desk_conf *conf,
	    const struct try_options *options, const char *from, const char *text, FILE *out)
	__attribute__((warn_unused_result));

#endif
