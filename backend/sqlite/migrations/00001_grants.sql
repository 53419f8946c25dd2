-- +goose Up
-- Times are Unix seconds in UTC, 0 for none. Lists and maps are JSON. No
-- column ever holds a secret: token_ref and secret_ref name keychain entries.

CREATE TABLE projects (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE provider_apps (
    provider     TEXT PRIMARY KEY,
    client_id    TEXT NOT NULL,
    redirect     TEXT NOT NULL,
    ports        TEXT NOT NULL,
    relay_url    TEXT NOT NULL,
    api_version  TEXT NOT NULL,
    login_config TEXT NOT NULL,
    secret_ref   TEXT NOT NULL
) STRICT;

CREATE TABLE grants (
    id              TEXT PRIMARY KEY,
    provider        TEXT NOT NULL,
    client_id       TEXT NOT NULL,
    subject_id      TEXT NOT NULL,
    subject_name    TEXT NOT NULL,
    state           TEXT NOT NULL,
    token_ref       TEXT NOT NULL,
    token_version   INTEGER NOT NULL,
    wanted          TEXT NOT NULL,
    requested       TEXT NOT NULL,
    granted         TEXT NOT NULL,
    declined        TEXT NOT NULL,
    clocks          TEXT NOT NULL,
    verdict_outcome TEXT NOT NULL,
    verdict_cause   TEXT NOT NULL,
    checked_at      INTEGER NOT NULL,
    good_at         INTEGER NOT NULL,
    suspected_at    INTEGER NOT NULL,
    connected_at    INTEGER NOT NULL,
    closed_at       INTEGER NOT NULL
) STRICT;

-- One living login for each person and provider app.
CREATE UNIQUE INDEX grants_subject ON grants (provider, client_id, subject_id) WHERE state <> 'closed';

CREATE TABLE accounts (
    id               TEXT PRIMARY KEY,
    project_id       TEXT NOT NULL REFERENCES projects (id),
    grant_id         TEXT NOT NULL REFERENCES grants (id),
    kind             TEXT NOT NULL,
    remote_id        TEXT NOT NULL,
    parent_remote_id TEXT NOT NULL,
    name             TEXT NOT NULL,
    username         TEXT NOT NULL,
    detail           TEXT NOT NULL,
    state            TEXT NOT NULL,
    standing         TEXT NOT NULL,
    capabilities     TEXT NOT NULL,
    clocks           TEXT NOT NULL,
    connected_at     INTEGER NOT NULL,
    disconnected_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX accounts_grant ON accounts (grant_id);

-- The same page may live in two projects, but only once in each.
CREATE UNIQUE INDEX accounts_remote ON accounts (project_id, kind, remote_id) WHERE state = 'active';

-- What is about to be written to the keychain, written before it is.
CREATE TABLE intents (
    id         TEXT PRIMARY KEY,
    grant_id   TEXT NOT NULL,
    token_ref  TEXT NOT NULL,
    started_at INTEGER NOT NULL
) STRICT;

-- Keychain entries that nothing points to any more and that must go.
CREATE TABLE erasures (
    token_ref TEXT PRIMARY KEY,
    queued_at INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    provider   TEXT NOT NULL,
    project_id TEXT NOT NULL,
    grant_id   TEXT NOT NULL,
    account_id TEXT NOT NULL,
    subject    TEXT NOT NULL,
    cause      TEXT NOT NULL
) STRICT;

CREATE INDEX events_account ON events (account_id, id);

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- +goose Down
DROP TABLE settings;
DROP TABLE events;
DROP TABLE erasures;
DROP TABLE intents;
DROP TABLE accounts;
DROP TABLE grants;
DROP TABLE provider_apps;
DROP TABLE projects;
