-- A database of version 1 with one row of each kind. People and numbers are invented.
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA application_id = 0x4b544e47;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE box (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    box_key    BLOB NOT NULL CHECK (length(box_key) = 16),
    high_water INTEGER NOT NULL DEFAULT 0           -- latest trusted time ever seen
) STRICT;
INSERT INTO box VALUES(1,X'000102030405060708090a0b0c0d0e0f',1792461600);
CREATE TABLE area (
    code   TEXT PRIMARY KEY CHECK (length(code) IN (0, 2, 5, 8, 13)),
    name   TEXT NOT NULL CHECK (name <> ''),
    parent TEXT REFERENCES area (code) CHECK ((parent IS NULL) = (code = ''))
) STRICT, WITHOUT ROWID;
INSERT INTO area VALUES('','Indonesia',NULL);
INSERT INTO area VALUES('32','JAWA BARAT','');
INSERT INTO area VALUES('32.07','KABUPATEN CIAMIS','32');
INSERT INTO area VALUES('32.07.12','LUMBUNG','32.07');
INSERT INTO area VALUES('32.07.12.2001','RAWA','32.07.12');
CREATE TABLE organisation (
    id   INTEGER PRIMARY KEY,
    role TEXT NOT NULL CHECK (role <> ''),
    body TEXT NOT NULL CHECK (body <> ''),          -- PSM, TKSK; of a KPS: PKK, TAKMIR, ...
    area TEXT NOT NULL REFERENCES area (code),
    rw   INTEGER NOT NULL CHECK (rw >= 0),          -- 0: no part of a village
    UNIQUE (role, body, area, rw)
) STRICT;
INSERT INTO organisation VALUES(1,'PSM','PSM','32.07.12.2001',0);
CREATE TABLE person (
    id           INTEGER PRIMARY KEY,
    state        TEXT NOT NULL CHECK (state IN ('WAITING', 'ACTIVE', 'BLOCKED')),
    name         TEXT NOT NULL DEFAULT '',          -- the reporter's own
    organisation INTEGER REFERENCES organisation (id),
    area         TEXT REFERENCES area (code),       -- of somebody who waits
    CHECK (state <> 'ACTIVE' OR organisation IS NOT NULL)
) STRICT;
INSERT INTO person VALUES(1,'ACTIVE','Sari',1,NULL);
CREATE TABLE phone (
    number TEXT PRIMARY KEY,                        -- +62...
    person INTEGER NOT NULL REFERENCES person (id)
) STRICT, WITHOUT ROWID;
INSERT INTO phone VALUES('+6284010000959',1);
CREATE TABLE optout (
    number TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO optout VALUES('+6284010001096');
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
    reason   TEXT,                                  -- why it is REJECTED, or DONE unread
    tries    INTEGER NOT NULL DEFAULT 0,            -- readings begun
    whole    INTEGER REFERENCES sms_in (id)         -- the message this part became
) STRICT;
INSERT INTO sms_in VALUES(1,X'01000000000000000000000000000000','510100000000001','gammu','+6284010000959',1,'2026-10-20T09:00:00+07:00',0,0,-1,NULL,X'0011',0,0,1,1,NULL,'ANAK 3',1792461600,'DONE',NULL,0,NULL);
INSERT INTO sms_in VALUES(2,X'02000000000000000000000000000000','510100000000001','gammu','+6284010000959',1,'2026-10-20T09:05:00+07:00',0,0,-1,NULL,NULL,0,0,1,1,NULL,'LANSIA 2',1792461900,'NEW',NULL,0,NULL);
INSERT INTO sms_in VALUES(3,X'03000000000000000000000000000000','510100000000001','gammu','+6284010001096',1,'2026-10-20T09:06:00+07:00',-1,-1,-1,X'050003070201',NULL,8,7,1,2,X'41004200','AB',1792461960,'PART',NULL,0,NULL);
INSERT INTO sms_in VALUES(4,X'04000000000000000000000000000000','510100000000001','gammu','+6284010001096',1,'2026-10-19T09:06:00+07:00',-1,-1,-1,X'050003060201',NULL,8,6,1,2,X'41004300','AC',1792375560,'PARTIAL',NULL,0,NULL);
INSERT INTO sms_in VALUES(5,NULL,'510100000000001','gammu','+6284010001233',0,'2026-10-20T09:07:00+07:00',-1,-1,-1,NULL,NULL,0,0,1,1,NULL,'x',1792462020,'QUARANTINE',NULL,3,NULL);
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
    tries      INTEGER NOT NULL DEFAULT 0,
    resends    INTEGER NOT NULL DEFAULT 0,          -- queued again without knowing what became of the last try
    next_at    INTEGER,                             -- QUEUED: due; UNKNOWN: to be settled, NULL left to the operator
    modem      TEXT,
    claimed_at INTEGER,
    sent_at    INTEGER,
    mr         INTEGER,                             -- message reference of the last try, NULL unknown
    error      INTEGER,                             -- of the last definite refusal
    status     INTEGER,                             -- TP-ST of the last status report
    CHECK (state <> 'QUEUED' OR next_at IS NOT NULL)
) STRICT;
INSERT INTO outq VALUES(1,'ack:1','ack','+6284010000959','Terima kasih. No.1',1,1792461600,1792720800,'DELIVERED',1,0,NULL,'gammu',1792461601,1792461602,17,NULL,0);
INSERT INTO outq VALUES(2,'ack:2','ack','+6284010000959','Terima kasih. No.2',2,1792461900,1792721100,'SENT',1,0,NULL,'gammu',1792461901,1792461902,18,NULL,NULL);
INSERT INTO outq VALUES(3,'ack:3','ack','+6284010001096','menunggu',NULL,1792461950,NULL,'QUEUED',2,0,1792462070,'gammu',1792461951,NULL,NULL,38,NULL);
INSERT INTO outq VALUES(4,'ans:4','answer','+6284010001233','jawaban',NULL,1792461960,1792465560,'UNKNOWN',1,0,NULL,'gammu',1792461961,NULL,NULL,NULL,NULL);
INSERT INTO outq VALUES(5,'ack:5','ack','+6284010001370','sedang dikirim',NULL,1792461970,NULL,'CLAIMED',1,0,NULL,'gammu',1792461971,NULL,NULL,NULL,NULL);
INSERT INTO outq VALUES(6,'ack:6','ack','+6284010001507','ditolak',NULL,1792461980,NULL,'FAILED',3,0,NULL,'gammu',1792461981,NULL,NULL,38,NULL);
INSERT INTO outq VALUES(7,'ans:7','answer','+6284010001507','basi',NULL,1792451980,1792455580,'EXPIRED',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO outq VALUES(8,'ack:8','ack','+6284010001507','coba',NULL,1792461990,NULL,'BLOCKED',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO outq VALUES(9,'alert:9','alert','+6284010001644','peringatan',NULL,1792461990,NULL,'UNKNOWN',1,0,1792462110,'gammu',1792461991,NULL,NULL,NULL,NULL);
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
INSERT INTO receipt VALUES(1,'PMKS',1,1,1,1792461600,NULL,NULL);
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
INSERT INTO record VALUES(1,1,1,'32.07.12.2001',0,0,'02','orang',24321,3,'pmks-2009','ANAK','CURRENT',NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('sms_in',5);
INSERT INTO sqlite_sequence VALUES('outq',9);
CREATE INDEX sms_in_state ON sms_in (state);
CREATE INDEX sms_in_sender ON sms_in (sender, rx_wall);
CREATE INDEX sms_in_whole ON sms_in (whole) WHERE whole IS NOT NULL;
CREATE UNIQUE INDEX sms_in_part ON sms_in (sender, sim, ref_bits, ref, total, seq) WHERE state = 'PART';
CREATE INDEX outq_state ON outq (state, next_at);
CREATE INDEX outq_tail ON outq (tail, created);
CREATE INDEX receipt_person ON receipt (person);
CREATE UNIQUE INDEX record_current ON record (village, period, category, unit, organisation, rw, rt)
    WHERE state = 'CURRENT';
CREATE INDEX record_receipt ON record (receipt);
COMMIT;
