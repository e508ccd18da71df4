/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torture: kills the core or one of its modems' workers again and again at random moments, each time with messages in
 * flight; or has messages come many times and in any order. Has everything judged at the end. Started by tests/torture
 * and tests/box/faults-copies in a folder with box.conf and box.db. */
#include "torture.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/xmalloc.h"
#include "store/outbox.h"
#include "store/store.h"

#define KILL_WITHIN_US 50000
#define MESSAGE_EVERY_US 12000
#define PATIENCE_MS 60000
#define NOTICE_EVERY 25         /* kills; then so many notices at once */
#define LOCKED_MOST 100
#define UNREAD_MOST 200         /* more need not be in flight */
#define COPIES_UNREAD_MOST 800  /* of them at most half are still to come */
#define LOG_SIZE 65536
#define UP_MOST_MS 5000         /* on average: a second is wanted, of a machine that does nothing else, without sanitizers */

/* What was last heard of when a kill came: the hop in which it struck. */
static const struct { const char *word, *hop; } hops[] = {
	{ "", "1    put on the SIM" },
	{ ": read ", "2    read by the worker, on its way" },
	{ " stored", "3    stored and committed" },
	{ ": freed ", "4    deleted from the SIM" },
	{ " freed slot ", "4    deletion told to the core" },
	{ " accept ", "5    handled, answer queued" },
	{ ": asked to send", "6    claimed, given to the worker" },
	{ ": transmitted", "6    taken by the network" },
	{ " sent reference=", "6    result on the disk" },
	{ " report to=", "6    status report" },
};
#define HOPS (sizeof hops / sizeof *hops)

static struct {
	struct torture t;
	const char *daemon;
	pid_t core;
	int log;                        /* our own way into it */
	int in[MODEMS];
	long hits[HOPS], core_kills, worker_kills, idle;
	int64_t up_most, up_sum, ups;   /* ms from the start of a core to its first modem, whose sweep begins then */
	char tail[LOG_SIZE];
} self;

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "torture: %s: %s\n", what, strerror(errno));
	if (self.core > 0)
		kill(self.core, SIGKILL);
	exit(EXIT_FAILURE);
}

static void
sleep_us(long us)
{
	const struct timespec time = { .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000 };

	nanosleep(&time, NULL);
}

/* --- the log: what has been said since we looked last --- */

static void
read_log(void)
{
	ssize_t got;
	size_t length = 0;

	while ((got = read(self.log, self.tail + length, sizeof self.tail - 1 - length)) > 0) {
		length += (size_t)got;
		if (length == sizeof self.tail - 1) {   /* only the end matters */
			memmove(self.tail, self.tail + LOG_SIZE / 2, length - LOG_SIZE / 2);
			length -= LOG_SIZE / 2;
		}
	}
	self.tail[length] = '\0';
}

static size_t
hop_of(const char *line)
{
	for (size_t hop = HOPS - 1; hop > 0; hop--)
		if (strstr(line, hops[hop].word))
			return hop;
	return 0;
}

static void
count_hop(void)
{
	size_t last = 0;
	char *save = NULL;

	read_log();
	for (char *line = strtok_r(self.tail, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		size_t hop = hop_of(line);

		if (hop > 0)
			last = hop;
	}
	self.hits[last]++;
}

/* --- processes --- */

static bool
wait_for_log(const char *word)
{
	int64_t end = clock_monotonic_ms() + PATIENCE_MS;

	while (clock_monotonic_ms() < end) {
		read_log();
		if (strstr(self.tail, word))
			return true;
		sleep_us(1000);
	}
	return false;
}

static void
start_core(void)
{
	int64_t begin = clock_monotonic_ms(), took;
	int log;

	read_log();
	self.core = fork();
	if (self.core < 0)
		die("fork");
	if (self.core == 0) {
		log = open("daemon.log", O_WRONLY | O_APPEND);
		dup2(log, STDOUT_FILENO);
		dup2(log, STDERR_FILENO);
		execl(self.daemon, "kentongand", "-c", "box.conf", (char *)NULL);
		_exit(127);
	}
	if (!wait_for_log(": UP,"))
		die("no modem is up");
	took = clock_monotonic_ms() - begin;
	self.up_sum += took;
	self.ups++;
	if (took > self.up_most)
		self.up_most = took;
}

static void
kill_core(void)
{
	kill(self.core, SIGKILL);
	waitpid(self.core, NULL, 0);
	self.core = 0;
	self.core_kills++;
}

/* The worker that wrote its number there, if it is still one of ours; 0 otherwise. */
static pid_t
worker_of(int modem)
{
	char path[64];
	int pid = 0, parent = 0;
	FILE *file;

	snprintf(path, sizeof path, "sim%d/pid", modem);
	file = fopen(path, "r");
	if (!file || fscanf(file, "%d", &pid) != 1)
		pid = 0;
	if (file)
		fclose(file);
	if (pid <= 0)
		return 0;
	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	file = fopen(path, "r");
	if (!file || fscanf(file, "%*d (%*[^)]) %*c %d", &parent) != 1)
		parent = 0;
	if (file)
		fclose(file);
	return parent == self.core ? pid : 0;
}

static void
kill_one(void)
{
	pid_t worker = random() % 2 ? worker_of((int)(random() % MODEMS)) : 0;

	if (worker > 0) {
		kill(worker, SIGKILL);
		self.worker_kills++;
	} else {
		kill_core();
	}
	count_hop();
}

static void
stop_core(void)
{
	int status;

	kill(self.core, SIGTERM);
	if (waitpid(self.core, &status, 0) != self.core || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		die("the core did not stop as it should");
	self.core = 0;
}

/* --- what is put in --- */

static void
put_message(void)
{
	struct sms_part parts[2];
	long n = self.t.messages++;
	int modem = content_modem(n);
	size_t count = content_parts(&self.t, n, parts);

	if (write(self.in[modem], parts, count * sizeof *parts) != (ssize_t)(count * sizeof *parts))
		die("in");
	self.t.parts[modem] += (long)count;
}

/* The core has the database in turn, and is given no pause. */
static struct store *
open_store(void)
{
	struct store *store = NULL;
	int error = -EBUSY;

	for (int tries = 0; error == -EBUSY && tries < LOCKED_MOST; tries++) {
		error = store_open(&store, "box.db", STORE_EXISTING);
		if (error == 0)
			error = store_begin(store);
		if (error) {
			store_close(store);
			store = NULL;
		}
	}
	errno = -error;
	if (error)
		die("store");
	return store;
}

/* Beside the running core, as another program might. */
static void
put_notices(long count)
{
	struct store *store = open_store();

	for (; count > 0; count--) {
		long n = self.t.notices++;
		char key[32], text[256], dest[SMS_ADDRESS_SIZE];

		snprintf(key, sizeof key, "notice:%ld", n);
		content_notice(n, text, sizeof text);
		content_number(&self.t, n, dest);
		if (outbox_put(store, &(struct outbox_new) { .key = key, .class = OUTBOX_NOTICE, .dest = dest,
		                                             .text = text, .wall = clock_wall() }) != 0)
			die("outbox_put");
	}
	if (store_commit(store) != 0)
		die("store_commit");
	store_close(store);
}

static long
ask(const char *sql)
{
	sqlite3_stmt *statement;
	sqlite3 *db;
	long value = -1;

	if (sqlite3_open_v2("box.db", &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
		sqlite3_busy_timeout(db, 5000);
		if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK) {
			value = sqlite3_step(statement) == SQLITE_ROW ? (long)sqlite3_column_int64(statement, 0) : 0;
			sqlite3_finalize(statement);
		}
	}
	sqlite3_close(db);
	return value;
}

/* Stays below what the gateway carries. */
static bool
room_for_more(long turn)
{
	static bool room = true;

	if (turn % NOTICE_EVERY == 0)
		room = self.t.messages - ask("SELECT count(*) FROM sms_in WHERE ref_bits = 0 AND state = 'DONE'") <
		       (self.t.kills ? UNREAD_MOST : COPIES_UNREAD_MOST);
	return room;
}

/* --- the torture --- */

/* Messages come until the moment of the kill, and there it is never quiet. */
static void
load(bool room)
{
	long left = random() % KILL_WITHIN_US;

	self.idle += !room;
	for (; left > 0; left -= MESSAGE_EVERY_US) {
		if (room)
			put_message();
		sleep_us(left < MESSAGE_EVERY_US ? left : MESSAGE_EVERY_US);
	}
}

static void
torment(void)
{
	for (long turn = 0; turn < self.t.kills; turn++) {
		if (self.core == 0)
			start_core();
		if (turn % NOTICE_EVERY == 0)
			put_notices(NOTICE_EVERY);
		load(room_for_more(turn));
		kill_one();
		if (isatty(STDERR_FILENO) && turn % 100 == 99)
			fprintf(stderr, "\r%ld of %ld kills ", turn + 1, self.t.kills);
	}
	if (isatty(STDERR_FILENO))
		fputc('\n', stderr);
}

/* No kills, but copies: as many messages as the core can read. */
static void
shower(long messages)
{
	setenv("STANDIN_HASTY", "1", 1);        /* nobody looks for moments */
	start_core();
	for (; self.t.messages < messages; copies_put(&self.t, self.in))
		while (self.t.messages % NOTICE_EVERY == 0 && !room_for_more(0))
			sleep_us(20000);
	copies_end(&self.t, self.in);
}

static bool
settled(void)
{
	return ask("SELECT count(*) FROM sms_in WHERE ref_bits = 0 AND state = 'DONE'") >= self.t.messages &&
	       ask("SELECT count(*) FROM outq WHERE state IN ('QUEUED', 'CLAIMED')") == 0;
}

static long
count_freed(int modem)
{
	char path[32], *line = NULL;
	size_t size = 0;
	long count = 0;
	FILE *file;

	snprintf(path, sizeof path, "sim%d/journal", modem);
	file = fopen(path, "r");
	while (file && getline(&line, &size, file) > 0)
		count += strncmp(line, "freed ", 6) == 0;
	free(line);
	if (file)
		fclose(file);
	return count;
}

static bool
slots_free(void)
{
	for (int modem = 0; modem < MODEMS; modem++)
		if (count_freed(modem) < self.t.parts[modem])
			return false;
	return true;
}

static void
wait_until_settled(void)
{
	int64_t end = clock_monotonic_ms() + 5 * PATIENCE_MS;

	if (self.core == 0)
		start_core();
	while (!(settled() && slots_free()) && clock_monotonic_ms() < end)
		sleep_us(200000);
	stop_core();
}

/* All that is under way comes to its end; for those of unknown fate as if two minutes had gone by. */
static void
finish(void)
{
	wait_until_settled();
	for (int i = 0; i < 4; i++) {
		if (ask("SELECT count(*) FROM outq WHERE state = 'UNKNOWN' AND next_at IS NOT NULL") == 0)
			return;
		ask("UPDATE outq SET next_at = 1 WHERE state = 'UNKNOWN' AND next_at IS NOT NULL");
		wait_until_settled();
	}
}

static void
open_files(void)
{
	char name[32];

	self.log = open("daemon.log", O_RDONLY | O_CREAT | O_CLOEXEC, 0600);
	for (int modem = 0; modem < MODEMS; modem++) {
		snprintf(name, sizeof name, "sim%d", modem);
		if (mkdir(name, 0700) != 0 && errno != EEXIST)
			die(name);
		snprintf(name, sizeof name, "sim%d/in", modem);
		self.in[modem] = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
		if (self.in[modem] < 0)
			die(name);
	}
}

static int64_t
up_on_average(void)
{
	return self.ups ? self.up_sum / self.ups : 0;
}

static void
print_table(int64_t took_ms)
{
	if (self.t.kills > 0)
		printf("kills                 %8ld   core %ld, worker %ld; without a new message %ld\n", self.t.kills,
		       self.core_kills, self.worker_kills, self.idle);
	for (size_t i = 0; i < HOPS && self.t.kills > 0; i++)
		printf("  after hop %-36s %8ld\n", hops[i].hop, self.hits[i]);
	printf("start to modem up     %8" PRId64 " ms on average, %" PRId64 " ms at most\n",
	       up_on_average(), self.up_most);
	printf("time                  %8" PRId64 " s\n", took_ms / 1000);
}

/* The file of the figures, or with `.measured` behind its name; NULL: nobody wants them. */
static FILE *
open_figures(const char *behind)
{
	const char *name = getenv("FIGURES");
	char *path = name ? xasprintf("%s%s", name, behind) : NULL;
	FILE *file = path ? fopen(path, "a") : NULL;

	free(path);
	return file;
}

/* For the table that make torture closes with: tests/box/stage.sh. */
static void
write_figures(const long faults[VERDICTS])
{
	FILE *file = open_figures("");
	bool kills = self.t.kills > 0;

	if (file == NULL)
		return;
	fprintf(file, "%s\t%s, stand-in\t%ld\t%ld\t%ld\t%ld\t%" PRId64 "\n", kills ? "F1" : "F19",
	        kills ? "kill -9 at random" : "each delivered 1 to 5 times, in any order",
	        kills ? self.t.kills : self.t.messages, faults[LOST], faults[DOUBLED], faults[TORN], self.up_most);
	fclose(file);
	file = kills ? open_figures(".measured") : NULL;
	if (file == NULL)
		return;
	fprintf(file, "from a start after a kill to the first sweep: %" PRId64 " ms on average, %" PRId64 " ms at most, of %" PRId64 "\n",
	        up_on_average(), self.up_most, self.ups);
	fclose(file);
}

/* torture DAEMON KILLS SENDERS SEED MESSAGES: one of KILLS and MESSAGES is 0. */
int
main(int argc, char **argv)
{
	int64_t begin = clock_monotonic_ms();
	long faults[VERDICTS], messages;
	bool good;

	if (argc != 6)
		return EXIT_FAILURE;
	self.daemon = argv[1];
	self.t.kills = atol(argv[2]);
	self.t.senders = atol(argv[3]);
	messages = atol(argv[5]);
	srandom((unsigned)atol(argv[4]));
	self.t.start = clock_wall() - 4 * self.t.kills - messages - 600;
	open_files();
	if (self.t.kills > 0)
		torment();
	else
		shower(messages);
	finish();
	print_table(clock_monotonic_ms() - begin);
	judge(&self.t, faults);
	write_figures(faults);
	good = faults[LOST] + faults[DOUBLED] + faults[TORN] == 0;
	if (self.t.kills > 0 && up_on_average() > UP_MOST_MS) {
		fprintf(stderr, "a core is up after %" PRId64 " ms on average, not %d\n", up_on_average(), UP_MOST_MS);
		good = false;
	}
	puts(good ? "nothing lost, nothing doubled, nothing torn" : "FAILED");
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
