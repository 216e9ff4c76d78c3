-- Metadata only: large text stands in the payload log, and "payload" says where (segment << 44 | offset << 12 |
-- position; null: there is none). Times are UTC. No keys and no indexes: each row has exactly one physical version,
-- which the one writer keeps so by deleting before it appends.
CREATE TABLE obs (
    project               VARCHAR NOT NULL,
    id                    VARCHAR NOT NULL,
    trace_id              VARCHAR NOT NULL,
    parent_id             VARCHAR,
    type                  VARCHAR NOT NULL,
    name                  VARCHAR,
    start_time            TIMESTAMP NOT NULL,
    end_time              TIMESTAMP,
    completion_start_time TIMESTAMP,
    level                 VARCHAR NOT NULL,
    status_message        VARCHAR,
    version               VARCHAR,
    environment           VARCHAR NOT NULL,
    model                 VARCHAR,
    model_id              VARCHAR,
    pricing_tier          VARCHAR,
    parameters            VARCHAR,
    usage                 MAP(VARCHAR, BIGINT) NOT NULL,
    cost                  MAP(VARCHAR, DECIMAL(38, 12)) NOT NULL,
    cost_provided         BOOLEAN NOT NULL,
    input_usage           BIGINT NOT NULL,
    output_usage          BIGINT NOT NULL,
    total_usage           BIGINT NOT NULL,
    total_cost            DECIMAL(38, 12),
    prompt_id             VARCHAR,
    prompt_name           VARCHAR,
    prompt_version        INTEGER,
    trace_name            VARCHAR,
    user_id               VARCHAR,
    session_id            VARCHAR,
    release               VARCHAR,
    tags                  VARCHAR[] NOT NULL,
    metadata              MAP(VARCHAR, VARCHAR) NOT NULL,
    created_at            TIMESTAMP NOT NULL,
    updated_at            TIMESTAMP NOT NULL,
    payload               BIGINT
);
-- Observations that have not ended: few, and rewritten soon.
CREATE TABLE obs_hot AS FROM obs;
CREATE TABLE traces (
    project      VARCHAR NOT NULL,
    id           VARCHAR NOT NULL,
    timestamp    TIMESTAMP NOT NULL,
    name         VARCHAR,
    user_id      VARCHAR,
    session_id   VARCHAR,
    release      VARCHAR,
    version      VARCHAR,
    environment  VARCHAR NOT NULL,
    tags         VARCHAR[] NOT NULL,
    public       BOOLEAN NOT NULL,
    bookmarked   BOOLEAN NOT NULL,
    observations INTEGER NOT NULL,
    errors       INTEGER NOT NULL,
    warnings     INTEGER NOT NULL,
    start_time   TIMESTAMP,
    end_time     TIMESTAMP,
    level        VARCHAR,
    input_usage  BIGINT NOT NULL,
    output_usage BIGINT NOT NULL,
    total_usage  BIGINT NOT NULL,
    total_cost   DECIMAL(38, 12),
    scores       MAP(VARCHAR, DOUBLE) NOT NULL,
    categories   MAP(VARCHAR, VARCHAR) NOT NULL,
    metadata     MAP(VARCHAR, VARCHAR) NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    updated_at   TIMESTAMP NOT NULL,
    payload      BIGINT
);
CREATE TABLE scores (
    project            VARCHAR NOT NULL,
    id                 VARCHAR NOT NULL,
    timestamp          TIMESTAMP NOT NULL,
    name               VARCHAR NOT NULL,
    trace_id           VARCHAR,
    observation_id     VARCHAR,
    session_id         VARCHAR,
    dataset_run_id     VARCHAR,
    data_type          VARCHAR NOT NULL,
    value              DOUBLE NOT NULL,
    string_value       VARCHAR,
    source             VARCHAR NOT NULL,
    comment            VARCHAR,
    author_user_id     VARCHAR,
    config_id          VARCHAR,
    queue_id           VARCHAR,
    execution_trace_id VARCHAR,
    metadata           MAP(VARCHAR, VARCHAR) NOT NULL,
    environment        VARCHAR NOT NULL,
    created_at         TIMESTAMP NOT NULL,
    updated_at         TIMESTAMP NOT NULL
);
-- When an id begins: 64-bit hash of kind, project and id. New entries stand in tidx_recent, which is also in the heap;
-- full, it is sorted by hash into tidx_0, and eight of those into tidx_1, and so on.
CREATE TABLE tidx_recent (hash BIGINT NOT NULL, time TIMESTAMP NOT NULL);
CREATE TABLE tidx_0 (hash BIGINT NOT NULL, time TIMESTAMP NOT NULL);
CREATE TABLE tidx_1 (hash BIGINT NOT NULL, time TIMESTAMP NOT NULL);
CREATE TABLE tidx_2 (hash BIGINT NOT NULL, time TIMESTAMP NOT NULL);
CREATE TABLE tidx_3 (hash BIGINT NOT NULL, time TIMESTAMP NOT NULL);
