/* SPDX-License-Identifier: GPL-3.0-or-later */
/* relay: what somebody wrote, as it may be passed on to somebody else (domain 2.4). */
#ifndef LANG_RELAY_H
#define LANG_RELAY_H

struct grammar;

/* On one line, without accents and emoji, so that no plain SMS is halved; the words of a secret category as its code
 * (FRASA_KODE), and long words that nearly are such a word as dots: a forwarded text never names them. Upper and lower
 * case stay. The result is the caller's. */
char *relay_text(const struct grammar *grammar, const char *text);

#endif
