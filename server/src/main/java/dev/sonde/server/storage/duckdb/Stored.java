package dev.sonde.server.storage.duckdb;

import org.jspecify.annotations.Nullable;

/**
 * A row and where its text lies.
 *
 * @param payload packed payload reference; null when the entity has no payload
 */
record Stored<T>(T row, @Nullable Long payload) {}
