-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_12: figures of villages, sums and turnout of areas are kept ready instead of being computed for each question.

ALTER TABLE area ADD COLUMN villages INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER area_villages AFTER INSERT ON area WHEN length(new.code) = 13 BEGIN
    UPDATE area SET villages = villages + 1
        WHERE code IN (new.code, substr(new.code, 1, 8), substr(new.code, 1, 5), substr(new.code, 1, 2), '');
END;
UPDATE area SET villages = (SELECT count(*) FROM area AS v WHERE length(v.code) = 13 AND v.code >= area.code
    AND v.code < area.code || CASE area.code WHEN '' THEN ':' ELSE '/' END);

DROP INDEX record_total;

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

INSERT INTO figure (village, list, category, unit, period, value, open, reports, family)
    WITH said AS (
        SELECT r.*, o.role = 'TKSK' AS tksk, coalesce(
            max(value) FILTER (WHERE r.rw = 0 AND rt = 0) OVER mine,
            sum(value) FILTER (WHERE rt = 0 OR NOT EXISTS (SELECT 1 FROM record AS w WHERE w.state = 'CURRENT'
                AND w.village = r.village AND w.period = r.period AND w.category = r.category AND w.unit = r.unit
                AND w.list = r.list AND w.organisation = r.organisation AND w.rw = r.rw AND w.rt = 0)) OVER mine) AS figure
        FROM record AS r JOIN organisation AS o ON o.id = r.organisation WHERE state = 'CURRENT'
        WINDOW mine AS (PARTITION BY village, list, category, unit, period, organisation)),
    key AS (
        SELECT village, list, category, unit, period FROM said
        UNION SELECT village, list, category, unit, period FROM settlement WHERE state = 'CURRENT')
    SELECT key.village, key.list, key.category, key.unit, key.period,
        coalesce(s.value, max(figure) FILTER (WHERE tksk), max(figure)),
        s.value IS NULL AND EXISTS (SELECT 1 FROM said AS a JOIN said AS r USING (village, list, category, unit, period)
            WHERE a.village = key.village AND a.list = key.list AND a.category = key.category AND a.unit = key.unit
            AND a.period = key.period AND a.organisation < r.organisation AND a.value > 0 AND r.value > 0
            AND NOT a.tksk AND NOT r.tksk AND (a.rw = 0 AND a.rt = 0 OR r.rw = 0 AND r.rt = 0
                OR r.rw = a.rw AND (a.rt = 0 OR r.rt = 0 OR r.rt = a.rt))),
        count(figure), CASE WHEN count(figure) = 0 THEN '' WHEN key.category GLOB 'P*' THEN 'PSKS' ELSE 'PMKS' END
    FROM key LEFT JOIN said USING (village, list, category, unit, period)
        LEFT JOIN settlement AS s ON s.state = 'CURRENT' AND s.village = key.village AND s.list = key.list
            AND s.category = key.category AND s.unit = key.unit AND s.period = key.period
    GROUP BY 1, 2, 3, 4, 5;

INSERT INTO area_sum (area, first, months, list, category, unit, value, villages, open, small, bottom, vague)
    WITH span (months) AS (VALUES (1), (3), (6), (12)),
    last AS (
        SELECT village, period - period % months AS first, months, list, category, unit, value, open, max(period)
        FROM figure, span GROUP BY 1, 2, 3, 4, 5, 6)
    SELECT substr(village, 1, 8), first, months, list, category, unit, sum(value), count(*), sum(open), 0, 0, 0
    FROM last GROUP BY 1, 2, 3, 4, 5, 6;
UPDATE area_sum SET small = (SELECT count(*) FROM area_sum AS s WHERE s.area = area_sum.area
    AND s.first >= area_sum.first AND s.first + s.months <= area_sum.first + area_sum.months
    AND s.list = area_sum.list AND s.category = area_sum.category AND s.unit = area_sum.unit AND s.value BETWEEN 1 AND 4);
UPDATE area_sum SET vague = value > 0 AND small > 0;
UPDATE area_sum SET bottom = CASE WHEN NOT vague THEN value WHEN value > 4 THEN 4 ELSE 0 END;
INSERT INTO area_sum (area, first, months, list, category, unit, value, villages, open, small, bottom, vague)
    WITH level (length) AS (VALUES (5), (2), (0))
    SELECT substr(area, 1, length), first, months, list, category, unit, sum(value), sum(villages), sum(open), 0,
        sum(bottom), sum(vague) FROM area_sum, level GROUP BY 1, 2, 3, 4, 5, 6;

INSERT INTO presence (village, family, period, reports)
    SELECT village, family, period, sum(reports) FROM figure WHERE reports > 0 GROUP BY 1, 2, 3;
INSERT INTO presence (village, family, period, reports)
    SELECT village, '', period, sum(reports) FROM presence GROUP BY 1, 2, 3;
INSERT INTO turnout (area, first, months, family, villages)
    WITH span (months) AS (VALUES (1), (3), (6), (12)), level (length) AS (VALUES (8), (5), (2), (0))
    SELECT substr(village, 1, length), period - period % months AS first, months, family, count(DISTINCT village)
    FROM presence, span, level GROUP BY 1, 2, 3, 4;

PRAGMA user_version = 12;
