-- Which values scores of a kind may have.
CREATE TABLE score_config (
    id          TEXT PRIMARY KEY,
    project_id  TEXT NOT NULL REFERENCES project (id),
    name        TEXT NOT NULL,
    data_type   TEXT NOT NULL,
    archived    BOOLEAN NOT NULL,
    min_value   DOUBLE PRECISION,
    max_value   DOUBLE PRECISION,
    description TEXT,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
);
CREATE INDEX score_config_project ON score_config (project_id, created_at);
CREATE TABLE score_config_category (
    config_id TEXT NOT NULL REFERENCES score_config (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    label     TEXT NOT NULL,
    value     DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (config_id, position)
);
