/* SPDX-License-Identifier: GPL-3.0-or-later */
/* requests: what a worker is still to be asked, and in which order. Knows no process and no time but what it is
 * given. */
#ifndef MODEM_REQUESTS_H
#define MODEM_REQUESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "modem/frame.h"
#include "modem/slots.h"

#define REQUESTS_NONE 0

struct requests_removal {
	uint32_t request;       /* FRAME_DELETE, FRAME_CLEAR */
	int32_t slot;
	uint8_t key[SMS_KEY_SIZE];
};

/* {0} is empty. Members are for reading. */
struct requests {
	uint32_t under_way;                     /* enum frame_type, or REQUESTS_NONE */
	struct requests_removal removing;       /* of FRAME_DELETE or FRAME_CLEAR under way */
	struct sms_out send;
	bool send_waits, send_given;            /* accepted / in the worker's hands; at most one of them */
	char dial[USSD_CODE_SIZE];
	bool dial_waits, dial_given;            /* the same of a code to dial */
	/* own */
	struct requests_removal *removals;
	size_t removals_count;
	int32_t *reads;
	size_t reads_count;
	bool sweep_waits, sweep_overdue, status_waits, suspects_overdue, dial_overdue;
	unsigned row;                           /* requests for single slots in a row */
};

void requests_clear(struct requests *requests);

/* The worker is gone: only a message to send and a code to dial outlive it, to be answered for. */
void requests_forget(struct requests *requests);

/* The same slot and key twice is once. */
void requests_remove(struct requests *requests, uint32_t request, int32_t slot, const uint8_t key[SMS_KEY_SIZE]);

/* Reads a slot that the modem has named; of very many a sweep takes care. */
void requests_read(struct requests *requests, int32_t slot);

void requests_sweep(struct requests *requests);
void requests_status(struct requests *requests);

/* It is time for the regular sweep: one that still waits from the last time is overdue, and so are suspect slots and a
 * code to dial. */
void requests_period(struct requests *requests);

/* Not while one waits or is under way. */
void requests_send(struct requests *requests, const struct sms_out *message);

/* Not while one waits or is under way. */
void requests_dial(struct requests *requests, const char *code);

/* Fills in what is to be asked next; false: nothing. Of a SEND the pace is the caller's. */
__attribute__((warn_unused_result))
bool requests_next(const struct requests *requests, const struct slots *slots, int64_t now_ms, struct frame *out);

/* That was handed to the worker. */
void requests_given(struct requests *requests, const struct frame *frame);

#endif
