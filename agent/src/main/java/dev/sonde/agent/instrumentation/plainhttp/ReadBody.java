package dev.sonde.agent.instrumentation.plainhttp;

import java.io.IOException;
import java.io.InputStream;

/** A response's body as the application reads it. By one thread at a time, as the stream itself. */
final class ReadBody extends InputStream {
    private final InputStream body;
    private final Exchange exchange;

    ReadBody(InputStream body, Exchange exchange) {
        this.body = body;
        this.exchange = exchange;
    }

    @Override
    public int read() throws IOException {
        int read;
        try {
            read = body.read();
        } catch (IOException | RuntimeException e) {
            exchange.failed(e);
            throw e;
        }
        if (read < 0) {
            exchange.complete();
        } else {
            exchange.received(new byte[] {(byte) read}, 0, 1);
        }
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read;
        try {
            read = body.read(target, offset, length);
        } catch (IOException | RuntimeException e) {
            exchange.failed(e);
            throw e;
        }
        if (read < 0) {
            exchange.complete();
        } else {
            exchange.received(target, offset, read);
        }
        return read;
    }

    @Override
    public int available() throws IOException {
        return body.available();
    }

    @Override
    public void close() throws IOException {
        exchange.closed();
        body.close();
    }
}
