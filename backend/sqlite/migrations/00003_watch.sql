-- +goose Up
-- When each login is to be looked at, and what its admin has been told.
ALTER TABLE grants ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grants ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grants ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;

-- What was watched before goes on being watched: at the next look each gets a
-- time of its own. A refused login waits for its person.
UPDATE grants SET due_at = checked_at + 86400
WHERE state = 'revoking' OR (state = 'active' AND (verdict_outcome <> 'refused' OR verdict_cause = 'checkpoint'));

CREATE INDEX grants_due ON grants (due_at) WHERE due_at > 0;

CREATE TABLE incidents (
    grant_id      TEXT PRIMARY KEY REFERENCES grants (id),
    about         TEXT NOT NULL,
    token_version INTEGER NOT NULL,
    ends_at       INTEGER NOT NULL,
    health        TEXT NOT NULL,
    rung          INTEGER NOT NULL,
    claimed_at    INTEGER NOT NULL,
    ended_at      INTEGER NOT NULL,
    told_at       INTEGER NOT NULL,
    undelivered   INTEGER NOT NULL,
    snoozed_until INTEGER NOT NULL
) STRICT;

-- +goose Down
DROP TABLE incidents;
DROP INDEX grants_due;
ALTER TABLE grants DROP COLUMN not_before;
ALTER TABLE grants DROP COLUMN tries;
ALTER TABLE grants DROP COLUMN due_at;
