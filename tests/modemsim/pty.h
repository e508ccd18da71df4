/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pty: the serial line of one modem: a raw pty whose slave a symlink names. Knows bytes only. */
#ifndef PTY_H
#define PTY_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>

struct evbuffer;

typedef void pty_input(void *arg, const char *bytes, size_t len);

struct pty {
	int              index;		/* for the dialogue */
	int              master, slave;
	char            *link;
	struct evbuffer *out;
	struct event    *readable, *writable, *shared, *paced;
	size_t           chunk;		/* bytes a write at most; 0: all there are */
	int              chunk_ms;	/* from one to the next */
	pty_input       *input;
	void            *arg;
};

/* Opens the line and names it by the symlink. Returns 0 or -errno; pty_close is right after both. */
int pty_open(struct pty *p, struct event_base *base, const char *link, pty_input *input, void *arg);
void pty_close(struct pty *p);

/* Queues bytes; they leave at the end of the loop's turn in one write. Nobody reading never blocks:
 * beyond a fixed backlog the bytes are lost, as on a line without flow control. */
void pty_write(struct pty *p, const char *bytes, size_t len);

/* Slowly: so many bytes a write, ms apart; 0 bytes: as fast as it goes. */
void pty_set_pace(struct pty *p, size_t chunk, int ms);

/* While deaf nothing is read: whoever writes finds the line full at last. */
void pty_set_deaf(struct pty *p, bool deaf);

/* Nobody has read the line for so long that its buffer is full: the time for a modem to give up unsolicited codes,
 * so that a program that opens the line finds some, not hours of them. */
bool pty_is_unread(const struct pty *p);

#endif
