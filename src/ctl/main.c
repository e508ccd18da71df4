/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main: kentongan, the operator's command: its table of commands and its options. A command asks the daemon through its
 * socket, or works on the database itself where no daemon is needed. */
#include <getopt.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/dump.h"
#include "base/log.h"
#include "base/xmalloc.h"
#include "ctl/ctl.h"

#define BIT(option) (1u << (option))

static int run_help(const struct command *command, const struct call *call);

static const struct command commands[] = {
	{ "try", "[--commit] [--json] [--at TIME] FROM TEXT", "what the gateway would make of an SMS",
	  "Shows how each word of TEXT from the number FROM is read, the outcome and the reply. Nothing is written\n"
	  "unless --commit is given; even then nothing is sent.\n"
	  "  --commit    store the message and what it reports\n"
	  "  --json      one line of JSON\n"
	  "  --at TIME   when it was sent, as 2026-10-20T09:00:00+07:00 (now)\n", 2, 1000, ctl_try,
	  BIT(OPTION_COMMIT) | BIT(OPTION_JSON) | BIT(OPTION_AT) },
	{ "import", "regions DIR | people FILE.tsv", "fill the database",
	  "regions: provinces.csv, regencies.csv, districts.csv and villages.csv of DIR.\n"
	  "people: a table with tabs and the columns sender, phone, role, org, area, area_name, rw and maybe name,\n"
	  "reminders and blocked; lines that begin with # are remarks.\n"
	  "The database is made if there is none. A wrong line is named, and nothing of its file is imported.\n",
	  2, 2, ctl_import, 0 },
	{ "export", "people | [--sensitive] figures [PERIOD [AREA]]", "a table with tabs, on standard output",
	  "people: the table that `import people` takes, with everybody who has a number.\n"
	  "figures: counts by village, month and category, and the list of categories that they belong to. Of secret\n"
	  "categories there is a line for each kecamatan, without a name, and 1 to 4 is <5. A village without a line has not\n"
	  "reported. PERIOD is 2026-10, 2026-TW3, 2026-S1 or 2026 (all), AREA a code like 32.07.34 (all).\n"
	  "  --sensitive     secret categories like the others: for the office alone\n", 1, 3, ctl_export,
	  BIT(OPTION_SENSITIVE) },
	{ "people", "list | add | move | number | second | pin | block | unblock | remove | approve | refuse | extract | forget"
	  " ...",
	  "who may write, for which organisation and area",
	  "list [ROLE | AREA | WHO | active | waiting | blocked | stop | nopin | locked]...   all to whom it applies\n"
	  "add NUMBER[,NUMBER] ROLE AREA    somebody new (--name, --org, --rw)\n"
	  "move WHO [ROLE] AREA             to another place or role; what was reported stays where it was\n"
	  "number WHO NUMBER                a new number instead of the old one\n"
	  "second WHO NUMBER                another number besides\n"
	  "pin WHO [-]                      a new PIN, printed once; - reads one of 4 to 6 digits from standard input\n"
	  "remove WHO                       strangers' numbers again; one that is named, if there are several\n"
	  "block NUMBER | unblock WHO       nothing is read or answered, or again\n"
	  "approve NO | refuse NO           a request to be registered, as SETUJU and TOLAK\n"
	  "extract WHO                      all that is known of somebody, as JSON, if he asks for it\n"
	  "forget [WHO]                     name, numbers and messages go; what was reported stays, without them; nobody\n"
	  "                                 named: only traces that may be left in unused parts of the database\n"
	  "WHO is a number, or P and a number of the list. AREA is a code like 32.07.34.2007, or a name like\n"
	  "\"Rawa, Lumbung\". The daemon may run meanwhile.\n"
	  "  --numbers       phone numbers in full\n"
	  "  --name NAME     the person's own\n"
	  "  --org NAME      the organisation's, where it is not the role's (PKK)\n"
	  "  --rw N          the part of the village\n"
	  "  --replace       in the place of whoever holds a role that is one an area (TKSK); he is told\n"
	  "  --remove        with pin: none any more\n"
	  "  --unlock        with pin: the same one again, after too many wrong tries\n",
	  0, 100, ctl_people,
	  BIT(OPTION_NUMBERS) | BIT(OPTION_NAME) | BIT(OPTION_ORG) | BIT(OPTION_RW) | BIT(OPTION_REPLACE) |
	  BIT(OPTION_REMOVE) | BIT(OPTION_UNLOCK) },
	{ "backup", "[FILE | FOLDER]", "a copy of the database, looked at before it gets its name",
	  "Into FILE, or under a dated name into FOLDER (where the nightly ones are). The daemon may run meanwhile.\n",
	  0, 1, ctl_backup, 0 },
	{ "restore", "FILE", "a backup in the place of the database",
	  "FILE is one that `kentongan backup` or the daemon has made. The daemon must be stopped. The present database is kept\n"
	  "beside under a dated name.\n", 1, 1, ctl_restore, 0 },
	{ "config", "", "the configuration in force, defaults marked with #", "", 0, 0, ctl_config, 0 },
	{ "check", "", "say what is wrong in configuration and grammar", "", 0, 0, ctl_check, 0 },
	{ "guide", "ROLE", "a printable guide for a role, as HTML on standard output",
	  "What may be sent, with examples, from the grammar in force: one sheet of A4.\n", 1, 1, ctl_guide, 0 },
	{ "inbox", "[--from NUMBER] [--state STATE] [--numbers] [COUNT]", "the latest messages received, and what became of them",
	  "The last COUNT messages (20), one a line, without their texts: `kentongan show in=71` tells all about one.\n"
	  "  --from NUMBER   only from this number; its last digits are enough\n"
	  "  --state STATE   only new, part, partial, done, rejected or quarantine\n"
	  "  --numbers       phone numbers in full\n", 0, 1, ctl_inbox,
	  BIT(OPTION_FROM) | BIT(OPTION_STATE) | BIT(OPTION_NUMBERS) },
	{ "show", "[--text] [--numbers] [--sensitive] ID", "a message's whole story",
	  "ID is in=71 or 71 (received), out=95 (sent), or No.41 (a receipt).\n"
	  "  --text          what was written, too\n"
	  "  --numbers       phone numbers in full\n"
	  "  --sensitive     figures of categories that are secret\n", 1, 1, ctl_show,
	  BIT(OPTION_TEXT) | BIT(OPTION_NUMBERS) | BIT(OPTION_SENSITIVE) },
	{ "remind", "--dry-run [--text] [--numbers] MONTH", "what the calendar would send in a month",
	  "Who would get which reminder of MONTH (2026-10), when, where that is, and at what cost, as everything stands now.\n"
	  "  --dry-run       must be given: nothing is sent, nothing is stored\n"
	  "  --text          each text, too\n"
	  "  --numbers       phone numbers in full\n", 1, 1, ctl_remind,
	  BIT(OPTION_DRY_RUN) | BIT(OPTION_TEXT) | BIT(OPTION_NUMBERS) },
	{ "status", "", "how the daemon and its modems are", "", 0, 0, ctl_online, 0 },
	{ "modem", "", "all about each modem", "", 0, 0, ctl_online, 0 },
	{ "balance", "[MODEM]", "what is left on the SIM, from its network, now",
	  "Dials the codes that are configured for the modem of that name (gammu), or of all, and prints the answers. That\n"
	  "takes seconds. Nothing is dialled that is not in kentongan.conf: balance_code, quota_code.\n", 0, 1, ctl_online, 0 },
	{ "queue", "", "messages to send that are not settled", "", 0, 0, ctl_online, 0 },
	{ "partial", "", "received messages of which parts never came", "", 0, 0, ctl_online, 0 },
	{ "quarantine", "[show N]", "what modems gave that could not be read",
	  "show prints the octets of one: they may hold its sender's number and text.\n", 0, 2, ctl_online, 0 },
	{ "ussd", "PHONE", "play the menu on the terminal, as that number sees it",
	  "What is chosen is stored as if it had come from there. The end of the input hangs up.\n", 1, 1, ctl_ussd, 0 },
	{ "reload", "", "have the daemon read configuration and grammar again", "", 0, 0, ctl_online, 0 },
	{ "stop", "", "end the daemon", "", 0, 0, ctl_online, 0 },
	{ "help", "[COMMAND]", "this list, or more about a command", "", 0, 1, run_help, 0 },
};
#define COMMANDS (sizeof commands / sizeof commands[0])

int
ctl_misused(const struct command *command)
{
	fprintf(stderr, "usage: kentongan %s%s%s\n", command->name, command->arguments[0] != '\0' ? " " : "",
		command->arguments);
	return EXIT_USAGE;
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

#define LONG 256                /* a long option is LONG + its name: no letter is so large */

static const struct option long_options[] = {
	{ "commit", no_argument, NULL, LONG + OPTION_COMMIT },
	{ "json", no_argument, NULL, LONG + OPTION_JSON },
	{ "at", required_argument, NULL, LONG + OPTION_AT },
	{ "from", required_argument, NULL, LONG + OPTION_FROM },
	{ "state", required_argument, NULL, LONG + OPTION_STATE },
	{ "numbers", no_argument, NULL, LONG + OPTION_NUMBERS },
	{ "text", no_argument, NULL, LONG + OPTION_TEXT },
	{ "dry-run", no_argument, NULL, LONG + OPTION_DRY_RUN },
	{ "sensitive", no_argument, NULL, LONG + OPTION_SENSITIVE },
	{ "name", required_argument, NULL, LONG + OPTION_NAME },
	{ "org", required_argument, NULL, LONG + OPTION_ORG },
	{ "rw", required_argument, NULL, LONG + OPTION_RW },
	{ "replace", no_argument, NULL, LONG + OPTION_REPLACE },
	{ "remove", no_argument, NULL, LONG + OPTION_REMOVE },
	{ "unlock", no_argument, NULL, LONG + OPTION_UNLOCK },
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
		if (option >= LONG) {
			call->options[option - LONG] = optarg != NULL ? optarg : "";
			continue;
		}
		switch (option) {
		case 'c': call->files.file = optarg; break;
		case 'd': call->files.database = optarg; break;
		case 'g': call->files.grammars = optarg; break;
		case 'V': puts("kentongan " KENTONGAN_VERSION); return EXIT_DONE;
		case 'h': usage(stdout); return EXIT_DONE;
		default: usage(stderr); return EXIT_USAGE;
		}
	}
	return -1;
}

/* Whether the command has all the options that were given, and as many words. */
static bool
fits(const struct command *command, const struct call *call)
{
	for (int i = 0; i < OPTIONS; i++)
		if (call->options[i] != NULL && !(command->options & BIT(i)))
			return false;
	return call->word_count >= command->least && call->word_count <= command->most;
}

int
main(int argc, char **argv)
{
	struct call call = { .words = NULL };
	const struct command *command;
	int status;

	umask(0077);
	dump_forbid();
	json_set_alloc_funcs(memory_get, free);
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
	if (!fits(command, &call))
		return ctl_misused(command);
	if (sodium_init() < 0) {
		fprintf(stderr, "kentongan: no source of random numbers\n");
		return EXIT_FAILED;
	}
	return command->run(command, &call);
}
