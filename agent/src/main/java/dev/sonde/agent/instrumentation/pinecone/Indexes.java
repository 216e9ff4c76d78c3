package dev.sonde.agent.instrumentation.pinecone;

import dev.sonde.agent.calls.LibraryObjects;
import org.jspecify.annotations.Nullable;

/** What an index tells of itself. */
final class Indexes {
    private Indexes() {}

    static @Nullable String name(Object index) {
        return LibraryObjects.field(index, "indexName") instanceof String name ? name : null;
    }

    /** Host and port; null when it does not tell. */
    static @Nullable String authority(Object index) {
        Object channel = LibraryObjects.field(LibraryObjects.field(index, "connection"), "channel");
        return LibraryObjects.text(channel, "authority");
    }
}
