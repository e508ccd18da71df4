/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export: kentongan export: what import reads. */
#include "ctl/ctl.h"

#include <errno.h>
#include <string.h>

#include "store/roster.h"

int
ctl_export(const struct command *command, const struct call *call)
{
	struct ctl_room room;

	if (strcmp(call->words[0], "people") != 0)
		return ctl_misused(command);
	if (ctl_enter(call, &room)) {
		int count = roster_export(room.store, stdout);

		if (count < 0 || fflush(stdout) != 0 || ferror(stdout)) {
			fprintf(stderr, "kentongan: the table is not complete: %s\n", strerror(count < 0 ? -count : errno));
			room.status = EXIT_FAILED;
		}
	}
	ctl_leave(&room);
	return room.status;
}
