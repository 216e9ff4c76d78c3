package dev.sonde.agent.instrumentation.mcp;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.RuntimeConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The server that a client talks to.
 *
 * @param client the library's client
 * @param transport such as {@code stdio}; the class's name where it is none of the library's own
 * @param host null where the transport does not tell, as for a process of this machine's own
 */
record McpServerOfClient(
        Object client, String transport, @Nullable String host) {

    private static final String STDIO = "stdio";

    static McpServerOfClient of(Object client) {
        Object transport = LibraryObjects.field(client, "transport");
        if (transport == null) {
            return new McpServerOfClient(client, "unknown", null);
        }
        Object base = LibraryObjects.field(transport, "baseUri");
        return new McpServerOfClient(
                client, name(transport.getClass().getSimpleName()), base instanceof URI uri ? uri.getHost() : null);
    }

    /** Whether it may learn the trace's id and what is handed on as baggage. */
    boolean getsContext(RuntimeConfig config) {
        return transport.equals(STDIO) || config.propagatesTo(host == null ? "unknown.invalid" : host);
    }

    /** Records where it is. */
    void describeAddress(LiveObservation observation) {
        observation.metadata("mcp.transport", transport);
        observation.attribute("network.transport", transport.equals(STDIO) ? "pipe" : "tcp");
        if (host != null) {
            observation.attribute("server.address", host);
        }
    }

    /** Records who it says it is, which is known once it has been talked to. */
    void describe(LiveObservation observation) {
        McpObservations.server(observation, LibraryObjects.get(client, "getServerInfo"));
        String protocol =
                LibraryObjects.text(LibraryObjects.get(client, "getCurrentInitializationResult"), "protocolVersion");
        if (protocol != null) {
            observation.attribute("mcp.protocol.version", protocol);
        }
    }

    private static String name(String transport) {
        return transport.contains("Stdio")
                ? STDIO
                : transport.contains("Streamable") ? "streamable-http" : transport.contains("Sse") ? "sse" : transport;
    }
}
