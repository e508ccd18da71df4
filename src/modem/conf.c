/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conf: defaults and checks of a modem's settings. Does not know files, devices or libGammu. */
#include "modem/conf.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void
modem_conf_default(struct modem_conf *conf, const char *name)
{
	*conf = (struct modem_conf) {
		.connection = "at115200",
		.cnmi = { -1, -1, -1, -1, -1 },
		.pace = MODEM_PACE_STOCK,
		.send_wait = 50000,
		.deadline = { .setup = 45000, .sweep = 60000, .read = 30000, .remove = 15000,
		              .send = 60000, .status = 30000, .dial = 60000 },
		.sweep_every = 60000,
		.status_every = 300000,
		.backoff_first = 200,
		.backoff_most = 30000,
		.recover_after = 5,
		.recover_every = 600000,
		.recover_deadline = 30000,
		.alarm_after = 900000,
		.credit_every = 86400000,
	};
	snprintf(conf->name, sizeof conf->name, "%s", name);
}

bool
modem_conf_cnmi(struct modem_conf *conf, const char *value)
{
	for (int i = 0; i < MODEM_CNMI; i++)
		conf->cnmi[i] = -1;
	for (int i = 0; *value; i++) {
		bool none = value[0] == '-' && value[1] == '1';

		if (i == MODEM_CNMI || (!none && (value[0] < '0' || value[0] > '9')))
			return false;
		conf->cnmi[i] = none ? -1 : value[0] - '0';
		value += none ? 2 : 1;
		if (*value == ',')
			value++;
	}
	return true;
}

/* libGammu's names that lead to a serial AT modem. proxy* runs a command given as device; bluetooth, irda
 * and fbus need what a gateway box does not have. */
static bool
serial_at(const char *connection)
{
	size_t length = strlen(connection);

	if (length > 6 && strcasecmp(connection + length - 6, "-nodtr") == 0)
		length -= 6;
	if (length == 6 && strncasecmp(connection, "dku2at", 6) == 0)
		return true;
	if (length < 2 || strncasecmp(connection, "at", 2) != 0)
		return false;
	return strspn(connection + 2, "0123456789") == length - 2;
}

const char *
modem_conf_check(const struct modem_conf *conf)
{
	if (conf->device[0] == '\0')
		return "device: is missing";
	if (conf->device[0] != '/')
		return "device: must be an absolute path";
	if (!serial_at(conf->connection))
		return "connection: only at, at<speed> and dku2at (also with -nodtr) are supported";
	if (conf->pace >= MODEM_PACES)
		return "pace: stock or usb";
	if (conf->smsc[strspn(conf->smsc, "+0123456789")] != '\0')
		return "smsc: must be a number like +6281100000";
	if (conf->recover[0] != '\0' && conf->recover[0] != '/')
		return "recover: must be the absolute path of a program";
	if (conf->recover_after == 0)
		return "recover_after: must be at least 1";
	if (conf->credit[0].code[0] != '\0' && !ussd_code_sane(conf->credit[0].code))
		return "balance_code: must be a code like *888#";
	if (conf->credit[1].code[0] != '\0' && !ussd_code_sane(conf->credit[1].code))
		return "quota_code: must be a code like *888#";
	for (int i = 0; i < MODEM_INITS; i++)
		if (conf->init[i][0] != '\0' && strncasecmp(conf->init[i], "AT", 2) != 0)
			return "init: must begin with AT";
	return NULL;
}
