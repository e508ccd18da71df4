/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import: kentongan import: regions and people out of files. */
#include "ctl/ctl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/xmalloc.h"
#include "gate/admission.h"
#include "lang/grammar.h"
#include "store/health.h"
#include "store/region.h"
#include "store/roster.h"

/* Whoever is on the list now may have to decide what waits. */
static int
ask_approvers(struct store *store, const struct grammar *grammar)
{
	int64_t wall = clock_wall();
	const struct admission admission = { .store = store, .grammar = grammar, .wall = wall, .received = wall };
	int error = store_begin(store);

	if (error == 0)
		error = admission_ask_all(&admission);
	if (error == 0)
		return store_commit(store);
	store_rollback(store);
	return error;
}

static int
import_people(struct store *store, const struct grammar *grammar, const char *file, int *imported, char **error)
{
	struct roster_role *roles = xcalloc(grammar->role_count + 1, sizeof *roles);
	size_t count = 0;
	int result;

	for (size_t i = 0; i < grammar->role_count; i++) {
		const struct role *role = &grammar->roles[i];

		/* Nobody can be registered in a role without an area. */
		if (role->scope != SCOPE_NONE)
			roles[count++] = (struct roster_role){ role->name, (int)grammar_scope_length(role->scope),
								 role->single };
	}
	result = roster_import(store, file, roles, imported, error);
	free(roles);
	return result != 0 ? result : ask_approvers(store, grammar);
}

/* A database that root has made must still open for the daemon, which is not root: it gets the folder's owner. */
static void
give_to_folder_owner(const char *database)
{
	char *folder = xstrdup(database), *slash = strrchr(folder, '/');
	struct stat owner;

	if (slash == NULL)
		strcpy(folder, ".");
	else
		slash[slash == folder] = '\0';
	if (geteuid() == 0 && stat(folder, &owner) == 0 && owner.st_uid != 0 &&
	    chown(database, owner.st_uid, owner.st_gid) != 0)
		fprintf(stderr, "%s: cannot be given to the owner of its folder: %s\n", database, strerror(errno));
	free(folder);
}

static int
import_into(const struct config *config, const struct grammar *grammar, const struct call *call)
{
	bool made = access(config->database, F_OK) != 0;
	struct store *store = ctl_open_store(config->database, STORE_CREATE);
	const char *what = call->words[0], *from = call->words[1];
	char *error = NULL;
	int imported = 0, result;

	if (store == NULL)
		return EXIT_FAILED;
	if (grammar == NULL)
		result = region_import(store, from, &imported, &error);
	else
		result = import_people(store, grammar, from, &imported, &error);
	store_close(store);
	if (made)
		give_to_folder_owner(config->database);
	if (result < 0)
		fprintf(stderr, "%s%s\n", error != NULL ? "" : "nothing was imported: ",
			error != NULL ? error : health_words(result));
	else
		printf("%s: %d imported\n", what, imported);
	free(error);
	return result < 0 ? EXIT_FAILED : EXIT_DONE;
}

int
ctl_import(const struct command *command, const struct call *call)
{
	bool people = strcmp(call->words[0], "people") == 0;
	struct grammar *grammar = NULL;
	struct config *config;
	int status = EXIT_CONFIG;

	if (!people && strcmp(call->words[0], "regions") != 0)
		return ctl_misused(command);
	config = ctl_open_config(call);
	if (config != NULL && people)
		grammar = ctl_open_grammar(config);
	if (config != NULL && (grammar != NULL || !people))
		status = import_into(config, grammar, call);
	grammar_free(grammar);
	config_free(config);
	return status;
}
