-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_17: what the SIMs have left.
CREATE TABLE credit (
    modem   TEXT NOT NULL CHECK (modem <> ''),
    what    TEXT NOT NULL CHECK (what IN ('BALANCE', 'QUOTA')),
    low     INTEGER NOT NULL CHECK (low >= 0),
    dialled INTEGER NOT NULL DEFAULT 0,
    result  TEXT NOT NULL DEFAULT '',
    text    TEXT NOT NULL DEFAULT '',
    amount  INTEGER,
    wall    INTEGER,
    PRIMARY KEY (modem, what)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 17;
