-- Images, sound and files that events refer to; the bytes lie in files of their own.
CREATE TABLE media (
    project_id     TEXT NOT NULL REFERENCES project (id),
    id             TEXT NOT NULL,
    content_type   TEXT NOT NULL,
    content_length BIGINT NOT NULL,
    sha256         TEXT NOT NULL,
    uploaded_at    BIGINT,
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (project_id, id)
);
CREATE TABLE media_link (
    project_id TEXT NOT NULL,
    media_id   TEXT NOT NULL,
    owner_type TEXT NOT NULL,
    owner_id   TEXT NOT NULL,
    part_id    TEXT NOT NULL,
    field      TEXT NOT NULL,
    PRIMARY KEY (project_id, owner_type, owner_id, part_id, field, media_id),
    FOREIGN KEY (project_id, media_id) REFERENCES media (project_id, id) ON DELETE CASCADE
);
