package dev.sonde.server.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The large text of a trace or an observation.
 *
 * @param input as received: text, or JSON text when the client sent structure; null when nothing was sent
 * @param output as {@code input}
 * @param metadata values by top-level key, in order of arrival; a value that was not a string is JSON text
 */
public record Payload(@Nullable String input, @Nullable String output, Map<String, String> metadata) {

    /** No text at all. */
    public static final Payload NONE = new Payload(null, null, Map.of());

    public Payload {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
