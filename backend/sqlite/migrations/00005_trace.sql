-- +goose Up
-- The provider's own id of the last call that failed, for its support.
ALTER TABLE grants ADD COLUMN trace_id TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE grants DROP COLUMN trace_id;
