/* SPDX-License-Identifier: GPL-3.0-or-later */
/* try: kentongan try. */
#include "ctl/ctl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "gate/desk.h"
#include "gate/try.h"
#include "lang/grammar.h"
#include "store/health.h"

static char *
join_words(const char *const *words, int count)
{
	char *text = xstrdup(words[0]);

	for (int i = 1; i < count; i++) {
		char *longer = xasprintf("%s %s", text, words[i]);

		free(text);
		text = longer;
	}
	return text;
}

static int
try_on(const struct config *config, const struct grammar *grammar, const struct call *call)
{
	const struct desk_conf conf = { .own_numbers = config->own_numbers, .destinations = config->destinations };
	const struct try_options options = { .commit = call->options[OPTION_COMMIT] != NULL,
					     .json = call->options[OPTION_JSON] != NULL, .at = call->options[OPTION_AT] };
	struct store *store = ctl_open_store(config->database, STORE_EXISTING);
	char *text;
	int error;

	if (store == NULL)
		return EXIT_FAILED;
	text = join_words(call->words + 1, call->word_count - 1);
	error = try_run(store, grammar, &conf, &options, call->words[0], text, stdout);
	free(text);
	store_close(store);
	if (error == -EINVAL && options.at != NULL)
		fprintf(stderr, "kentongan: --at %s is no time, expected one like 2026-10-20T09:00:00+07:00\n",
			options.at);
	else if (error < 0)
		fprintf(stderr, "kentongan: nothing was changed: %s\n", health_words(error));
	return error < 0 ? EXIT_FAILED : EXIT_DONE;
}

int
ctl_try(const struct command *command, const struct call *call)
{
	struct config *config = ctl_open_config(call);
	struct grammar *grammar = config != NULL ? ctl_open_grammar(config) : NULL;
	int status = EXIT_CONFIG;

	(void)command;
	if (grammar != NULL)
		status = try_on(config, grammar, call);
	grammar_free(grammar);
	config_free(config);
	return status;
}
