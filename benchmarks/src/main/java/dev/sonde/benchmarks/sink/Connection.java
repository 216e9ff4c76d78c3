package dev.sonde.benchmarks.sink;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on one socket, just enough of it. It acknowledges each segment at once: a client that waits for that before it
 * sends the rest of a body would otherwise stand still for 40 ms a request. One thread.
 */
final class Connection {

    private static final int BUFFER = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final boolean quickAck;

    Connection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        quickAck = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
        InputStream raw = socket.getInputStream();
        in = new BufferedInputStream(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        acknowledgeAtOnce();
                        return raw.read();
                    }

                    @Override
                    public int read(byte[] bytes, int from, int length) throws IOException {
                        acknowledgeAtOnce();
                        return raw.read(bytes, from, length);
                    }
                },
                BUFFER);
    }

    /** The kernel forgets the option, so it is set before each read. */
    private void acknowledgeAtOnce() throws IOException {
        if (quickAck) {
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }

    /** Null when the client has closed. */
    Sink.@Nullable Request next() throws IOException {
        String start = line();
        if (start.isEmpty()) {
            return null;
        }
        int length = 0;
        boolean chunked = false;
        boolean gzip = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).strip();
            switch (name) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "content-encoding" -> gzip = value.equalsIgnoreCase("gzip");
                default -> {}
            }
        }
        byte[] body = chunked ? chunks() : exactly(length);
        String path = start.split(" ", -1)[1];
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        return new Sink.Request(plain, SpanCount.of(plain, gzip ? inflated(body) : body));
    }

    /** Answers 200 with JSON. */
    void answer(byte[] json) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream(json.length + 128);
        answer.writeBytes(
                ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(json);
        socket.getOutputStream().write(answer.toByteArray());
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size = Integer.parseInt(line().strip(), 16);
        while (size > 0) {
            body.writeBytes(exactly(size));
            line();
            size = Integer.parseInt(line().strip(), 16);
        }
        line();
        return body.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("body ended after " + bytes.length + " of " + length);
        }
        return bytes;
    }

    /** Without its end; empty at the end of the stream. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static byte[] inflated(byte[] body) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body), BUFFER)) {
            return gzip.readAllBytes();
        }
    }
}
