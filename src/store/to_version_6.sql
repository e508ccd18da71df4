-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_6: the same code means something else in another category list, so values of two lists are never one.

DROP INDEX record_current;
CREATE UNIQUE INDEX record_current ON record (village, period, category, unit, list, organisation, rw, rt)
    WHERE state = 'CURRENT';
DROP INDEX record_total;
CREATE INDEX record_total ON record (village, category, unit, list, period, organisation, rw, rt, value, state)
    WHERE state = 'CURRENT';

ALTER TABLE settlement ADD COLUMN list TEXT NOT NULL DEFAULT 'pmks-2009' CHECK (list <> '');
DROP INDEX settlement_current;
CREATE UNIQUE INDEX settlement_current ON settlement (village, category, unit, list, period) WHERE state = 'CURRENT';

ALTER TABLE casebook ADD COLUMN list TEXT NOT NULL DEFAULT 'pmks-2009' CHECK (list <> '');

-- Else a service of before would be no overlap with one of after, and a need would not replace an earlier one.
UPDATE entry SET met = replace(met, 'kat=', 'kat=' || json_extract(data, '$.list') || '/'),
    keyed = replace(keyed, 'kat=', 'kat=' || json_extract(data, '$.list') || '/')
    WHERE json_extract(data, '$.list') IS NOT NULL;

PRAGMA user_version = 6;
