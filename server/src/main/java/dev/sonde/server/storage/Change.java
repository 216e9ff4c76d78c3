package dev.sonde.server.storage;

import org.jspecify.annotations.Nullable;

/**
 * One row's old and new state.
 *
 * @param before null when the row is new
 */
public record Change<T>(@Nullable T before, T after) {}
