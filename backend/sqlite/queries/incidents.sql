-- name: ListIncidents :many
SELECT * FROM incidents ORDER BY grant_id;

-- name: PutIncident :exec
INSERT INTO incidents (
    grant_id, about, token_version, ends_at, health, rung, claimed_at, ended_at, told_at, undelivered, snoozed_until
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (grant_id) DO UPDATE SET
    about = excluded.about, token_version = excluded.token_version, ends_at = excluded.ends_at, health = excluded.health,
    rung = excluded.rung, claimed_at = excluded.claimed_at, ended_at = excluded.ended_at, told_at = excluded.told_at,
    undelivered = excluded.undelivered, snoozed_until = excluded.snoozed_until;

-- name: DeleteIncident :exec
DELETE FROM incidents WHERE grant_id = ?;
