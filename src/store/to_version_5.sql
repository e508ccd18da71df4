-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_5: forms that the grammar declares.
-- What the forms of the grammar say, with history as in record: of one key of a form that replaces, one row is CURRENT.
CREATE TABLE entry (
    id           INTEGER PRIMARY KEY,
    form         TEXT NOT NULL CHECK (form <> ''),
    series       TEXT NOT NULL,                     -- '': numbered by its receipt
    no           INTEGER NOT NULL CHECK (no > 0),
    receipt      INTEGER REFERENCES receipt (no) CHECK ((receipt IS NULL) = (series <> '')),
    inbox        INTEGER REFERENCES sms_in (id),
    person       INTEGER NOT NULL REFERENCES person (id),
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    area         TEXT NOT NULL REFERENCES area (code),
    rt           INTEGER NOT NULL CHECK (rt >= 0),
    rw           INTEGER NOT NULL CHECK (rw >= 0),
    period       INTEGER NOT NULL,                  -- year * 12 + month - 1; 0: about no month
    wall         INTEGER NOT NULL,
    replaces     INTEGER NOT NULL CHECK (replaces IN (0, 1)),   -- a total, not one more
    keyed        TEXT NOT NULL,                     -- further fields of the key: tahap=2
    met          TEXT NOT NULL,                     -- fields in which an overlap agrees: kat=pmks-2009/07 jenis=OBAT
    data         TEXT NOT NULL CHECK (data GLOB '{*}'),  -- JSON, fields by name
    flag         TEXT NOT NULL CHECK (flag IN ('', 'UNCHECKED', 'ORDER')),
    state        TEXT NOT NULL CHECK (state IN ('CURRENT', 'SUPERSEDED', 'CANCELLED')),
    prev         INTEGER REFERENCES entry (id)
) STRICT;

CREATE UNIQUE INDEX entry_current ON entry (form, area, period, organisation, rw, rt, keyed)
    WHERE state = 'CURRENT' AND replaces = 1;
CREATE UNIQUE INDEX entry_no ON entry (series, no) WHERE series <> '';
CREATE INDEX entry_area ON entry (form, area, period);
CREATE INDEX entry_receipt ON entry (receipt) WHERE receipt IS NOT NULL;

PRAGMA user_version = 5;
