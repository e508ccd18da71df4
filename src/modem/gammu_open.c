/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gammu_open: the connection to a modem, and what the modem says of itself and its network. */
#include "modem/gammu_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/xmalloc.h"

#define REPLIES 1               /* with more, a lost OK makes the library repeat the command */
#define NAME_SIZE 256           /* the library writes names without being told a size */
#define SELECT_FDS 1024         /* the library uses select(): its tty is below this */

static int
set_features(GSM_Config *config, const char *features)
{
	char text[MODEM_FEATURES_SIZE], *save = NULL;
	int count = 0;

	snprintf(text, sizeof text, "%s", features);
	for (char *word = strtok_r(text, ", \t", &save); word; word = strtok_r(NULL, ", \t", &save)) {
		GSM_Feature feature = GSM_FeatureFromString(strncmp(word, "F_", 2) == 0 ? word + 2 : word);

		if (feature == 0 || count == GSM_MAX_PHONE_FEATURES)
			return gammu_errno(ERR_BADFEATURE);
		config->PhoneFeatures[count++] = feature;
	}
	config->PhoneFeatures[count] = 0;
	return 0;
}

static int
configure(struct gammu *g, const struct modem_conf *conf)
{
	GSM_Config *config = GSM_GetConfig(g->machine, 0);

	free(config->Device);
	free(config->Connection);
	config->Device = xstrdup(conf->device);
	config->Connection = xstrdup(conf->connection);
	snprintf(config->Model, sizeof config->Model, "%s", strcmp(conf->model, "auto") == 0 ? "" : conf->model);
	snprintf(config->DebugLevel, sizeof config->DebugLevel, "textall");
	config->UseGlobalDebugFile = FALSE;
	for (int i = 0; i < MODEM_CNMI; i++)
		config->CNMIParams[i] = conf->cnmi[i];
	GSM_SetConfigNum(g->machine, 1);
	return set_features(config, conf->features);
}

static int
find_tty(const char *device)
{
	struct stat wanted, found;

	if (stat(device, &wanted) != 0)
		return -1;
	for (int fd = 3; fd < SELECT_FDS; fd++)
		if (fstat(fd, &found) == 0 && S_ISCHR(found.st_mode) && found.st_rdev == wanted.st_rdev)
			return fd;
	return -1;
}

/* A number that a modem may decorate with blanks or quotes. */
static void
digits_of(const char *text, char out[MODEM_ID_SIZE])
{
	size_t length = 0;

	for (; *text && length < MODEM_ID_SIZE - 1; text++)
		if (*text >= '0' && *text <= '9')
			out[length++] = *text;
	out[length] = '\0';
}

static void
name_of(int error, const char *text, char out[MODEM_NETWORK_SIZE])
{
	size_t length = 0;

	for (; !error && *text && length < MODEM_NETWORK_SIZE - 1; text++)
		if (*text >= ' ' && *text < 0x7F)
			out[length++] = *text;
	out[length] = '\0';
}

/* The dedupe key needs the IMSI: a modem that could say it but does not now must not go on without. */
static int
identify(struct gammu *g)
{
	char text[NAME_SIZE] = "";
	int error = gammu_errno(GSM_GetSIMIMSI(g->machine, text));

	if (error && error != -EOPNOTSUPP)
		return error;
	digits_of(error ? "" : text, g->identity.imsi);
	text[0] = '\0';
	error = gammu_errno(GSM_GetIMEI(g->machine, text));
	digits_of(error ? "" : text, g->identity.imei);
	text[0] = '\0';
	error = gammu_errno(GSM_GetManufacturer(g->machine, text));
	name_of(error, text, g->identity.manufacturer);
	text[0] = '\0';
	error = gammu_errno(GSM_GetModel(g->machine, text));
	name_of(error, text, g->identity.model);
	return 0;
}

static int
find_smsc(struct gammu *g, const char *given)
{
	memset(&g->smsc, 0, sizeof g->smsc);
	g->smsc.Location = 1;
	if (*given) {
		DecodeUTF8(g->smsc.Number, given, strlen(given));
		return 0;
	}
	return gammu_errno(GSM_GetSMSC(g->machine, &g->smsc));
}

static int
connect_modem(struct gammu *g, const struct modem_conf *conf, const char **stage)
{
	int error;

	*stage = "features";
	error = configure(g, conf);
	if (error)
		return error;
	*stage = "open";
	error = gammu_errno(GSM_InitConnection_Log(g->machine, REPLIES, gammu_on_log, g));
	if (error)
		return error;
	*stage = "tty";
	g->tty = find_tty(conf->device);
	if (g->tty < 0)
		return gammu_errno(ERR_DEVICENOTEXIST);
	GSM_SetSendSMSStatusCallback(g->machine, gammu_on_sent, g);
	GSM_SetIncomingSMSCallback(g->machine, gammu_on_incoming, g);
	*stage = "imsi";
	error = identify(g);
	if (error)
		return error;
	*stage = "notifications";
	error = gammu_errno(GSM_SetIncomingSMS(g->machine, TRUE));
	if (gammu_lost(error))
		return error;
	if (error)      /* later notifications are heard all the same, if an init string enables them */
		log_warn("the modem does not offer notifications (%s): messages come with the sweeps", gammu_error());
	*stage = "smsc";
	error = find_smsc(g, conf->smsc);
	if (gammu_lost(error))
		return error;
	if (error)
		log_warn("the SIM has no SMSC number (%s): set smsc, or nothing can be sent", gammu_error());
	return 0;
}

int
gammu_open(const struct modem_conf *conf, struct gammu **out, const char **stage)
{
	struct gammu *g = xcalloc(1, sizeof *g);
	int error;

	GSM_InitLocales(NULL);
	g->tty = -1;
	g->first_index = 1;
	g->multi = xcalloc(1, sizeof *g->multi);
	g->machine = GSM_AllocStateMachine();
	if (!g->machine)
		memory_gone();
	error = connect_modem(g, conf, stage);
	if (error) {
		gammu_close(g);
		return error;
	}
	*out = g;
	return 0;
}

void
gammu_close(struct gammu *g)
{
	if (!g)
		return;
	if (GSM_IsConnected(g->machine))
		GSM_TerminateConnection(g->machine);
	GSM_FreeStateMachine(g->machine);
	free(g->multi);
	free(g->notices);
	free(g);
}

int
gammu_tty(const struct gammu *g)
{
	return g->tty;
}

const struct gammu_identity *
gammu_identity(const struct gammu *g)
{
	return &g->identity;
}

/* --- status --------------------------------------------------------------------------------------------- */

/* Big-endian UTF-16 of the library, fit for a line on a terminal. */
static void
utf8_of(const unsigned char *utf16, size_t most, char *out, size_t size)
{
	uint16_t units[GSM_MAX_NUMBER_LENGTH];
	size_t count;

	for (count = 0; count < most && count < GSM_MAX_NUMBER_LENGTH; count++) {
		uint16_t unit = (uint16_t)(utf16[2 * count] << 8 | utf16[2 * count + 1]);

		if (unit == 0)
			break;
		units[count] = unit < ' ' || (unit >= 0x7F && unit < 0xA0) ? '?' : unit;
	}
	sms_text(units, count, out, size);
}

int
gammu_status(struct gammu *g, int *dbm, char network[MODEM_NETWORK_SIZE])
{
	GSM_SignalQuality signal = { 0 };
	GSM_NetworkInfo info;
	int error = gammu_errno(GSM_GetSignalQuality(g->machine, &signal));

	*dbm = MODEM_SIGNAL_UNKNOWN;
	if (!error && signal.SignalStrength >= -150 && signal.SignalStrength < 0)
		*dbm = signal.SignalStrength;
	network[0] = '\0';
	if (gammu_lost(error))
		return error;
	memset(&info, 0, sizeof info);
	error = gammu_errno(GSM_GetNetworkInfo(g->machine, &info));
	if (gammu_lost(error))
		return error;
	if (!error && (info.State == GSM_HomeNetwork || info.State == GSM_RoamingNetwork)) {
		utf8_of(info.NetworkName, sizeof info.NetworkName / 2, network, MODEM_NETWORK_SIZE);
		if (network[0] == '\0')
			name_of(0, info.NetworkCode, network);
	}
	return 0;
}
