-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_19: what forms say of a month is found without looking through all months.

CREATE INDEX entry_month ON entry (form, period, area) WHERE state = 'CURRENT';

PRAGMA user_version = 19;
