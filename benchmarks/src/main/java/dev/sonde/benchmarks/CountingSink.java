package dev.sonde.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;

/** Takes whatever is posted, counts it and says 200 at once. */
final class CountingSink implements AutoCloseable {

    private final HttpServer server;
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    private CountingSink(HttpServer server) {
        this.server = server;
    }

    static CountingSink start() throws IOException {
        // otherwise each answer waits for an acknowledgement that the other side delays by 40 ms
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CountingSink sink = new CountingSink(server);
        server.createContext("/", exchange -> {
            try (InputStream body = exchange.getRequestBody()) {
                sink.bytes.add(body.transferTo(java.io.OutputStream.nullOutputStream()));
            }
            sink.requests.increment();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return sink;
    }

    int port() {
        return server.getAddress().getPort();
    }

    long requests() {
        return requests.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
