-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_2: messages to send may have several parts; broken messages have a slot.
ALTER TABLE sms_in ADD COLUMN slot INTEGER;

CREATE TABLE out_part (
    outq     INTEGER NOT NULL REFERENCES outq (id),
    part     INTEGER NOT NULL CHECK (part BETWEEN 1 AND 10),
    state    TEXT NOT NULL CHECK (state IN ('QUEUED', 'CLAIMED', 'SENT', 'DELIVERED', 'UNKNOWN', 'FAILED')),
    mr       INTEGER,
    sent_at  INTEGER,
    error    INTEGER,
    refusals INTEGER NOT NULL DEFAULT 0,
    resends  INTEGER NOT NULL DEFAULT 0,
    status   INTEGER,
    done     TEXT,
    PRIMARY KEY (outq, part)
) STRICT, WITHOUT ROWID;

-- Until now a refusal was the only way to be tried again without being resent.
INSERT INTO out_part (outq, part, state, mr, sent_at, error, refusals, resends, status)
    SELECT id, 1, CASE WHEN state IN ('EXPIRED', 'BLOCKED') THEN 'QUEUED' ELSE state END,
        mr, ifnull(sent_at, claimed_at), error, CASE WHEN error IS NULL THEN 0 ELSE max(tries - resends, 0) END,
        resends, status FROM outq;

CREATE TABLE out_reference (
    tail TEXT PRIMARY KEY,
    ref  INTEGER NOT NULL CHECK (ref BETWEEN 0 AND 255)
) STRICT, WITHOUT ROWID;

ALTER TABLE outq DROP COLUMN resends;
ALTER TABLE outq DROP COLUMN sent_at;
ALTER TABLE outq DROP COLUMN mr;
ALTER TABLE outq DROP COLUMN error;
ALTER TABLE outq DROP COLUMN status;
ALTER TABLE outq ADD COLUMN parts INTEGER NOT NULL DEFAULT 1 CHECK (parts BETWEEN 1 AND 10);
ALTER TABLE outq ADD COLUMN ref INTEGER CHECK (ref BETWEEN 0 AND 255);
ALTER TABLE outq ADD COLUMN wait INTEGER NOT NULL DEFAULT 0;
-- What was due later than it was queued has waited at most for its longest back-off.
UPDATE outq SET wait = 270 WHERE next_at IS NOT NULL;
CREATE INDEX outq_waiting ON outq (tail, created) WHERE state IN ('QUEUED', 'CLAIMED');

PRAGMA user_version = 2;
