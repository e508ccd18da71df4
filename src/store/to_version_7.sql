-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_7: questions and complaints are passed on: to whom, and what was said later.

ALTER TABLE ticket ADD COLUMN handlers TEXT NOT NULL DEFAULT '';
CREATE TABLE ticket_text (
    id     INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket (no),
    person INTEGER NOT NULL REFERENCES person (id),
    body   TEXT NOT NULL CHECK (body <> ''),
    wall   INTEGER NOT NULL
) STRICT;

CREATE INDEX ticket_text_ticket ON ticket_text (ticket);

PRAGMA user_version = 7;
