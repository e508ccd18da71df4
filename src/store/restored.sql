-- SPDX-License-Identifier: GPL-3.0-or-later
-- restored: what a database must know that goes on from a backup. Between the backup and now things have happened that it
-- has not seen: messages went out, numbers were told. Nobody gets anything twice, nobody's number becomes another's.
-- temp.gap has one row: days since the backup, 0 unknown. temp.used has each number in the books, and when it was given.

-- What was to be sent then may have gone out since. Alerts go all the same: a lost one is worse than a second one.
UPDATE out_part SET state = 'UNKNOWN' WHERE state IN ('QUEUED', 'CLAIMED') AND outq IN
    (SELECT id FROM outq WHERE state IN ('QUEUED', 'CLAIMED', 'UNKNOWN') AND class <> 'alert');
UPDATE outq SET state = 'UNKNOWN', next_at = NULL, wait = 0, held = 0
    WHERE state IN ('QUEUED', 'CLAIMED', 'UNKNOWN') AND class <> 'alert';

-- The rest of a broadcast, too; and the calendar begins anew when the clock is right, with nothing to catch up on.
UPDATE circular SET done = 1 WHERE done = 0;
UPDATE schedule SET reached = max(reached, (SELECT ifnull(max(no), 0) FROM submission));

-- Messages that were received and not yet read will be read, as a report of them is in no other place; answers to
-- questions in them, and what they have others told, may have gone out.
UPDATE box SET planned = 0, reborn = (SELECT ifnull(max(id), 0) FROM sms_in);

-- Numbers go on behind those that were given out meanwhile: a hundred, what the last month before the backup needed, and
-- twice that for each month since.
INSERT OR REPLACE INTO number_floor (series, no)
    SELECT series, max(max(u.no), ifnull((SELECT f.no FROM number_floor AS f WHERE f.series = u.series), 0)) + 100 +
        count(*) FILTER (WHERE wall > (SELECT max(wall) FROM used) - 31 * 86400) * (31 + 2 * (SELECT days FROM gap)) / 31
    FROM used AS u GROUP BY series;
INSERT OR IGNORE INTO number_floor (series, no) VALUES
    ('receipt', 100), ('registration', 100), ('casebook', 100), ('meeting', 100), ('ticket', 100), ('program', 100),
    ('circular', 100), ('entry ', 100);
DROP TABLE used;

-- Of these no number is told to anybody, but logs and keys have them.
UPDATE sqlite_sequence SET seq = seq + 100 + (31 + 2 * (SELECT days FROM gap)) * CASE name
    WHEN 'sms_in' THEN (SELECT count(*) FROM sms_in WHERE rx_wall > (SELECT max(rx_wall) FROM sms_in) - 31 * 86400)
    WHEN 'outq' THEN (SELECT count(*) FROM outq WHERE created > (SELECT max(created) FROM outq) - 31 * 86400)
    ELSE 0 END / 31;
