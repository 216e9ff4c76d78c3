package dev.sonde.runtime.export;

import dev.sonde.runtime.RuntimeConfig;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;

/** Posts bytes to the server and says what became of them. Used by the export thread only. */
final class Delivery implements AutoCloseable {

    /** What the server said. */
    enum Outcome {
        DELIVERED,
        /** Later it may work. */
        RETRY,
        /** Smaller it may work. */
        TOO_LARGE,
        /** It will never work. */
        REFUSED
    }

    /**
     * An answer.
     *
     * @param retryAfterMillis what the server asked to wait, 0 when it did not say
     * @param reason for the log: status or exception, never content
     */
    record Answer(Outcome outcome, long retryAfterMillis, String reason) {}

    private final OkHttpClient client;
    private final String host;
    private final String authorization;

    Delivery(RuntimeConfig config) {
        this.client = new OkHttpClient.Builder()
                .connectTimeout(5, TimeUnit.SECONDS)
                .callTimeout(30, TimeUnit.SECONDS)
                .retryOnConnectionFailure(false)
                .build();
        this.host = config.host();
        this.authorization = Credentials.basic(String.valueOf(config.publicKey()), String.valueOf(config.secretKey()));
    }

    /** Posts {@code size} bytes, compressed. */
    Answer post(String path, String contentType, byte[] bytes, int size) {
        Request request = new Request.Builder()
                .url(host + path)
                .header("Authorization", authorization)
                .header("Content-Encoding", "gzip")
                .header("x-langfuse-sdk-name", "sonde-java")
                .post(RequestBody.create(gzip(bytes, size).readByteString(), MediaType.get(contentType)))
                .build();
        try (Response response = client.newCall(request).execute()) {
            response.body().source().skip(Math.max(0, response.body().contentLength()));
            return answer(response);
        } catch (IOException e) {
            return new Answer(Outcome.RETRY, 0, e.getClass().getSimpleName());
        }
    }

    /** Whether the server answers a reading request with success. */
    boolean accepts(String path) {
        Request request = new Request.Builder()
                .url(host + path)
                .header("Authorization", authorization)
                .build();
        OkHttpClient impatient =
                client.newBuilder().callTimeout(10, TimeUnit.SECONDS).build();
        try (Response response = impatient.newCall(request).execute()) {
            return response.isSuccessful();
        } catch (IOException e) {
            Log.warn("auth-check", "the server cannot be asked: " + e.getClass().getSimpleName());
            return false;
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static Answer answer(Response response) {
        int status = response.code();
        String reason = "status " + status;
        if (status >= 200 && status < 300) {
            return new Answer(Outcome.DELIVERED, 0, reason);
        }
        if (status == 413) {
            return new Answer(Outcome.TOO_LARGE, 0, reason);
        }
        if (status == 408 || status == 429 || status >= 500) {
            return new Answer(Outcome.RETRY, retryAfterMillis(response.header("Retry-After")), reason);
        }
        return new Answer(Outcome.REFUSED, 0, reason);
    }

    private static long retryAfterMillis(@org.jspecify.annotations.Nullable String header) {
        try {
            return header == null ? 0 : Math.max(0, Math.min(3_600, Long.parseLong(header.strip()))) * 1_000;
        } catch (NumberFormatException e) {
            return 0; // a date: our own back-off is as good
        }
    }

    private static Buffer gzip(byte[] bytes, int size) {
        Buffer compressed = new Buffer();
        try (BufferedSink sink = Okio.buffer((okio.Sink) new GzipSink(compressed))) {
            sink.write(bytes, 0, size);
        } catch (IOException e) {
            throw new IllegalStateException("compressing into memory", e);
        }
        return compressed;
    }
}
