-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_8: what sending costs, and whom it is for; who is not answered for a day; what a message was about.

CREATE TABLE mute (
    number TEXT NOT NULL,
    text   BLOB NOT NULL CHECK (length(text) = 16),
    until  INTEGER NOT NULL,
    PRIMARY KEY (number, text)
) STRICT, WITHOUT ROWID;

ALTER TABLE sms_in ADD COLUMN verb TEXT;
ALTER TABLE sms_in ADD COLUMN said TEXT;

CREATE TABLE spend (
    span  TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope <> ''),
    parts INTEGER NOT NULL CHECK (parts >= 0),
    most  INTEGER NOT NULL,
    held  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (span, scope),
    CHECK (parts <= most)
) STRICT, WITHOUT ROWID;

ALTER TABLE outq ADD COLUMN purse TEXT NOT NULL DEFAULT 'open' CHECK (purse IN ('reserved', 'open', 'strangers'));
ALTER TABLE outq ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1));
CREATE INDEX outq_strangers ON outq (purse) WHERE state = 'QUEUED' AND purse = 'strangers';

PRAGMA user_version = 8;
