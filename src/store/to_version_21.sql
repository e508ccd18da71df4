-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_21: what a restored backup must know of the time that it has not seen.
ALTER TABLE box ADD COLUMN reborn INTEGER NOT NULL DEFAULT 0;

CREATE TABLE number_floor (
    series TEXT PRIMARY KEY CHECK (series <> ''),
    no     INTEGER NOT NULL CHECK (no > 0)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 21;
