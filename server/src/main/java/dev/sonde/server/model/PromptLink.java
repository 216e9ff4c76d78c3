package dev.sonde.server.model;

import org.jspecify.annotations.Nullable;

/**
 * The prompt version a generation was made from.
 *
 * @param id the stored prompt version, null while no such prompt exists here
 */
public record PromptLink(@Nullable String id, String name, int version) {}
