/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ordeal: the core lives and dies, again and again, in the current folder. The grammar is read once; each life is a
 * child that has it already, so that thousands of deaths take a minute. Started by tests/box/faults-power.
 *
 *   ordeal cuts N SEED       the power is cut at N random moments
 *   ordeal forgets N SEED    the same with synchronous = NORMAL: something must be lost
 *   ordeal calls N SEED      at N of the calls there are from the core's start until a message is answered; 0: at each
 *   ordeal errors N SEED     one life with N messages and as many faults of the disk
 *   ordeal full N SEED       the same, always no room on it
 *   ordeal starves N SEED    no memory at N of the first 2,000 calls: from the start, from when it is at work, once, for ever */
#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "disk.h"
#include "life.h"
#include "store/statement.h"
#include "store/store.h"
#include "world.h"

#define DATABASE "box.db"
#define LOG "life.log"
#define START 1792461600                /* 20 October 2026 */
#define PAUSE_MS (5 * 60 * 1000)        /* from a death to the next life */
#define SHOWN 5                         /* lives with faults whose log is shown */

static struct grammar *grammar;
static unsigned seed;

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "ordeal: %s: %s\n", what, strerror(errno));
	exit(EXIT_FAILURE);
}

/* --- files --- */

static void
copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	char block[65536];
	ssize_t got = -1;

	while (in >= 0 && out >= 0 && (got = read(in, block, sizeof block)) > 0)
		if (write(out, block, (size_t)got) != got)
			die(to);
	if (got != 0)
		die(from);
	close(in);
	close(out);
}

static void
show_log(void)
{
	static int shown;
	char line[2048];
	FILE *log = fopen(LOG, "r");

	while (log != NULL && shown < SHOWN && fgets(line, sizeof line, log) != NULL)
		fputs(line, stderr);
	if (log != NULL)
		fclose(log);
	shown++;
}

/* A district of villages, each with a volunteer. */
static void
make_box(void)
{
	struct store *store;

	if (store_open(&store, DATABASE, STORE_CREATE) != 0)
		die(DATABASE);
	for (int n = 0; n < WORLD_VOLUNTEERS; n++) {
		char number[SMS_ADDRESS_SIZE], sql[1024];

		world_number(n, number);
		snprintf(sql, sizeof sql,
			 "INSERT OR IGNORE INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''),"
			 " ('32.07', 'Ciamis', '32'), ('32.07.34', 'Lumbung', '32.07');"
			 "INSERT INTO area (code, name, parent) VALUES ('32.07.34.%d', 'Desa %c%c', '32.07.34');"
			 "INSERT INTO organisation (id, role, body, area, rw) VALUES (%d, 'PSM', 'PSM', '32.07.34.%d', 0);"
			 "INSERT INTO person (id, state, organisation) VALUES (%d, 'ACTIVE', %d);"
			 "INSERT INTO phone (number, person) VALUES ('%s', %d);",
			 2001 + n, 'A' + n / 8, 'A' + n % 8, n + 1, 2001 + n, n + 1, n + 1, number, n + 1);
		if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
			die(sqlite3_errmsg(store->db));
	}
	store_close(store);
}

/* --- one life --- */

static long endured;                    /* messages of a life with a bad disk; 0: it has a good one */
static bool no_room;

static _Noreturn void
be_born(const struct life *life)
{
	int log = open(LOG, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	dup2(log, STDERR_FILENO);
	srand(seed + (unsigned)world->lives * 7919U);
	log_level(6);
	if (endured != 0)
		life_endure(life, endured, no_room);
	life_live(life);
}

static long
fault_count(void)
{
	return world->faults[LOST] + world->faults[DOUBLED] + world->faults[TORN];
}

/* Its exit status; a signal's number is negative. What lay in memory beside the database is gone. */
static int
live(const struct life *life)
{
	long before = fault_count();
	int status;
	pid_t child;

	world->lives++;
	child = fork();
	if (child < 0)
		die("fork");
	if (child == 0)
		be_born(life);
	if (waitpid(child, &status, 0) != child)
		die("waitpid");
	unlink(DATABASE "-shm");
	status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
	if (status != DISK_CUT && status != LIFE_AT_REST && status != EXIT_MEMORY) {
		world->faults[TORN]++;
		fprintf(stderr, "life %ld ended with %d\n", world->lives, status);
	}
	if (fault_count() != before)
		show_log();
	world->ms += PAUSE_MS;
	return status;
}

/* Nothing stands in its way any more: all that waits is done, and everything is judged. */
static void
live_to_the_end(void)
{
	live(&(struct life){ .grammar = grammar, .database = DATABASE, .to_the_end = true });
}

/* --- ordeals --- */

static long
any(long most)
{
	return random() % most;
}

/* Early ones strike the recovery from the one before. */
static long
cut_at_random(long n, bool normal)
{
	long cuts;

	for (cuts = 0; cuts < n && !(normal && world->faults[LOST] > 0); cuts++) {
		for (long messages = any(3); messages > 0; messages--)
			world_put_message();
		live(&(struct life){ .grammar = grammar, .database = DATABASE, .normal = normal,
				     .cut = 1 + any(any(2) ? 400 : 60) });
	}
	if (!normal)
		live_to_the_end();
	return cuts;
}

#define CALLS 150               /* there are a few more */

/* One message and its answer, each time anew in the same box; every so many calls. Gives how often the power was cut. */
static long
cut_at_calls(long message, long every)
{
	int status = DISK_CUT;
	long n = 1 + any(every), cuts = 0;

	copy_file(DATABASE, "before.db");
	for (; status == DISK_CUT; n += every) {
		unlink(DATABASE "-wal");
		copy_file("before.db", DATABASE);
		world_empty(START + world->ms / 1000);
		world->messages = message;
		world_put_message();
		status = live(&(struct life){ .grammar = grammar, .database = DATABASE, .cut = n });
		live_to_the_end();
		cuts += status == DISK_CUT;
	}
	unlink(DATABASE "-wal");
	copy_file("before.db", DATABASE);
	return cuts;
}

/* The operator must have been told. */
static bool
log_says(const char *text)
{
	FILE *log = fopen(LOG, "r");
	char line[2048];
	bool says = false;

	while (log != NULL && !says && fgets(line, sizeof line, log) != NULL)
		says = strstr(line, text) != NULL;
	if (log != NULL)
		fclose(log);
	return says;
}

static long
endure(long messages, bool full)
{
	endured = messages;
	no_room = full;
	live(&(struct life){ .grammar = grammar, .database = DATABASE });
	endured = 0;
	return log_says("messages cannot be stored") && log_says("messages are stored again") ? messages : 0;
}

#define STARVE_MOST 2000
#define BETWEEN_LIVES_MS 180000
#define PILE 40                         /* messages at most that wait for a life that can do its work */

/* Each n in four ways, or a few of them spread over all. */
static long
starve_at(long n, long most)
{
	static const struct { bool up, forever; } ways[] = { { false, false }, { true, false }, { false, true }, { true, true } };
	long lives = 0, ended = 0;

	for (long i = 0; i < n; i++) {
		long at = most * i / n + 1 + any((most + n - 1) / n);
		struct life life = { .grammar = grammar, .database = DATABASE };

		for (size_t way = n < most ? (size_t)i % 4 : 0; way < (n < most ? (size_t)i % 4 + 1 : 4); way++) {
			world_put_message();
			life.starve = ways[way].up ? 0 : at;
			life.starve_up = ways[way].up ? at : 0;
			life.starve_forever = ways[way].forever;
			ended += live(&life) == EXIT_MEMORY;
			lives++;
			/* Nobody is answered more often in an hour than the limits of the grammar say. */
			world->ms += BETWEEN_LIVES_MS;
			if (lives % PILE == 0)
				live_to_the_end();
		}
	}
	live_to_the_end();
	printf("of %ld lives %ld ended for want of memory\n", lives, ended);
	return ended > lives / 8 ? lives : 0;
}

/* For the table that make torture closes with: tests/box/stage.sh. */
static void
tell(const char *fault, const char *what, long times)
{
	const char *path = getenv("FIGURES");
	FILE *file = path != NULL ? fopen(path, "a") : NULL;

	printf("%s %s: %ld; lost %ld, doubled %ld, torn %ld; well again after at most %" PRId64 " ms\n", fault, what, times,
	       world->faults[LOST], world->faults[DOUBLED], world->faults[TORN], world->recovery);
	printf("messages in %ld, parts out %zu, acks sent again %ld\n", world->messages, world->sent_count,
	       world->acks_doubled);
	if (file == NULL)
		return;
	fprintf(file, "%s\t%s\t%ld\t%ld\t%ld\t%ld\t%" PRId64 "\n", fault, what, times, world->faults[LOST],
		world->faults[DOUBLED], world->faults[TORN], world->recovery);
	fclose(file);
}

static int
begin(void)
{
	char *error = NULL;

	grammar = grammar_load("grammars", NULL, &error);
	if (grammar == NULL)
		fputs(error, stderr);
	/* As src/main.c. */
	event_set_mem_functions(memory_get, memory_resize, free);
	json_set_alloc_funcs(memory_get, free);
	if (grammar == NULL || world_new(START) == NULL || disk_mount() != 0)
		return -1;
	log_level(3);
	make_box();
	return 0;
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	long n = argc > 3 ? atol(argv[2]) : 0, cuts;

	seed = (unsigned)atol(argv[argc - 1]);
	srandom(seed);
	if (argc != 4 || begin() != 0)
		return EXIT_FAILURE;
	if (strcmp(what, "cuts") == 0) {
		cuts = cut_at_random(n, false);
		tell("F3", "the power is cut", cuts);
	} else if (strcmp(what, "calls") == 0) {
		long every = n == 0 ? 1 : 3 * CALLS / n;

		cuts = 0;
		for (int message = 0; message < 4; message++)
			cuts += message != 2 ? cut_at_calls(message, every) : 0;
		tell("F3", "the power is cut at each call", cuts);
	} else if (strcmp(what, "errors") == 0 || strcmp(what, "full") == 0) {
		bool full = strcmp(what, "full") == 0;

		cuts = endure(n, full);
		tell(full ? "F5" : "F4", full ? "no room on the disk" : "the disk fails at the n-th call", cuts);
		if (cuts == 0)
			return EXIT_FAILURE;
	} else if (strcmp(what, "starves") == 0) {
		cuts = starve_at(n, STARVE_MOST);
		tell("F6", "no memory at the n-th call", cuts);
		if (cuts == 0)
			return EXIT_FAILURE;
	} else if (strcmp(what, "forgets") == 0) {
		cuts = cut_at_random(n, true);
		printf("synchronous = NORMAL: after %ld cuts %ld messages were lost\n", cuts, world->faults[LOST]);
		return world->faults[LOST] > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
	} else {
		return EXIT_FAILURE;
	}
	return fault_count() == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
