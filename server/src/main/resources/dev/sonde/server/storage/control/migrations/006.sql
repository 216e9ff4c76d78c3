-- Models with prices that a project defined itself; tiers and tokenizer are JSON.
CREATE TABLE model (
    project_id TEXT NOT NULL REFERENCES project (id),
    id         TEXT NOT NULL,
    name       TEXT NOT NULL,
    pattern    TEXT NOT NULL,
    start_date BIGINT,
    unit       TEXT,
    tokenizer  TEXT,
    tiers      TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (project_id, id)
);
