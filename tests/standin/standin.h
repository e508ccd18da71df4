/* SPDX-License-Identifier: GPL-3.0-or-later */
/* standin: what the worker without a modem and those who feed it have in common. The device of the configuration is a
 * folder; its files play the network and the SIM, so that both survive every kill:
 *
 *   in       struct sms_part one behind the other: what the network has for this SIM. Appended by others.
 *   journal  lines appended by the worker, each before the answer that tells of it:
 *                freed INDEX                          of `in`: the SIM has forgotten it
 *                sent MR SEQUENCE TOTAL REF DEST TEXT    the network has taken it; in TEXT \n is a line's end
 *   pid      of the worker */
#ifndef STANDIN_H
#define STANDIN_H

#define STANDIN_SLOTS 30

#endif
