package dev.sonde.agent.instrumentation;

import java.net.URI;

/** For an application that starts the server it calls within its own process. */
public final class OwnServer implements LibraryBench.Server {
    @Override
    public URI baseUrl() {
        return URI.create("http://localhost");
    }

    @Override
    public void reset() {
        // the server goes with the application
    }

    @Override
    public void close() {
        // as above
    }
}
