package dev.sonde.agent.instrumentation.cohere;

import dev.sonde.agent.calls.LibraryObjects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the library's objects as they go over the wire.
 *
 * @param library the application's own Jackson mapper for this library; null when there is none
 */
record Mapper(@Nullable Object library) {
    /** The mapper of the library that the object is of. */
    static Mapper of(Object client) {
        return new Mapper(LibraryObjects.constant(client, "com.cohere.api.core.ObjectMappers", "JSON_MAPPER"));
    }

    /** The object's JSON; null when it cannot be written. */
    @Nullable
    String json(@Nullable Object value) {
        return value == null ? null : (String) LibraryObjects.call(library, "writeValueAsString", value);
    }
}
