-- SPDX-License-Identifier: GPL-3.0-or-later
-- to_version_15: what a message led to is found without looking through all.
CREATE INDEX outq_inbox ON outq (inbox) WHERE inbox IS NOT NULL;
CREATE INDEX receipt_inbox ON receipt (inbox) WHERE inbox IS NOT NULL;
CREATE INDEX entry_inbox ON entry (inbox) WHERE inbox IS NOT NULL;

PRAGMA user_version = 15;
