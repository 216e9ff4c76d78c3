package dev.sonde.server.model;

/** Names one trace, observation or score. Ids are chosen by clients, so they are unique within a project only. */
public record EntityKey(String projectId, String id) {}
