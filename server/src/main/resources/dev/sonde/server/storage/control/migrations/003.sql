-- JSON is kept as text. Revision counts the changes of a dataset and of its items.
CREATE TABLE dataset (
    id                     TEXT PRIMARY KEY,
    project_id             TEXT NOT NULL REFERENCES project (id),
    name                   TEXT NOT NULL,
    description            TEXT,
    metadata               TEXT,
    input_schema           TEXT,
    expected_output_schema TEXT,
    revision               BIGINT NOT NULL,
    created_at             BIGINT NOT NULL,
    updated_at             BIGINT NOT NULL,
    UNIQUE (project_id, name)
);
-- To which dataset an id belongs, for ever: a deleted item keeps its row.
CREATE TABLE dataset_item (
    project_id TEXT NOT NULL,
    id         TEXT NOT NULL,
    dataset_id TEXT NOT NULL REFERENCES dataset (id),
    PRIMARY KEY (project_id, id)
);
-- An item from one change to the next: from inclusive, to exclusive and null for what holds now.
CREATE TABLE dataset_item_version (
    project_id            TEXT NOT NULL,
    item_id               TEXT NOT NULL,
    dataset_id            TEXT NOT NULL,
    valid_from            BIGINT NOT NULL,
    valid_to              BIGINT,
    status                TEXT NOT NULL,
    input                 TEXT,
    expected_output       TEXT,
    metadata              TEXT,
    source_trace_id       TEXT,
    source_observation_id TEXT,
    created_at            BIGINT NOT NULL,
    PRIMARY KEY (project_id, item_id, valid_from),
    FOREIGN KEY (project_id, item_id) REFERENCES dataset_item (project_id, id)
);
CREATE INDEX dataset_item_version_list ON dataset_item_version (project_id, dataset_id, created_at, item_id);
CREATE INDEX dataset_item_version_source ON dataset_item_version (project_id, source_trace_id);
CREATE TABLE dataset_run (
    id          TEXT PRIMARY KEY,
    project_id  TEXT NOT NULL,
    dataset_id  TEXT NOT NULL REFERENCES dataset (id),
    name        TEXT NOT NULL,
    description TEXT,
    metadata    TEXT,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    UNIQUE (dataset_id, name)
);
CREATE TABLE dataset_run_item (
    id             TEXT PRIMARY KEY,
    project_id     TEXT NOT NULL,
    run_id         TEXT NOT NULL REFERENCES dataset_run (id) ON DELETE CASCADE,
    item_id        TEXT NOT NULL,
    trace_id       TEXT NOT NULL,
    observation_id TEXT,
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL
);
CREATE INDEX dataset_run_item_list ON dataset_run_item (run_id, created_at, id);
CREATE INDEX dataset_run_item_trace ON dataset_run_item (run_id, item_id, trace_id);
