-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_11: programmes and their stages.

CREATE TABLE program (
    no           INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    person       INTEGER NOT NULL REFERENCES person (id),
    name         TEXT NOT NULL CHECK (name <> ''),
    partners     TEXT NOT NULL,                     -- as typed
    stage        INTEGER NOT NULL CHECK (stage > 0),
    closed       INTEGER NOT NULL CHECK (closed IN (0, 1)),
    moved        INTEGER NOT NULL,                  -- into that stage
    wall         INTEGER NOT NULL
) STRICT;

CREATE INDEX program_open ON program (moved) WHERE closed = 0;

CREATE TABLE program_stage (
    id      INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (no),
    stage   INTEGER NOT NULL CHECK (stage > 0),
    remark  TEXT NOT NULL,
    person  INTEGER NOT NULL REFERENCES person (id),
    wall    INTEGER NOT NULL
) STRICT;

CREATE INDEX program_stage_program ON program_stage (program);

PRAGMA user_version = 11;
