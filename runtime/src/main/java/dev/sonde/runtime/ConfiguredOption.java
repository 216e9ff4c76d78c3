package dev.sonde.runtime;

import org.jspecify.annotations.Nullable;

/**
 * One option with its value and where that came from.
 *
 * @param name as in {@code flush-at}
 * @param value as text; null when it has none and no default either
 * @param source the place for people, such as {@code environment SONDE_HOST}
 */
public record ConfiguredOption(String name, @Nullable String value, String source) {}
