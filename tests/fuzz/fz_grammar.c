/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_grammar: a grammar file with anything in it: loaded, or refused with words; soon, and in little
 * memory. */
#include <time.h>

#include "fuzz.h"
#include "lang/grammar.h"

#define MEMORY_MOST (8 << 20)           /* bytes, for one file */

/* 50 ms are allowed for one file. What is measured is how long it computes, where nothing but this is tested; there it
 * takes so much longer than in the program itself. */
#ifdef FUZZING
#define SLOWER 20
#define MS_MOST (50 * SLOWER)
#endif

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *error = NULL;
	struct grammar *grammar;
	clock_t begin;

	fuzz_file("10-fuzz.grammar", data, size);
	fuzz_heap_watch();
	begin = clock();
	grammar = grammar_load(fuzz_folder(), NULL, &error);
	MUST(grammar ? error == NULL : error != NULL && error[0] != '\0');
	MUST(fuzz_heap_most() <= MEMORY_MOST);
#ifdef FUZZING
	MUST((clock() - begin) / (CLOCKS_PER_SEC / 1000) <= MS_MOST);
#else
	(void)begin;
#endif
	grammar_free(grammar);
	free(error);
	return 0;
}
