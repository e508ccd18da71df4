/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cms: what a refusal of a message to send means. */
#include "base/cms.h"

#include <stddef.h>

/* The first that holds the number. Operators give barring and "facility" causes to SIMs without credit, too. */
static const struct { int from, to; const char *cause; enum cms_hope hope; } causes[] = {
	{ CMS_OURS, CMS_OURS, "number", CMS_NEVER },
	{ 1, 1, "number", CMS_NEVER },          /* unassigned */
	{ 8, 8, "credit", CMS_NEVER },          /* barred by the operator */
	{ 10, 10, "number", CMS_NEVER },        /* call barred */
	{ 21, 21, "network", CMS_SOON },        /* rejected, nobody says why */
	{ 27, 27, "number", CMS_LATER },        /* its phone is out of order */
	{ 28, 28, "number", CMS_NEVER },        /* unidentified subscriber */
	{ 29, 29, "credit", CMS_LATER },        /* facility rejected */
	{ 30, 30, "number", CMS_NEVER },        /* unknown subscriber */
	{ 38, 47, "network", CMS_LATER },       /* out of order, temporary failure, congestion, no resources */
	{ 50, 50, "credit", CMS_LATER },        /* facility not subscribed */
	{ 51, 255, "network", CMS_SOON },       /* not implemented, protocol errors, errors of the service centre */
	{ 310, 318, "modem", CMS_LATER },       /* the SIM is missing, locked or broken */
	{ 330, 330, "modem", CMS_LATER },       /* no number of the service centre */
	{ 331, 332, "network", CMS_LATER },     /* no service, time-out */
	{ 500, 500, "modem", CMS_LATER },       /* unknown */
	{ 512, 65535, "network", CMS_LATER },   /* the maker's own: busy, lower layers, wait */
};

static size_t
find(int error)
{
	size_t i = 0;

	while (i < sizeof causes / sizeof *causes && (error < causes[i].from || error > causes[i].to))
		i++;
	return i;
}

const char *
cms_cause(int error)
{
	size_t at = find(error);

	return at < sizeof causes / sizeof *causes ? causes[at].cause : "modem";
}

enum cms_hope
cms_hope(int error)
{
	size_t at = find(error);

	return at < sizeof causes / sizeof *causes ? causes[at].hope : CMS_SOON;
}

int
cms_of_cme(int error)
{
	static const struct { int cme, cms; } same[] = {
		{ 10, 310 }, { 11, 311 }, { 12, 316 }, { 13, 313 }, { 14, 314 }, { 15, 315 }, { 17, 317 }, { 18, 318 },
		{ 30, 331 },            /* no network */
		{ 31, 332 },            /* time-out */
	};

	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		if (error == same[i].cme)
			return same[i].cms;
	return 500;
}
