/* SPDX-License-Identifier: GPL-3.0-or-later */
/* open: what most commands begin with: configuration, grammar, database. */
#include "ctl/ctl.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/log.h"
#include "base/phone.h"
#include "lang/grammar.h"
#include "store/health.h"

/* NULL: said why, the status is EXIT_CONFIG. */
struct config *
ctl_open_config(const struct call *call)
{
	char *error;
	struct config *config = config_load(&call->files, &error);

	if (config == NULL) {
		fprintf(stderr, "%s\n", error);
		free(error);
		return NULL;
	}
	log_level(config->log_level < 4 ? config->log_level : 4);
	return config;
}

struct grammar *
ctl_open_grammar(const struct config *config)
{
	char *error;
	struct grammar *grammar = config_grammar(config, &error);

	if (grammar == NULL) {
		fprintf(stderr, "%s\n", error);
		free(error);
	}
	return grammar;
}

/* NULL: said why, the status is EXIT_FAILED. */
struct store *
ctl_open_store(const char *database, enum store_mode mode)
{
	struct store *store;
	unsigned char key[16];
	int error;

	if (mode == STORE_EXISTING && access(database, F_OK) != 0) {
		fprintf(stderr, "%s: there is no database; `kentongan import regions DIR` makes one\n", database);
		return NULL;
	}
	error = store_open(&store, database, mode);
	if (error < 0) {
		fprintf(stderr, "%s: the database cannot be opened: %s\n", database, health_words(error));
		return NULL;
	}
	store_box_key(store, key);
	phone_mask_key(key);
	sodium_memzero(key, sizeof key);
	return store;
}

bool
ctl_enter(const struct call *call, struct ctl_room *room)
{
	*room = (struct ctl_room){ .config = ctl_open_config(call), .status = EXIT_CONFIG };
	if (room->config != NULL)
		room->grammar = ctl_open_grammar(room->config);
	if (room->grammar == NULL)
		return false;
	room->store = ctl_open_store(room->config->database, STORE_EXISTING);
	room->status = room->store != NULL ? EXIT_DONE : EXIT_FAILED;
	return room->store != NULL;
}

void
ctl_leave(struct ctl_room *room)
{
	store_close(room->store);
	grammar_free(room->grammar);
	config_free(room->config);
}

const struct role *
ctl_find_role(const struct grammar *grammar, const char *word)
{
	for (size_t i = 0; i < grammar->role_count; i++)
		if (strcasecmp(grammar->roles[i].name, word) == 0)
			return &grammar->roles[i];
	fprintf(stderr, "kentongan: there is no role %s, expected one of", word);
	for (size_t i = 0; i < grammar->role_count; i++)
		fprintf(stderr, " %s", grammar->roles[i].name);
	fputc('\n', stderr);
	return NULL;
}
