-- What all versions of a prompt share: the row of a name lives as long as it has a version.
CREATE TABLE prompt (
    project_id TEXT NOT NULL REFERENCES project (id),
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    PRIMARY KEY (project_id, name)
);
CREATE TABLE prompt_tag (
    project_id TEXT NOT NULL,
    name       TEXT NOT NULL,
    tag        TEXT NOT NULL,
    position   INTEGER NOT NULL,
    PRIMARY KEY (project_id, name, tag),
    FOREIGN KEY (project_id, name) REFERENCES prompt (project_id, name) ON DELETE CASCADE
);
-- Content: the text itself, or a JSON array of messages, by the prompt's type. Never changed once written.
CREATE TABLE prompt_version (
    id             TEXT PRIMARY KEY,
    project_id     TEXT NOT NULL,
    name           TEXT NOT NULL,
    version        INTEGER NOT NULL,
    content        TEXT NOT NULL,
    config         TEXT NOT NULL,
    commit_message TEXT,
    created_by     TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL,
    UNIQUE (project_id, name, version),
    FOREIGN KEY (project_id, name) REFERENCES prompt (project_id, name) ON DELETE CASCADE
);
-- The key lets a label stand at one version of a name only.
CREATE TABLE prompt_label (
    project_id TEXT NOT NULL,
    name       TEXT NOT NULL,
    label      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    PRIMARY KEY (project_id, name, label),
    FOREIGN KEY (project_id, name, version)
        REFERENCES prompt_version (project_id, name, version) ON DELETE CASCADE
);
CREATE INDEX prompt_label_version ON prompt_label (project_id, name, version);
-- What a version embeds: a version of another prompt, or what carries a label there.
CREATE TABLE prompt_dependency (
    project_id    TEXT NOT NULL,
    name          TEXT NOT NULL,
    version       INTEGER NOT NULL,
    child_name    TEXT NOT NULL,
    child_version INTEGER,
    child_label   TEXT,
    FOREIGN KEY (project_id, name, version)
        REFERENCES prompt_version (project_id, name, version) ON DELETE CASCADE
);
CREATE INDEX prompt_dependency_version ON prompt_dependency (project_id, name, version);
CREATE INDEX prompt_dependency_child ON prompt_dependency (project_id, child_name);
