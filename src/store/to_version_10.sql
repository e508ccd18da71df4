-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_10: how far the calendar was worked off, and what came of its reminders.
ALTER TABLE box ADD COLUMN planned INTEGER NOT NULL DEFAULT 0;

CREATE TABLE schedule (
    name    TEXT PRIMARY KEY CHECK (name <> ''),
    queued  INTEGER NOT NULL DEFAULT 0,
    dropped INTEGER NOT NULL DEFAULT 0,
    reached INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX outq_due ON outq (state, class IN ('reminder', 'notice'), next_at);

CREATE TABLE submission (
    no      INTEGER PRIMARY KEY AUTOINCREMENT,
    area    TEXT NOT NULL REFERENCES area (code),
    first   INTEGER NOT NULL,
    last    INTEGER NOT NULL CHECK (last >= first),
    person  INTEGER NOT NULL REFERENCES person (id),
    wall    INTEGER NOT NULL,
    summary TEXT NOT NULL
) STRICT;

CREATE INDEX submission_area ON submission (area, first, last);

CREATE TABLE overlap_told (
    village  TEXT NOT NULL,
    category TEXT NOT NULL,
    unit     TEXT NOT NULL,
    list     TEXT NOT NULL,
    period   INTEGER NOT NULL,
    bodies   TEXT NOT NULL,
    wall     INTEGER NOT NULL,
    PRIMARY KEY (village, period, category, unit, list)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 10;
