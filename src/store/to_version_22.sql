-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_22: an optional PIN of whoever may do harm by a message.

-- What shows that somebody's message is his own (store/pin.h). Who has no number any more, waits anew, or has another
-- name (a telephone that was passed on) has none.
CREATE TABLE pin (
    person INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    hash   TEXT NOT NULL CHECK (hash LIKE '$argon2id$%'),
    wall   INTEGER NOT NULL,                        -- when it was given
    wrong  INTEGER NOT NULL DEFAULT 0 CHECK (wrong >= 0),           -- tries in the hour from
    since  INTEGER NOT NULL DEFAULT 0,
    locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    until  INTEGER NOT NULL DEFAULT 0,              -- of a lock; 0: from when the clock can be believed
    told   INTEGER NOT NULL DEFAULT 0               -- when it was last said that it is locked
) STRICT;

CREATE TRIGGER pin_without_number AFTER DELETE ON phone BEGIN
    DELETE FROM pin WHERE person = old.person AND NOT EXISTS (SELECT 1 FROM phone WHERE person = old.person);
END;
CREATE TRIGGER pin_of_another AFTER UPDATE OF state, name ON person
    WHEN new.state = 'WAITING' OR (old.name <> '' AND lower(old.name) <> lower(new.name)) BEGIN
    DELETE FROM pin WHERE person = new.id;
END;

PRAGMA user_version = 22;
