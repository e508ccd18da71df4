/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cms: what a refusal of a message to send means (+CMS ERROR; 3GPP TS 27.005 3.2.5, 24.011 E.2): whose fault it is,
 * and whether trying again may help. Knows no message and no modem. */
#ifndef BASE_CMS_H
#define BASE_CMS_H

#define CMS_OURS (-1)           /* refused by a rule of ours: never on the air */

/* In one word: "network", "credit", "number" (the recipient's) or "modem" (ours, its SIM included). */
const char *cms_cause(int error);

enum cms_hope {
	CMS_NEVER,      /* it will be refused for ever */
	CMS_SOON,       /* a few tries tell */
	CMS_LATER,      /* it passes: somebody tops up the SIM, the network comes back */
};
enum cms_hope cms_hope(int error);

/* The refusal that says the same as a +CME ERROR (27.007 9.2), which counts otherwise; 500, unknown, if none does. */
int cms_of_cme(int error);

#endif
