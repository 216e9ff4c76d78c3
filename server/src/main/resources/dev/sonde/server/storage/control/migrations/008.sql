-- What was priced anew, when, by whom, and what that changed, by model, as JSON.
CREATE TABLE repricing (
    id          TEXT PRIMARY KEY,
    project_id  TEXT NOT NULL REFERENCES project (id),
    asked_by    TEXT NOT NULL,
    dry_run     INTEGER NOT NULL,
    range_from  BIGINT NOT NULL,
    range_to    BIGINT NOT NULL,
    model       TEXT,
    state       TEXT NOT NULL,
    problem     TEXT,
    differences TEXT NOT NULL,
    started_at  BIGINT NOT NULL,
    ended_at    BIGINT
);
CREATE INDEX repricing_by_project ON repricing (project_id, started_at);
