/* SPDX-License-Identifier: GPL-3.0-or-later */
/* look: kentongan config, check and guide: what the files say. */
#include "ctl/ctl.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/grammar.h"
#include "lang/guide.h"

/* --- config, check --- */

int
ctl_config(const struct command *command, const struct call *call)
{
	struct config *config = ctl_open_config(call);

	(void)command;
	if (config == NULL)
		return EXIT_CONFIG;
	if (config->notes != NULL)
		fprintf(stderr, "%s\n", config->notes);
	config_print(config, stdout);
	config_free(config);
	return EXIT_DONE;
}

int
ctl_check(const struct command *command, const struct call *call)
{
	(void)command;
	return config_check(&call->files, stderr);
}

/* --- guide --- */

static int
write_guide(const struct config *config, const struct grammar *grammar, const char *word)
{
	const struct role *role = ctl_find_role(grammar, word);
	char *error, *number;

	if (role == NULL)
		return EXIT_USAGE;
	error = guide_check(grammar);
	if (error != NULL) {
		fprintf(stderr, "%s\n", error);
		free(error);
		return EXIT_CONFIG;
	}
	number = xstrndup(config->own_numbers, strcspn(config->own_numbers, ", "));
	guide_write(grammar, (int)(role - grammar->roles), number, stdout);
	free(number);
	return EXIT_DONE;
}

int
ctl_guide(const struct command *command, const struct call *call)
{
	struct config *config = ctl_open_config(call);
	struct grammar *grammar = config != NULL ? ctl_open_grammar(config) : NULL;
	int status = EXIT_CONFIG;

	(void)command;
	if (grammar != NULL)
		status = write_guide(config, grammar, call->words[0]);
	grammar_free(grammar);
	config_free(config);
	return status;
}
