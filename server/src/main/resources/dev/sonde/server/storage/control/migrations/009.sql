-- How projects reach providers of models. Secrets are sealed with a key that lies in a file of its own; lists are JSON.
CREATE TABLE llm_connection (
    id                  TEXT PRIMARY KEY,
    project_id          TEXT NOT NULL REFERENCES project (id),
    provider            TEXT NOT NULL,
    adapter             TEXT NOT NULL,
    display_secret      TEXT NOT NULL,
    sealed_secret       TEXT NOT NULL,
    base_url            TEXT,
    custom_models       TEXT NOT NULL,
    with_default_models BOOLEAN NOT NULL,
    header_names        TEXT NOT NULL,
    sealed_headers      TEXT,
    config              TEXT,
    created_at          BIGINT NOT NULL,
    updated_at          BIGINT NOT NULL,
    UNIQUE (project_id, provider)
);
