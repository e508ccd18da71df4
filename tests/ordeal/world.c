/* SPDX-License-Identifier: GPL-3.0-or-later */
/* world: modems whose SIM and network stand in shared memory. */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "disk.h"

#define ZONE_EAST (7 * 3600)
#define REMOVALS 64

struct removal { int32_t slot; uint8_t key[SMS_KEY_SIZE]; };

struct modem {
	char name[16], imsi[20];
	modem_event_fn on_event;
	void *ctx;
	size_t next;                    /* part that a sweep under way looks at */
	bool sweeping, sending, told, reported;
	struct sms_out message;         /* under way, until it is reported */
	struct removal removals[REMOVALS];
	size_t removal_count;
};

struct world *world;
static struct modem modems[WORLD_MODEMS];

struct world *
world_new(int64_t start)
{
	world = mmap(NULL, sizeof *world, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (world == MAP_FAILED)
		world = NULL;
	else
		world->start = start;
	return world;
}

void
world_empty(int64_t start)
{
	memset(world->times, 0, sizeof world->times);
	world->start = start;
	world->messages = world->reminders = 0;
	world->part_count = world->oldest = world->sent_count = 0;
}

/* --- phones --- */

void
world_number(long n, char out[SMS_ADDRESS_SIZE])
{
	snprintf(out, SMS_ADDRESS_SIZE, "+628402%08ld", n % WORLD_VOLUNTEERS + 10000001);
}

void
world_time(long n, char out[SMS_TIME_SIZE])
{
	time_t wall = (time_t)(world->start + n + ZONE_EAST);
	struct tm tm;

	gmtime_r(&wall, &tm);
	strftime(out, SMS_TIME_SIZE, "%Y-%m-%dT%H:%M:%S+07:00", &tm);
}

long
world_value(long n)
{
	return n % 1999 + 1;
}

static bool
is_long(long n)
{
	return n % 4 == 3;
}

static bool
is_form(long n)
{
	return n % 4 == 1;
}

int
world_records(long n)
{
	return is_form(n) ? 0 : is_long(n) ? 2 : 1;
}

void
world_form(long n, char out[128])
{
	out[0] = '\0';
	if (is_form(n))
		snprintf(out, 128, "{\"jenis\":\"SEMBAKO\",\"jml\":%ld,\"kat\":\"07\",\"list\":\"pmks-2009\"}", world_value(n));
}

static void
put_part(const struct sms_part *part, const char *text, size_t length)
{
	struct world_part *place = &world->parts[world->part_count];

	if (world->part_count == WORLD_PARTS)
		abort();
	place->part = *part;
	place->part.slot = (int32_t)world->part_count + 1;
	for (size_t i = 0; i < length; i++)
		place->part.units[i] = (unsigned char)text[i];
	place->part.units_length = (uint16_t)length;
	place->message = world->messages;
	place->modem = (int)(world->messages / 2 % WORLD_MODEMS);
	place->freed = false;
	world->part_count++;
}

static void
put_parts(struct sms_part *part, const char *text)
{
	size_t length = strlen(text);

	part->reference_bits = 8;
	part->reference = (uint8_t)world->messages;
	part->total = 2;
	for (int i = 0; i < 2; i++) {
		bool first = (i == 0) == (world->messages % 8 == 3);

		part->sequence = first ? 1 : 2;
		put_part(part, first ? text : text + SMS_GSM7_PART, first ? SMS_GSM7_PART : length - SMS_GSM7_PART);
	}
}

void
world_put_message(void)
{
	struct sms_part part = { .ton = 1, .class = -1, .coding = SMS_GSM7, .sequence = 1, .total = 1 };
	long n = world->messages;
	char text[2 * SMS_UNITS_MAX];

	world_number(n, part.sender);
	world_time(n, part.time);
	if (is_long(n)) {
		snprintf(text, sizeof text, "PMKS LUT %ld,%160s ANAK TERLANTAR %ld", world_value(n), "", n % 97 + 1);
		put_parts(&part, text);
	} else {
		snprintf(text, sizeof text, is_form(n) ? "LAYAN LANSIA %ld SEMBAKO" : "PMKS LUT %ld", world_value(n));
		put_part(&part, text, strlen(text));
	}
	world->messages++;
}

/* --- modems --- */

struct modem *
world_modem(int index, modem_event_fn on_event, void *ctx)
{
	struct modem *modem = &modems[index];

	*modem = (struct modem){ .on_event = on_event, .ctx = ctx };
	snprintf(modem->name, sizeof modem->name, "gammu%d", index);
	snprintf(modem->imsi, sizeof modem->imsi, "51010100000000%d", index);
	modem_sweep(modem);
	return modem;
}

static void
emit(struct modem *modem, const struct modem_event *event)
{
	modem->on_event(modem->ctx, modem, event);
}

const char *
modem_name(const struct modem *modem)
{
	return modem->name;
}

void
modem_info(const struct modem *modem, struct modem_info *out)
{
	*out = (struct modem_info){ .name = modem->name, .state = MODEM_UP };
	snprintf(out->imsi, sizeof out->imsi, "%s", modem->imsi);
}

int
modem_send(struct modem *modem, const struct sms_out *message)
{
	modem->message = *message;
	modem->sending = true;
	modem->told = modem->reported = false;
	return 0;
}

int
modem_delete(struct modem *modem, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	if (modem->removal_count < REMOVALS) {
		modem->removals[modem->removal_count].slot = slot;
		memcpy(modem->removals[modem->removal_count++].key, key, SMS_KEY_SIZE);
	}
	return 0;
}

int
modem_clear(struct modem *modem, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	return modem_delete(modem, slot, key);
}

void
modem_sweep(struct modem *modem)
{
	modem->sweeping = true;
	modem->next = world->oldest;
}

int
modem_dial(struct modem *modem, const char *code)
{
	(void)modem, (void)code;
	return -1;
}

const char *modem_sent_name(enum modem_sent result) { (void)result; return "sent"; }
const char *modem_dialled_name(enum modem_dialled result) { (void)result; return "dialled"; }
const char *modem_state_name(enum modem_state state) { (void)state; return "UP"; }
const char *modem_stage_name(enum modem_stage stage) { (void)stage; return "restart"; }

/* --- what goes on --- */

static void
forget_freed(void)
{
	while (world->oldest < world->part_count && world->parts[world->oldest].freed)
		world->oldest++;
}

/* The box hears of it a step later: the power may go between the two. */
static bool
remove_one(struct modem *modem)
{
	struct removal removal;
	struct world_part *place;
	struct modem_event event = { .type = MODEM_EVENT_DELETED };

	if (modem->removal_count == 0)
		return false;
	removal = modem->removals[--modem->removal_count];
	place = &world->parts[removal.slot - 1];
	event.deleted.slot = removal.slot;
	event.deleted.result = memcmp(place->part.key, removal.key, SMS_KEY_SIZE) == 0 ? MODEM_DELETED_FREED :
			       MODEM_DELETED_OTHER;
	memcpy(event.deleted.key, removal.key, SMS_KEY_SIZE);
	if (event.deleted.result == MODEM_DELETED_FREED)
		place->freed = true;
	forget_freed();
	disk_point();
	emit(modem, &event);
	return true;
}

static bool
show_one(struct modem *modem)
{
	struct world_part *place;
	struct modem_event event = { .type = MODEM_EVENT_PART };

	while (modem->next < world->part_count && (world->parts[modem->next].freed ||
						  &modems[world->parts[modem->next].modem] != modem))
		modem->next++;
	modem->sweeping = modem->next < world->part_count;
	if (!modem->sweeping)
		return false;
	place = &world->parts[modem->next++];
	sms_key(&place->part, modem->imsi, place->part.key);
	event.part = &place->part;
	emit(modem, &event);
	return true;
}

static void
transmit(struct modem *modem)
{
	const struct sms_out *message = &modem->message;
	struct world_sent *sent = &world->sent[world->sent_count];

	if (world->sent_count == WORLD_PARTS || message->id >= WORLD_PARTS || message->sequence >= 4)
		abort();
	sent->id = message->id;
	sent->sequence = message->sequence;
	memcpy(sent->dest, message->dest, sizeof sent->dest);
	world->times[message->id][message->sequence]++;
	world->sent_count++;
	disk_point();
}

static bool
send_one(struct modem *modem)
{
	struct modem_event event = { .type = MODEM_EVENT_SENT, .sent = {
		.id = modem->message.id, .sequence = modem->message.sequence, .result = MODEM_SENT_OK,
		.reference = (int)(world->sent_count & 0xff), .error = "" } };

	if (!modem->sending)
		return false;
	if (!modem->told) {
		transmit(modem);
		modem->told = true;
		return true;
	}
	modem->sending = false;
	emit(modem, &event);
	return true;
}

bool
world_step(void)
{
	struct modem *modem = &modems[rand() % WORLD_MODEMS];
	int first = rand() % 3;

	for (int i = 0; i < WORLD_MODEMS; i++) {
		for (int k = 0; k < 3; k++) {
			int what = (first + k) % 3;

			if (what == 0 ? remove_one(modem) : what == 1 ? send_one(modem) : show_one(modem))
				return true;
		}
		modem = &modems[(modem - modems + 1) % WORLD_MODEMS];
	}
	return false;
}

bool
world_is_read(void)
{
	return world->oldest == world->part_count;
}

/* --- time --- */

int64_t
clock_system(void)
{
	return world->start + world->ms / 1000;
}

int64_t
clock_wall(void)
{
	return clock_system();
}

void
clock_set_floor(int64_t wall)
{
	(void)wall;
}

bool
clock_synchronised(void)
{
	return true;
}

int64_t
clock_monotonic_ms(void)
{
	return world->ms;
}

struct timeval
clock_nap(int64_t seconds)
{
	return (struct timeval){ .tv_sec = seconds < 0 ? 0 : seconds > 60 ? 60 : seconds };
}

/* libevent's timers live in the same time. */
int
clock_gettime(clockid_t clock, struct timespec *now)
{
	if (world == NULL || clock == CLOCK_REALTIME)
		return (int)syscall(SYS_clock_gettime, clock, now);
	*now = (struct timespec){ world->ms / 1000, world->ms % 1000 * 1000000 };
	return 0;
}
