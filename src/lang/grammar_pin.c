/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_pin: "pin" of a role: what it needs its PIN for (lang/pin.h). */
#include "lang/grammar_read.h"

#include "base/xmalloc.h"
#include "lang/grammar_cursor.h"

/* What must never need one: help and stopping, for whoever has forgotten it; and what is but a part of another message,
 * which has its own rule. */
static bool
is_free(enum verb verb)
{
	switch (verb) {
	case VERB_STOP: case VERB_MULAI: case VERB_BANTUAN: case VERB_KODE: case VERB_LAGI: case VERB_MENU: case VERB_YA:
	case VERB_DAFTAR:
		return true;
	default:
		return false;
	}
}

bool
grammar_pin_need(struct cursor *cursor, struct grammar *grammar, struct grammar_notes *notes, int role, enum verb verb, int form)
{
	struct form *one = form >= 0 ? &grammar->forms[form] : NULL;

	if (is_free(verb))
		return cursor_wrong(cursor, "%s must do without a PIN, expected a verb like UMUM or a form", verb_name(verb));
	notes->pins = xgrow(notes->pins, notes->pin_count, sizeof *notes->pins);
	notes->pins[notes->pin_count++] = (struct pin_note){ cursor->line, role, verb, form };
	if (one == NULL) {
		grammar->roles[role].pin[verb] = true;
		return true;
	}
	if (one->pin == NULL)
		one->pin = xcalloc(grammar->role_count, sizeof *one->pin);
	one->pin[role] = true;
	return true;
}

void
grammar_pin_check(const struct grammar *grammar, const struct grammar_notes *notes)
{
	for (size_t i = 0; i < notes->pin_count; i++) {
		const struct pin_note *note = &notes->pins[i];
		const struct role *role = &grammar->roles[note->role];
		const struct form *form = note->form >= 0 ? &grammar->forms[note->form] : NULL;

		if (form != NULL ? form->who == NULL || !form->who[note->role] : !role->may[note->verb])
			grammar_fault(notes->faults, note->line->file, note->line->number,
				      "role %s may not send %s at all, expected what stands behind its \"may\"", role->name,
				      form != NULL ? form->name : verb_name(note->verb));
	}
}
