-- name: ListGrants :many
SELECT * FROM grants WHERE state <> 'closed' ORDER BY connected_at, id;

-- name: GetGrant :one
SELECT * FROM grants WHERE id = ?;

-- name: PutGrant :exec
INSERT INTO grants (
    id, provider, client_id, subject_id, subject_name, state, token_ref, token_version, wanted, requested, granted, declined,
    clocks, verdict_outcome, verdict_cause, checked_at, good_at, suspected_at, tries, not_before, trace_id, due_at, connected_at, closed_at
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    subject_name = excluded.subject_name, state = excluded.state, token_ref = excluded.token_ref,
    token_version = excluded.token_version, wanted = excluded.wanted, requested = excluded.requested, granted = excluded.granted,
    declined = excluded.declined, clocks = excluded.clocks, verdict_outcome = excluded.verdict_outcome,
    verdict_cause = excluded.verdict_cause, checked_at = excluded.checked_at, good_at = excluded.good_at,
    suspected_at = excluded.suspected_at, tries = excluded.tries, not_before = excluded.not_before, trace_id = excluded.trace_id,
    due_at = excluded.due_at,
    connected_at = excluded.connected_at, closed_at = excluded.closed_at;

-- name: UpdateGrantCheck :execrows
UPDATE grants SET
    subject_name = ?, granted = ?, declined = ?, clocks = ?, verdict_outcome = ?, verdict_cause = ?,
    checked_at = ?, good_at = ?, suspected_at = ?, tries = ?, not_before = ?, trace_id = ?, due_at = ?
WHERE id = ? AND token_version = ? AND state = 'active';

-- name: DueGrants :many
SELECT id FROM grants
WHERE due_at > 0 AND (due_at <= sqlc.arg(now) OR due_at > sqlc.arg(horizon) OR (checked_at < sqlc.arg(asked) AND not_before <= sqlc.arg(now)))
ORDER BY due_at, id;

-- name: NextDue :one
SELECT CAST(coalesce(min(due_at), 0) AS INTEGER) AS due_at FROM grants WHERE due_at > sqlc.arg(now) AND due_at <= sqlc.arg(horizon);

-- name: MarkRevoking :execrows
UPDATE grants SET state = 'revoking', tries = 0, not_before = 0, due_at = ? WHERE id = ?;

-- name: NoteWithdrawal :execrows
UPDATE grants SET checked_at = ?, tries = ?, not_before = ?, due_at = ? WHERE id = ? AND state = 'revoking';

-- name: CloseGrant :execrows
UPDATE grants SET state = 'closed', token_ref = '', due_at = 0, closed_at = ? WHERE id = ?;

-- name: ListAccounts :many
SELECT * FROM accounts ORDER BY connected_at, id;

-- name: ListPresentAccounts :many
SELECT * FROM accounts
WHERE state <> 'disconnected' OR grant_id IN (SELECT id FROM grants WHERE grants.state = 'revoking')
ORDER BY connected_at, id;

-- name: ListFormerAccounts :many
SELECT * FROM accounts
WHERE state = 'disconnected' AND grant_id NOT IN (SELECT id FROM grants WHERE grants.state = 'revoking')
ORDER BY connected_at, id;

-- name: CountFormerAccounts :many
SELECT project_id, count(*) AS former FROM accounts
WHERE state = 'disconnected' AND grant_id NOT IN (SELECT id FROM grants WHERE grants.state = 'revoking')
GROUP BY project_id;

-- name: ListClosedGrants :many
SELECT * FROM grants WHERE state = 'closed' ORDER BY connected_at, id;

-- name: ListActiveAccounts :many
SELECT * FROM accounts WHERE state = 'active' ORDER BY grant_id, connected_at, id;

-- name: ListAccountsOfGrant :many
SELECT * FROM accounts WHERE grant_id = ? AND state = 'active' ORDER BY connected_at, id;

-- name: PutAccount :exec
INSERT INTO accounts (
    id, project_id, grant_id, kind, remote_id, parent_remote_id, name, username, detail, state, standing,
    capabilities, clocks, connected_at, disconnected_at
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    grant_id = excluded.grant_id, parent_remote_id = excluded.parent_remote_id, name = excluded.name,
    username = excluded.username, detail = excluded.detail, state = excluded.state, standing = excluded.standing,
    capabilities = excluded.capabilities, clocks = excluded.clocks, connected_at = excluded.connected_at,
    disconnected_at = excluded.disconnected_at, picture = CASE excluded.state WHEN 'active' THEN accounts.picture ELSE '' END;

-- name: UpdateAccountCheck :exec
UPDATE accounts SET name = ?, username = ?, detail = ?, standing = ?, capabilities = ?, clocks = ?
WHERE id = ? AND state = 'active';

-- name: SetAccountsOfGrant :exec
UPDATE accounts SET state = ? WHERE grant_id = ? AND state = 'active';

-- name: DisconnectAccount :execrows
UPDATE accounts SET state = 'disconnected', picture = '', disconnected_at = ? WHERE id = ? AND state <> 'disconnected';

-- name: DisconnectAccountsOfGrant :exec
UPDATE accounts SET state = 'disconnected', picture = '', disconnected_at = ? WHERE grant_id = ? AND state <> 'disconnected';
