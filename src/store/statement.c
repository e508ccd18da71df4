/* SPDX-License-Identifier: GPL-3.0-or-later */
/* statement: every SQL statement of the store. Knows no rules: only what is written and read. */
#include "store/statement.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/phone.h"
#include "base/xmalloc.h"
#include "store/health.h"
#include "store/store.h"

#define SAY_AGAIN_MS 60000

#define AUDIENCE_SAID_STOP \
	" EXISTS (SELECT 1 FROM optout x JOIN phone f ON f.number = x.number WHERE f.person = p.id)"
#define AUDIENCE_FROM \
	" FROM person p JOIN organisation o ON o.id = p.organisation" \
	" WHERE p.state = 'ACTIVE' AND EXISTS (SELECT 1 FROM phone f WHERE f.person = p.id)" \
	" AND CASE WHEN :above THEN substr(:area, 1, length(o.area)) = o.area" \
	" ELSE substr(o.area, 1, length(:area)) = :area END" \
	" AND (:roles = '' OR instr(:roles, ',' || o.role || ',') > 0 OR instr(:roles, ',' || o.body || ',') > 0)" \
	" AND (:rw = 0 OR o.rw = 0 OR o.rw = :rw) AND (NOT :willing OR NOT" AUDIENCE_SAID_STOP ")"

/* The next number of a book: above the largest, and above all that were told before the box was restored. */
#define FLOOR(series) "ifnull((SELECT f.no FROM number_floor AS f WHERE f.series = " series "), 0)"
#define NEXT(book) "max(ifnull((SELECT max(no) FROM " book "), 0), " FLOOR("'" book "'") ") + 1"

#define UNASKED(row) " (" row ".class IN ('reminder', 'notice'))"

static const char *const sql[STATEMENTS] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_BEGIN_READING] = "BEGIN",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",

	/* '+0 days' makes SQLite count 31 February on into March, so that it differs from what was given. */
	[SQL_TIME] =
		"SELECT unixepoch(:time), unixepoch(substr(:time, 1, 19)) - unixepoch(:time)"
		" WHERE (:time GLOB :date || 'Z' OR :time GLOB :date || '[+-][0-9][0-9]:[0-9][0-9]')"
		" AND strftime('%Y-%m-%dT%H:%M:%S', substr(:time, 1, 19), '+0 days') = substr(:time, 1, 19)"
		" AND unixepoch(:time) IS NOT NULL",
	[SQL_BOX_KEY] = "SELECT box_key, reborn FROM box",
	[SQL_CLOCK] = "SELECT high_water FROM box",
	[SQL_CLOCK_SET] = "UPDATE box SET high_water = :wall",

	[SQL_AREA_NAME] = "SELECT name FROM area WHERE code = :code",
	[SQL_AREA_PUT] =
		"INSERT INTO area (code, name, parent) VALUES (:code, :name, :parent)"
		" ON CONFLICT (code) DO UPDATE SET name = excluded.name WHERE name <> excluded.name",
	[SQL_OFFER_PUT] = "INSERT OR REPLACE INTO offer (phone, text, isi, wall) VALUES (:phone, :text, :isi, :wall)",
	[SQL_OFFER_FIND] = "SELECT text, isi, wall FROM offer WHERE phone = :phone AND wall BETWEEN :since AND :until",
	[SQL_OFFER_FORGET] = "DELETE FROM offer WHERE phone = :phone",
	[SQL_SESSION_FIND] = "SELECT state, shown, inputs, steps, over, wall FROM session WHERE phone = :phone AND id = :id"
			     " AND wall BETWEEN :since AND :until",
	[SQL_SESSION_PUT] = "INSERT OR REPLACE INTO session (phone, id, state, shown, inputs, steps, over, wall)"
			    " VALUES (:phone, :id, :state, :shown, :inputs, :steps, :over, :wall)",
	[SQL_SESSION_FORGET] = "DELETE FROM session WHERE phone = :phone AND id = :id",
	[SQL_SESSION_STALE] = "DELETE FROM session WHERE wall < :stale",
	[SQL_AREA_SERVED] =
		"SELECT a.code, a.name FROM area AS p INDEXED BY area_parent CROSS JOIN area AS a INDEXED BY area_parent"
		" ON a.parent = p.code WHERE p.parent = '' AND EXISTS (SELECT 1 FROM organisation AS o INDEXED BY organisation_area"
		" WHERE o.area >= a.code AND o.area < a.code || '/') ORDER BY a.code",
	/* Also of a kabupaten or kota: they have that word in front. */
	[SQL_AREA_NAMED] =
		"SELECT code FROM area WHERE (:length = 0 OR length(code) = :length) AND (name = :name COLLATE NOCASE"
		" OR (length(code) = 5 AND name COLLATE NOCASE IN ('Kabupaten ' || :name, 'Kota ' || :name))) ORDER BY code",
	[SQL_AREA_BELOW] = "SELECT code, name FROM area WHERE code >= :first AND code < :end AND length(code) >= 5",

	[SQL_ORGANISATION_FIND] =
		"SELECT id FROM organisation WHERE role = :role AND body = :body AND area = :area AND rw = :rw",
	[SQL_ORGANISATION_ADD] =
		"INSERT INTO organisation (role, body, area, rw) VALUES (:role, :body, :area, :rw)",
	[SQL_ORGANISATION_NEWEST] = "SELECT ifnull(max(id), 0) FROM organisation",
	[SQL_PERSON_FIND] =
		"SELECT p.id, p.state, p.name, o.id, o.role, o.body, coalesce(o.area, p.area), o.rw"
		" FROM phone JOIN person p ON p.id = phone.person LEFT JOIN organisation o ON o.id = p.organisation"
		" WHERE phone.number = :phone",
	[SQL_PERSON_ADD] =
		"INSERT INTO person (state, name, organisation, area) VALUES (:state, :name, :organisation, :area)",
	[SQL_PERSON_UPDATE] =
		"UPDATE person SET state = :state, name = CASE :name WHEN '' THEN name ELSE :name END,"
		" organisation = CASE :state WHEN 'BLOCKED' THEN organisation ELSE :organisation END, area = :area"
		" WHERE id = :id",
	[SQL_PERSON_UNBLOCK] = "UPDATE person SET state = 'ACTIVE' WHERE id = :id AND state = 'BLOCKED'",
	[SQL_PERSON_NEXT] =
		"SELECT p.id, (SELECT group_concat(number, ', ') FROM (SELECT number FROM phone WHERE person = p.id ORDER BY"
		" (SELECT max(i.id) FROM sms_in i WHERE i.sender = number) DESC NULLS LAST, number))"
		" FROM person p WHERE p.id > :after AND EXISTS (SELECT 1 FROM phone WHERE person = p.id)"
		" ORDER BY p.id LIMIT 1",
	[SQL_PERSON_CROWDED] =
		"SELECT o.area FROM organisation o JOIN person p ON p.organisation = o.id WHERE o.role = :role"
		" AND p.state = 'ACTIVE' AND EXISTS (SELECT 1 FROM phone WHERE person = p.id)"
		" GROUP BY o.area HAVING count(*) > 1 ORDER BY o.area LIMIT 1",
	[SQL_PHONE_ADD] = "INSERT INTO phone (number, person) VALUES (:phone, :person)",
	[SQL_PHONE_REMOVE] = "DELETE FROM phone WHERE number = :phone",
	[SQL_PERSON_RETIRE] =
		"DELETE FROM phone WHERE person = (SELECT person FROM phone WHERE number = :phone)",
#define HIS_NUMBERS "SELECT :phone UNION SELECT number FROM phone" \
		    " WHERE person = (SELECT person FROM phone WHERE number = :phone)"
	[SQL_OPTED_OUT] = "SELECT count(*) FROM optout WHERE number IN (" HIS_NUMBERS ")",
	[SQL_OPTOUT_ADD] = "INSERT OR IGNORE INTO optout (number) " HIS_NUMBERS,
	[SQL_OPTOUT_COPY] =
		"INSERT OR IGNORE INTO optout (number) SELECT :other WHERE EXISTS (SELECT 1 FROM optout WHERE number = :phone)",
	[SQL_OPTOUT_REMOVE] = "DELETE FROM optout WHERE number IN (" HIS_NUMBERS ")",
	[SQL_AUDIENCE_NEXT] =
		"SELECT p.id, (SELECT f.number FROM phone f WHERE f.person = p.id ORDER BY"
		" (SELECT max(i.id) FROM sms_in i WHERE i.sender = f.number) DESC NULLS LAST, f.number LIMIT 1),"
		" p.name, o.id, o.role, o.body, o.area, o.rw," AUDIENCE_SAID_STOP AUDIENCE_FROM
		" AND p.id > :after ORDER BY p.id LIMIT 1",
	[SQL_AUDIENCE_MEMBER] =
		"SELECT min(p.id) FROM person p WHERE p.organisation = :organisation AND p.state = 'ACTIVE' AND p.id > :after"
		" AND EXISTS (SELECT 1 FROM phone f WHERE f.person = p.id) HAVING count(*) > 0",
	[SQL_AUDIENCE_COUNT] =
		"SELECT count(*)" AUDIENCE_FROM,

	[SQL_INBOX_BY_KEY] = "SELECT id FROM sms_in WHERE dkey = :dkey",
	[SQL_INBOX_TIMELESS] =
		"SELECT id, rx_wall, dkey FROM sms_in INDEXED BY sms_in_sender WHERE sender = :sender AND scts = ''"
		" AND dkey IS NOT NULL ORDER BY rx_wall DESC LIMIT 1000",
	[SQL_INBOX_ADD] =
		"INSERT INTO sms_in (dkey, sim, modem, sender, ton, scts, pid, dcs, class, udh, raw,"
		" ref_bits, ref, seq, total, units, body, rx_wall, state, reason)"
		" VALUES (:dkey, :sim, :modem, :sender, :ton, :scts, :pid, :dcs, :class, :udh, :raw,"
		" :ref_bits, :ref, :seq, :total, :units, :body, :wall, :state, :reason)",
#define GROUP " state = 'PART' AND sender = :sender AND sim = :sim AND ref_bits = :ref_bits AND ref = :ref" \
	      " AND total = :total"
	[SQL_INBOX_PART_SAME] = "SELECT id, units = :units FROM sms_in WHERE" GROUP " AND seq = :seq",
	[SQL_INBOX_PART_CLOSE] = "UPDATE sms_in SET state = 'PARTIAL' WHERE" GROUP,
	[SQL_INBOX_PART_COUNT] = "SELECT count(*) FROM sms_in WHERE" GROUP,
	[SQL_INBOX_PART_READ] = "SELECT units, scts FROM sms_in WHERE" GROUP " ORDER BY seq",
	/* The text is in the whole message now, once is enough. */
	[SQL_INBOX_PART_DONE] =
		"UPDATE sms_in SET state = 'DONE', whole = :whole, units = NULL, body = '' WHERE" GROUP,
	[SQL_INBOX_EVICT_SENDER] =
		"UPDATE sms_in INDEXED BY sms_in_part SET state = 'PARTIAL' WHERE state = 'PART' AND sender = :sender"
		" AND (sim, ref_bits, ref, total) IN (SELECT sim, ref_bits, ref, total FROM sms_in"
		" WHERE state = 'PART' AND sender = :sender GROUP BY 1, 2, 3, 4"
		" ORDER BY max(id) DESC LIMIT -1 OFFSET :most)",
	[SQL_INBOX_EVICT_ALL] =
		"UPDATE sms_in SET state = 'PARTIAL' WHERE state = 'PART'"
		" AND (sender, sim, ref_bits, ref, total) = (SELECT sender, sim, ref_bits, ref, total FROM sms_in"
		" WHERE state = 'PART' ORDER BY id LIMIT 1)"
		" AND (SELECT count(*) FROM sms_in WHERE state = 'PART') > :most",
	[SQL_INBOX_STALE] =
		"SELECT sender, sim, ref_bits, ref, total, min(id) FROM sms_in WHERE state = 'PART'"
		" GROUP BY sender, sim, ref_bits, ref, total HAVING max(rx_wall) < :before ORDER BY max(id) LIMIT 1",
	[SQL_INBOX_WAIT_ANEW] = "UPDATE sms_in SET rx_wall = :wall WHERE state = 'PART' AND rx_wall >= :since",
	[SQL_INBOX_NEXT] =
		"SELECT id, sender, scts, rx_wall, tries, body FROM sms_in INDEXED BY sms_in_state"
		" WHERE state = 'NEW' AND id > :after ORDER BY id LIMIT 1",
	[SQL_INBOX_TRY] =
		"UPDATE sms_in SET tries = tries + 1,"
		" state = CASE WHEN tries + 1 >= 3 THEN 'QUARANTINE' ELSE 'NEW' END,"
		" reason = CASE WHEN tries + 1 >= 3 THEN 'never read to its end' END WHERE id = :id AND state = 'NEW'",
	[SQL_INBOX_TRIED_OUT] = "SELECT state = 'QUARANTINE' FROM sms_in WHERE id = :id",
	[SQL_INBOX_END] = "UPDATE sms_in SET state = :state, reason = :reason WHERE id = :id AND state = 'NEW'",
	[SQL_INBOX_BLANK] = "UPDATE sms_in SET body = '', units = NULL, raw = NULL, udh = NULL WHERE id = :id OR whole = :id",
	[SQL_INBOX_MASK] =
		"UPDATE sms_in SET body = CASE id WHEN :id THEN :body ELSE '' END, units = NULL, raw = NULL, udh = NULL"
		" WHERE id = :id OR whole = :id",
	[SQL_INBOX_NOTE] = "UPDATE sms_in SET verb = :verb, said = :said WHERE id = :id",
	[SQL_INBOX_MUTED] = "SELECT count(*) FROM mute WHERE number = :number AND text = :text AND until > :wall"
			  " AND until <= :latest",
	[SQL_INBOX_MUTE] =
		"INSERT INTO mute (number, text, until) VALUES (:number, :text, :until)"
		" ON CONFLICT DO UPDATE SET until = excluded.until",
	[SQL_INBOX_UNMUTE] = "DELETE FROM mute WHERE until <= :wall OR until > :latest",
	[SQL_INBOX_REPEATS] =
		"SELECT count(*) FROM sms_in WHERE sender = :sender AND rx_wall > :since AND rx_wall <= :wall"
		" AND body = :body AND ref_bits = 0 AND id <= :id",
	[SQL_INBOX_STATES] = "SELECT state, count(*) FROM sms_in GROUP BY state",
	[SQL_INBOX_QUARANTINE] =
		"INSERT INTO sms_in (dkey, sim, modem, slot, sender, scts, raw, rx_wall, state, reason)"
		" VALUES (:dkey, :sim, :modem, :slot, '', '', :raw, :wall, 'QUARANTINE', :reason)",
	[SQL_INBOX_QUARANTINED] =
		"SELECT id, rx_wall, modem, ifnull(slot, -1), reason, ifnull(length(raw), 0)"
		" FROM sms_in INDEXED BY sms_in_state WHERE state = 'QUARANTINE' AND id > :after ORDER BY id LIMIT 1",
	[SQL_INBOX_RAW] = "SELECT raw FROM sms_in WHERE state = 'QUARANTINE' AND id = :id",
	[SQL_INBOX_QUARANTINE_OF] = "SELECT count(*) FROM sms_in WHERE state = 'QUARANTINE' AND modem = :modem",
	[SQL_INBOX_PARTIAL] =
		"SELECT min(id), sender, modem, count(*), total, min(rx_wall) FROM sms_in WHERE state = 'PARTIAL'"
		" GROUP BY sender, sim, ref_bits, ref, total HAVING min(id) > :after ORDER BY 1 LIMIT 1",

	[SQL_OUTBOX_PUT] =
		"INSERT INTO outq (okey, class, dest, body, inbox, created, not_after, state, next_at, wait, parts, ref, purse)"
		" VALUES (:key, :class, :dest, :body, :inbox, :wall, :not_after,"
		" CASE :hold WHEN 0 THEN 'QUEUED' ELSE 'BLOCKED' END, CASE WHEN :hold THEN NULL WHEN :urgent THEN 1 ELSE max(:wall, :not_before) END,"
		" max(:not_before - :wall, 0), :parts, :ref, :purse) ON CONFLICT (okey) DO NOTHING",
	[SQL_OUTBOX_REFERENCE] = "SELECT ref FROM out_reference WHERE tail = substr(:dest, -9)",
	[SQL_OUTBOX_SET_REFERENCE] =
		"INSERT INTO out_reference (tail, ref) VALUES (substr(:dest, -9), :ref)"
		" ON CONFLICT (tail) DO UPDATE SET ref = excluded.ref",
	[SQL_OUTBOX_PARTS] =
		"INSERT INTO out_part (outq, part, state) WITH RECURSIVE n (part) AS"
		" (SELECT 1 UNION ALL SELECT part + 1 FROM n WHERE part < :parts) SELECT :id, part, 'QUEUED' FROM n",
	[SQL_OUTBOX_EXPIRE] =
		"UPDATE outq SET state = 'EXPIRED', next_at = NULL, wait = 0 WHERE state = 'QUEUED' AND not_after < :wall",
	/* What nobody asked for goes behind all that was asked for. Of that an older message to the same recipient goes first,
	 * even if it waits, but not if it waits for a limit. What has begun on one modem goes on there while it can: parts
	 * from two numbers are never put together. */
	[SQL_OUTBOX_DUE] =
		"SELECT id FROM outq AS o INDEXED BY outq_due WHERE state = 'QUEUED'"
		" AND (next_at <= :wall OR next_at > :wall + wait) AND (:sure OR NOT" UNASKED("o") ")"
		" AND NOT EXISTS (SELECT 1 FROM outq AS c INDEXED BY outq_waiting WHERE c.state IN ('QUEUED', 'CLAIMED')"
		" AND c.tail = o.tail AND c.held = 0 AND (c.state = 'CLAIMED' OR o.next_at > 1 AND NOT" UNASKED("c") " AND (c.created, c.id) < (o.created, o.id)))"
		" AND (parts = 1 OR modem = :modem OR NOT EXISTS (SELECT 1 FROM out_part WHERE outq = o.id"
		" AND state IN ('SENT', 'DELIVERED', 'UNKNOWN') AND sent_at BETWEEN :wall - :stay AND :wall + :stay))"
		" ORDER BY class IN ('reminder', 'notice'), next_at, id LIMIT 1",
	[SQL_OUTBOX_NEXT] =
		"SELECT ifnull(min(next_at), 0) FROM outq WHERE state = 'QUEUED' AND next_at > :wall",
	[SQL_OUTBOX_LAST] =
		"SELECT ifnull(max(next_at), 0) FROM outq WHERE state = 'QUEUED' AND next_at <= :until"
		" AND class IN ('reminder', 'notice')",
#define ACTIVE_IN "(SELECT id FROM organisation WHERE area = :area AND (:rw = 0 OR rw = :rw))"
	[SQL_ACTIVITY_LAST] =
		"SELECT max(ifnull((SELECT max(wall) FROM receipt WHERE organisation IN " ACTIVE_IN "), 0),"
		" ifnull((SELECT max(wall) FROM entry WHERE organisation IN " ACTIVE_IN "), 0),"
		" ifnull((SELECT max(wall) FROM casebook WHERE organisation IN " ACTIVE_IN "), 0),"
		" ifnull((SELECT max(wall) FROM meeting WHERE organisation IN " ACTIVE_IN "), 0),"
		" ifnull((SELECT max(moved) FROM program WHERE organisation IN " ACTIVE_IN "), 0))",
	[SQL_OUTBOX_TOLD] =
		"SELECT dest FROM outq WHERE okey > :prefix AND okey < :prefix || '~' AND dest > :after ORDER BY dest LIMIT 1",
	[SQL_OUTBOX_KNOWN] = "SELECT count(*) FROM outq WHERE okey = :key",
	[SQL_OUTBOX_KEY] = "SELECT okey FROM outq WHERE id = :id",
	[SQL_OUTBOX_LATER] =
		"UPDATE outq SET next_at = :next, wait = :next - :wall WHERE id = :id AND state = 'QUEUED'",
	[SQL_OUTBOX_READ] =
		"SELECT dest, body, inbox, class, not_after, ref, parts, (SELECT min(part) FROM out_part"
		" WHERE outq = o.id AND out_part.state = 'QUEUED'), purse, (SELECT count(*) FROM out_part"
		" WHERE outq = o.id AND out_part.state = 'QUEUED') FROM outq AS o WHERE id = :id AND state = 'QUEUED'",
	[SQL_OUTBOX_CLAIM] =
		"UPDATE outq SET state = 'CLAIMED', tries = tries + 1, next_at = NULL, wait = 0, held = 0, modem = :modem,"
		" claimed_at = :wall WHERE id = :id AND state = 'QUEUED'",
	[SQL_OUTBOX_CLAIM_PART] =
		"UPDATE out_part SET state = 'CLAIMED', mr = NULL, status = NULL, done = NULL, sent_at = :wall"
		" WHERE outq = :id AND part = :part AND state = 'QUEUED'",
#define UNDER_WAY " WHERE outq = :id AND state = 'CLAIMED'"
	[SQL_OUTBOX_PART_SENT] = "UPDATE out_part SET state = 'SENT', mr = :reference, sent_at = :wall" UNDER_WAY,
	[SQL_OUTBOX_PART_REFUSED] =
		"UPDATE out_part SET error = :error, refusals = refusals + 1, state = CASE WHEN refusals + 1 >= :most"
		" THEN 'FAILED' ELSE 'QUEUED' END" UNDER_WAY " RETURNING refusals",
	[SQL_OUTBOX_PART_BACK] = "UPDATE out_part SET state = 'QUEUED'" UNDER_WAY,
	[SQL_OUTBOX_PART_UNKNOWN] = "UPDATE out_part SET state = 'UNKNOWN'" UNDER_WAY,
	[SQL_OUTBOX_UNCOUNT] = "UPDATE outq SET tries = tries - 1 WHERE id = :id",
	[SQL_OUTBOX_STANDING] =
		"SELECT o.state, class, not_after, next_at, wait, sum(p.state = 'QUEUED'), sum(p.state = 'CLAIMED'),"
		" sum(p.state = 'SENT'), sum(p.state = 'UNKNOWN'), sum(p.state = 'FAILED')"
		" FROM outq AS o JOIN out_part AS p ON p.outq = o.id WHERE o.id = :id GROUP BY o.id",
	[SQL_OUTBOX_BECOME] =
		"UPDATE outq SET state = :state, next_at = :next, wait = :wait WHERE id = :id AND state = :was",
	[SQL_OUTBOX_HOLD] =
		"UPDATE outq SET held = 1, next_at = :until, wait = :until - :wall WHERE id = :id AND state = 'QUEUED'",
	[SQL_OUTBOX_PAYER] = "SELECT dest, purse, claimed_at FROM outq WHERE id = :id",
	[SQL_OUTBOX_CLAIMED] = "SELECT id FROM outq WHERE state = 'CLAIMED' ORDER BY id LIMIT 1",
	[SQL_OUTBOX_MODEM] = "SELECT modem FROM outq WHERE id = :id",
	[SQL_OUTBOX_UNSURE] =
		"SELECT id FROM outq WHERE state IN ('UNKNOWN', 'SENT') AND next_at IS NOT NULL"
		" AND (next_at <= :wall OR next_at > :wall + wait) ORDER BY id LIMIT 1",
	[SQL_OUTBOX_AGAIN] =
		"UPDATE out_part SET state = 'QUEUED', resends = resends + 1"
		" WHERE outq = :id AND state = :state AND resends < :most",
	/* The very report again, so that it does not wander to another message; else the newest part without a report
	 * that went out with this reference, through this modem if there is one; else the newest of which nobody knows
	 * whether it went out, even if it is queued once more. */
	[SQL_OUTBOX_MATCH] =
		"SELECT outq, part, p.state, p.resends, p.mr = :reference AND p.status = :status AND p.done = :time AS told"
		" FROM outq AS o JOIN out_part AS p ON outq = id WHERE tail = substr(:dest, -9) AND created > :since"
		" AND (not_after IS NULL OR not_after > :expired)"
		" AND (mr = :reference AND (p.state IN ('SENT', 'UNKNOWN', 'QUEUED') OR status = :status AND done = :time)"
		" OR mr IS NULL AND (p.state = 'UNKNOWN' OR p.state = 'QUEUED' AND resends > 0))"
		" ORDER BY told IS NOT 1, mr IS NULL, modem IS NOT :modem, id DESC, part DESC LIMIT 1",
	[SQL_OUTBOX_PART_REPORT] =
		"UPDATE out_part SET mr = :reference, status = :status, done = :time, state = :state,"
		" resends = resends + :again WHERE outq = :id AND part = :part AND state IN ('SENT', 'UNKNOWN', 'QUEUED')",
	[SQL_OUTBOX_SINCE] =
		"SELECT count(*) FROM outq WHERE tail = substr(:dest, -9) AND created BETWEEN :since AND :until"
		" AND substr(okey, 1, length(:prefix)) = :prefix",
	[SQL_OUTBOX_STATES] = "SELECT state, count(*) FROM outq GROUP BY state",
	[SQL_OUTBOX_UNSETTLED] =
		"SELECT id, inbox, next_at, class, state, dest, tries, parts,"
		" (SELECT count(*) FROM out_part WHERE outq = o.id AND out_part.state IN ('SENT', 'DELIVERED')),"
		" (SELECT error FROM out_part WHERE outq = o.id AND error IS NOT NULL"
		" ORDER BY out_part.state <> 'QUEUED', part LIMIT 1), held FROM outq AS o"
		" WHERE state IN ('QUEUED', 'CLAIMED', 'UNKNOWN') AND id > :after ORDER BY id LIMIT 1",

#define SPENT " span = :span AND scope = :scope"
	[SQL_SPEND_LOOK] = "SELECT parts FROM spend WHERE" SPENT,
	[SQL_SPEND_ADD] =
		"INSERT INTO spend (span, scope, parts, most) VALUES (:span, :scope, 1, :most)"
		" ON CONFLICT DO UPDATE SET parts = parts + 1, most = excluded.most",
	[SQL_SPEND_BACK] = "UPDATE spend SET parts = parts - 1 WHERE" SPENT " AND parts > 0",
	[SQL_SPEND_HELD] =
		"INSERT INTO spend (span, scope, parts, most, held) VALUES (:span, :scope, 0, :most, 1)"
		" ON CONFLICT DO UPDATE SET held = held + 1 RETURNING held",
	[SQL_SPEND_FORGET] = "DELETE FROM spend WHERE length(span) = 10 AND span < :span",
	[SQL_SPEND_STANDING] =
		"SELECT state FROM phone JOIN person ON person.id = phone.person WHERE number = :phone",
	[SQL_SPEND_SENDER] = "SELECT sender FROM sms_in WHERE id = :id",
	[SQL_SPEND_QUEUED] =
		"SELECT ifnull(sum(parts), 0) FROM outq INDEXED BY outq_strangers"
		" WHERE state = 'QUEUED' AND purse = 'strangers'",
	[SQL_SPEND_RELEASE] =
		"UPDATE outq SET held = 0, wait = 0, next_at = :wall WHERE state = 'QUEUED' AND held = 1",
	[SQL_SPEND_COUNT] =
		"SELECT ifnull(sum(parts) FILTER (WHERE span = :day AND scope = 'all'), 0),"
		" ifnull(sum(parts) FILTER (WHERE span = :day AND scope = 'open'), 0),"
		" ifnull(sum(parts) FILTER (WHERE span = :day AND scope = 'strangers'), 0),"
		" ifnull(sum(parts) FILTER (WHERE span = :month AND scope = 'all'), 0),"
		" ifnull(sum(held) FILTER (WHERE span = :day), 0),"
		" count(*) FILTER (WHERE span = :day AND scope GLOB '+*' AND parts >= most),"
		" (SELECT count(*) FROM outq WHERE state = 'QUEUED' AND held = 1) FROM spend WHERE span IN (:day, :month)",

	[SQL_RECEIPT_DRAW] =
		"INSERT INTO receipt (no, verb, inbox, person, organisation, wall)"
		" VALUES (" NEXT("receipt") ", :verb, :inbox, :person, :organisation, :wall)",
#define RECEIPT "SELECT receipt.no, receipt.person, receipt.organisation, receipt.wall, verb," \
		" cancelled_at IS NOT NULL, coalesce(record.period, entry.period), coalesce(village, entry.area)," \
		" coalesce(record.rt, entry.rt), coalesce(record.rw, entry.rw), coalesce(form, '') FROM receipt" \
		" LEFT JOIN record ON record.id = (SELECT min(id) FROM record WHERE record.receipt = receipt.no)" \
		" LEFT JOIN entry ON entry.receipt = receipt.no"
	[SQL_RECEIPT_BY_NO] = RECEIPT " WHERE receipt.no = :no",
	[SQL_RECEIPT_LAST] =
		RECEIPT " WHERE receipt.person = :person AND cancelled_at IS NULL AND verb <> 'BATAL'"
		" ORDER BY receipt.no DESC LIMIT 1",
	[SQL_RECEIPT_CANCEL] =
		"UPDATE receipt SET cancelled_by = :by, cancelled_at = :wall WHERE no = :no AND cancelled_at IS NULL",

#define KEY " state = 'CURRENT' AND village = :village AND period = :period AND category = :category" \
	    " AND unit = :unit AND list = :list AND organisation = :organisation AND rw = :rw AND rt = :rt"
	[SQL_RECORD_CURRENT] = "SELECT value, id FROM record WHERE" KEY,
	[SQL_RECORD_LARGEST] =
		"SELECT coalesce(max(value), 0) FROM record WHERE state = 'CURRENT' AND village = :village"
		" AND period = :period AND category = :category AND list = :list AND organisation = :organisation"
		" AND (:rw = 0 OR rw = :rw) AND (:rt = 0 OR rt = :rt)",
	[SQL_RECORD_SUPERSEDE] = "UPDATE record SET state = 'SUPERSEDED' WHERE id = :id AND state = 'CURRENT'",
	[SQL_RECORD_ADD] =
		"INSERT INTO record (receipt, organisation, village, rt, rw, category, unit, period, value, list, word,"
		" state, prev) VALUES (:receipt, :organisation, :village, :rt, :rw, :category, :unit, :period, :value,"
		" :list, :word, 'CURRENT', :prev)",
	[SQL_RECORD_OF_RECEIPT] =
		"SELECT id, state, organisation, village, rt, rw, category, unit, period, list FROM record"
		" WHERE receipt = :receipt AND id > :after AND state <> 'CANCELLED' ORDER BY id LIMIT 1",
	[SQL_RECORD_RECEIPT] = "SELECT receipt FROM record WHERE id = :id",
	[SQL_RECEIPT_LEFT] = "SELECT count(*) FROM record WHERE receipt = :receipt AND state <> 'CANCELLED'",
	[SQL_RECORD_CANCEL] = "UPDATE record SET state = 'CANCELLED' WHERE id = :id AND state <> 'CANCELLED'",
	/* What the row replaced, passing over what was taken back in the meantime. */
	[SQL_RECORD_REPLACED] =
		"WITH RECURSIVE chain (id, depth) AS (SELECT prev, 1 FROM record WHERE id = :id"
		" UNION ALL SELECT record.prev, depth + 1 FROM chain JOIN record USING (id) WHERE record.prev IS NOT NULL)"
		" SELECT record.id FROM chain JOIN record USING (id) WHERE state = 'SUPERSEDED' ORDER BY depth LIMIT 1",
	[SQL_RECORD_RESTORE] = "UPDATE record SET state = 'CURRENT' WHERE id = :id AND state = 'SUPERSEDED'",

#define WHERE_ENTRY " WHERE form = :form AND area = :area AND period = :period AND organisation = :organisation" \
		    " AND rw = :rw AND rt = :rt AND keyed = :keyed"
	[SQL_ENTRY_CURRENT] = "SELECT id, data FROM entry" WHERE_ENTRY " AND state = 'CURRENT' AND replaces = 1",
	[SQL_ENTRY_SUPERSEDE] = "UPDATE entry SET state = 'SUPERSEDED' WHERE id = :id AND state = 'CURRENT'",
	[SQL_ENTRY_DRAW] =
		"SELECT max(ifnull((SELECT max(no) FROM entry WHERE series = :series), 0), CASE WHEN EXISTS"
		" (SELECT 1 FROM number_floor WHERE series = 'entry ' || :series) THEN " FLOOR("'entry ' || :series")
		" ELSE " FLOOR("'entry '") " END) + 1",
	[SQL_ENTRY_ADD] =
		"INSERT INTO entry (form, series, no, receipt, inbox, person, organisation, area, rt, rw, period, wall,"
		" replaces, keyed, met, data, flag, state, prev) VALUES (:form, :series, :no, :receipt, :inbox, :person,"
		" :organisation, :area, :rt, :rw, :period, :wall, :replaces, :keyed, :met, :data, :flag, 'CURRENT', :prev)",
	/* The organisation's own before any other's, the latest month before older ones. */
	[SQL_ENTRY_LAST] =
		"SELECT json_extract(data, '$.' || :field) FROM entry WHERE form = :form AND area = :area"
		" AND (period <= :period OR :period = 0) AND state = 'CURRENT'"
		" AND json_type(data, '$.' || :field) = 'integer'"
		" ORDER BY organisation = :organisation DESC, period DESC, id DESC LIMIT 1",
	[SQL_ENTRY_MET] =
		"SELECT DISTINCT organisation.id, body FROM entry JOIN organisation ON organisation.id = entry.organisation"
		" WHERE form = :form AND entry.area = :area AND period = :period AND entry.rw = :rw AND rt = :rt"
		" AND met = :met AND state = 'CURRENT' AND entry.organisation <> :organisation ORDER BY body",
	[SQL_ENTRY_OF_RECEIPT] = "SELECT id, state, data FROM entry WHERE receipt = :receipt",
	[SQL_ENTRY_CANCEL] = "UPDATE entry SET state = 'CANCELLED' WHERE id = :id AND state <> 'CANCELLED'",
	[SQL_ENTRY_REPLACED] =
		"WITH RECURSIVE chain (id, depth) AS (SELECT prev, 1 FROM entry WHERE id = :id"
		" UNION ALL SELECT entry.prev, depth + 1 FROM chain JOIN entry USING (id) WHERE entry.prev IS NOT NULL)"
		" SELECT entry.id FROM chain JOIN entry USING (id) WHERE state = 'SUPERSEDED' ORDER BY depth LIMIT 1",
	[SQL_ENTRY_RESTORE] = "UPDATE entry SET state = 'CURRENT' WHERE id = :id AND state = 'SUPERSEDED'",

/* A code of the area :area or below; '/' comes right after '.', ':' right after '9'. */
#define BELOW(code) " " code " >= :area AND " code " < :area || CASE :area WHEN '' THEN ':' ELSE '/' END"
/* What a question about entries looks through, month by month: those that are on record in the window (0 is none), and
 * the area with all below it (where asked for, each above it, too). */
#define ENTRY_PLACES \
	" month (m) AS (SELECT 0 UNION ALL SELECT (SELECT min(period) FROM entry INDEXED BY entry_month WHERE form = :form" \
	" AND state = 'CURRENT' AND period > max(m, :first - 1) AND period <= :last) FROM month WHERE m IS NOT NULL)," \
	" span (low, high) AS (SELECT :area, :area || CASE :area WHEN '' THEN ':' ELSE '/' END UNION ALL" \
	" SELECT substr(:area, 1, column1), substr(:area, 1, column1) || ' ' FROM (VALUES (0), (2), (5), (8))" \
	" WHERE :above AND column1 < length(:area))"
/* :where is a JSON object of fields that must be so, as typed in any case. */
#define ENTRY_ASKED \
	" FROM month CROSS JOIN span CROSS JOIN entry INDEXED BY entry_month ON entry.form = :form AND entry.period = m" \
	" AND entry.area >= low AND entry.area < high AND entry.state = 'CURRENT'" \
	" AND (:organisation = 0 OR entry.organisation = :organisation)" \
	" AND (:where = '{}' OR NOT EXISTS (SELECT 1 FROM json_each(:where) AS w" \
	" WHERE lower(json_extract(entry.data, '$.' || w.key)) IS NOT lower(w.value)))"
	/* Totals: of each place the last month in the window that it has something for; of an organisation the whole before
	 * its parts, an RW before its RTs; the TKSK's, else the largest of all (rules 34, 42, tier arithmetic). */
	[SQL_ENTRY_SUM] =
		"WITH RECURSIVE" ENTRY_PLACES ", value AS (SELECT entry.area AS area, period, entry.organisation AS organisation,"
		" role, entry.rw AS rw, rt, keyed, coalesce(json_extract(data, '$.' || :field), 0) AS n"
		ENTRY_ASKED " JOIN organisation ON organisation.id = entry.organisation),"
		" latest AS (SELECT value.* FROM value WHERE period = (SELECT max(period) FROM value AS later"
		" WHERE later.area = value.area AND later.keyed = value.keyed)),"
		" whole AS (SELECT * FROM latest WHERE NOT EXISTS (SELECT 1 FROM latest AS wider"
		" WHERE wider.area = latest.area AND wider.organisation = latest.organisation AND wider.keyed = latest.keyed"
		" AND ((wider.rw = 0 AND wider.rt = 0 AND (latest.rw <> 0 OR latest.rt <> 0))"
		" OR (wider.rw = latest.rw AND wider.rw <> 0 AND wider.rt = 0 AND latest.rt <> 0)))),"
		" source AS (SELECT area, keyed, role, sum(n) AS n FROM whole GROUP BY area, keyed, organisation),"
		" place AS (SELECT area, coalesce(max(n) FILTER (WHERE role = 'TKSK'), max(n)) AS n FROM source"
		" GROUP BY area, keyed)"
		" SELECT coalesce(sum(n), 0), count(DISTINCT area), (SELECT count(*) FROM value) FROM place",
	[SQL_ENTRY_SUM_EACH] =
		"WITH RECURSIVE" ENTRY_PLACES " SELECT coalesce(sum(json_extract(data, '$.' || :field)), 0), count(DISTINCT area),"
		" count(*)" ENTRY_ASKED,
	[SQL_ENTRY_LIST] =
		"WITH RECURSIVE" ENTRY_PLACES " SELECT id, no, receipt, area, rt, rw, period, data, flag, wall, organisation, person"
		ENTRY_ASKED " WHERE wall >= :since AND (:before = 0 OR id < :before)"
		" AND (:no = 0 OR no = :no) ORDER BY id DESC LIMIT 1",
	[SQL_ENTRY_BEGUN] =
		"SELECT min(wall) FROM entry WHERE form = :form AND organisation = :organisation AND area = :area"
		" AND keyed = :keyed AND state <> 'CANCELLED' HAVING count(*) > 0",
	[SQL_ENTRY_TOTAL] = "SELECT id, no, receipt, area, rt, rw, period, data, flag, wall, organisation, person FROM entry" WHERE_ENTRY
			    " AND state = 'CURRENT' AND replaces = 1",

#define VILLAGES " FROM area WHERE" BELOW("code") " AND length(code) = 13"

	[SQL_LOCK_PUT] =
		"INSERT INTO period_lock (area, period, person, wall) VALUES (:area, :period, :person, :wall)"
		" ON CONFLICT DO NOTHING",
	[SQL_LOCK_FIND] =
		"SELECT count(*) FROM period_lock WHERE period = :period AND area IN"
		" (:area, substr(:area, 1, 8), substr(:area, 1, 5), substr(:area, 1, 2), '')",

#define SETTLED " state = 'CURRENT' AND village = :village AND category = :category AND unit = :unit" \
		" AND list = :list AND period = :period"
	[SQL_SETTLEMENT_FIND] = "SELECT value FROM settlement WHERE" SETTLED,
	[SQL_SETTLEMENT_END] = "UPDATE settlement SET state = :state, ended = :wall WHERE" SETTLED,
	[SQL_SETTLEMENT_ADD] =
		"INSERT INTO settlement (village, category, unit, list, period, value, person, wall, state)"
		" VALUES (:village, :category, :unit, :list, :period, :value, :person, :wall, 'CURRENT')",

/* Rule 41: parts r and (rw, rt) have people in common. */
#define MEETS(rw, rt) " (" rw " = 0 AND " rt " = 0 OR r.rw = 0 AND r.rt = 0" \
		      " OR r.rw = " rw " AND (" rt " = 0 OR r.rt = 0 OR r.rt = " rt "))"
	[SQL_OVERLAP_FIND] =
		"SELECT DISTINCT body FROM record AS r INDEXED BY record_current JOIN organisation AS o ON o.id = r.organisation"
		" WHERE r.state = 'CURRENT' AND r.village = :village AND r.period = :period AND r.category = :category"
		" AND r.unit = :unit AND r.list = :list AND r.organisation <> :organisation AND r.value > 0 AND o.role <> 'TKSK'"
		" AND (SELECT role FROM organisation WHERE id = :organisation) <> 'TKSK' AND" MEETS(":rw", ":rt")
		" ORDER BY body",
	[SQL_OVERLAP_LIST] =
		"SELECT village, category, unit, list FROM figure INDEXED BY figure_open"
		" WHERE open = 1 AND period = :period AND" BELOW("village") " ORDER BY 1, 2, 3, 4",

	[SQL_AREA_FIRST] = "SELECT code" VILLAGES " ORDER BY code LIMIT 1",

	[SQL_PARTS] =
		"SELECT r.organisation, o.body, o.role = 'TKSK', r.rw, r.rt, r.value FROM record AS r INDEXED BY record_current"
		" JOIN organisation AS o ON o.id = r.organisation WHERE r.state = 'CURRENT' AND r.village = :village"
		" AND r.period = :period AND r.category = :category AND r.unit = :unit AND r.list = :list"
		" ORDER BY r.organisation, r.rw, r.rt",
#define OF_FIGURE " village = :village AND list = :list AND category = :category AND unit = :unit"
	[SQL_FIGURE_YEAR] =
		"SELECT period, value, open, reports, family FROM figure WHERE" OF_FIGURE " AND period BETWEEN :first AND :last",
	[SQL_FIGURE_PUT] =
		"INSERT OR REPLACE INTO figure (village, list, category, unit, period, value, open, reports, family)"
		" VALUES (:village, :list, :category, :unit, :period, :value, :open, :reports, :family)",
	[SQL_FIGURE_DROP] = "DELETE FROM figure WHERE" OF_FIGURE " AND period = :period",
	[SQL_FIGURE_LAST] =
		"SELECT value, open FROM figure WHERE" OF_FIGURE " AND period BETWEEN :first AND :last"
		" ORDER BY period DESC LIMIT 1",

#define OF_SPAN " area = :area AND first = :first AND months = :months"
#define OF_SUM OF_SPAN " AND list = :list AND category = :category AND unit = :unit"
	[SQL_AREA_SUM] = "SELECT value, villages, open, small, bottom, vague FROM area_sum WHERE" OF_SUM,
	[SQL_AREA_SUM_ADD] =
		"UPDATE area_sum SET value = value + :value, villages = villages + :villages, open = open + :open,"
		" small = small + :small, bottom = bottom + :bottom, vague = vague + :vague WHERE" OF_SUM,
	[SQL_AREA_SUM_NEW] =
		"INSERT INTO area_sum (area, first, months, list, category, unit, value, villages, open, small, bottom, vague)"
		" VALUES (:area, :first, :months, :list, :category, :unit, :value, :villages, :open, :small, :bottom, :vague)",
	[SQL_AREA_SUM_DROP] = "DELETE FROM area_sum WHERE" OF_SUM " AND villages = 0",

	[SQL_PRESENCE_YEAR] =
		"SELECT period FROM presence WHERE village = :village AND family = :family AND period BETWEEN :first AND :last",
#define OF_PRESENCE " village = :village AND family = :family AND period = :period"
	[SQL_PRESENCE_ADD] = "UPDATE presence SET reports = reports + :more WHERE" OF_PRESENCE " RETURNING reports",
	[SQL_PRESENCE_NEW] =
		"INSERT INTO presence (village, family, period, reports) VALUES (:village, :family, :period, :more)",
	[SQL_PRESENCE_DROP] = "DELETE FROM presence WHERE" OF_PRESENCE,
#define OF_TURNOUT OF_SPAN " AND family = :family"
	[SQL_TURNOUT_ADD] = "UPDATE turnout SET villages = villages + :more WHERE" OF_TURNOUT,
	[SQL_TURNOUT_NEW] =
		"INSERT INTO turnout (area, first, months, family, villages) VALUES (:area, :first, :months, :family, :more)",
	[SQL_TURNOUT_DROP] = "DELETE FROM turnout WHERE" OF_TURNOUT " AND villages = 0",

#define PRESENT(village) \
	" EXISTS (SELECT 1 FROM presence AS p WHERE p.village = " village " AND p.family = :family" \
	" AND p.period BETWEEN :first AND :first + :months - 1)"
	[SQL_COVERAGE] =
		"SELECT CASE WHEN length(:area) = 13 THEN" PRESENT(":area")
		" ELSE ifnull((SELECT villages FROM turnout WHERE" OF_TURNOUT "), 0) END,"
		" ifnull((SELECT villages FROM area WHERE code = :area), 0)",
	/* Downwards, but only where somebody is missing; the smallest code first. */
	[SQL_MISSING] =
		"WITH RECURSIVE below (code, level) AS (SELECT code, length(code) FROM area WHERE code = :area"
		" UNION ALL SELECT a.code, length(a.code) FROM below CROSS JOIN area AS a INDEXED BY area_parent"
		" ON a.parent = below.code WHERE below.level < 13 AND a.villages > ifnull((SELECT t.villages FROM turnout AS t"
		" WHERE t.area = a.code AND t.first = :first AND t.months = :months AND t.family = :family), 0) ORDER BY 1)"
		" SELECT code FROM below WHERE level = 13 AND NOT" PRESENT("code"),

#define OWN_VALUES " FROM area CROSS JOIN record INDEXED BY record_current ON village = area.code" \
		   " WHERE" BELOW("area.code") " AND length(area.code) = 13 AND state = 'CURRENT'" \
		   " AND organisation = :organisation"
	[SQL_REPORT_EACH] =
		"SELECT village, rw, rt, category, unit, list, value, receipt" OWN_VALUES " AND period = :period"
		" ORDER BY village, rw, rt, category, unit, list",
	[SQL_REPORT_LAST] =
		"SELECT period, max(receipt)" OWN_VALUES " AND period BETWEEN :first AND :last"
		" GROUP BY period ORDER BY period DESC LIMIT 1",

/* Each area right below the one asked about, or that one itself: how many of a level lie in it, and how many of those
 * somebody holds the role for. */
#define INSIDE(code) " " code " >= c.code AND " code " < c.code || '/' AND length(" code ") = :length"
	[SQL_HOLDER_COUNT] =
		"WITH c (code, villages) AS (SELECT code, villages FROM area INDEXED BY area_parent WHERE parent = :area AND :below"
		" UNION ALL SELECT code, villages FROM area WHERE code = :area AND NOT :below)"
		" SELECT c.code, (SELECT count(DISTINCT o.area) FROM organisation AS o INDEXED BY organisation_manned"
		" WHERE o.role = :role AND o.manned = 1 AND" INSIDE("o.area") "), CASE :length WHEN 13 THEN c.villages ELSE"
		" (SELECT count(*) FROM area AS a INDEXED BY area_upper WHERE length(a.code) < 13 AND" INSIDE("a.code") ") END"
		" FROM c ORDER BY 1",
	[SQL_HOLDER_ORGANISATIONS] =
		"SELECT count(*) FROM organisation AS o INDEXED BY organisation_manned WHERE o.role = :role AND" BELOW("o.area")
		" AND o.manned = 1",

	[SQL_HOLDER_ROLE] =
		"SELECT role FROM organisation WHERE manned = 1 AND role > :after ORDER BY role LIMIT 1",
	[SQL_HOLDER_BODIES] =
		"SELECT o.body, o.rw FROM organisation AS o WHERE o.role = :role AND" BELOW("o.area") " AND (:rw = 0 OR o.rw = :rw)"
		" AND o.manned = 1 ORDER BY o.rw, o.body",
	[SQL_AREA_CHILDREN] = "SELECT code, name FROM area WHERE parent = :area ORDER BY code",

	[SQL_PAGE_ADD] = "INSERT INTO page (phone, number, text, wall) VALUES (:phone, :number, :text, :wall)",
	[SQL_PAGE_FIND] = "SELECT text FROM page WHERE phone = :phone AND wall BETWEEN :since AND :until ORDER BY number LIMIT 1",
	[SQL_PAGE_TURN] =
		"DELETE FROM page WHERE phone = :phone AND number = (SELECT min(number) FROM page WHERE phone = :phone)",
	[SQL_PAGE_FORGET] = "DELETE FROM page WHERE phone = :phone OR wall < :stale",

#define REGISTRATION "SELECT no, state, phone, role, body, name, area, rw, age, wall FROM registration"
	[SQL_REGISTRATION_FIND] = REGISTRATION " WHERE no = :no",
	[SQL_REGISTRATION_WAITING] = REGISTRATION " WHERE state = 'WAITING' AND phone = :phone",
	[SQL_REGISTRATION_HOLDER] =
		"SELECT number FROM organisation JOIN person ON person.organisation = organisation.id"
		" JOIN phone ON phone.person = person.id WHERE role = :role AND organisation.area = :area"
		" AND state = 'ACTIVE' ORDER BY person.id DESC LIMIT 1",
	[SQL_REGISTRATION_ADD] =
		"INSERT INTO registration (no, state, phone, role, body, name, area, rw, age, wall)"
		" VALUES (" NEXT("registration") ", 'WAITING', :phone, :role, :body, :name, :area, :rw, :age, :wall)",
	[SQL_REGISTRATION_END] =
		"UPDATE registration SET state = :state, decided_by = :by, ended = :wall"
		" WHERE no = :no AND state = 'WAITING'",
	/* Waiting numbers only: the office's list may have given one another standing meanwhile. */
#define RELEASE "DELETE FROM phone WHERE person IN (SELECT id FROM person WHERE state = 'WAITING') AND number "
	[SQL_REGISTRATION_RELEASE] = RELEASE "= :phone",
	[SQL_REGISTRATION_OLDEST] = REGISTRATION " WHERE state = 'WAITING' ORDER BY wall, no LIMIT 1",
	[SQL_REGISTRATION_NEXT] = REGISTRATION " WHERE state = 'WAITING' AND no > :after ORDER BY no LIMIT 1",
	[SQL_REGISTRATION_SUPERSEDE] =
		"UPDATE registration SET state = 'EXPIRED', ended = :wall WHERE state = 'WAITING' AND phone = :phone",

	[SQL_CASEBOOK_FIND] =
		"SELECT no, state, village, rt, rw, category, sex, ifnull(age, -1), ifnull(rest, -1), ifnull(married, -1),"
		" organisation, person, wall, list FROM casebook WHERE no = :no",
	[SQL_CASEBOOK_ADD] =
		"INSERT INTO casebook (no, state, village, rt, rw, category, sex, age, rest, married, organisation, person,"
		" wall, list) VALUES (" NEXT("casebook") ", 'OPEN', :village, :rt, :rw, :category, :sex, :age, :rest,"
		" :married, :organisation, :person, :wall, :list)",
	[SQL_CASEBOOK_LINK] =
		"INSERT INTO casebook_link (earlier, later) SELECT e.no, l.no FROM casebook AS l"
		" CROSS JOIN casebook AS e INDEXED BY casebook_village ON e.village = l.village AND e.category = l.category"
		" AND e.list = l.list"
		" AND e.wall BETWEEN l.wall - :apart AND l.wall + :apart"
		" WHERE l.no = :no AND e.no < l.no AND e.organisation <> l.organisation AND e.sex IS l.sex"
		" AND (e.age IS l.age OR abs(e.age - l.age) <= 1)",
	[SQL_CASEBOOK_LINKS] =
		"SELECT earlier FROM casebook_link WHERE later = :no"
		" UNION ALL SELECT later FROM casebook_link WHERE earlier = :no ORDER BY 1",
	[SQL_CASEBOOK_COUNT] =
		"SELECT count(*) FROM casebook WHERE" BELOW("village")
		" AND (:category IS NULL OR category = :category) AND wall >= :from AND wall < :until",
	[SQL_CASEBOOK_OPEN] = "SELECT count(*) FROM casebook WHERE" BELOW("village") " AND state <> 'CLOSED'",
	[SQL_CASEBOOK_REFERRED] = "UPDATE casebook SET state = 'REFERRED' WHERE no = :no AND state <> 'CLOSED'",
	[SQL_CASEBOOK_CLOSE] = "UPDATE casebook SET state = 'CLOSED' WHERE no = :no AND state <> 'CLOSED'",
#define REFERRAL "SELECT id, no, state, dest, person, wall FROM referral"
	[SQL_REFERRAL_LAST] = REFERRAL " WHERE no = :no ORDER BY id DESC LIMIT 1",
	[SQL_REFERRAL_FIND] = REFERRAL " WHERE id = :id",
	[SQL_REFERRAL_NEXT] =
		REFERRAL " WHERE state = 'MADE' AND wall >= :from AND wall < :until AND id > :after ORDER BY id LIMIT 1",
	[SQL_REFERRAL_ADD] =
		"INSERT INTO referral (no, state, dest, person, wall) VALUES (:no, 'MADE', :dest, :person, :wall)",
	[SQL_REFERRAL_DONE] = "UPDATE referral SET state = 'DONE' WHERE no = :no AND state <> 'DONE'",

#define MEETING "SELECT no, organisation, person, day, clock, venue, subject, ifnull(attended, -1)," \
		" ifnull(minutes_wall, 0), wall, ifnull(program, 0), o.role, o.body, o.area, o.rw" \
		" FROM meeting JOIN organisation AS o ON o.id = organisation"
	[SQL_MEETING_FIND] = MEETING " WHERE no = :no",
	[SQL_MEETING_LAST] = MEETING " WHERE organisation = :organisation ORDER BY no DESC LIMIT 1",
	[SQL_MEETING_BEGUN] = MEETING " WHERE organisation = :organisation AND (day, clock) <= (:day, :clock)"
		" ORDER BY day DESC, clock DESC, no DESC LIMIT 1",
	[SQL_MEETING_MINUTED] =
		MEETING " WHERE organisation = :organisation AND minutes IS NOT NULL ORDER BY no DESC LIMIT 1",
	[SQL_MEETING_SAME] =
		MEETING " WHERE organisation = :organisation AND day = :day AND clock = :clock AND venue = :venue LIMIT 1",
	[SQL_MEETING_ON] = MEETING " WHERE day = :day AND no > :after ORDER BY no LIMIT 1",
	[SQL_MEETING_GUEST] =
		"SELECT person FROM invitation WHERE meeting = :no AND person > :after ORDER BY person LIMIT 1",
	[SQL_MEETING_INVITE] =
		"INSERT INTO invitation (meeting, person) VALUES (:no, :person) ON CONFLICT DO NOTHING",
	[SQL_MEETING_MINUTES] = "SELECT minutes FROM meeting WHERE no = :no AND minutes IS NOT NULL",
	[SQL_MEETING_ADD] =
		"INSERT INTO meeting (no, organisation, person, day, clock, venue, subject, wall, program)"
		" VALUES (" NEXT("meeting") ", :organisation, :person, :day, :clock, :venue, :subject, :wall, :program)",
	[SQL_MEETING_ATTEND] = "UPDATE meeting SET attended = :attended WHERE no = :no",
	[SQL_MEETING_WRITE] = "UPDATE meeting SET minutes = :text, minutes_wall = :wall WHERE no = :no",

	[SQL_TICKET_FIND] =
		"SELECT no, state, verb, person, organisation, wall, phone, ticket.body, ifnull(answer, ''), handlers,"
		" o.role, o.body, o.area, o.rw FROM ticket JOIN organisation AS o ON o.id = organisation WHERE no = :no",
	[SQL_TICKET_ADD] =
		"INSERT INTO ticket (no, state, verb, person, organisation, phone, body, wall, handlers)"
		" VALUES (" NEXT("ticket") ", 'OPEN', :verb, :person, :organisation, :phone, :text, :wall, :handlers)",
	[SQL_TICKET_TEXT] =
		"INSERT INTO ticket_text (ticket, person, body, wall) VALUES (:no, :by, :text, :wall)",
	[SQL_TICKET_REOPEN] = "UPDATE ticket SET state = 'OPEN' WHERE no = :no AND state <> 'CLOSED'",
	[SQL_TICKET_ANSWER] =
		"UPDATE ticket SET state = 'ANSWERED', answer = :answer, answered_by = :by, answered_at = :wall"
		" WHERE no = :no AND state <> 'CLOSED'",
	[SQL_TICKET_CLOSE] = "UPDATE ticket SET state = 'CLOSED' WHERE no = :no AND state <> 'CLOSED'",

	[SQL_CREDIT_WATCH] =
		"INSERT INTO credit (modem, what, low) VALUES (:modem, :what, :low)"
		" ON CONFLICT (modem, what) DO UPDATE SET low = excluded.low",
	[SQL_CREDIT_FORGET] = "DELETE FROM credit WHERE modem = :modem AND what = :what",
	[SQL_CREDIT_DIAL] = "UPDATE credit SET dialled = :wall, result = '', text = '' WHERE modem = :modem AND what = :what",
	[SQL_CREDIT_TELL] =
		"UPDATE credit SET result = :result, text = :text, amount = coalesce(:amount, amount),"
		" wall = CASE WHEN :amount IS NULL THEN wall ELSE :wall END WHERE modem = :modem AND what = :what",
#define CREDIT_ROW "SELECT modem, what, low, dialled, result, text, coalesce(amount, -1), coalesce(wall, 0) FROM credit"
	[SQL_CREDIT_FIND] = CREDIT_ROW " WHERE modem = :modem AND what = :what",
	[SQL_CREDIT_NEXT] = CREDIT_ROW " WHERE (modem, what) > (:modem, :what) ORDER BY modem, what LIMIT 1",
	[SQL_PIN_FIND] = "SELECT hash, wrong, since, locked, until, told FROM pin WHERE person = :person",
	[SQL_PIN_OF_NUMBER] = "SELECT count(*) FROM phone JOIN pin ON pin.person = phone.person WHERE number = :phone",
	[SQL_PIN_LOCKED] = "SELECT count(*) FROM pin WHERE locked = 1 AND (until = 0 OR until > :wall)",
	[SQL_PIN_MISSING] =
		"SELECT count(*) FROM organisation o JOIN person p ON p.organisation = o.id AND p.state = 'ACTIVE'"
		" WHERE o.role = :role AND o.manned = 1 AND EXISTS (SELECT 1 FROM phone WHERE person = p.id)"
		" AND NOT EXISTS (SELECT 1 FROM pin WHERE person = p.id)",
	[SQL_PIN_SET] = "INSERT OR REPLACE INTO pin (person, hash, wall) VALUES (:person, :hash, :wall)",
	[SQL_PIN_REMOVE] = "DELETE FROM pin WHERE person = :person",
	[SQL_PIN_COUNT] =
		"UPDATE pin SET wrong = :wrong, since = :since, locked = :locked, until = :until, told = :told"
		" WHERE person = :person",
	[SQL_SCHEDULE_MARK] = "SELECT planned FROM box",
	[SQL_SCHEDULE_SET] = "UPDATE box SET planned = :wall",
	[SQL_SCHEDULE_ADD] =
		"INSERT INTO schedule (name, queued, dropped) VALUES (:name, :queued, :dropped) ON CONFLICT (name) DO UPDATE"
		" SET queued = queued + excluded.queued, dropped = dropped + excluded.dropped",
	[SQL_SCHEDULE_REACH] =
		"INSERT INTO schedule (name, reached) VALUES (:name, :number) ON CONFLICT (name) DO UPDATE"
		" SET reached = excluded.reached",
	[SQL_SCHEDULE_FIND] = "SELECT name, queued, dropped, reached FROM schedule WHERE name = :name",
	[SQL_SCHEDULE_NEXT] =
		"SELECT name, queued, dropped, reached FROM schedule WHERE name > :name ORDER BY name LIMIT 1",
#define OF_ORGANISATION " FROM area CROSS JOIN record AS r INDEXED BY record_current ON r.village = area.code" \
		" WHERE" BELOW("area.code") " AND length(area.code) = 13 AND r.state = 'CURRENT'" \
		" AND r.period BETWEEN :first AND :last AND r.organisation = :organisation"
	[SQL_ORGANISATION_REPORTED] = "SELECT EXISTS (SELECT 1" OF_ORGANISATION ")",
	/* Rule 34, in each village, added up. */
	[SQL_ORGANISATION_FIGURES] =
		"SELECT list, category, unit, sum(figure) FROM (SELECT r.list, r.category, r.unit,"
		" coalesce(max(r.value) FILTER (WHERE r.rw = 0 AND r.rt = 0), sum(r.value) FILTER (WHERE r.rt = 0"
		" OR NOT EXISTS (SELECT 1 FROM record AS w INDEXED BY record_current WHERE w.state = 'CURRENT'"
		" AND w.village = r.village AND w.category = r.category AND w.unit = r.unit AND w.list = r.list"
		" AND w.period = r.period AND w.organisation = r.organisation AND w.rw = r.rw AND w.rt = 0))) AS figure"
		OF_ORGANISATION " GROUP BY r.village, r.period, r.category, r.unit, r.list)"
		" GROUP BY list, category, unit ORDER BY list, category, unit",
	[SQL_ENTRY_ANY] =
		"SELECT EXISTS (SELECT 1 FROM entry WHERE form = :form AND" BELOW("area") " AND state = 'CURRENT'"
		" AND organisation = :organisation AND (period BETWEEN :first AND :last OR period = 0 AND wall >= :since))",
	[SQL_AREA_NEXT] =
		"SELECT DISTINCT substr(o.area, 1, :length) FROM organisation AS o JOIN person AS p ON p.organisation = o.id"
		" WHERE p.state = 'ACTIVE' AND length(o.area) >= :length AND substr(o.area, 1, :length) > :after"
		" ORDER BY 1 LIMIT 1",
#define SUBMISSION "SELECT no, area, first, last, person, wall, summary FROM submission"
	[SQL_SUBMISSION_FIND] =
		SUBMISSION " WHERE area = :area AND first = :first AND last = :last ORDER BY no DESC LIMIT 1",
	[SQL_SUBMISSION_READ] = SUBMISSION " WHERE no = :no",
	[SQL_SUBMISSION_NEXT] = SUBMISSION " WHERE no > :after ORDER BY no LIMIT 1",
	[SQL_SUBMISSION_LAST] = "SELECT ifnull(max(no), 0) FROM submission",
	[SQL_SUBMISSION_ADD] =
		"INSERT INTO submission (area, first, last, person, wall, summary)"
		" VALUES (:area, :first, :last, :person, :wall, :summary)",

	[SQL_OVERLAP_TOLD] =
		"SELECT count(*) FROM overlap_told WHERE village = :village AND category = :category AND unit = :unit"
		" AND list = :list AND period = :period AND bodies = :bodies",
	[SQL_OVERLAP_TELL] =
		"INSERT INTO overlap_told (village, category, unit, list, period, bodies, wall)"
		" VALUES (:village, :category, :unit, :list, :period, :bodies, :wall)"
		" ON CONFLICT DO UPDATE SET bodies = excluded.bodies, wall = excluded.wall",
	/* Settled, or no overlap any more: if it comes again, it is new. */
	[SQL_OVERLAP_FORGET] =
		"DELETE FROM overlap_told WHERE" BELOW("village") " AND period = :period AND wall < :wall",
	[SQL_OVERLAP_SETTLED] =
		"DELETE FROM overlap_told WHERE village = :village AND category = :category AND unit = :unit AND list = :list"
		" AND period = :period",

	[SQL_EXTRACT_VILLAGES] =
		"SELECT village, list, category, unit, period, value, 0, 0, open, reports FROM figure"
		" WHERE" BELOW("village") " AND period BETWEEN :first AND :last ORDER BY village, period, list, category, unit",
	[SQL_EXTRACT_DISTRICTS] =
		"SELECT area, list, category, unit, first, value, bottom, vague, open, villages FROM area_sum"
		" WHERE" BELOW("area") " AND length(area) = 8 AND months = 1 AND first BETWEEN :first AND :last"
		" ORDER BY area, first, list, category, unit",

#define STORY_IN " i.id, i.whole, i.rx_wall, i.modem, i.sim, i.sender, i.scts, i.seq, i.total, i.tries, i.state, i.reason, i.verb," \
		 " i.said, i.body, (SELECT count(*) FROM sms_in p WHERE p.whole = i.id)"
	[SQL_STORY_INBOX] =
		"WITH latest AS MATERIALIZED (SELECT id FROM sms_in WHERE whole IS NULL"
		" AND (:sender = '' OR substr(sender, -length(:sender)) = :sender) AND (:state = '' OR state = :state)"
		" ORDER BY id DESC LIMIT :most) SELECT" STORY_IN
		", (SELECT group_concat('No.' || no, ', ') FROM receipt WHERE inbox = i.id)"
		", (SELECT CASE WHEN count(*) <= 3 THEN group_concat('out=' || id || ' ' || state, ', ')"
		" ELSE 'out=' || min(id) || ' and ' || (count(*) - 1) || ' more' END FROM outq WHERE inbox = i.id)"
		" FROM latest JOIN sms_in i ON i.id = latest.id ORDER BY i.id",
	[SQL_STORY_IN] = "SELECT" STORY_IN " FROM sms_in i WHERE i.id = :id",
	[SQL_STORY_PARTS] =
		"SELECT" STORY_IN " FROM sms_in i WHERE i.id IN (SELECT id FROM sms_in WHERE whole = :id UNION"
		" SELECT p.id FROM sms_in m JOIN sms_in p ON p.sender = m.sender AND p.sim = m.sim AND p.state = m.state"
		" AND p.ref_bits = m.ref_bits AND p.ref = m.ref AND p.total = m.total"
		" WHERE m.id = :id AND m.state IN ('PART', 'PARTIAL')) ORDER BY i.seq, i.id",
	[SQL_STORY_RECEIPTS] =
		"SELECT no, wall, person, coalesce(cancelled_by, 0), coalesce(cancelled_at, 0), verb FROM receipt"
		" WHERE inbox = :in ORDER BY no",
	[SQL_STORY_OF_RECEIPT] = "SELECT coalesce(inbox, 0) FROM receipt WHERE no = :no",
	[SQL_STORY_VALUES] =
		"SELECT r.village, a.name, r.rt, r.rw, r.period, r.list, r.category, r.unit, r.state, r.value,"
		" coalesce(p.value, -1), coalesce(p.receipt, 0) FROM record r JOIN area a ON a.code = r.village"
		" LEFT JOIN record p ON p.id = r.prev WHERE r.receipt = :receipt ORDER BY r.id",
	[SQL_STORY_ENTRIES] =
		"SELECT e.no, coalesce(e.receipt, 0), e.form, e.series, e.area, a.name, e.state, e.flag, e.period FROM entry e"
		" JOIN area a ON a.code = e.area WHERE e.inbox = :in ORDER BY e.id",
#define STORY_OUT \
		"SELECT id, coalesce(inbox, 0), created, coalesce(not_after, 0), coalesce(next_at, 0), okey, class, dest, state," \
		" coalesce(modem, ''), purse, body, tries, parts, held FROM outq"
	[SQL_STORY_OUT] = STORY_OUT " WHERE id = :id",
	[SQL_STORY_CAUSED] = STORY_OUT " WHERE inbox = :in ORDER BY id",
	[SQL_STORY_OUT_PARTS] =
		"SELECT part, coalesce(mr, -1), coalesce(error, 0), refusals, resends, coalesce(status, -1), coalesce(sent_at, 0),"
		" state, coalesce(done, '') FROM out_part WHERE outq = :out ORDER BY part",

	[SQL_CIRCULAR_OPEN] =
		"SELECT no, kind, inbox, person, area, roles, rw, body, wall, not_after, hold, recipients, reached, queued"
		" FROM circular WHERE done = 0 AND no > :after ORDER BY no LIMIT 1",
#define OF_CIRCULAR " FROM outq WHERE okey > c.kind || ':' || c.no || ':' AND okey < c.kind || ':' || c.no || ';'"
	[SQL_CIRCULAR_PROGRESS] =
		"SELECT no, wall, kind, area, roles, recipients, queued, done,"
		" (SELECT count(*)" OF_CIRCULAR " AND state IN ('QUEUED', 'CLAIMED')),"
		" (SELECT count(*)" OF_CIRCULAR " AND state IN ('SENT', 'DELIVERED', 'UNKNOWN')),"
		" (SELECT count(*)" OF_CIRCULAR " AND state IN ('FAILED', 'EXPIRED', 'BLOCKED')) FROM circular AS c"
		" WHERE no > :after AND (done = 0 OR EXISTS (SELECT 1" OF_CIRCULAR " AND state IN ('QUEUED', 'CLAIMED')))"
		" ORDER BY no LIMIT 1",
	[SQL_CIRCULAR_ADD] =
		"INSERT INTO circular (no, kind, inbox, person, area, roles, rw, body, wall, not_after, hold, recipients)"
		" VALUES (" NEXT("circular") ", :kind, :inbox, :person, :area, :roles, :rw, :text, :wall, :not_after, :hold,"
		" :recipients)",
	[SQL_CIRCULAR_MOVE] =
		"UPDATE circular SET reached = :reached, queued = queued + :queued, done = :done WHERE no = :no AND done = 0",

#define ALL_HIS " (SELECT :phone AS number UNION SELECT f.number FROM phone AS f" \
		" WHERE f.person = (SELECT person FROM phone WHERE number = :phone))"
	[SQL_OUTBOX_DROP] =
		"UPDATE outq SET state = 'EXPIRED', next_at = NULL, wait = 0 WHERE state = 'QUEUED'"
		" AND class IN ('reminder', 'notice') AND tail IN (SELECT substr(number, -9) FROM" ALL_HIS ")"
		" AND normalised(dest) IN (SELECT number FROM" ALL_HIS ")",
#define PROGRAM "SELECT no, organisation, person, name, partners, stage, closed, moved, wall, o.role, o.body, o.area, o.rw" \
		" FROM program JOIN organisation AS o ON o.id = organisation"
	[SQL_PROGRAM_FIND] = PROGRAM " WHERE no = :no",
	[SQL_PROGRAM_NAMED] = PROGRAM " WHERE organisation = :organisation AND name = :name AND closed = 0 LIMIT 1",
	[SQL_PROGRAM_STALLED] = PROGRAM " WHERE closed = 0 AND moved < :before AND no > :after ORDER BY no LIMIT 1",
	[SQL_PROGRAM_ADD] =
		"INSERT INTO program (no, organisation, person, name, partners, stage, closed, moved, wall)"
		" VALUES (" NEXT("program") ", :organisation, :person, :name, :partners, 1, 0, :wall, :wall)",
	[SQL_PROGRAM_STAGE] =
		"INSERT INTO program_stage (program, stage, remark, person, wall)"
		" VALUES (:no, :stage, :remark, :person, :wall)",
	[SQL_PROGRAM_MOVE] =
		"UPDATE program SET stage = :stage, closed = :closed, moved = :wall WHERE no = :no AND closed = 0",

	[SQL_INBOX_UNREAD] =
		"SELECT min(id) FROM sms_in INDEXED BY sms_in_state WHERE state IN ('PARTIAL', 'REJECTED') AND tries = 0"
		" AND id > :after HAVING min(id) IS NOT NULL",
/* Itself, and the other parts that came of the same message. */
#define OF_SAME \
	"(SELECT p.id FROM sms_in AS m JOIN sms_in AS p ON p.id = m.id OR p.sender = m.sender AND m.state = 'PARTIAL'" \
	" AND p.state = m.state AND p.sim = m.sim AND p.ref_bits = m.ref_bits AND p.ref = m.ref AND p.total = m.total" \
	" WHERE m.id = :id)"
	[SQL_INBOX_UNREAD_PARTS] = "SELECT body, raw FROM sms_in WHERE id IN " OF_SAME " ORDER BY seq, id",
	[SQL_INBOX_LOOKED] =
		"UPDATE sms_in SET tries = max(tries, 1), body = CASE WHEN :blank THEN '' ELSE body END,"
		" units = CASE WHEN :blank THEN NULL ELSE units END, raw = CASE WHEN :blank THEN NULL ELSE raw END"
		" WHERE id IN " OF_SAME,

	/* Each row above :after: whose number it bears, whether a clock that ran ahead wrote its time, whether it is old, at its
	 * end, and whether its text is there. */
	[SQL_PURGE_IN] =
		"SELECT id, sender, rx_wall > :latest, rx_wall < :before, state NOT IN ('NEW', 'PART'),"
		" body <> '' OR raw IS NOT NULL OR udh IS NOT NULL OR units IS NOT NULL FROM sms_in"
		" WHERE id > :after ORDER BY id LIMIT :most",
	[SQL_PURGE_IN_BEHIND] =
		"SELECT rx_wall < :before FROM sms_in WHERE id > :after AND rx_wall <= :latest ORDER BY id LIMIT 1",
	[SQL_PURGE_IN_NUMBER] = "UPDATE sms_in SET sender = :hash WHERE id = :id",
	[SQL_PURGE_OUT] =
		"SELECT id, dest, created > :latest, created < :before, state NOT IN ('QUEUED', 'CLAIMED') AND next_at IS NULL,"
		" body <> ''"
		" FROM outq WHERE id > :after ORDER BY id LIMIT :most",
	[SQL_PURGE_OUT_BEHIND] =
		"SELECT created < :before FROM outq WHERE id > :after AND created <= :latest ORDER BY id LIMIT 1",
	[SQL_PURGE_OUT_TEXT] = "UPDATE outq SET body = '' WHERE id = :id",
	/* Keys end with the number. The one in a thousand billions that is taken already stays as it is. */
	[SQL_PURGE_OUT_NUMBER] =
		"UPDATE OR IGNORE outq SET okey = replace(okey, dest, :hash), dest = :hash WHERE id = :id",
#define AWAY " SET id = -id WHERE id > :low AND id <= :high"
#define BACK " SET id = -id WHERE id < 0"
	[SQL_PURGE_IN_AWAY] = "UPDATE sms_in" AWAY,
	[SQL_PURGE_IN_BACK] = "UPDATE sms_in" BACK,
	[SQL_PURGE_OUT_AWAY] = "UPDATE outq" AWAY,
	[SQL_PURGE_OUT_BACK] = "UPDATE outq" BACK,
	[SQL_PURGE_QUARANTINE] =
		"SELECT id FROM sms_in INDEXED BY sms_in_state WHERE state = 'QUARANTINE' AND rx_wall < :before AND id > :after"
		" AND (body <> '' OR raw IS NOT NULL OR udh IS NOT NULL OR units IS NOT NULL) ORDER BY id LIMIT 1",
	[SQL_PURGE_TICKET] =
		"SELECT no, phone FROM ticket WHERE wall < :before AND no > :after AND phone GLOB '+*'"
		" AND phone NOT IN (SELECT number FROM phone) ORDER BY no LIMIT 1",
	[SQL_PURGE_TICKET_NUMBER] = "UPDATE ticket SET phone = :hash WHERE no = :id",
	[SQL_PURGE_REQUEST] =
		"SELECT no, phone FROM registration WHERE ended < :before AND no > :after AND phone GLOB '+*'"
		" AND phone NOT IN (SELECT number FROM phone) ORDER BY no LIMIT 1",
	[SQL_PURGE_REQUEST_NUMBER] = "UPDATE registration SET phone = :hash WHERE no = :id",
	[SQL_PURGE_REQUEST_NAME] = "UPDATE registration SET name = '' WHERE ended < :before AND name <> ''",
	/* Whoever has no number any more is known by what he was, not by his name. */
	[SQL_PURGE_NAME] = "UPDATE person SET name = '' WHERE name <> '' AND id NOT IN (SELECT person FROM phone)",
	[SQL_PURGE_CIRCULAR] = "UPDATE circular SET body = '' WHERE done = 1 AND body <> '' AND wall < :before",
	[SQL_PURGE_OFFER] = "DELETE FROM offer WHERE wall < :before OR wall > :latest",
	[SQL_PURGE_PAGE] = "DELETE FROM page WHERE wall < :before OR wall > :latest",
	[SQL_PURGE_SESSION] = "DELETE FROM session WHERE wall < :before OR wall > :latest",
	[SQL_PURGE_MUTE] = "DELETE FROM mute WHERE until < :before OR until > :latest",
	[SQL_PURGE_REFERENCE] =
		"DELETE FROM out_reference WHERE NOT EXISTS (SELECT 1 FROM outq INDEXED BY outq_tail"
		" WHERE outq.tail = out_reference.tail AND created >= :before)",
	[SQL_PURGE_MARK] =
		"SELECT wall, texts, quarantine, numbers, leftovers, in_texts, in_numbers * (freed = freed_seen), out_texts,"
		" out_numbers * (freed = freed_seen), freed FROM purge",
	[SQL_PURGE_MARK_SET] =
		"UPDATE purge SET wall = :wall, texts = :texts, quarantine = :quarantine, numbers = :numbers,"
		" leftovers = :leftovers, in_texts = :in_texts, in_numbers = :in_numbers, out_texts = :out_texts,"
		" out_numbers = :out_numbers, freed_seen = :freed",
	[SQL_PURGE_FREE] = "PRAGMA freelist_count",
	[SQL_PURGE_SHRINK] = "PRAGMA incremental_vacuum(50)",

/* What was received has numbers as they came, in any spelling; the end finds few that are his, the whole only those. */
#define SPELT(column) " normalised(" column ") = :number"
#define SENT_TO " tail = substr(:number, -9) AND" SPELT("dest")
#define TIME(column) " strftime('%Y-%m-%dT%H:%M:%SZ', " column ", 'unixepoch')"
	/* His, the one that was named, and those that his messages and questions came from, unless another has them now. */
	[SQL_DOSSIER_NUMBERS] =
		"WITH his (number) AS (SELECT sender FROM receipt JOIN sms_in ON sms_in.id = inbox WHERE receipt.person = :person"
		" UNION SELECT phone FROM ticket WHERE person = :person)"
		" SELECT number FROM phone WHERE person = :person UNION SELECT :phone WHERE :phone <> ''"
		" UNION SELECT number FROM his WHERE number <> '' AND NOT EXISTS"
		" (SELECT 1 FROM phone WHERE phone.number = normalised(his.number) AND phone.person <> :person)",
	[SQL_DOSSIER_PERSON] =
		"SELECT json_object('id', p.id, 'state', p.state, 'name', p.name, 'role', o.role, 'organisation', o.body,"
		" 'area', coalesce(o.area, p.area), 'rw', o.rw, 'numbers', (SELECT json_group_array(number) FROM phone"
		" WHERE person = p.id)) FROM person AS p LEFT JOIN organisation AS o ON o.id = p.organisation WHERE p.id = :person",
	[SQL_DOSSIER_REQUESTS] =
		"SELECT json_object('no', no, 'state', state, 'number', phone, 'role', role, 'organisation', body, 'name', name,"
		" 'area', area, 'rw', rw, 'age', age, 'asked'," TIME("wall") ", 'ended'," TIME("ended") ") FROM registration"
		" WHERE phone = :number ORDER BY no",
	[SQL_DOSSIER_STOPPED] = "SELECT json_object('number', number) FROM optout WHERE number = :number",
	[SQL_DOSSIER_RECEIVED] =
		"SELECT json_object('in', id, 'number', sender, 'received'," TIME("rx_wall") ", 'sent', scts, 'state', state,"
		" 'understood', verb, 'answer', said, 'text', body) FROM sms_in WHERE" SPELT("sender") " ORDER BY id",
	[SQL_DOSSIER_SENT] =
		"SELECT json_object('out', id, 'number', dest, 'queued'," TIME("created") ", 'class', class, 'state', state,"
		" 'text', body) FROM outq WHERE" SENT_TO " ORDER BY id",
	[SQL_DOSSIER_REPORTS] =
		"SELECT json_object('no', c.no, 'verb', c.verb, 'time'," TIME("c.wall") ", 'cancelled'," TIME("c.cancelled_at") ","
		" 'values', (SELECT json_group_array(json_object('village', village, 'rt', rt, 'rw', rw, 'list', list, 'category',"
		" category, 'unit', unit, 'month', printf('%04d-%02d', period / 12, period % 12 + 1), 'value', value, 'state', state))"
		" FROM record WHERE receipt = c.no)) FROM receipt AS c WHERE person = :person ORDER BY no",
	[SQL_DOSSIER_FORMS] =
		"SELECT json_object('form', form, 'series', series, 'no', no, 'area', area, 'time'," TIME("wall") ", 'state', state,"
		" 'fields', json(data)) FROM entry WHERE person = :person ORDER BY id",
	[SQL_DOSSIER_CASES] =
		"SELECT json_object('no', no, 'state', state, 'village', village, 'category', category, 'time'," TIME("wall") ")"
		" FROM casebook WHERE person = :person ORDER BY no",
	[SQL_DOSSIER_TICKETS] =
		"SELECT json_object('no', no, 'verb', verb, 'state', state, 'number', phone, 'time'," TIME("wall") ", 'text', body,"
		" 'later', (SELECT json_group_array(body) FROM ticket_text WHERE ticket = no AND person = :person), 'answer', answer)"
		" FROM ticket WHERE person = :person ORDER BY no",
	[SQL_DOSSIER_ANSWERS] =
		"SELECT json_object('no', no, 'time'," TIME("answered_at") ", 'text', answer) FROM ticket WHERE answered_by = :person"
		" ORDER BY no",
	[SQL_DOSSIER_MEETINGS] =
		"SELECT json_object('no', no, 'day', day, 'clock', clock, 'venue', venue, 'subject', subject, 'minutes', minutes)"
		" FROM meeting WHERE person = :person ORDER BY no",
	[SQL_DOSSIER_INVITATIONS] =
		"SELECT json_object('meeting', meeting, 'day', day) FROM invitation JOIN meeting ON no = meeting"
		" WHERE invitation.person = :person ORDER BY meeting",
	[SQL_DOSSIER_PROGRAMS] =
		"SELECT json_object('no', no, 'name', name, 'partners', partners, 'stage', stage, 'time'," TIME("wall") ")"
		" FROM program WHERE person = :person ORDER BY no",
	[SQL_DOSSIER_DECISIONS] =
		"SELECT json_object('what', what, 'about', about, 'time'," TIME("wall") ") FROM"
		" (SELECT 'request' AS what, no AS about, ended AS wall FROM registration WHERE decided_by = :person"
		" UNION ALL SELECT 'settlement', village || ' ' || category, wall FROM settlement WHERE person = :person"
		" UNION ALL SELECT 'lock', area, wall FROM period_lock WHERE person = :person"
		" UNION ALL SELECT 'submission', area, wall FROM submission WHERE person = :person"
		" UNION ALL SELECT 'referral', no, wall FROM referral WHERE person = :person"
		" UNION ALL SELECT 'stage', program, wall FROM program_stage WHERE person = :person) ORDER BY wall",
	[SQL_DOSSIER_CIRCULARS] =
		"SELECT json_object('no', no, 'kind', kind, 'area', area, 'time'," TIME("wall") ", 'text', body) FROM circular"
		" WHERE person = :person ORDER BY no",
	[SQL_DOSSIER_DIALOGUES] =
		"SELECT json_object('what', what, 'text', text) FROM (SELECT 'offer' AS what, text FROM offer WHERE phone = :number"
		" UNION ALL SELECT 'page', text FROM page WHERE phone = :number"
		" UNION ALL SELECT 'menu', state || ' ' || inputs FROM session WHERE phone = :number)",

	[SQL_DOSSIER_BUSY] = "SELECT count(*) FROM outq WHERE" SENT_TO " AND state = 'CLAIMED'",
	[SQL_DOSSIER_DROP_QUEUED] =
		"UPDATE outq SET state = 'EXPIRED', next_at = NULL, wait = 0, held = 0 WHERE" SENT_TO
		" AND state = 'QUEUED'",
	/* Those who were to decide about him are not asked any more, and what they were asked had his name. */
	[SQL_DOSSIER_DROP_ASKED] =
		"UPDATE outq SET state = CASE state WHEN 'QUEUED' THEN 'EXPIRED' ELSE state END, wait = 0, held = 0,"
		" next_at = CASE state WHEN 'QUEUED' THEN NULL ELSE next_at END, body = '' WHERE state <> 'CLAIMED' AND id IN"
		" (SELECT q.id FROM registration AS r CROSS JOIN outq AS q ON q.okey > 'approve:' || r.no || ':'"
		" AND q.okey < 'approve:' || r.no || ';' WHERE r.phone = :number)",
	[SQL_DOSSIER_FORGET_CAUSED] =
		"UPDATE outq SET body = '' WHERE state NOT IN ('QUEUED', 'CLAIMED') AND inbox IN"
		" (SELECT id FROM sms_in WHERE" SPELT("sender") ")",
	[SQL_DOSSIER_FORGET_SENT] =
		"UPDATE OR IGNORE outq SET body = '', okey = replace(okey, dest, :hash), dest = :hash"
		" WHERE" SENT_TO " AND state <> 'CLAIMED'",
	[SQL_DOSSIER_FORGET_RECEIVED] =
		"UPDATE sms_in SET sender = :hash, body = '', raw = NULL, udh = NULL, units = NULL,"
		" reason = CASE WHEN state = 'NEW' THEN 'its sender is forgotten' ELSE reason END,"
		" state = CASE state WHEN 'NEW' THEN 'REJECTED' WHEN 'PART' THEN 'PARTIAL' ELSE state END WHERE" SPELT("sender"),
	[SQL_DOSSIER_FORGET_TICKET] = "UPDATE ticket SET phone = :hash WHERE phone = :number",
	[SQL_DOSSIER_FORGET_REQUEST] =
		"UPDATE registration SET phone = :hash, name = '', ended = coalesce(ended, :wall),"
		" state = CASE state WHEN 'WAITING' THEN 'WITHDRAWN' ELSE state END WHERE phone = :number",
	[SQL_DOSSIER_FORGET_OFFER] = "DELETE FROM offer WHERE phone = :number",
	[SQL_DOSSIER_FORGET_PAGE] = "DELETE FROM page WHERE phone = :number",
	[SQL_DOSSIER_FORGET_SESSION] = "DELETE FROM session WHERE phone = :number",
	[SQL_DOSSIER_FORGET_MUTE] = "DELETE FROM mute WHERE number = :number",
	[SQL_DOSSIER_FORGET_STOP] = "DELETE FROM optout WHERE number = :number",
	[SQL_DOSSIER_FORGET_SPEND] = "DELETE FROM spend WHERE scope IN (:number, 'open ' || :number)",
	/* It belongs to all whose numbers end like his. */
	[SQL_DOSSIER_FORGET_REFERENCE] =
		"DELETE FROM out_reference WHERE tail = substr(:number, -9) AND NOT EXISTS (SELECT 1 FROM outq"
		" WHERE outq.tail = out_reference.tail AND normalised(dest) <> :number)",
	[SQL_DOSSIER_FORGET_PHONE] = "DELETE FROM phone WHERE number = :number",
	[SQL_DOSSIER_COUNT] =
		"SELECT (SELECT count(*) FROM receipt WHERE person = :person), (SELECT count(*) FROM ticket WHERE person = :person)",
	[SQL_DOSSIER_FORGET_NAME] = "UPDATE person SET name = '' WHERE id = :person",
};

static int
errno_of(int result, int system)
{
	/* Of the files beside the database SQLite tells it as an error of the disk. */
	if ((result & 0xff) == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT))
		return -ENOSPC;
	switch (result & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return 0;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return -EBUSY;
	case SQLITE_FULL:
		return -ENOSPC;
	case SQLITE_CANTOPEN:
		return system != 0 ? -system : -EIO;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return -EACCES;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return -EBADMSG;
	case SQLITE_CONSTRAINT:
	case SQLITE_MISMATCH:
		return -EINVAL;
	case SQLITE_TOOBIG:
		return -EMSGSIZE;
	case SQLITE_INTERRUPT:
		return -EINTR;
	default:
		return -EIO;
	}
}

int
statement_errno(sqlite3 *db, int result)
{
	return errno_of(result, db != NULL ? sqlite3_system_errno(db) : 0);
}

int
statement_error(sqlite3 *db, int result, const char *what)
{
	int error = statement_errno(db, result);
	const char *words = db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(result);

	if ((result & 0xff) == SQLITE_NOMEM || result == SQLITE_IOERR_NOMEM)
		memory_gone();
	if (error == -EBUSY)
		log_warn("database: %s: %s", what, words);
	else if (error == -ENOSPC)
		log_error("database: %s: no room on the disk (SQLite %d)", what, result);
	else
		log_error("database: %s: %s (SQLite %d)", what, words, result);
	return error;
}

/* normalised(NUMBER): the one spelling of a number; what is none, as it is. */
static void
normalised(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *text = (const char *)sqlite3_value_text(values[0]);
	char phone[PHONE_SIZE];

	(void)count;
	if (text != NULL && phone_normalise(text, phone))
		sqlite3_result_text(context, phone, -1, SQLITE_TRANSIENT);
	else
		sqlite3_result_value(context, values[0]);
}

int
statement_prepare(struct store *store)
{
	int added = sqlite3_create_function(store->db, "normalised", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
					    NULL, normalised, NULL, NULL);

	if (added != SQLITE_OK)
		return statement_error(store->db, added, "adding a function");
	for (int i = 0; i < STATEMENTS; i++) {
		assert(sql[i] != NULL);
		int result = sqlite3_prepare_v3(store->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT,
						&store->statements[i], NULL);
		if (result != SQLITE_OK)
			return statement_error(store->db, result, sql[i]);
	}
	return 0;
}

void
statement_finalize(struct store *store)
{
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(store->statements[i]);
	memset(store->statements, 0, sizeof store->statements);
}

static int
index_of(struct store *store, enum statement which, const char *name)
{
	int index = sqlite3_bind_parameter_index(store->statements[which], name);

	assert(index != 0 && "no such parameter");
	return index;
}

static void
bound(int result)
{
	if (result == SQLITE_NOMEM)
		memory_gone();
	assert(result == SQLITE_OK && "bound while under way");
}

void
statement_bind(struct store *store, enum statement which, const char *name, int64_t value)
{
	bound(sqlite3_bind_int64(store->statements[which], index_of(store, which, name), value));
}

void
statement_bind_null(struct store *store, enum statement which, const char *name)
{
	bound(sqlite3_bind_null(store->statements[which], index_of(store, which, name)));
}

void
statement_bind_text(struct store *store, enum statement which, const char *name, const char *text)
{
	bound(sqlite3_bind_text(store->statements[which], index_of(store, which, name), text, -1, SQLITE_STATIC));
}

void
statement_bind_blob(struct store *store, enum statement which, const char *name, const void *blob, size_t size)
{
	bound(sqlite3_bind_blob(store->statements[which], index_of(store, which, name), blob, (int)size, SQLITE_STATIC));
}

void
statement_end(struct store *store, enum statement which)
{
	/* The result repeats the error of the last step, which was seen there. */
	sqlite3_reset(store->statements[which]);
	sqlite3_clear_bindings(store->statements[which]);
}

/* A lock that was not had once is not waited for again, so that the loop goes on meanwhile; a write that works ends
 * that. */
static void
note_lock(struct store *store, enum statement which, int result)
{
	bool busy = (result & 0xff) == SQLITE_BUSY;

	if (!busy && (!store->impatient || sqlite3_stmt_readonly(store->statements[which])))
		return;
	if (busy != store->impatient)
		sqlite3_busy_timeout(store->db, busy ? 0 : STORE_PATIENCE_MS);
	store->impatient = busy;
}

/* -errno; the same trouble is told once a minute, not at each of its tries. */
static int
failure(struct store *store, enum statement which, int result)
{
	int64_t now = clock_monotonic_ms();
	int error;

	if (result == store->said && now - store->said_ms < SAY_AGAIN_MS) {
		error = errno_of(result, sqlite3_system_errno(store->db));
	} else {
		error = statement_error(store->db, result, sql[which]);
		store->said = result;
		store->said_ms = now;
	}
	store->full |= error == -ENOSPC;
	health_note(store, error);
	if (store->failed == 0)
		store->failed = error;
	return error;
}

/* Whatever was read in a message: asking has no other way to the tables than this one. */
static int
forbid(struct store *store, enum statement which)
{
	log_error("database: refused, as only questions are asked now: %s", sql[which]);
	if (store->failed == 0)
		store->failed = -EPERM;
	statement_end(store, which);
	return -EPERM;
}

int
statement_row(struct store *store, enum statement which)
{
	int result, error = 0;

	if (store->ask_only && !sqlite3_stmt_readonly(store->statements[which]))
		return forbid(store, which);
	result = sqlite3_step(store->statements[which]);
	note_lock(store, which, result);
	if (result == SQLITE_ROW)
		return 1;
	if (result != SQLITE_DONE)
		error = failure(store, which, result);
	statement_end(store, which);
	return error;
}

int
statement_run(struct store *store, enum statement which)
{
	int error = statement_row(store, which);

	assert(error <= 0 && "a query was run as a change");
	return error != 0 ? error : sqlite3_changes(store->db);
}

int
statement_change(struct store *store, enum statement which)
{
	int changed = statement_run(store, which);

	if (changed == 0)
		return -ENOENT;
	return changed < 0 ? changed : 0;
}

int
statement_insert(struct store *store, enum statement which, int64_t *id)
{
	int error = statement_change(store, which);

	assert(error != -ENOENT);
	if (error == 0)
		*id = sqlite3_last_insert_rowid(store->db);
	return error;
}

int
statement_number(struct store *store, enum statement which, int64_t *number)
{
	int row = statement_row(store, which);

	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	*number = statement_int(store, which, 0);
	statement_end(store, which);
	return 0;
}

/* NULL: SQL's, and nothing else. */
static const char *
column_text(struct store *store, enum statement which, int column)
{
	const unsigned char *text = sqlite3_column_text(store->statements[which], column);

	if (text == NULL && sqlite3_errcode(store->db) == SQLITE_NOMEM)
		memory_gone();
	return (const char *)text;
}

int64_t
statement_int(struct store *store, enum statement which, int column)
{
	return sqlite3_column_int64(store->statements[which], column);
}

void
statement_text(struct store *store, enum statement which, int column, char *out, size_t size)
{
	const char *text = column_text(store, which, column);

	int written = snprintf(out, size, "%s", text != NULL ? text : "");

	/* A cut must not leave half a character. */
	if ((size_t)written >= size) {
		size_t end = size - 1;
		while (end > 0 && (text[end] & 0xc0) == 0x80)
			end--;
		out[end] = '\0';
	}
}

int
statement_one_text(struct store *store, enum statement which, char *out, size_t size)
{
	int row = statement_row(store, which);

	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	statement_text(store, which, 0, out, size);
	statement_end(store, which);
	return 0;
}

char *
statement_string(struct store *store, enum statement which, int column)
{
	const char *text = column_text(store, which, column);

	return xstrdup(text != NULL ? text : "");
}

int
statement_word(struct store *store, enum statement which, int column, const char *const *words, size_t count)
{
	const char *text = column_text(store, which, column);
	size_t i = 0;

	while (i < count && (text == NULL || strcmp(words[i], text) != 0))
		i++;
	assert(i < count && "a word that the schema does not allow");
	return (int)i;
}

const void *
statement_blob(struct store *store, enum statement which, int column, size_t *size)
{
	const void *blob = sqlite3_column_blob(store->statements[which], column);

	if (blob == NULL && sqlite3_errcode(store->db) == SQLITE_NOMEM)
		memory_gone();
	*size = (size_t)sqlite3_column_bytes(store->statements[which], column);
	return blob;
}
