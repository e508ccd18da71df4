-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_9: long answers are sent page by page; who holds a role is found by its area.
CREATE INDEX area_parent ON area (parent);
CREATE INDEX organisation_role ON organisation (role, area);
CREATE INDEX person_organisation ON person (organisation, state);
CREATE INDEX phone_person ON phone (person);

CREATE TABLE page (
    phone  TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 2),
    text   TEXT NOT NULL CHECK (text <> ''),
    wall   INTEGER NOT NULL,                        -- when it was asked for
    PRIMARY KEY (phone, number)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 9;
