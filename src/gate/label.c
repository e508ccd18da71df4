/* SPDX-License-Identifier: GPL-3.0-or-later */
/* label: an organisation as people call it. */
#include "gate/label.h"

#include <stdio.h>
#include <string.h>

#include "lang/grammar.h"
#include "store/region.h"

/* The area's name, its code where it has none; of Kabupaten Ciamis what follows. */
static const char *
name_of(struct store *store, const char *area, char *name, size_t size)
{
	const char *bare;

	if (region_name(store, area, name, size) != 0)
		return area;
	bare = strlen(area) == 5 ? strchr(name, ' ') : NULL;
	return bare != NULL ? bare + 1 : name;
}

void
label_set(struct store *store, const struct grammar *grammar, struct reply_form *form, const char *body, int rw,
	  const char *area)
{
	char part[REPLY_SIZE] = "", name[64] = "";
	struct reply_form phrase;

	if (rw != 0) {
		reply_start(&phrase, "FRASA_RW");
		reply_set(&phrase, "n", "%d", rw);
		reply_write(grammar, &phrase, part);
	}
	reply_set(form, "lembaga", "%s%s%s%s%s", body, rw != 0 ? " " : "", part, area[0] != '\0' ? " " : "",
		  area[0] != '\0' ? name_of(store, area, name, sizeof name) : "");
}
