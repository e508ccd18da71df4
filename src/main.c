/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main: kentongand. Start order, signals, and the switchboard between modems and queues. Decides nothing about
 * messages. With --modem it is a modem's worker instead, with --backup the process that makes one. */
#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <jansson.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/dump.h"
#include "base/log.h"
#include "base/phone.h"
#include "base/xmalloc.h"
#include "config.h"
#include "gate/alive.h"
#include "gate/balance.h"
#include "gate/control.h"
#include "gate/desk.h"
#include "gate/inq.h"
#include "gate/lapse.h"
#include "gate/nightly.h"
#include "gate/notify.h"
#include "gate/outq.h"
#include "gate/remind.h"
#include "gate/retention.h"
#include "gate/trust.h"
#include "lang/grammar.h"
#include "modem/supervisor.h"
#include "modem/worker.h"
#include "store/health.h"
#include "store/hold.h"
#include "store/holder.h"
#include "store/outbox.h"
#include "store/spend.h"
#include "store/store.h"

#define DRAIN_MS 2500           /* after SIGTERM a message under way may still get its result */
#define OPEN_FIRST 1            /* seconds until the database is tried again at the start, doubling */
#define OPEN_MOST 60
#define STOP_SECONDS 4          /* then the process ends, whatever hangs: the store survives it */

/* What a reload replaces, as a whole or not at all. */
struct office {
	struct config *config;
	struct grammar *grammar;
	struct desk_conf desk_conf;
	struct desk *desk;
};

struct daemon {
	struct config_options options;
	struct event_base *base;
	struct store *store;
	struct office *office;
	struct inq *inq;
	struct outq *outq;
	struct trust *trust;
	struct remind *remind;
	struct lapse *lapse;
	struct retention *retention;
	struct nightly *nightly;
	struct balance *balance;
	struct control *control;
	struct alive *alive;            /* NULL: no sign of life is expected */
	struct modem **modems;
	size_t modem_count;
	struct notify notify;
	int lock;
	bool stopping;
	struct event on_term, on_int, on_hup, stop_timer;
};

/* --- what is said --- */

static void
log_lines(void (*log)(const char *format, ...), const char *lines)
{
	while (lines != NULL && *lines != '\0') {
		size_t length = strcspn(lines, "\n");

		log("%.*s", (int)length, lines);
		lines += length + (lines[length] == '\n');
	}
}

static void
show_status(const struct daemon *daemon)
{
	struct modem_info info;
	size_t up = 0;

	for (size_t i = 0; i < daemon->modem_count; i++) {
		modem_info(daemon->modems[i], &info);
		up += info.state == MODEM_UP;
	}
	notify_status(&daemon->notify, "%zu of %zu modems up", up, daemon->modem_count);
}

/* --- the office: configuration, grammar, desk --- */

static void
office_free(struct office *office)
{
	if (office == NULL)
		return;
	desk_free(office->desk);
	grammar_free(office->grammar);
	config_free(office->config);
	free(office);
}

/* NULL: *error (to be freed) says what is wrong. The desk comes later: it needs the store. */
static struct office *
office_new(const struct config_options *options, char **error)
{
	struct office *office = xcalloc(1, sizeof *office);

	office->config = config_load(options, error);
	if (office->config != NULL)
		*error = config_incomplete(office->config);
	if (*error == NULL)
		office->grammar = config_grammar(office->config, error);
	if (*error != NULL) {
		office_free(office);
		return NULL;
	}
	office->desk_conf.own_numbers = office->config->own_numbers;
	office->desk_conf.destinations = office->config->destinations;
	return office;
}

/* Whoever has a role that is in no grammar file could not be heard at all. -EINVAL: *error (to be freed) names it. */
static int
know_roles(struct store *store, const struct grammar *grammar, char **error)
{
	char role[PEOPLE_ROLE_SIZE] = "";
	int found;

	while ((found = holder_role(store, role, role)) == 0)
		if (grammar_role(grammar, role) < 0) {
			*error = xasprintf("database: registered people have the role %s, expected one that is in the grammar", role);
			return -EINVAL;
		}
	if (found != -ENOENT)
		*error = xstrdup("the people cannot be read, see the log");
	return found == -ENOENT ? 0 : found;
}

/* What may be spent, by the configuration and the grammar's time zone. */
static bool
limit_spending(struct daemon *daemon, const struct office *office)
{
	struct spend_rules rules = office->config->spend;

	rules.east = grammar_zone(office->grammar, "");
	rules.own_numbers = office->config->own_numbers;
	rules.destinations = office->config->destinations;
	return spend_set_rules(daemon->store, &rules, clock_wall()) == 0;
}

static struct nightly_conf
nightly_conf(const struct config *config)
{
	return (struct nightly_conf){
		.database = config->database, .stick = config->backup_stick, .hour = config->backup_hour,
		.folder = strcmp(config->backup, CONFIG_NONE) != 0 ? config->backup : "", .keep_days = config->backup_keep,
	};
}

static int
reload(struct daemon *daemon, char **error)
{
	struct office *next = office_new(&daemon->options, error);
	struct nightly_conf backups;
	char *kept;

	if (next == NULL)
		return -EINVAL;
	if (know_roles(daemon->store, next->grammar, error) != 0) {
		office_free(next);
		return -EINVAL;
	}
	next->desk = desk_new(daemon->store, next->grammar, &next->desk_conf);
	if (next->desk == NULL || !limit_spending(daemon, next)) {
		*error = xstrdup("the desk cannot be opened, see the log");
		office_free(next);
		return -EINVAL;
	}
	kept = config_keep(daemon->office->config, next->config);
	log_lines(log_warn, next->config->notes);
	log_lines(log_warn, kept);
	free(kept);
	log_level(next->config->log_level);
	inq_set_desk(daemon->inq, next->desk);
	outq_wake(daemon->outq);
	remind_set_grammar(daemon->remind, next->grammar);
	lapse_set_grammar(daemon->lapse, next->grammar);
	balance_set_grammar(daemon->balance, next->grammar);
	retention_set_days(daemon->retention, &next->config->retention);
	backups = nightly_conf(next->config);
	nightly_set(daemon->nightly, next->grammar, &backups);
	control_set_grammar(daemon->control, next->grammar);
	office_free(daemon->office);
	daemon->office = next;
	log_info("configuration and grammar are read again");
	return 0;
}

static int
reload_aloud(struct daemon *daemon, char **error)
{
	int result;

	notify_reloading(&daemon->notify);
	result = reload(daemon, error);
	if (result < 0) {
		log_lines(log_error, *error);
		log_error("the configuration and grammar from before stay in force");
	}
	notify_ready(&daemon->notify);
	return result;
}

/* --- the switchboard --- */

static void
on_modem(void *ctx, struct modem *modem, const struct modem_event *event)
{
	struct daemon *daemon = ctx;

	switch (event->type) {
	case MODEM_EVENT_UP:            /* the supervisor has said it in the log */
		outq_up(daemon->outq, modem);
		balance_up(daemon->balance);
		show_status(daemon);
		break;
	case MODEM_EVENT_DOWN:
		outq_down(daemon->outq, modem);
		show_status(daemon);
		break;
	case MODEM_EVENT_PART:
		trust_message(daemon->trust, event->part->time);
		inq_part(daemon->inq, modem, event->part);
		break;
	case MODEM_EVENT_BROKEN:
		inq_broken(daemon->inq, modem, event);
		break;
	case MODEM_EVENT_DELETED:
		inq_deleted(daemon->inq, modem, event->deleted.slot, event->deleted.result, event->deleted.key);
		break;
	case MODEM_EVENT_SENT:
		outq_sent(daemon->outq, modem, event);
		break;
	case MODEM_EVENT_REPORT:
		outq_report(daemon->outq, modem, event);
		break;
	case MODEM_EVENT_STATUS:
		log_debug("modem=%s signal %d dBm, network %s", modem_name(modem), event->status.signal_dbm,
			  event->status.network);
		trust_modem(daemon->trust, event->status.time);
		break;
	case MODEM_EVENT_DIALLED:
		balance_dialled(daemon->balance, modem, event);
		break;
	case MODEM_EVENTS:
		break;
	}
	if (daemon->stopping && !outq_busy(daemon->outq))
		event_base_loopbreak(daemon->base);
}

/* --- stopping --- */

/* Something hangs that cannot be waited for. All that was promised is on the disk. */
static void
give_up(int signal_number)
{
	(void)signal_number;
	_exit(EXIT_DONE);
}

static void
stop(struct daemon *daemon)
{
	struct timeval drain = { .tv_usec = 1000 };

	if (daemon->stopping)
		return;
	daemon->stopping = true;
	log_info("stopping");
	notify_stopping(&daemon->notify);
	signal(SIGALRM, give_up);
	alarm(STOP_SECONDS);
	if (daemon->outq != NULL)
		outq_drain(daemon->outq);
	if (daemon->outq != NULL && outq_busy(daemon->outq))
		drain = (struct timeval) { DRAIN_MS / 1000, DRAIN_MS % 1000 * 1000 };
	evtimer_add(&daemon->stop_timer, &drain);
}

static void
on_stop_timer(evutil_socket_t fd, short what, void *arg)
{
	struct daemon *daemon = arg;

	(void)fd;
	(void)what;
	event_base_loopbreak(daemon->base);
}

static void
on_signal(evutil_socket_t number, short what, void *arg)
{
	struct daemon *daemon = arg;
	char *error = NULL;

	(void)what;
	if (number != SIGHUP) {
		stop(daemon);
		return;
	}
	if (daemon->inq == NULL) {
		log_warn("nothing is read again while the database cannot be used");
		return;
	}
	(void)reload_aloud(daemon, &error);
	free(error);
}

static int
on_request(void *ctx, enum control_request request, char **error)
{
	struct daemon *daemon = ctx;

	if (request == CONTROL_RELOAD)
		return reload_aloud(daemon, error);
	stop(daemon);
	return 0;
}

/* What an answer to the menu had sent goes out. */
static int
on_ussd(void *ctx, const struct menu_call *call, struct menu_shown *out)
{
	struct daemon *daemon = ctx;
	int error = menu_call(daemon->office->desk, call, out);

	outq_wake(daemon->outq);
	return error;
}

static void
on_sign(void *ctx)
{
	const struct daemon *daemon = ctx;

	notify_alive(&daemon->notify);
}

/* --- starting --- */

static int
recover(struct store *store)
{
	int unknown = outbox_recover(store, clock_wall());

	if (unknown > 0)
		log_warn("under way when the last daemon ended, of unknown fate now: %d", unknown);
	return unknown < 0 ? unknown : 0;
}

static int
try_store(struct daemon *daemon)
{
	const char *database = daemon->office->config->database;
	int error;

	if (daemon->lock < 0)
		daemon->lock = hold_database(database);
	if (daemon->lock < 0)
		return daemon->lock;
	error = store_open(&daemon->store, database, STORE_SERVE);
	if (error == 0)
		error = store_check(daemon->store);
	if (error == 0)
		error = recover(daemon->store);
	if (error != 0) {
		store_close(daemon->store);
		daemon->store = NULL;
	}
	return error;
}

/* What goes by, or ends under an operator's hands: there is no room, another works on the file, the disk is not there
 * yet or was turned read-only. */
static bool
may_pass(int error)
{
	return error == -ENOSPC || error == -EBUSY || error == -EIO || error == -ENOENT || error == -EACCES ||
	       error == -EROFS;
}

/* As a daemon that ended would be started again and again, to the same end and with the same words. The modems are left
 * alone meanwhile: all SMS are safe where they are. -ECANCELED: it was told to stop. */
static int
wait_for_store(struct daemon *daemon)
{
	struct timeval wait = { .tv_sec = OPEN_FIRST };
	int error;

	for (;; wait.tv_sec = wait.tv_sec * 2 > OPEN_MOST ? OPEN_MOST : wait.tv_sec * 2) {
		error = try_store(daemon);
		if (!may_pass(error))
			return error;
		if (wait.tv_sec == OPEN_FIRST)
			log_error("the database cannot be used: %s; SMS stay on the SIM until it can", health_words(error));
		notify_status(&daemon->notify, "waits for the database: %s", health_words(error));
		event_base_loopexit(daemon->base, &wait);
		event_base_dispatch(daemon->base);
		if (daemon->stopping)
			return -ECANCELED;
	}
}

static int
open_store(struct daemon *daemon)
{
	unsigned char key[16];
	int error = wait_for_store(daemon);

	if (error != 0)
		return error;
	store_box_key(daemon->store, key);
	phone_mask_key(key);
	sodium_memzero(key, sizeof key);
	return 0;
}

static void
start_modems(struct daemon *daemon)
{
	const struct config *config = daemon->office->config;

	daemon->modems = xcalloc(config->modem_count, sizeof *daemon->modems);
	for (size_t i = 0; i < config->modem_count; i++) {
		daemon->modems[i] = modem_start(daemon->base, &config->modems[i], on_modem, daemon);
		outq_add_modem(daemon->outq, daemon->modems[i]);
		control_add_modem(daemon->control, daemon->modems[i]);
		balance_add_modem(daemon->balance, daemon->modems[i], &config->modems[i]);
		if (daemon->alive != NULL)
			alive_add_modem(daemon->alive, daemon->modems[i], &config->modems[i]);
		daemon->modem_count++;
	}
	balance_ready(daemon->balance);
}

static void
listen_to_signals(struct daemon *daemon)
{
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);       /* a file too large is an error like any other */
	evsignal_assign(&daemon->on_term, daemon->base, SIGTERM, on_signal, daemon);
	evsignal_assign(&daemon->on_int, daemon->base, SIGINT, on_signal, daemon);
	evsignal_assign(&daemon->on_hup, daemon->base, SIGHUP, on_signal, daemon);
	evsignal_add(&daemon->on_term, NULL);
	evsignal_add(&daemon->on_int, NULL);
	evsignal_add(&daemon->on_hup, NULL);
	evtimer_assign(&daemon->stop_timer, daemon->base, on_stop_timer, daemon);
}

/* The exit status; EXIT_DONE: it works. */
static int
start(struct daemon *daemon)
{
	struct office *office = daemon->office;
	const struct nightly_conf backups = nightly_conf(office->config);
	struct control_conf control = {
		.path = office->config->control, .menu_path = office->config->menu_socket,
		.on_request = on_request, .on_ussd = on_ussd, .ctx = daemon,
	};

	char *why = NULL;
	int error = open_store(daemon);

	/* Damaged, another program's, a newer version's: no start after this one fares better. */
	if (error == -EBADMSG || error == -ENOTSUP) {
		log_error("%s: to be replaced, by a backup; until then SMS stay on the SIM", office->config->database);
		return EXIT_CONFIG;
	}
	if (error != 0)
		return EXIT_FAILED;
	error = know_roles(daemon->store, office->grammar, &why);
	if (error != 0) {
		log_error("%s", why);
		free(why);
		return error == -EINVAL ? EXIT_CONFIG : EXIT_FAILED;
	}
	office->desk = desk_new(daemon->store, office->grammar, &office->desk_conf);
	if (office->desk == NULL || !limit_spending(daemon, office))
		return EXIT_FAILED;
	control.store = daemon->store;
	if (control_open(&daemon->control, daemon->base, &control) < 0)
		return EXIT_FAILED;
	daemon->outq = outq_new(daemon->base, daemon->store);
	daemon->trust = trust_new(daemon->base, daemon->store);
	outq_set_trust(daemon->outq, daemon->trust);
	daemon->remind = remind_new(daemon->base, daemon->store, office->grammar, daemon->outq, daemon->trust);
	daemon->lapse = lapse_new(daemon->base, daemon->store, office->grammar, daemon->outq, daemon->trust);
	daemon->retention = retention_new(daemon->base, daemon->store, daemon->trust, &office->config->retention);
	control_set_calendar(daemon->control, daemon->trust, daemon->remind);
	daemon->nightly = nightly_new(daemon->base, daemon->store, office->grammar, daemon->trust, &backups);
	control_set_nightly(daemon->control, daemon->nightly);
	daemon->balance = balance_new(daemon->base, daemon->store, office->grammar, daemon->outq);
	control_set_balance(daemon->control, daemon->balance);
	control_set_grammar(daemon->control, office->grammar);
	daemon->inq = inq_new(daemon->base, daemon->store, office->desk, daemon->outq);
	if (daemon->notify.watchdog_ms > 0)
		daemon->alive = alive_new(daemon->base, daemon->store, daemon->notify.watchdog_ms, on_sign, daemon);
	start_modems(daemon);
	inq_wake(daemon->inq);
	return EXIT_DONE;
}

/* In reverse; modems first, and who looks at them: after them nothing happens any more. Whoever said `kentongan stop`
 * hears the end of it only when the database is closed, as he may want to move it. */
static void
finish(struct daemon *daemon)
{
	alive_free(daemon->alive);
	for (size_t i = 0; i < daemon->modem_count; i++)
		modem_free(daemon->modems[i]);
	inq_free(daemon->inq);
	nightly_free(daemon->nightly);
	retention_free(daemon->retention);
	lapse_free(daemon->lapse);
	remind_free(daemon->remind);
	trust_free(daemon->trust);
	outq_free(daemon->outq);
	free(daemon->modems);
	event_del(&daemon->on_term);
	event_del(&daemon->on_int);
	event_del(&daemon->on_hup);
	event_del(&daemon->stop_timer);
	office_free(daemon->office);
	store_close(daemon->store);
	if (daemon->lock >= 0)
		close(daemon->lock);
	control_close(daemon->control);
	balance_free(daemon->balance);          /* the control may have asked it */
	event_base_free(daemon->base);
	notify_close(&daemon->notify);
}

static int
run(const struct config_options *options)
{
	struct daemon daemon = { .options = *options, .lock = -1 };
	char *error = NULL;
	int status;

	daemon.office = office_new(options, &error);
	if (daemon.office == NULL) {
		log_lines(log_error, error);
		free(error);
		return EXIT_CONFIG;
	}
	log_level(daemon.office->config->log_level);
	log_lines(log_warn, daemon.office->config->notes);
	daemon.base = event_base_new();
	if (daemon.base == NULL) {
		log_error("no event loop");
		office_free(daemon.office);
		return EXIT_FAILED;
	}
	notify_open(&daemon.notify);
	listen_to_signals(&daemon);
	status = start(&daemon);
	if (status == EXIT_DONE) {
		notify_ready(&daemon.notify);
		show_status(&daemon);
		log_info("kentongand " KENTONGAN_VERSION " with %zu modems", daemon.modem_count);
		event_base_dispatch(daemon.base);
	}
	finish(&daemon);
	/* Whoever told it to stop while it waited for the database has what he wanted. */
	if (daemon.stopping)
		status = EXIT_DONE;
	if (status == EXIT_DONE)
		log_info("stopped");
	return status;
}

static void
usage(FILE *out)
{
	fputs("usage: kentongand [-n] [-c FILE] [-d DATABASE] [-g DIR]\n"
	      "  -c FILE      configuration (" CONFIG_FILE ")\n"
	      "  -d DATABASE  instead of the one it names\n"
	      "  -g DIR       grammar files instead of the ones it names\n"
	      "  -n           check configuration and grammar, say what is wrong, and end\n"
	      "  -V, -h       version, this text\n", out);
}

/* A library that goes on without memory drops something without a word: a timer, a line, a field of a report. */
static void
share_memory_or_death(void)
{
	event_set_mem_functions(memory_get, memory_resize, free);
	json_set_alloc_funcs(memory_get, free);
}

int
main(int argc, char **argv)
{
	struct config_options options = { 0 };
	bool check = false;
	int option;

	umask(0077);
	dump_forbid();
	share_memory_or_death();
	if (argc == 3 && strcmp(argv[1], "--modem") == 0)
		return worker_main(atoi(argv[2]));
	if (argc > 1 && strcmp(argv[1], NIGHTLY_OPTION) == 0) {
		log_name("backup");
		return sodium_init() < 0 ? EXIT_FAILED : nightly_main(argc, argv);
	}
	log_name("core");
	while ((option = getopt(argc, argv, "c:d:g:nVh")) != -1) {
		switch (option) {
		case 'c': options.file = optarg; break;
		case 'd': options.database = optarg; break;
		case 'g': options.grammars = optarg; break;
		case 'n': check = true; break;
		case 'V': puts("kentongand " KENTONGAN_VERSION); return EXIT_DONE;
		case 'h': usage(stdout); return EXIT_DONE;
		default: usage(stderr); return EXIT_USAGE;
		}
	}
	if (optind != argc) {
		usage(stderr);
		return EXIT_USAGE;
	}
	if (sodium_init() < 0) {
		log_error("no source of random numbers");
		return EXIT_FAILED;
	}
	return check ? config_check(&options, stderr) : run(&options);
}
