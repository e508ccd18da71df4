/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frame: what core and modem worker say to each other, one fixed value a datagram (SOCK_SEQPACKET). No
 * pointers cross. Knows neither libGammu nor the event loop. */
#ifndef MODEM_FRAME_H
#define MODEM_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sms.h"
#include "modem/conf.h"
#include "modem/ussd.h"

#define FRAME_ID_SIZE 24
#define FRAME_NAME_SIZE 64
#define FRAME_ERROR_SIZE 48
#define FRAME_AVOIDED 32
#define FRAME_MEMORIES 2

/* Requests go to the worker, one at a time; each is answered by exactly one closing event (or FAILED, after
 * which the worker exits). The other events come whenever they like. */
enum frame_type {
	FRAME_SETUP = 1,   /* setup    closed by READY */
	FRAME_SWEEP,       /* -        read all slots of all memories; closed by SWEPT */
	FRAME_READ,        /* slot     closed by READ_DONE */
	FRAME_DELETE,      /* remove   closed by DELETED */
	FRAME_SEND,        /* send     closed by SENT */
	FRAME_CLEAR,       /* remove   as DELETE, of a BROKEN message and without libGammu; closed by CLEARED */
	FRAME_STATUS,      /* -        closed by SIGNAL */
	FRAME_STOP,        /* -        closed by the end of the worker */
	FRAME_READY,       /* ready    the modem can be used */
	FRAME_HINT,        /* slot     the modem says that it stored a message there */
	FRAME_READING,     /* slot     this slot will be touched now: if the worker dies, it was this one */
	FRAME_PART,        /* part     a message */
	FRAME_BROKEN,      /* broken   something that cannot be believed; slot as in PART */
	FRAME_SWEPT,       /* swept */
	FRAME_READ_DONE,   /* read_done */
	FRAME_DELETED,     /* deleted */
	FRAME_CLEARED,     /* deleted */
	FRAME_SENT,        /* sent */
	FRAME_REPORT,      /* report   a status report; the modem's copy is gone already */
	FRAME_SIGNAL,      /* signal */
	FRAME_FAILED,      /* failed   the modem cannot be used; the worker exits */
	FRAME_DIAL,        /* dial     to the worker: a USSD code; closed by DIALLED */
	FRAME_DIALLED,     /* dialled */
	FRAME_TYPES
};

enum frame_to { FRAME_TO_WORKER, FRAME_TO_CORE };

/* What was found in a slot. */
enum frame_slot { FRAME_SLOT_READ, FRAME_SLOT_EMPTY, FRAME_SLOT_UNREADABLE /* or told as BROKEN */, FRAME_SLOT_RESULTS };

struct frame {
	uint32_t type;                 /* enum frame_type */
	union {
		struct {
			struct modem_conf conf;
			uint32_t reset;                 /* 1: AT+CFUN first */
			uint32_t avoided_count;
			int32_t avoided[FRAME_AVOIDED]; /* slots on which workers died: not for libGammu until they are
			                                 * empty, and not read in a SWEEP */
		} setup;
		int32_t slot;
		struct {
			int32_t slot;
			uint8_t key[SMS_KEY_SIZE];      /* DELETE: sms_key(); CLEAR: sms_raw_key() */
			uint32_t raw;                   /* DELETE: 1: empty the slot without libGammu */
			uint32_t verify;                /* 1: see for yourself that it is gone */
		} remove;
		struct { struct sms_out message; uint32_t pace; /* enum modem_pace, from now on */ } send;
		struct {
			char imei[FRAME_ID_SIZE], imsi[FRAME_ID_SIZE];
			char manufacturer[FRAME_NAME_SIZE], model[FRAME_NAME_SIZE];
		} ready;
		struct sms_part part;
		struct {
			int32_t slot;
			char reason[FRAME_ERROR_SIZE];
			uint32_t length;                /* of raw; 0: nothing could be had */
			uint8_t raw[SMS_RAW_MAX];
		} broken;
		struct {
			int32_t used[FRAME_MEMORIES], size[FRAME_MEMORIES];     /* SIM, phone */
			int32_t read, unreadable;       /* unreadable: those told as BROKEN, and those the modem would not give */
			char error[FRAME_ERROR_SIZE];   /* not "": the sweep could not be done */
		} swept;
		struct { int32_t slot; uint32_t found; /* enum frame_slot */ } read_done;
		struct { int32_t slot; uint32_t result; /* enum modem_deleted */ } deleted;
		struct {
			int64_t id;
			uint32_t sequence;     /* of the part, as in the request */
			uint32_t result;       /* enum modem_sent */
			int32_t reference;     /* TP-MR 0..255, -1 unknown */
			int32_t cms;           /* 0 none */
			char error[FRAME_ERROR_SIZE];
		} sent;
		struct {
			char number[SMS_ADDRESS_SIZE];
			char time[SMS_TIME_SIZE];   /* when the network was done with it, ISO 8601; "" if broken */
			uint32_t reference;         /* TP-MR */
			uint32_t status;            /* TP-ST */
		} report;
		struct {
			int32_t dbm;
			char network[FRAME_NAME_SIZE];
			char time[SMS_TIME_SIZE];   /* of that network, as the modem tells it; "" unknown */
		} signal;
		struct { char code[USSD_CODE_SIZE]; } dial;
		struct {
			uint32_t result;            /* enum modem_dialled */
			char text[USSD_TEXT_SIZE];
			char error[FRAME_ERROR_SIZE];
		} dialled;
		struct {
			char stage[FRAME_ERROR_SIZE], error[FRAME_ERROR_SIZE];
			uint32_t blame;        /* 1: the slot of the last READING is to blame */
		} failed;
	};
};

/* A zeroed frame of that type: no stray byte of memory crosses. */
void frame_clear(struct frame *frame, enum frame_type type);

/* Hands one frame over. 0; -EAGAIN when the socket is full (only on a non-blocking one); else -errno. */
__attribute__((warn_unused_result))
int frame_send(int fd, const struct frame *frame);

/* Takes one frame that may go that way. 1 a frame whose every field may be believed in its own range;
 * 0 the other side has closed; -EBADMSG bytes that are no such frame; else -errno (-EAGAIN: none there). */
__attribute__((warn_unused_result))
int frame_receive(int fd, enum frame_to to, struct frame *frame);

/* The check of frame_receive() alone, for tests and fuzzing: length bytes, copied into a frame. */
__attribute__((warn_unused_result))
bool frame_sane(const struct frame *frame, size_t length, enum frame_to to);

/* "SETUP", "PART"... ; "?" for other numbers. */
const char *frame_name(uint32_t type);

#endif
