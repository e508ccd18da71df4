-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_14: one text to many people (UMUM).
CREATE TABLE circular (
    no         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind <> ''),
    inbox      INTEGER REFERENCES sms_in (id),
    person     INTEGER NOT NULL REFERENCES person (id),
    area       TEXT NOT NULL REFERENCES area (code),
    roles      TEXT NOT NULL,
    rw         INTEGER NOT NULL CHECK (rw >= 0),
    body       TEXT NOT NULL CHECK (body <> ''),
    wall       INTEGER NOT NULL,
    not_after  INTEGER NOT NULL,
    hold       INTEGER NOT NULL CHECK (hold IN (0, 1)),
    recipients INTEGER NOT NULL,
    reached    INTEGER NOT NULL DEFAULT 0,
    queued     INTEGER NOT NULL DEFAULT 0,
    done       INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
) STRICT;

CREATE INDEX circular_open ON circular (no) WHERE done = 0;

PRAGMA user_version = 14;
