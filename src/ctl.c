/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctl: kentongan, the operator's command. Asks the daemon through its socket, or works on the database itself where
 * no daemon is needed. */
#include <errno.h>
#include <getopt.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/phone.h"
#include "base/xmalloc.h"
#include "config.h"
#include "gate/desk.h"
#include "gate/try.h"
#include "lang/grammar.h"
#include "lang/guide.h"
#include "store/region.h"
#include "store/roster.h"
#include "store/store.h"

#define ANSWER_SECONDS 10       /* how long the daemon may be silent */

/* What the command line says. */
struct call {
	struct config_options options;
	struct try_options try;
	bool try_said;                  /* an option that only try has */
	const char **words;             /* after the command */
	int word_count;
};

struct command {
	const char *name, *arguments, *help, *more;
	int least, most;                /* words */
	int (*run)(const struct command *command, const struct call *call);
};

static int run_try(const struct command *command, const struct call *call);
static int run_import(const struct command *command, const struct call *call);
static int run_config(const struct command *command, const struct call *call);
static int run_check(const struct command *command, const struct call *call);
static int run_guide(const struct command *command, const struct call *call);
static int run_online(const struct command *command, const struct call *call);
static int run_help(const struct command *command, const struct call *call);

static const struct command commands[] = {
	{ "try", "[--commit] [--json] [--at TIME] FROM TEXT", "what the gateway would make of an SMS",
	  "Shows how each word of TEXT from the number FROM is read, the outcome and the reply. Nothing is written\n"
	  "unless --commit is given; even then nothing is sent.\n"
	  "  --commit    store the message and what it reports\n"
	  "  --json      one line of JSON\n"
	  "  --at TIME   when it was sent, as 2026-10-20T09:00:00+07:00 (now)\n", 2, 1000, run_try },
	{ "import", "regions DIR | people FILE.tsv", "fill the database",
	  "regions: provinces.csv, regencies.csv, districts.csv and villages.csv of DIR.\n"
	  "people: a table with tabs and the columns sender, phone, role, org, area, area_name, rw and maybe name and\n"
	  "reminders; lines that begin with # are remarks.\n"
	  "The database is made if there is none. A wrong line is named, and nothing of its file is imported.\n",
	  2, 2, run_import },
	{ "config", "", "the configuration in force, defaults marked with #", "", 0, 0, run_config },
	{ "check", "", "say what is wrong in configuration and grammar", "", 0, 0, run_check },
	{ "guide", "ROLE", "a printable guide for a role, as HTML on standard output",
	  "What may be sent, with examples, from the grammar in force: one sheet of A4.\n", 1, 1, run_guide },
	{ "status", "", "how the daemon and its modems are", "", 0, 0, run_online },
	{ "modem", "", "all about each modem", "", 0, 0, run_online },
	{ "queue", "", "messages to send that are not settled", "", 0, 0, run_online },
	{ "partial", "", "received messages of which parts never came", "", 0, 0, run_online },
	{ "quarantine", "[show N]", "what modems gave that could not be read",
	  "show prints the octets of one: they may hold its sender's number and text.\n", 0, 2, run_online },
	{ "reload", "", "have the daemon read configuration and grammar again", "", 0, 0, run_online },
	{ "stop", "", "end the daemon", "", 0, 0, run_online },
	{ "help", "[COMMAND]", "this list, or more about a command", "", 0, 1, run_help },
};
#define COMMANDS (sizeof commands / sizeof commands[0])

/* --- what all need --- */

static void usage(FILE *out);

static int
misused(const struct command *command)
{
	fprintf(stderr, "usage: kentongan %s%s%s\n", command->name, command->arguments[0] != '\0' ? " " : "",
		command->arguments);
	return EXIT_USAGE;
}

/* NULL: said why, the status is EXIT_CONFIG. */
static struct config *
open_config(const struct call *call)
{
	char *error;
	struct config *config = config_load(&call->options, &error);

	if (config == NULL) {
		fprintf(stderr, "%s\n", error);
		free(error);
		return NULL;
	}
	log_level(config->log_level < 4 ? config->log_level : 4);
	return config;
}

static struct grammar *
open_grammar(const struct config *config)
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
static struct store *
open_store(const char *database, enum store_mode mode)
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
		fprintf(stderr, "%s: the database cannot be opened: %s\n", database, strerror(-error));
		return NULL;
	}
	store_box_key(store, key);
	phone_mask_key(key);
	sodium_memzero(key, sizeof key);
	return store;
}

/* --- try --- */

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
	struct store *store = open_store(config->database, STORE_EXISTING);
	char *text;
	int error;

	if (store == NULL)
		return EXIT_FAILED;
	text = join_words(call->words + 1, call->word_count - 1);
	error = try_run(store, grammar, &conf, &call->try, call->words[0], text, stdout);
	free(text);
	store_close(store);
	if (error == -EINVAL && call->try.at != NULL)
		fprintf(stderr, "kentongan: --at %s is no time, expected one like 2026-10-20T09:00:00+07:00\n",
			call->try.at);
	else if (error < 0)
		fprintf(stderr, "kentongan: %s\n", strerror(-error));
	return error < 0 ? EXIT_FAILED : EXIT_DONE;
}

static int
run_try(const struct command *command, const struct call *call)
{
	struct config *config = open_config(call);
	struct grammar *grammar = config != NULL ? open_grammar(config) : NULL;
	int status = EXIT_CONFIG;

	(void)command;
	if (grammar != NULL)
		status = try_on(config, grammar, call);
	grammar_free(grammar);
	config_free(config);
	return status;
}

/* --- import --- */

static int
code_length(enum scope scope)
{
	switch (scope) {
	case SCOPE_PART:
	case SCOPE_VILLAGE: return 13;
	case SCOPE_DISTRICT: return 8;
	case SCOPE_REGENCY: return 5;
	case SCOPE_PROVINCE: return 2;
	case SCOPE_COUNTRY:
	case SCOPE_NONE: break;
	}
	return 0;
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
			roles[count++] = (struct roster_role){ role->name, code_length(role->scope), role->single };
	}
	result = roster_import(store, file, roles, imported, error);
	free(roles);
	return result;
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
	struct store *store = open_store(config->database, STORE_CREATE);
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
		fprintf(stderr, "%s\n", error != NULL ? error : strerror(-result));
	else
		printf("%s: %d imported\n", what, imported);
	free(error);
	return result < 0 ? EXIT_FAILED : EXIT_DONE;
}

static int
run_import(const struct command *command, const struct call *call)
{
	bool people = strcmp(call->words[0], "people") == 0;
	struct grammar *grammar = NULL;
	struct config *config;
	int status = EXIT_CONFIG;

	if (!people && strcmp(call->words[0], "regions") != 0)
		return misused(command);
	config = open_config(call);
	if (config != NULL && people)
		grammar = open_grammar(config);
	if (config != NULL && (grammar != NULL || !people))
		status = import_into(config, grammar, call);
	grammar_free(grammar);
	config_free(config);
	return status;
}

/* --- config, check --- */

static int
run_config(const struct command *command, const struct call *call)
{
	struct config *config = open_config(call);

	(void)command;
	if (config == NULL)
		return EXIT_CONFIG;
	if (config->notes != NULL)
		fprintf(stderr, "%s\n", config->notes);
	config_print(config, stdout);
	config_free(config);
	return EXIT_DONE;
}

static int
run_check(const struct command *command, const struct call *call)
{
	(void)command;
	return config_check(&call->options, stderr);
}

/* --- guide --- */

/* NULL: it is none, and the roles were named. */
static const struct role *
find_role(const struct grammar *grammar, const char *word)
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

static int
write_guide(const struct config *config, const struct grammar *grammar, const char *word)
{
	const struct role *role = find_role(grammar, word);
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

static int
run_guide(const struct command *command, const struct call *call)
{
	struct config *config = open_config(call);
	struct grammar *grammar = config != NULL ? open_grammar(config) : NULL;
	int status = EXIT_CONFIG;

	(void)command;
	if (grammar != NULL)
		status = write_guide(config, grammar, call->words[0]);
	grammar_free(grammar);
	config_free(config);
	return status;
}

/* --- through the socket --- */

/* A connected stream, or NULL and said why. */
static FILE *
call_daemon(const char *path)
{
	const struct timeval patience = { .tv_sec = ANSWER_SECONDS };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) == 0) {
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
		return fdopen(fd, "r+");
	}
	if (errno == ENOENT || errno == ECONNREFUSED)
		fprintf(stderr, "kentongan: no kentongand answers at %s\n", path);
	else
		fprintf(stderr, "kentongan: %s: %s\n", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return NULL;
}

/* Prints the answer up to its closing line. */
static int
print_answer(FILE *stream)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	bool failed = false, closed = false, first = true;

	while (!closed && (length = getline(&line, &size, stream)) > 0) {
		closed = strcmp(line, ".\n") == 0;
		if (first && strncmp(line, "error: ", 7) == 0)
			failed = true;
		first = false;
		if (!closed)
			fputs(line, failed ? stderr : stdout);
	}
	free(line);
	if (!closed)
		fprintf(stderr, "kentongan: the daemon did not answer to the end\n");
	return closed && !failed ? EXIT_DONE : EXIT_FAILED;
}

static int
run_online(const struct command *command, const struct call *call)
{
	struct config *config = open_config(call);
	FILE *stream;
	int status;

	if (config == NULL)
		return EXIT_CONFIG;
	stream = call_daemon(config->control);
	config_free(config);
	if (stream == NULL)
		return EXIT_FAILED;
	fprintf(stream, "%s", command->name);
	for (int i = 0; i < call->word_count; i++)
		fprintf(stream, " %s", call->words[i]);
	fprintf(stream, "\n");
	fflush(stream);
	status = print_answer(stream);
	/* The daemon hangs up when it has ended. */
	if (status == EXIT_DONE && strcmp(command->name, "stop") == 0)
		while (getc(stream) != EOF)
			;
	fclose(stream);
	return status;
}

/* --- help and the command line --- */

static const struct command *
find_command(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static void
usage(FILE *out)
{
	fputs("usage: kentongan [-c FILE] [-d DATABASE] [-g DIR] COMMAND ...\n"
	      "  -c FILE      configuration (" CONFIG_FILE ")\n"
	      "  -d DATABASE  instead of the one it names\n"
	      "  -g DIR       grammar files instead of the ones it names\n"
	      "  -V, -h       version, this text\n\n", out);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].help);
}

static int
run_help(const struct command *command, const struct call *call)
{
	if (call->word_count == 0) {
		usage(stdout);
		return EXIT_DONE;
	}
	command = find_command(call->words[0]);
	if (command == NULL) {
		fprintf(stderr, "kentongan: unknown command %s\n", call->words[0]);
		return EXIT_USAGE;
	}
	printf("usage: kentongan %s%s%s\n%s.\n%s", command->name, command->arguments[0] != '\0' ? " " : "",
	       command->arguments, command->help, command->more);
	return EXIT_DONE;
}

enum { OPTION_COMMIT = 256, OPTION_JSON, OPTION_AT };

static const struct option long_options[] = {
	{ "commit", no_argument, NULL, OPTION_COMMIT },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "at", required_argument, NULL, OPTION_AT },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

/* -1: go on; else the exit status. */
static int
read_options(int argc, char **argv, struct call *call)
{
	int option;

	while ((option = getopt_long(argc, argv, "c:d:g:Vh", long_options, NULL)) != -1) {
		call->try_said = call->try_said || option >= OPTION_COMMIT;
		switch (option) {
		case 'c': call->options.file = optarg; break;
		case 'd': call->options.database = optarg; break;
		case 'g': call->options.grammars = optarg; break;
		case OPTION_COMMIT: call->try.commit = true; break;
		case OPTION_JSON: call->try.json = true; break;
		case OPTION_AT: call->try.at = optarg; break;
		case 'V': puts("kentongan " KENTONGAN_VERSION); return EXIT_DONE;
		case 'h': usage(stdout); return EXIT_DONE;
		default: usage(stderr); return EXIT_USAGE;
		}
	}
	return -1;
}

int
main(int argc, char **argv)
{
	struct call call = { 0 };
	const struct command *command;
	int status;

	umask(0077);
	log_name("kentongan");
	status = read_options(argc, argv, &call);
	if (status >= 0)
		return status;
	command = optind < argc ? find_command(argv[optind]) : NULL;
	if (command == NULL) {
		if (optind < argc)
			fprintf(stderr, "kentongan: unknown command %s\n", argv[optind]);
		usage(stderr);
		return EXIT_USAGE;
	}
	call.words = (const char **)argv + optind + 1;
	call.word_count = argc - optind - 1;
	if (call.word_count < command->least || call.word_count > command->most ||
	    (call.try_said && command->run != run_try))
		return misused(command);
	if (sodium_init() < 0) {
		fprintf(stderr, "kentongan: no source of random numbers\n");
		return EXIT_FAILED;
	}
	return command->run(command, &call);
}
