-- What people say about traces, observations, sessions and versions of prompts.
CREATE TABLE comment (
    id           TEXT PRIMARY KEY,
    project_id   TEXT NOT NULL REFERENCES project (id),
    subject_type TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    content      TEXT NOT NULL,
    author_id    TEXT,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL
);
CREATE INDEX comment_list ON comment (project_id, created_at);
CREATE INDEX comment_subject ON comment (project_id, subject_type, subject_id);
-- What people are to look at and score: a queue, the scores it asks for, what is in it and who works on it.
CREATE TABLE annotation_queue (
    id          TEXT PRIMARY KEY,
    project_id  TEXT NOT NULL REFERENCES project (id),
    name        TEXT NOT NULL,
    description TEXT,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    UNIQUE (project_id, name)
);
CREATE TABLE annotation_queue_score_config (
    queue_id  TEXT NOT NULL REFERENCES annotation_queue (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    config_id TEXT NOT NULL,
    PRIMARY KEY (queue_id, position)
);
CREATE TABLE annotation_item (
    id           TEXT PRIMARY KEY,
    project_id   TEXT NOT NULL,
    queue_id     TEXT NOT NULL REFERENCES annotation_queue (id) ON DELETE CASCADE,
    subject_type TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    completed_at BIGINT,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL
);
CREATE INDEX annotation_item_list ON annotation_item (queue_id, created_at);
CREATE INDEX annotation_item_subject ON annotation_item (project_id, subject_type, subject_id);
CREATE TABLE annotation_assignment (
    queue_id   TEXT NOT NULL REFERENCES annotation_queue (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (queue_id, account_id)
);
