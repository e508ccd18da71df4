/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_config: a configuration file with anything in it: read, or refused with words; what was read can be printed. */
#include <string.h>

#include "fuzz.h"
#include "base/log.h"
#include "config.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FILE *nowhere;
	struct config_options options = { 0 };
	struct config *config;
	char *error = NULL;

	log_level(3);
	if (!nowhere)
		nowhere = fopen("/dev/null", "w");
	MUST(nowhere);
	options.file = fuzz_file("fuzz.conf", data, size);
	config = config_load(&options, &error);
	MUST(config ? error == NULL : error != NULL && error[0] != '\0');
	free(error);
	if (!config)
		return 0;
	for (size_t i = 0; i < config->modem_count; i++)
		MUST(modem_conf_check(&config->modems[i]) == NULL);
	free(config_incomplete(config));
	config_print(config, nowhere);
	config_free(config);
	return 0;
}
