-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_18: which organisations somebody can be reached for, and who there is in an area, are found without
-- looking at all of them.

ALTER TABLE organisation ADD COLUMN manned INTEGER NOT NULL DEFAULT 0 CHECK (manned IN (0, 1));

UPDATE organisation SET manned = 1 WHERE EXISTS (SELECT 1 FROM person AS p JOIN phone AS f ON f.person = p.id
    WHERE p.organisation = organisation.id AND p.state = 'ACTIVE');

CREATE INDEX area_upper ON area (code) WHERE length(code) < 13;
CREATE INDEX organisation_area ON organisation (area);
CREATE INDEX organisation_manned ON organisation (role, area) WHERE manned = 1;

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

PRAGMA user_version = 18;
