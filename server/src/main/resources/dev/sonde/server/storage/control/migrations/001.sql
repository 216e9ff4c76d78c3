-- Times are microseconds since 1970 UTC.
CREATE TABLE organisation (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL
);
CREATE TABLE project (
    id              TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    created_at      BIGINT NOT NULL
);
CREATE TABLE api_key (
    id             TEXT PRIMARY KEY,
    project_id     TEXT NOT NULL REFERENCES project (id),
    public_key     TEXT NOT NULL UNIQUE,
    secret_hash    TEXT NOT NULL,
    display_secret TEXT NOT NULL,
    note           TEXT,
    created_at     BIGINT NOT NULL,
    last_used_at   BIGINT
);
CREATE INDEX api_key_project ON api_key (project_id);
CREATE TABLE account (
    id            TEXT PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at    BIGINT NOT NULL
);
CREATE TABLE membership (
    account_id TEXT NOT NULL REFERENCES account (id),
    project_id TEXT NOT NULL REFERENCES project (id),
    role       TEXT NOT NULL,
    PRIMARY KEY (account_id, project_id)
);
CREATE TABLE browser_session (
    token_hash   TEXT PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES account (id),
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
