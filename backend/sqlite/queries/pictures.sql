-- name: PictureStates :many
SELECT a.id, a.picture, CAST(coalesce(p.tries, 0) AS INTEGER) AS tries, CAST(coalesce(p.due_at, 0) AS INTEGER) AS due_at
FROM accounts a LEFT JOIN pictures p ON p.account_id = a.id
WHERE a.grant_id = ? AND a.state = 'active';

-- name: GetPicture :one
SELECT a.picture, p.type, p.image FROM accounts a JOIN pictures p ON p.account_id = a.id
WHERE a.id = ? AND a.state = 'active' AND a.picture <> '';

-- name: SetPictureVersion :execrows
UPDATE accounts SET picture = ? WHERE id = ? AND state = 'active';

-- name: PutPicture :exec
INSERT INTO pictures (account_id, tries, due_at, type, image) VALUES (?, 0, ?, ?, ?)
ON CONFLICT (account_id) DO UPDATE SET
    tries = 0, due_at = excluded.due_at, type = excluded.type, image = excluded.image;

-- name: PutPictureTry :exec
INSERT INTO pictures (account_id, tries, due_at, type, image)
SELECT id, sqlc.arg(tries), sqlc.arg(due_at), '', x'' FROM accounts WHERE id = sqlc.arg(account_id) AND state = 'active'
ON CONFLICT (account_id) DO UPDATE SET tries = excluded.tries, due_at = excluded.due_at;

-- name: DeletePicture :exec
DELETE FROM pictures WHERE account_id = ?;

-- name: ErasePicturesOfGrant :exec
DELETE FROM pictures WHERE account_id IN (SELECT id FROM accounts WHERE grant_id = ? AND state = 'disconnected');
