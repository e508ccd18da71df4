/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shipped_grammar: the grammar of grammars/ for a whole group of tests. */
#ifndef UNIT_SHIPPED_GRAMMAR_H
#define UNIT_SHIPPED_GRAMMAR_H

#include <stdio.h>
#include <stdlib.h>

#include "lang/grammar.h"

static struct grammar *grammar;

/* Group setup: what the loader says against it is printed. */
static inline int
load_shipped(void **state)
{
	char *error = NULL;

	(void)state;
	grammar = grammar_load("grammars", NULL, &error);
	if (grammar == NULL)
		fprintf(stderr, "%s\n", error);
	free(error);
	return grammar != NULL ? 0 : -1;
}

static inline int
free_shipped(void **state)
{
	(void)state;
	grammar_free(grammar);
	return 0;
}

#endif
