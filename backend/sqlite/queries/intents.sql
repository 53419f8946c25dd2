-- name: InsertIntent :exec
INSERT INTO intents (id, grant_id, token_ref, started_at) VALUES (?, ?, ?, ?);

-- name: ListIntents :many
SELECT * FROM intents ORDER BY started_at, id;

-- name: DeleteIntent :execrows
DELETE FROM intents WHERE id = ?;

-- name: QueueErasure :exec
INSERT INTO erasures (token_ref, queued_at) VALUES (?, ?) ON CONFLICT (token_ref) DO NOTHING;

-- name: ListErasures :many
SELECT token_ref FROM erasures ORDER BY queued_at, token_ref;

-- name: DeleteErasure :exec
DELETE FROM erasures WHERE token_ref = ?;

-- name: InsertEvent :exec
INSERT INTO events (at, kind, provider, project_id, grant_id, account_id, subject, cause) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: ListEventsBefore :many
SELECT * FROM events WHERE id < ? ORDER BY id DESC LIMIT ?;

-- name: LastEvent :one
SELECT CAST(coalesce(max(id), 0) AS INTEGER) FROM events;
