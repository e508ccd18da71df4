-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_20: what is kept no longer than needed: how far the purge is, and what it removed.

CREATE TABLE purge (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    wall        INTEGER NOT NULL DEFAULT 0,         -- when the last one came to its end; 0 never
    texts       INTEGER NOT NULL DEFAULT 0,         -- what it removed
    quarantine  INTEGER NOT NULL DEFAULT 0,
    numbers     INTEGER NOT NULL DEFAULT 0,
    leftovers   INTEGER NOT NULL DEFAULT 0,
    in_texts    INTEGER NOT NULL DEFAULT 0,         -- rows of sms_in up to this one have no text any more,
    in_numbers  INTEGER NOT NULL DEFAULT 0,         -- and no number that is nobody's
    out_texts   INTEGER NOT NULL DEFAULT 0,         -- likewise of outq
    out_numbers INTEGER NOT NULL DEFAULT 0,
    freed       INTEGER NOT NULL DEFAULT 0,         -- how often somebody gave a number up,
    freed_seen  INTEGER NOT NULL DEFAULT 0          -- and had when the numbers were looked through last
) STRICT;

INSERT INTO purge (one) VALUES (1);

-- Old messages from and to a number are looked through again when it is nobody's any more.
CREATE TRIGGER phone_free AFTER DELETE ON phone BEGIN
    UPDATE purge SET freed = freed + 1;
END;

-- The text of a circular is a message's, and goes as those go.
ALTER TABLE circular RENAME TO circular_19;
DROP INDEX circular_open;
CREATE TABLE circular (
    no         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind <> ''),    -- begins the keys of its messages: umum:12:+62...
    inbox      INTEGER REFERENCES sms_in (id),
    person     INTEGER NOT NULL REFERENCES person (id),     -- whose it is; does not get it
    area       TEXT NOT NULL REFERENCES area (code),
    roles      TEXT NOT NULL,                       -- PSM,KT; '' everybody
    rw         INTEGER NOT NULL CHECK (rw >= 0),
    body       TEXT NOT NULL CHECK (body <> '' OR done = 1),
    wall       INTEGER NOT NULL,
    not_after  INTEGER NOT NULL,
    hold       INTEGER NOT NULL CHECK (hold IN (0, 1)),
    recipients INTEGER NOT NULL,                    -- how many there were
    reached    INTEGER NOT NULL DEFAULT 0,          -- id of the last person that was looked at
    queued     INTEGER NOT NULL DEFAULT 0,
    done       INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
) STRICT;
INSERT INTO circular SELECT no, kind, inbox, person, area, roles, rw, body, wall, not_after, hold, recipients, reached,
    queued, done FROM circular_19;
DROP TABLE circular_19;
CREATE INDEX circular_open ON circular (no) WHERE done = 0;

PRAGMA user_version = 20;
