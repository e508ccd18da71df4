/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds_parts: what the files of the deeds share: one file for each subject beside deeds.c. */
#ifndef GATE_DEEDS_PARTS_H
#define GATE_DEEDS_PARTS_H

#include "gate/deeds.h"
#include "gate/tell.h"

/* A text to somebody else, caused by this deed; about and form are borrowed. May be changed before it is told. */
struct tell deed_tell(const struct deed *deed, const char *about, const struct reply_form *form);
/* At once, to one number, about number `no` of a kind of thing. */
int deed_tell_one(const struct deed *deed, const char *kind, int64_t no, const char *phone,
		  const struct reply_form *form) __attribute__((warn_unused_result));
/* The name of the list that a category belongs to. */
const char *deed_list_of(const struct deed *deed, int category);
/* The name, else the code. */
const char *deed_area_name(const struct deed *deed, const char *code);
/* {lembaga}: the sender's organisation. */
void deed_set_body(const struct deed *deed, struct reply_form *form);

/* The roles of "KT,DU" for whoever is in the sender's area (and RW), or has it in his: by the scope of each role. Gives
 * how many were told, or -errno; never the sender. */
int deed_tell_roles(const struct deed *deed, const struct tell *tell, const char *roles)
	__attribute__((warn_unused_result));
/* Not in quiet hours. */
void deed_by_day(const struct deed *deed, struct tell *tell);

/* deeds_people.c: DAFTAR, SETUJU, TOLAK, BATAL of a request. */
int deeds_people_ask(const struct deed *deed) __attribute__((warn_unused_result));
int deeds_people_do(const struct deed *deed) __attribute__((warn_unused_result));

/* deeds_ticket.c: TANYA, ADUAN, JAWAB; CEK and TUTUP of a ticket. */
int deeds_ticket_ask(const struct deed *deed) __attribute__((warn_unused_result));
int deeds_ticket_do(const struct deed *deed) __attribute__((warn_unused_result));

/* deeds_program.c: PROGRAM; CEK of a programme. */
int deeds_program_ask(const struct deed *deed) __attribute__((warn_unused_result));
int deeds_program_do(const struct deed *deed) __attribute__((warn_unused_result));
/* deeds_submission.c: KIRIM. */
int deeds_submission_ask(const struct deed *deed) __attribute__((warn_unused_result));
int deeds_submission_do(const struct deed *deed) __attribute__((warn_unused_result));

/* deeds_broadcast.c: UMUM. */
int deeds_broadcast_ask(const struct deed *deed) __attribute__((warn_unused_result));
int deeds_broadcast_do(const struct deed *deed) __attribute__((warn_unused_result));

/* deeds_case.c: KASUS, RUJUK; CEK and TUTUP of a case. */
int deeds_case_ask(const struct deed *deed) __attribute__((warn_unused_result));
int deeds_case_do(const struct deed *deed) __attribute__((warn_unused_result));

/* deeds_alert.c: what a BATAL brought back (the outcome's items), if the receipt was told as an alert. */
int deeds_alert_cancelled(const struct deed *deed, int64_t receipt) __attribute__((warn_unused_result));

/* deeds_meeting.c: RAPAT, HADIR, NOTULEN. */
int deeds_meeting_ask(const struct deed *deed) __attribute__((warn_unused_result));
int deeds_meeting_do(const struct deed *deed) __attribute__((warn_unused_result));

#endif
