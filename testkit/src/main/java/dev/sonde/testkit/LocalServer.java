package dev.sonde.testkit;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How this module sets up its servers: loopback only, no time limits, no metrics. Stopping one takes two seconds, so tests share one a class. */
public final class LocalServer {
    private static final long MAX_REQUEST_BYTES = 64L << 20;
    private static final int START_SECONDS = 20;

    private LocalServer() {}

    /** A server without services on this port, or on a free one for 0. */
    public static ServerBuilder builder(int port) {
        return Server.builder()
                .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .requestTimeout(Duration.ZERO)
                .maxRequestLength(MAX_REQUEST_BYTES)
                .gracefulShutdownTimeoutMillis(0, 0)
                .meterRegistry(new CompositeMeterRegistry());
    }

    /** Starts and waits until the server listens. */
    public static void start(Server server) {
        server.start().orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
    }
}
