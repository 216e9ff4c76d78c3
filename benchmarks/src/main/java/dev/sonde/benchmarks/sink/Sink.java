package dev.sonde.benchmarks.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Receives what every contestant exports, on one port: OTLP, Datadog's and Zipkin's wire. It answers at once and counts
 * spans. It also answers chat completions, always with the same text. A thread for each connection.
 */
public final class Sink implements AutoCloseable {

    private static final int BACKLOG = 64;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final LongAdder spans = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final AtomicLong connections = new AtomicLong();
    private volatile boolean closed;

    private Sink(ServerSocket listener) {
        this.listener = listener;
    }

    /** Listens on a free port of the loopback interface. */
    public static Sink start() throws IOException {
        Sink sink = new Sink(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
        sink.startThread("sink", sink::accept);
        return sink;
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Spans received so far. */
    public long spans() {
        return spans.sum();
    }

    /** Requests received so far, of any kind. */
    public long requests() {
        return requests.sum();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                startThread("sink-" + connections.incrementAndGet(), () -> serve(socket));
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Connection connection = new Connection(socket);
            Request request = connection.next();
            while (request != null) {
                requests.increment();
                spans.add(request.spans());
                connection.answer(Answers.to(request.path()));
                request = connection.next();
            }
        } catch (IOException e) {
            // the contestant's JVM is gone, or this sink is closing
        } finally {
            open.remove(socket);
        }
    }

    private void startThread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** What arrived: the path without query, and how many spans. */
    record Request(String path, long spans) {}
}
