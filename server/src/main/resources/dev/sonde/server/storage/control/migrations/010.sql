-- Key pairs that manage the projects of an organisation; and projects that somebody deleted, until nothing of them is left.
CREATE TABLE organisation_key (
    id              TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    public_key      TEXT NOT NULL UNIQUE,
    secret_hash     TEXT NOT NULL,
    display_secret  TEXT NOT NULL,
    note            TEXT,
    created_at      BIGINT NOT NULL,
    last_used_at    BIGINT
);
CREATE INDEX organisation_key_organisation ON organisation_key (organisation_id);
ALTER TABLE project ADD COLUMN metadata TEXT;
ALTER TABLE project ADD COLUMN updated_at BIGINT;
ALTER TABLE project ADD COLUMN deleted_at BIGINT;
UPDATE project SET updated_at = created_at, metadata = '{}';
