-- name: ListProjects :many
SELECT * FROM projects ORDER BY created_at, id;

-- name: InsertProject :exec
INSERT INTO projects (id, name, created_at) VALUES (?, ?, ?);

-- name: RenameProject :execrows
UPDATE projects SET name = ? WHERE id = ?;

-- name: CountActiveAccounts :one
SELECT count(*) FROM accounts WHERE project_id = ? AND state <> 'disconnected';

-- name: DeleteAccountsOfProject :exec
DELETE FROM accounts WHERE project_id = ?;

-- name: DeleteProject :execrows
DELETE FROM projects WHERE id = ?;

-- name: ListProviderApps :many
SELECT * FROM provider_apps ORDER BY provider DESC;

-- name: GetProviderApp :one
SELECT * FROM provider_apps WHERE provider = ?;

-- name: PutProviderApp :exec
INSERT INTO provider_apps (provider, client_id, redirect, ports, relay_url, api_version, login_config, secret_ref, product, tier)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (provider) DO UPDATE SET
    client_id = excluded.client_id, redirect = excluded.redirect, ports = excluded.ports,
    relay_url = excluded.relay_url, api_version = excluded.api_version,
    login_config = excluded.login_config, secret_ref = excluded.secret_ref,
    product = excluded.product, tier = excluded.tier;

-- name: DeleteProviderApp :exec
DELETE FROM provider_apps WHERE provider = ?;

-- name: GetSetting :one
SELECT value FROM settings WHERE name = ?;

-- name: CountChange :exec
INSERT INTO settings (name, value) VALUES ('changes', '1')
ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1;

-- name: PutSetting :exec
INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
