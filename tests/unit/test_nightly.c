/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_nightly: what the processes for the backup's places are told, and when, whatever becomes of one of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "clock_fake.h"
#include "gate/nightly.h"
#include "gate/trust.h"
#include "memory_store.h"
#include "modem/hook.h"
#include "shipped_grammar.h"

#define EVENING 1792857600      /* 24 October 2026, 23:00 in Jakarta */
#define DAY 86400
#define DATABASE "/nowhere/box.db"
#define SOURCE 3                /* of what a process is told: "" for a look */
#define FOLDER 4
#define TIME 7

static const struct nightly_conf conf = {
	.database = DATABASE, .folder = "/nowhere/disk", .stick = "/nowhere/stick", .hour = 2, .keep_days = 14,
};
static struct event_base *base;
static struct nightly *nightly;
static bool trusted;

bool
trust_holds(const struct trust *trust)
{
	(void)trust;
	return trusted;
}

const char *
trust_reason(const struct trust *trust)
{
	(void)trust;
	return "no proof yet";
}

/* --- processes that end when the test says so --- */

struct hook {
	hook_end_fn on_end;
	void *ctx;
	char told[11][64];
	int out;                        /* -1: it does not run */
	bool undead, abandoned;
};

static struct hook *disk, *stick;       /* by order: the disk's comes first */

struct hook *
hook_new(struct event_base *loop, hook_end_fn on_end, void *ctx)
{
	struct hook *hook = calloc(1, sizeof *hook);

	(void)loop;
	assert_non_null(hook);
	*hook = (struct hook){ .on_end = on_end, .ctx = ctx, .out = -1 };
	if (disk == NULL)
		disk = hook;
	else
		stick = hook;
	return hook;
}

void
hook_free(struct hook *hook)
{
	if (hook->out >= 0)
		close(hook->out);
	free(hook);
}

void
hook_abandon(struct hook *hook)
{
	hook_free(hook);
	if (hook == stick)
		stick = NULL;
}

bool
hook_undead(const struct hook *hook)
{
	return hook->undead;
}

int
hook_start_heard(struct hook *hook, const char *const argv[], uint32_t deadline_ms, int out)
{
	assert_int_equal(hook->out, -1);
	assert_true(deadline_ms > 0);
	memset(hook->told, 0, sizeof hook->told);
	for (int i = 0; argv[i] != NULL; i++)
		snprintf(hook->told[i], sizeof hook->told[i], "%s", argv[i]);
	hook->out = dup(out);
	return 0;
}

/* For the modems; there are none. */
int
hook_start(struct hook *hook, const char *const argv[], uint32_t deadline_ms)
{
	(void)hook, (void)argv, (void)deadline_ms;
	return -ENOENT;
}

static void
end(struct hook *hook, const char *says, int status)
{
	char how[32];

	assert_true(hook->out >= 0);
	assert_int_equal(write(hook->out, says, strlen(says)), strlen(says));
	close(hook->out);
	hook->out = -1;
	snprintf(how, sizeof how, status < 0 ? "killed: no end in time" : "exit status %d", status);
	hook->on_end(hook->ctx, status == 0, how);
}

/* A copy of that time is in the place now. */
static void
end_copy(struct hook *hook, int64_t wall)
{
	char says[96];

	snprintf(says, sizeof says, "%lld 4096 kentongan-%lld.db\n", (long long)wall, (long long)wall);
	end(hook, says, 0);
}

static bool
runs(const struct hook *hook)
{
	return hook->out >= 0;
}

static bool
looks(const struct hook *hook)
{
	return runs(hook) && hook->told[SOURCE][0] == '\0';
}

static bool
copies(const struct hook *hook, const char *source)
{
	return runs(hook) && strcmp(hook->told[SOURCE], source) == 0;
}

/* --- */

static void
turn(int64_t seconds)
{
	fake_wall += seconds;
	fake_ms += seconds * 1000;
	event_base_loop(base, EVLOOP_ONCE);
}

static bool
says(const char *text)
{
	struct evbuffer *out = evbuffer_new();
	bool found;

	nightly_say(nightly, out);
	evbuffer_add(out, "", 1);
	found = strstr((const char *)evbuffer_pullup(out, -1), text) != NULL;
	evbuffer_free(out);
	return found;
}

static int
begin(void **state)
{
	(void)state;
	fake_wall = EVENING;
	fake_ms = 1000000;
	fake_nap = 0;
	trusted = true;
	disk = stick = NULL;
	base = event_base_new();
	if (open_memory("") != 0)
		return -1;
	nightly = nightly_new(base, store, grammar, NULL, &conf);
	return 0;
}

static int
finish(void **state)
{
	nightly_free(nightly);
	event_base_free(base);
	return teardown(state);
}

/* Both were looked at, and have none. */
static void
look_at_both(void)
{
	turn(1);
	assert_true(looks(disk) && looks(stick));
	assert_true(says("backup stick: /nowhere/stick: not looked at yet"));
	end(stick, "", 0);
	end(disk, "", 0);
}

static void
the_stick_gets_the_disks_copy(void **state)
{
	(void)state;
	look_at_both();
	assert_true(copies(disk, DATABASE));
	assert_false(runs(stick));              /* not beside it */
	turn(60);
	assert_false(runs(stick));
	end_copy(disk, EVENING + 1);
	assert_true(copies(stick, "/nowhere/disk/kentongan-1792857601.db"));
	assert_string_equal(stick->told[TIME], "1792857601");
	end_copy(stick, EVENING + 1);
	assert_false(runs(disk) || runs(stick));
	assert_true(says("backup: /nowhere/disk/kentongan-1792857601.db, 4 kB, checked"));
	assert_true(says("backup stick: /nowhere/stick/kentongan-1792857601.db, 4 kB, checked"));
}

/* What lies there from before is enough, once the night is over, too. */
static void
what_is_there_is_not_made_again(void **state)
{
	(void)state;
	turn(1);
	end_copy(disk, EVENING - 3600);
	end_copy(stick, EVENING - 3600);
	turn(60);
	assert_false(runs(disk) || runs(stick));
	turn(600);
	assert_true(looks(disk) && looks(stick));
}

static void
a_stick_that_hangs_does_not_stop_the_disk(void **state)
{
	(void)state;
	look_at_both();
	end_copy(disk, EVENING + 1);
	assert_true(runs(stick));
	stick->undead = true;                   /* its time is over, and it does not die */
	for (int night = 1; night <= 3; night++) {
		turn(DAY);
		if (looks(disk))
			end_copy(disk, EVENING + 1);
		assert_true(copies(disk, DATABASE));
		end_copy(disk, fake_wall);
	}
	assert_true(says("backup stick: /nowhere/stick: none seen yet, DOES NOT ANSWER, one is being made, ALARM"));
	assert_false(says("backup: /nowhere/disk: ALARM"));
}

static void
one_that_hangs_from_the_start(void **state)
{
	(void)state;
	turn(1);
	end(disk, "", 0);
	assert_true(copies(disk, DATABASE));
	end_copy(disk, EVENING + 1);
	assert_true(looks(stick));
	end(stick, "", -1);
	assert_true(says("backup stick: /nowhere/stick: none seen yet, DOES NOT ANSWER"));
	turn(60);
	assert_false(runs(stick));
	turn(600);
	assert_true(looks(stick));
	end(stick, "", 0);                      /* it does again */
	assert_false(says("DOES NOT ANSWER"));
	assert_true(runs(stick));
}

/* The stick is all there is then. */
static void
a_disk_that_fails_does_not_stop_the_stick(void **state)
{
	(void)state;
	look_at_both();
	end(disk, "", ENOSPC);
	assert_true(copies(stick, DATABASE));
	end_copy(stick, EVENING + 1);
	assert_true(says("backup: /nowhere/disk: none seen yet, the last try FAILED: No space left on device"));
}

static void
a_stick_that_is_pulled_is_not_forgotten(void **state)
{
	(void)state;
	turn(1);
	end_copy(disk, EVENING - 3600);
	end_copy(stick, EVENING - 3600);
	turn(6 * 3600);
	end(stick, "", ENODEV);                 /* a look */
	assert_true(says("backup stick: /nowhere/stick/kentongan-1792854000.db"));
	assert_false(says("NOT THERE"));
	end_copy(disk, EVENING - 3600);
	end_copy(disk, fake_wall);
	end(stick, "", ENODEV);
	assert_true(says("backup stick: /nowhere/stick/kentongan-1792854000.db, 4 kB, checked, 7 h ago, NOT THERE now"));
}

/* Another stick by a reload, while the old one hangs. */
static void
a_new_place_does_not_wait_for_the_old(void **state)
{
	struct nightly_conf other = conf;

	(void)state;
	look_at_both();
	end_copy(disk, EVENING + 1);
	assert_true(runs(stick));
	stick->undead = true;
	other.stick = "/nowhere/other";
	nightly_set(nightly, grammar, &other);
	turn(1);
	assert_true(looks(stick));
	assert_string_equal(stick->told[FOLDER], "/nowhere/other");
	end(stick, "", 0);
	assert_true(copies(stick, "/nowhere/disk/kentongan-1792857601.db"));
}

/* What was looked at before is looked at again: it may have been of the future. */
static void
nothing_is_made_on_a_wrong_clock(void **state)
{
	(void)state;
	trusted = false;
	fake_wall = EVENING - 100 * DAY;
	look_at_both();
	turn(60);
	assert_false(runs(disk) || runs(stick));
	trusted = true;
	fake_wall = EVENING;
	turn(1);
	assert_true(looks(disk) && looks(stick));
	end_copy(disk, EVENING - 3600);
	end_copy(stick, EVENING - 3600);
	assert_false(runs(disk) || runs(stick));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, finish)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_stick_gets_the_disks_copy),
		TEST(what_is_there_is_not_made_again),
		TEST(a_stick_that_hangs_does_not_stop_the_disk),
		TEST(one_that_hangs_from_the_start),
		TEST(a_disk_that_fails_does_not_stop_the_stick),
		TEST(a_stick_that_is_pulled_is_not_forgotten),
		TEST(a_new_place_does_not_wait_for_the_old),
		TEST(nothing_is_made_on_a_wrong_clock),
	};

	log_level(0);
	return cmocka_run_group_tests_name("nightly", tests, load_shipped, free_shipped);
}
