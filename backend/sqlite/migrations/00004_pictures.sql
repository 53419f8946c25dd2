-- +goose Up
-- Small copies of the accounts' pictures. Their versions stand beside the
-- accounts, so that listing those reads no picture.
ALTER TABLE accounts ADD COLUMN picture TEXT NOT NULL DEFAULT '';

CREATE TABLE pictures (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    tries      INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    type       TEXT NOT NULL,
    image      BLOB NOT NULL
) STRICT;

-- +goose Down
DROP TABLE pictures;
ALTER TABLE accounts DROP COLUMN picture;
