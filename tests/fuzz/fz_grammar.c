/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_grammar: a grammar file with anything in it: loaded, or refused with words. */
#include <string.h>

#include "fuzz.h"
#include "lang/grammar.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *error = NULL;
	struct grammar *grammar;

	fuzz_file("10-fuzz.grammar", data, size);
	grammar = grammar_load(fuzz_folder(), NULL, &error);
	MUST(grammar ? error == NULL : error != NULL && error[0] != '\0');
	grammar_free(grammar);
	free(error);
	return 0;
}
