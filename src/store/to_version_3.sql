-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_3: locks, settlements, requests to register, cases, meetings, tickets, and an index for totals.
-- Numbers of a series have no gaps: they are drawn as largest + 1, and rows are never deleted.

CREATE TABLE period_lock (
    area   TEXT NOT NULL REFERENCES area (code),
    period INTEGER NOT NULL,                        -- year * 12 + month - 1
    person INTEGER NOT NULL REFERENCES person (id),
    wall   INTEGER NOT NULL,
    PRIMARY KEY (area, period)
) STRICT, WITHOUT ROWID;

-- The TKSK's word on a village's figure, with its history: of one key at most one row is CURRENT.
CREATE TABLE settlement (
    id       INTEGER PRIMARY KEY,
    village  TEXT NOT NULL REFERENCES area (code) CHECK (length(village) = 13),
    category TEXT NOT NULL CHECK (category <> ''),
    unit     TEXT NOT NULL CHECK (unit <> ''),
    period   INTEGER NOT NULL,
    value    INTEGER NOT NULL CHECK (value >= 0),
    person   INTEGER NOT NULL REFERENCES person (id),
    wall     INTEGER NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('CURRENT', 'SUPERSEDED', 'REOPENED')),
    ended    INTEGER,                               -- when it was no longer in force
    CHECK ((ended IS NULL) = (state = 'CURRENT'))
) STRICT;

CREATE UNIQUE INDEX settlement_current ON settlement (village, category, unit, period) WHERE state = 'CURRENT';

-- The last month of a category in a village, and its values without the table (for that SQLite wants the state too).
CREATE INDEX record_total ON record (village, category, unit, period, organisation, rw, rt, value, state)
    WHERE state = 'CURRENT';

CREATE TABLE registration (
    no         INTEGER PRIMARY KEY,
    state      TEXT NOT NULL CHECK (state IN ('WAITING', 'APPROVED', 'REFUSED', 'EXPIRED', 'WITHDRAWN')),
    phone      TEXT NOT NULL CHECK (phone <> ''),
    role       TEXT NOT NULL CHECK (role <> ''),
    body       TEXT NOT NULL CHECK (body <> ''),
    name       TEXT NOT NULL,
    area       TEXT NOT NULL REFERENCES area (code),
    rw         INTEGER NOT NULL CHECK (rw >= 0),
    age        INTEGER CHECK (age > 0),
    wall       INTEGER NOT NULL,
    decided_by INTEGER REFERENCES person (id),
    ended      INTEGER,
    CHECK ((ended IS NULL) = (state = 'WAITING'))
) STRICT;

CREATE UNIQUE INDEX registration_waiting ON registration (phone) WHERE state = 'WAITING';

CREATE TABLE casebook (
    no           INTEGER PRIMARY KEY,
    state        TEXT NOT NULL CHECK (state IN ('OPEN', 'REFERRED', 'CLOSED')),
    village      TEXT NOT NULL REFERENCES area (code) CHECK (length(village) = 13),
    rt           INTEGER NOT NULL CHECK (rt >= 0),
    rw           INTEGER NOT NULL CHECK (rw >= 0),
    category     TEXT NOT NULL CHECK (category <> ''),
    sex          TEXT CHECK (sex IN ('L', 'P')),
    age          INTEGER CHECK (age >= 0),          -- completed years
    rest         INTEGER CHECK (rest >= 0),         -- months left of a sentence
    married      INTEGER CHECK (married >= 0),      -- for how many years
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    person       INTEGER NOT NULL REFERENCES person (id),
    wall         INTEGER NOT NULL
) STRICT;

CREATE INDEX casebook_village ON casebook (village, category, wall);

-- Cases that may be the same person.
CREATE TABLE casebook_link (
    earlier INTEGER NOT NULL REFERENCES casebook (no),
    later   INTEGER NOT NULL REFERENCES casebook (no) CHECK (later > earlier),
    PRIMARY KEY (later, earlier)
) STRICT, WITHOUT ROWID;

CREATE INDEX casebook_link_earlier ON casebook_link (earlier);

CREATE TABLE referral (
    id     INTEGER PRIMARY KEY,
    no     INTEGER NOT NULL REFERENCES casebook (no),
    state  TEXT NOT NULL CHECK (state IN ('MADE', 'ASKED', 'DONE')),
    dest   TEXT NOT NULL CHECK (dest <> ''),        -- as typed
    person INTEGER NOT NULL REFERENCES person (id),
    wall   INTEGER NOT NULL
) STRICT;

CREATE INDEX referral_case ON referral (no);
CREATE INDEX referral_made ON referral (wall) WHERE state = 'MADE';

CREATE TABLE meeting (
    no           INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    person       INTEGER NOT NULL REFERENCES person (id),
    day          TEXT NOT NULL CHECK
        (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND ifnull(date(day, '+0 days') = day, 0)),
    clock        TEXT NOT NULL CHECK (clock GLOB '[0-2][0-9]:[0-5][0-9]' AND clock < '24:00'),
    venue        TEXT NOT NULL CHECK (venue <> ''),
    subject      TEXT NOT NULL,
    attended     INTEGER CHECK (attended >= 0),
    minutes      TEXT,
    minutes_wall INTEGER,
    wall         INTEGER NOT NULL,
    CHECK ((minutes IS NULL) = (minutes_wall IS NULL))
) STRICT;

CREATE INDEX meeting_organisation ON meeting (organisation);
CREATE INDEX meeting_day ON meeting (day);

CREATE TABLE ticket (
    no           INTEGER PRIMARY KEY,
    state        TEXT NOT NULL CHECK (state IN ('OPEN', 'ANSWERED', 'CLOSED')),
    verb         TEXT NOT NULL CHECK (verb <> ''),
    person       INTEGER NOT NULL REFERENCES person (id),
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    phone        TEXT NOT NULL CHECK (phone <> ''),
    body         TEXT NOT NULL CHECK (body <> ''),
    wall         INTEGER NOT NULL,
    answer       TEXT,
    answered_by  INTEGER REFERENCES person (id),
    answered_at  INTEGER,
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;

PRAGMA user_version = 3;
