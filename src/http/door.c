/* SPDX-License-Identifier: GPL-3.0-or-later */
/* door: which gateways are served where. */
#include "http/door.h"

#include <string.h>

static const struct door *const doors[] = { &door_africastalking, &door_hubtel, &door_form };

const struct door *
door_find(const char *path)
{
	for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++)
		if (strcmp(doors[i]->path, path) == 0)
			return doors[i];
	return NULL;
}
