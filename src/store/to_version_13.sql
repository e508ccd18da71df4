-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_13: who was invited to a meeting, and which programme it goes on with.

ALTER TABLE meeting ADD COLUMN program INTEGER REFERENCES program (no);

CREATE TABLE invitation (
    meeting INTEGER NOT NULL REFERENCES meeting (no),
    person  INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (meeting, person)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 13;
