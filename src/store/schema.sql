-- SPDX-License-Identifier: GPL-3.0-or-later
-- schema: the database as this program wants it. A database of an earlier version gets there by to_version_N.sql.
-- Times are seconds since 1970 by the box's clock unless a comment says otherwise.

-- What belongs to this box: one row.
CREATE TABLE box (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    box_key    BLOB NOT NULL CHECK (length(box_key) = 16),
    high_water INTEGER NOT NULL DEFAULT 0,          -- latest trusted time ever seen
    planned    INTEGER NOT NULL DEFAULT 0,          -- the calendar is worked off up to there
    reborn     INTEGER NOT NULL DEFAULT 0           -- last message of the backup that this was restored from
) STRICT;

-- Numbers that people may have been told before the box was restored from a backup: the next is above them. Series are the
-- books by their tables, and of entries 'entry' and the series; 'entry ' is of those that had none yet.
CREATE TABLE number_floor (
    series TEXT PRIMARY KEY CHECK (series <> ''),
    no     INTEGER NOT NULL CHECK (no > 0)
) STRICT, WITHOUT ROWID;

-- Provinces (2 characters), kabupaten (5), kecamatan (8), villages (13); '' is the whole country.
CREATE TABLE area (
    code   TEXT PRIMARY KEY CHECK (length(code) IN (0, 2, 5, 8, 13)),
    name   TEXT NOT NULL CHECK (name <> ''),
    parent TEXT REFERENCES area (code) CHECK ((parent IS NULL) = (code = '')),
    villages INTEGER NOT NULL DEFAULT 0             -- in it; itself, if it is one
) STRICT, WITHOUT ROWID;

CREATE INDEX area_parent ON area (parent);
CREATE INDEX area_upper ON area (code) WHERE length(code) < 13;
CREATE TRIGGER area_villages AFTER INSERT ON area WHEN length(new.code) = 13 BEGIN
    UPDATE area SET villages = villages + 1
        WHERE code IN (new.code, substr(new.code, 1, 8), substr(new.code, 1, 5), substr(new.code, 1, 2), '');
END;

INSERT INTO area (code, name, parent) VALUES ('', 'Indonesia', NULL);

-- Figures belong to organisations, not to phones: a successor corrects the predecessor's.
CREATE TABLE organisation (
    id   INTEGER PRIMARY KEY,
    role TEXT NOT NULL CHECK (role <> ''),
    body TEXT NOT NULL CHECK (body <> ''),          -- PSM, TKSK; of a KPS: PKK, TAKMIR, ...
    area TEXT NOT NULL REFERENCES area (code),
    rw   INTEGER NOT NULL CHECK (rw >= 0),          -- 0: no part of a village
    manned INTEGER NOT NULL DEFAULT 0 CHECK (manned IN (0, 1)),     -- somebody active with a number: the triggers below
    UNIQUE (role, body, area, rw)
) STRICT;

CREATE INDEX organisation_role ON organisation (role, area);
CREATE INDEX organisation_area ON organisation (area);
CREATE INDEX organisation_manned ON organisation (role, area) WHERE manned = 1;

CREATE TABLE person (
    id           INTEGER PRIMARY KEY,
    state        TEXT NOT NULL CHECK (state IN ('WAITING', 'ACTIVE', 'BLOCKED')),
    name         TEXT NOT NULL DEFAULT '',          -- the reporter's own
    organisation INTEGER REFERENCES organisation (id),
    area         TEXT REFERENCES area (code),       -- of somebody who waits
    CHECK (state <> 'ACTIVE' OR organisation IS NOT NULL)
) STRICT;

CREATE INDEX person_organisation ON person (organisation, state);

CREATE TABLE phone (
    number TEXT PRIMARY KEY,                        -- +62...
    person INTEGER NOT NULL REFERENCES person (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX phone_person ON phone (person);

CREATE TRIGGER phone_given AFTER INSERT ON phone BEGIN
    UPDATE organisation SET manned = 1
        WHERE id = (SELECT organisation FROM person WHERE id = new.person AND state = 'ACTIVE');
END;
CREATE TRIGGER phone_moved AFTER UPDATE OF person ON phone BEGIN
    UPDATE organisation SET manned = EXISTS (SELECT 1 FROM person AS p JOIN phone AS f ON f.person = p.id
        WHERE p.organisation = organisation.id AND p.state = 'ACTIVE')
        WHERE id IN (SELECT organisation FROM person WHERE id IN (old.person, new.person));
END;
CREATE TRIGGER phone_taken AFTER DELETE ON phone BEGIN
    UPDATE organisation SET manned = EXISTS (SELECT 1 FROM person AS p JOIN phone AS f ON f.person = p.id
        WHERE p.organisation = organisation.id AND p.state = 'ACTIVE')
        WHERE id = (SELECT organisation FROM person WHERE id = old.person);
END;
CREATE TRIGGER person_changed AFTER UPDATE OF state, organisation ON person BEGIN
    UPDATE organisation SET manned = EXISTS (SELECT 1 FROM person AS p JOIN phone AS f ON f.person = p.id
        WHERE p.organisation = organisation.id AND p.state = 'ACTIVE')
        WHERE id IN (old.organisation, new.organisation);
END;

-- What shows that somebody's message is his own (store/pin.h). Who has no number any more, waits anew, or has another
-- name (a telephone that was passed on) has none.
CREATE TABLE pin (
    person INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    hash   TEXT NOT NULL CHECK (hash LIKE '$argon2id$%'),
    wall   INTEGER NOT NULL,                        -- when it was given
    wrong  INTEGER NOT NULL DEFAULT 0 CHECK (wrong >= 0),           -- tries in the hour from
    since  INTEGER NOT NULL DEFAULT 0,
    locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    until  INTEGER NOT NULL DEFAULT 0,              -- of a lock; 0: from when the clock can be believed
    told   INTEGER NOT NULL DEFAULT 0               -- when it was last said that it is locked
) STRICT;

CREATE TRIGGER pin_without_number AFTER DELETE ON phone BEGIN
    DELETE FROM pin WHERE person = old.person AND NOT EXISTS (SELECT 1 FROM phone WHERE person = old.person);
END;
CREATE TRIGGER pin_of_another AFTER UPDATE OF state, name ON person
    WHEN new.state = 'WAITING' OR (old.name <> '' AND lower(old.name) <> lower(new.name)) BEGIN
    DELETE FROM pin WHERE person = new.id;
END;

-- Numbers, known or not, that want no reminders and broadcasts.
CREATE TABLE optout (
    number TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Received messages and parts of messages. Identifiers are never used again: keys of answers contain them.
CREATE TABLE sms_in (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    dkey     BLOB UNIQUE CHECK (length(dkey) = 16), -- NULL: put together from parts, or typed at the box
    sim      TEXT NOT NULL,                         -- IMSI
    modem    TEXT NOT NULL,
    sender   TEXT NOT NULL,                         -- as received
    ton      INTEGER NOT NULL DEFAULT 0,
    scts     TEXT NOT NULL,                         -- network time with zone, as received
    pid      INTEGER NOT NULL DEFAULT -1,
    dcs      INTEGER NOT NULL DEFAULT -1,
    class    INTEGER NOT NULL DEFAULT -1,
    udh      BLOB,
    raw      BLOB,                                  -- PDU
    ref_bits INTEGER NOT NULL DEFAULT 0 CHECK (ref_bits IN (0, 8, 16)),   -- 0: no part
    ref      INTEGER NOT NULL DEFAULT 0,
    seq      INTEGER NOT NULL DEFAULT 1,
    total    INTEGER NOT NULL DEFAULT 1,
    units    BLOB,                                  -- UTF-16LE of a part that waits: may be half a pair
    body     TEXT NOT NULL DEFAULT '',
    rx_wall  INTEGER NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('NEW', 'PART', 'PARTIAL', 'DONE', 'REJECTED', 'QUARANTINE')),
    reason   TEXT,                                  -- why it is REJECTED, in QUARANTINE, or DONE unread
    tries    INTEGER NOT NULL DEFAULT 0,            -- readings begun
    whole    INTEGER REFERENCES sms_in (id),        -- the message this part became
    slot     INTEGER,                               -- in QUARANTINE: where the modem had it
    verb     TEXT,                                  -- what its sender wanted, NULL not read
    said     TEXT                                   -- name of the reply text, NULL silence
) STRICT;

CREATE INDEX sms_in_state ON sms_in (state);        -- what is to be read, and counts without the table
CREATE INDEX sms_in_sender ON sms_in (sender, rx_wall);
CREATE INDEX sms_in_whole ON sms_in (whole) WHERE whole IS NOT NULL;
CREATE UNIQUE INDEX sms_in_part ON sms_in (sender, sim, ref_bits, ref, total, seq) WHERE state = 'PART';

-- Who sent the same text again and again gets no answer to it for a day: it may be another machine.
CREATE TABLE mute (
    number TEXT NOT NULL,
    text   BLOB NOT NULL CHECK (length(text) = 16), -- its hash
    until  INTEGER NOT NULL,
    PRIMARY KEY (number, text)
) STRICT, WITHOUT ROWID;

-- Messages to send. Keys are for ever: whatever happens, an answer is queued once.
CREATE TABLE outq (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    okey       TEXT NOT NULL UNIQUE CHECK (okey <> ''),
    class      TEXT NOT NULL CHECK (class IN ('ack', 'answer', 'reminder', 'alert', 'notice')),
    dest       TEXT NOT NULL CHECK (dest <> ''),
    tail       TEXT NOT NULL GENERATED ALWAYS AS (substr(dest, -9)) VIRTUAL,
    body       TEXT NOT NULL,
    inbox      INTEGER REFERENCES sms_in (id),      -- the message it answers
    created    INTEGER NOT NULL,
    not_after  INTEGER,                             -- stale then; NULL never
    state      TEXT NOT NULL CHECK (state IN
        ('QUEUED', 'CLAIMED', 'SENT', 'DELIVERED', 'UNKNOWN', 'FAILED', 'EXPIRED', 'BLOCKED')),
    tries      INTEGER NOT NULL DEFAULT 0,          -- parts handed to a modem
    next_at    INTEGER,                             -- QUEUED: due; UNKNOWN, SENT: to be settled, NULL by itself never
    modem      TEXT,                                -- of the last try
    claimed_at INTEGER,
    parts      INTEGER NOT NULL DEFAULT 1 CHECK (parts BETWEEN 1 AND 10),
    ref        INTEGER CHECK (ref BETWEEN 0 AND 255),       -- that its parts have in common
    wait       INTEGER NOT NULL DEFAULT 0,          -- next_at was so far ahead: farther, the clock was set back
    purse      TEXT NOT NULL DEFAULT 'open' CHECK (purse IN ('reserved', 'open', 'strangers')),     -- who pays, see spend
    held       INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),   -- QUEUED: next_at is when the limit allows more
    CHECK (state <> 'QUEUED' OR next_at IS NOT NULL)
) STRICT;

CREATE INDEX outq_state ON outq (state, next_at);
CREATE INDEX outq_due ON outq (state, class IN ('reminder', 'notice'), next_at);
CREATE INDEX outq_inbox ON outq (inbox) WHERE inbox IS NOT NULL;        -- a message's story
CREATE INDEX outq_tail ON outq (tail, created);
CREATE INDEX outq_waiting ON outq (tail, created) WHERE state IN ('QUEUED', 'CLAIMED');
CREATE INDEX outq_strangers ON outq (purse) WHERE state = 'QUEUED' AND purse = 'strangers';

-- What became of each part of a message; the row in outq says what follows for the whole.
CREATE TABLE out_part (
    outq     INTEGER NOT NULL REFERENCES outq (id),
    part     INTEGER NOT NULL CHECK (part BETWEEN 1 AND 10),
    state    TEXT NOT NULL CHECK (state IN ('QUEUED', 'CLAIMED', 'SENT', 'DELIVERED', 'UNKNOWN', 'FAILED')),
    mr       INTEGER,                               -- message reference of the last try, NULL unknown
    sent_at  INTEGER,                               -- last handed to a modem, or taken by the network
    error    INTEGER,                               -- of the last definite refusal
    refusals INTEGER NOT NULL DEFAULT 0,
    resends  INTEGER NOT NULL DEFAULT 0,            -- queued again without knowing that the last try was lost
    status   INTEGER,                               -- TP-ST of the last status report
    done     TEXT,                                  -- network time in it
    PRIMARY KEY (outq, part)
) STRICT, WITHOUT ROWID;

-- The reference that the last message of several parts to this recipient had.
CREATE TABLE out_reference (
    tail TEXT PRIMARY KEY,
    ref  INTEGER NOT NULL CHECK (ref BETWEEN 0 AND 255)
) STRICT, WITHOUT ROWID;

-- Parts handed to a modem, each in the transaction that hands it over: whatever the program does, no limit is passed.
-- scope: all; open (unasked, or to strangers) and strangers; a number; open and a number.
CREATE TABLE spend (
    span  TEXT NOT NULL,                            -- a day or a month where the box is: 2026-10-20, 2026-10
    scope TEXT NOT NULL CHECK (scope <> ''),
    parts INTEGER NOT NULL CHECK (parts >= 0),
    most  INTEGER NOT NULL,
    held  INTEGER NOT NULL DEFAULT 0,               -- messages that were stopped by it
    PRIMARY KEY (span, scope),
    CHECK (parts <= most)
) STRICT, WITHOUT ROWID;

-- Receipt numbers: no gaps (but after a restore), so they are drawn as largest + 1 and never deleted.
CREATE TABLE receipt (
    no           INTEGER PRIMARY KEY,
    verb         TEXT NOT NULL,
    inbox        INTEGER REFERENCES sms_in (id),
    person       INTEGER NOT NULL REFERENCES person (id),
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    wall         INTEGER NOT NULL,
    cancelled_by INTEGER REFERENCES person (id),
    cancelled_at INTEGER
) STRICT;

CREATE INDEX receipt_person ON receipt (person);
CREATE INDEX receipt_inbox ON receipt (inbox) WHERE inbox IS NOT NULL;

-- Reported values with their history: of one key one row is CURRENT, prev leads to what it replaced.
CREATE TABLE record (
    id           INTEGER PRIMARY KEY,
    receipt      INTEGER NOT NULL REFERENCES receipt (no),
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    village      TEXT NOT NULL REFERENCES area (code) CHECK (length(village) = 13),
    rt           INTEGER NOT NULL CHECK (rt >= 0),
    rw           INTEGER NOT NULL CHECK (rw >= 0),
    category     TEXT NOT NULL CHECK (category <> ''),
    unit         TEXT NOT NULL CHECK (unit <> ''),
    period       INTEGER NOT NULL,                  -- year * 12 + month - 1
    value        INTEGER NOT NULL CHECK (value >= 0),
    list         TEXT NOT NULL,                     -- category list it was checked against
    word         TEXT NOT NULL,                     -- category word as typed
    state        TEXT NOT NULL CHECK (state IN ('CURRENT', 'SUPERSEDED', 'CANCELLED')),
    prev         INTEGER REFERENCES record (id)
) STRICT;

-- Village first: queries ask for an area and a period.
CREATE UNIQUE INDEX record_current ON record (village, period, category, unit, list, organisation, rw, rt)
    WHERE state = 'CURRENT';
CREATE INDEX record_receipt ON record (receipt);
-- Periods in which nothing changes any more.
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
    list     TEXT NOT NULL DEFAULT 'pmks-2009' CHECK (list <> ''),  -- category list; there was one before version 5
    CHECK ((ended IS NULL) = (state = 'CURRENT'))
) STRICT;

CREATE UNIQUE INDEX settlement_current ON settlement (village, category, unit, list, period) WHERE state = 'CURRENT';

-- What follows from records and settlements, kept ready for questions. Nothing here says more than they do; all of it
-- changes in the transaction that changes one of them (store/figure.c).

-- What a village has of a category in a month (rule 42).
CREATE TABLE figure (
    village  TEXT NOT NULL,
    list     TEXT NOT NULL,
    category TEXT NOT NULL,
    unit     TEXT NOT NULL,
    period   INTEGER NOT NULL,
    value    INTEGER NOT NULL CHECK (value >= 0),
    open     INTEGER NOT NULL CHECK (open IN (0, 1)),   -- an overlap that nobody has settled
    reports  INTEGER NOT NULL CHECK (reports >= 0),     -- values in force
    family   TEXT NOT NULL,                         -- of the category, as it was when the first of them came
    PRIMARY KEY (village, list, category, unit, period)
) STRICT, WITHOUT ROWID;

CREATE INDEX figure_open ON figure (period, village) WHERE open = 1;

-- Sums over the villages of a kecamatan, kabupaten, province or the country in a month, quarter, semester or year: of
-- each village the last month of the span that anything is known of.
CREATE TABLE area_sum (
    area     TEXT NOT NULL,
    first    INTEGER NOT NULL,                      -- first month of the span
    months   INTEGER NOT NULL CHECK (months IN (1, 3, 6, 12) AND first % months = 0),
    list     TEXT NOT NULL,
    category TEXT NOT NULL,
    unit     TEXT NOT NULL,
    value    INTEGER NOT NULL CHECK (value >= 0),
    villages INTEGER NOT NULL CHECK (villages >= 0),    -- of which something is known
    open     INTEGER NOT NULL CHECK (open >= 0),    -- of which it is provisional
    small    INTEGER NOT NULL CHECK (small >= 0),   -- of a kecamatan: spans in this one, itself included, with 1 to 4
    bottom   INTEGER NOT NULL CHECK (bottom >= 0),  -- what may be told where counts of 1 to 4 are secret
    vague    INTEGER NOT NULL CHECK (vague >= 0),   -- kecamatan of which only a limit is told
    PRIMARY KEY (area, first, months, list, category, unit)
) STRICT, WITHOUT ROWID;

-- Villages and months that anything is reported for; family '' is of any.
CREATE TABLE presence (
    village TEXT NOT NULL,
    family  TEXT NOT NULL,
    period  INTEGER NOT NULL,
    reports INTEGER NOT NULL CHECK (reports >= 0),  -- values in force
    PRIMARY KEY (village, family, period)
) STRICT, WITHOUT ROWID;

-- How many villages of an area reported anything in a span.
CREATE TABLE turnout (
    area     TEXT NOT NULL,
    first    INTEGER NOT NULL,
    months   INTEGER NOT NULL CHECK (months IN (1, 3, 6, 12) AND first % months = 0),
    family   TEXT NOT NULL,
    villages INTEGER NOT NULL CHECK (villages >= 0),
    PRIMARY KEY (area, first, months, family)
) STRICT, WITHOUT ROWID;

-- Requests to be admitted. As those of receipts, the numbers of the books from here on have no gaps.
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
    wall         INTEGER NOT NULL,
    list         TEXT NOT NULL DEFAULT 'pmks-2009' CHECK (list <> '')
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
    program      INTEGER REFERENCES program (no),   -- it goes on with
    CHECK ((minutes IS NULL) = (minutes_wall IS NULL))
) STRICT;

CREATE INDEX meeting_organisation ON meeting (organisation);
CREATE INDEX meeting_day ON meeting (day);

CREATE TABLE invitation (
    meeting INTEGER NOT NULL REFERENCES meeting (no),
    person  INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (meeting, person)
) STRICT, WITHOUT ROWID;

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
    handlers     TEXT NOT NULL DEFAULT '',          -- roles it went to: KTKEC,KAB
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;

-- What either side said later.
CREATE TABLE ticket_text (
    id     INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket (no),
    person INTEGER NOT NULL REFERENCES person (id),
    body   TEXT NOT NULL CHECK (body <> ''),
    wall   INTEGER NOT NULL
) STRICT;

CREATE INDEX ticket_text_ticket ON ticket_text (ticket);

-- Programmes, numbered P1, P2, ...: in which stage each is, and how it got there.
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

-- What a mistaken message may have meant, until its sender says YA, says anything else, or a day is over.
CREATE TABLE offer (
    phone TEXT PRIMARY KEY,
    text  TEXT NOT NULL,                            -- the corrected message
    isi   TEXT NOT NULL,                            -- what it was offered as
    wall  INTEGER NOT NULL                          -- time of the first message
) STRICT, WITHOUT ROWID;

-- What follows the first SMS of a long answer, until its reader says LAGI, asks something else, or half an hour is over.
CREATE TABLE page (
    phone  TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 2),
    text   TEXT NOT NULL CHECK (text <> ''),
    wall   INTEGER NOT NULL,                        -- when it was asked for
    PRIMARY KEY (phone, number)
) STRICT, WITHOUT ROWID;

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
CREATE INDEX entry_month ON entry (form, period, area) WHERE state = 'CURRENT';
CREATE INDEX entry_inbox ON entry (inbox) WHERE inbox IS NOT NULL;
CREATE INDEX entry_receipt ON entry (receipt) WHERE receipt IS NOT NULL;

-- What came of the calendar's reminders, by their names.
CREATE TABLE schedule (
    name    TEXT PRIMARY KEY CHECK (name <> ''),
    queued  INTEGER NOT NULL DEFAULT 0,             -- texts
    dropped INTEGER NOT NULL DEFAULT 0,             -- occasions that were over before they could be worked off
    reached INTEGER NOT NULL DEFAULT 0              -- number of the last thing it was sent about
) STRICT, WITHOUT ROWID;

-- Periods that a TKSK closed and sent up. Sent again, there is a further row.
CREATE TABLE submission (
    no      INTEGER PRIMARY KEY AUTOINCREMENT,
    area    TEXT NOT NULL REFERENCES area (code),
    first   INTEGER NOT NULL,                       -- year * 12 + month - 1
    last    INTEGER NOT NULL CHECK (last >= first),
    person  INTEGER NOT NULL REFERENCES person (id),
    wall    INTEGER NOT NULL,
    summary TEXT NOT NULL                           -- of the figures then: another one says something new
) STRICT;

CREATE INDEX submission_area ON submission (area, first, last);

-- Overlaps that the TKSK was told of, with the bodies that they were of.
CREATE TABLE overlap_told (
    village  TEXT NOT NULL,
    category TEXT NOT NULL,
    unit     TEXT NOT NULL,
    list     TEXT NOT NULL,
    period   INTEGER NOT NULL,
    bodies   TEXT NOT NULL,
    wall     INTEGER NOT NULL,                      -- last seen open
    PRIMARY KEY (village, period, category, unit, list)
) STRICT, WITHOUT ROWID;

-- One text to many people, on its way into the outbox.
CREATE TABLE circular (
    no         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind <> ''),    -- begins the keys of its messages: umum:12:+62...
    inbox      INTEGER REFERENCES sms_in (id),
    person     INTEGER NOT NULL REFERENCES person (id),     -- whose it is; does not get it
    area       TEXT NOT NULL REFERENCES area (code),
    roles      TEXT NOT NULL,                       -- PSM,KT; '' everybody
    rw         INTEGER NOT NULL CHECK (rw >= 0),
    body       TEXT NOT NULL CHECK (body <> '' OR done = 1),
    wall       INTEGER NOT NULL,
    not_after  INTEGER NOT NULL,
    hold       INTEGER NOT NULL CHECK (hold IN (0, 1)),
    recipients INTEGER NOT NULL,                    -- how many there were
    reached    INTEGER NOT NULL DEFAULT 0,          -- id of the last person that was looked at
    queued     INTEGER NOT NULL DEFAULT 0,
    done       INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
) STRICT;

CREATE INDEX circular_open ON circular (no) WHERE done = 0;

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

-- What the SIM of a modem has left, as its network has said.
CREATE TABLE credit (
    modem   TEXT NOT NULL CHECK (modem <> ''),      -- name of its section
    what    TEXT NOT NULL CHECK (what IN ('BALANCE', 'QUOTA')),
    low     INTEGER NOT NULL CHECK (low >= 0),      -- people are told below this; 0 never
    dialled INTEGER NOT NULL DEFAULT 0,             -- the last time that the code was dialled
    result  TEXT NOT NULL DEFAULT '',               -- of that: ANSWERED, TIMEOUT...; '' not known (yet)
    text    TEXT NOT NULL DEFAULT '',               -- of that, numbers of subscribers masked
    amount  INTEGER,                                -- rupiah or SMS, of the last answer that could be read
    wall    INTEGER,                                -- when that one came
    PRIMARY KEY (modem, what)
) STRICT, WITHOUT ROWID;

-- What is kept no longer than needed: how far the purge is, and what it removed. One row.
CREATE TABLE purge (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    wall        INTEGER NOT NULL DEFAULT 0,         -- when the last one came to its end; 0 never
    texts       INTEGER NOT NULL DEFAULT 0,         -- what it removed
    quarantine  INTEGER NOT NULL DEFAULT 0,
    numbers     INTEGER NOT NULL DEFAULT 0,
    leftovers   INTEGER NOT NULL DEFAULT 0,
    in_texts    INTEGER NOT NULL DEFAULT 0,         -- rows of sms_in up to this one have no text any more,
    in_numbers  INTEGER NOT NULL DEFAULT 0,         -- and no number that is nobody's
    out_texts   INTEGER NOT NULL DEFAULT 0,         -- likewise of outq
    out_numbers INTEGER NOT NULL DEFAULT 0,
    freed       INTEGER NOT NULL DEFAULT 0,         -- how often somebody gave a number up,
    freed_seen  INTEGER NOT NULL DEFAULT 0          -- and had when the numbers were looked through last
) STRICT;

INSERT INTO purge (one) VALUES (1);

-- Old messages from and to a number are looked through again when it is nobody's any more.
CREATE TRIGGER phone_free AFTER DELETE ON phone BEGIN
    UPDATE purge SET freed = freed + 1;
END;

PRAGMA application_id = 0x4b544e47;
PRAGMA user_version = 22;
