-- SPDX-License-Identifier: GPL-3.0-or-later
-- to version 4: offers: what a mistaken message may have meant, until its sender says YA, says anything else, or a day is over.

CREATE TABLE offer (
    phone TEXT PRIMARY KEY,
    text  TEXT NOT NULL,                            -- the corrected message
    isi   TEXT NOT NULL,                            -- what it was offered as
    wall  INTEGER NOT NULL                          -- time of the first message
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 4;
