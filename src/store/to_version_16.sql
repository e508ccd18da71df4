-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_16: menus.
-- Where somebody is in a menu (the word MENU, USSD), until ten minutes after the last answer.
CREATE TABLE session (
    phone  TEXT NOT NULL,
    id     TEXT NOT NULL CHECK (id <> ''),          -- the door's name for it
    state  TEXT NOT NULL,                           -- what was chosen so far
    shown  TEXT NOT NULL,                           -- the last screen
    inputs TEXT NOT NULL,                           -- all that was typed, where the door says it each time
    steps  INTEGER NOT NULL CHECK (steps >= 0),     -- how many answers were taken
    over   INTEGER NOT NULL CHECK (over IN (0, 1)),
    wall   INTEGER NOT NULL,                        -- of the last answer
    PRIMARY KEY (phone, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_wall ON session (wall);

PRAGMA user_version = 16;
