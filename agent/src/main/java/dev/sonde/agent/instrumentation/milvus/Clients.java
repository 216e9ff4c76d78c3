package dev.sonde.agent.instrumentation.milvus;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import org.jspecify.annotations.Nullable;

/** What is the same for all that a client asks. */
final class Clients {
    private Clients() {}

    /** The request with its collection, partitions and server. */
    static Request about(Object client, @Nullable Object asked, Request request) {
        Object channel = LibraryObjects.field(client, "channel");
        return request.in(LibraryObjects.text(asked, "getCollectionName"))
                .at(LibraryObjects.text(channel, "authority"))
                .says("partition", StoreJson.of(LibraryObjects.get(asked, "getPartitionName")))
                .says("partitions", StoreJson.of(LibraryObjects.get(asked, "getPartitionNames")));
    }
}
