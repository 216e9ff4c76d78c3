package dev.sonde.runtime.export;

import dev.sonde.runtime.RuntimeConfig;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
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
import org.jspecify.annotations.Nullable;

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
     * @param reason for the log: status, exception or the server's own words, never content
     * @param rejected how many of a delivered request the server would not have
     */
    record Answer(Outcome outcome, long retryAfterMillis, String reason, long rejected) {

        Answer(Outcome outcome, long retryAfterMillis, String reason) {
            this(outcome, retryAfterMillis, reason, 0);
        }
    }

    /** What a server may ask to wait. */
    private static final long MOST_SECONDS = 3_600;

    private static final long MAX_ANSWER_BYTES = 1 << 20;

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

    /** Posts a request, compressed. */
    Answer post(Packet packet) {
        Request request = new Request.Builder()
                .url(host + packet.kind().path)
                .header("Authorization", authorization)
                .header("Content-Encoding", "gzip")
                .header("x-langfuse-sdk-name", "sonde-java")
                .post(RequestBody.create(
                        gzip(packet.bytes(), packet.size()).readByteString(), MediaType.get(packet.kind().contentType)))
                .build();
        try (Response response = client.newCall(request).execute()) {
            return answer(response, packet.kind());
        } catch (IOException e) {
            return new Answer(Outcome.RETRY, 0, e.getClass().getSimpleName());
        }
    }

    /** Uploads media to the same server with the same keys. */
    Media media(RuntimeConfig config) {
        return new Media(config, client, authorization);
    }

    /** Ends what is under way, with {@link Outcome#RETRY}. From any thread. */
    void cancel() {
        client.dispatcher().cancelAll();
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

    private static Answer answer(Response response, Packet.Kind kind) throws IOException {
        int status = response.code();
        String reason = "status " + status;
        if (status >= 200 && status < 300) {
            byte[] body = response.peekBody(MAX_ANSWER_BYTES).bytes();
            PartialSuccess partial = kind == Packet.Kind.SCORES
                    ? PartialSuccess.ofBatch(body)
                    : PartialSuccess.of(body, response.header("Content-Type"));
            String words = partial.message().isEmpty() ? "rejected by the server" : partial.message();
            return new Answer(Outcome.DELIVERED, 0, partial.rejected() > 0 ? words : reason, partial.rejected());
        }
        if (status == 401 || status == 403) {
            return new Answer(Outcome.REFUSED, 0, reason + ", check public-key, secret-key and host");
        }
        if (status == 413) {
            return new Answer(Outcome.TOO_LARGE, 0, reason);
        }
        if (status == 408 || status == 429 || status >= 500) {
            return new Answer(Outcome.RETRY, retryAfterMillis(response.header("Retry-After")), reason);
        }
        return new Answer(Outcome.REFUSED, 0, reason);
    }

    /** Seconds or a date, by RFC 9110 10.2.3; 0 for neither. */
    static long retryAfterMillis(@Nullable String header) {
        if (header == null) {
            return 0;
        }
        try {
            return clamp(Math.min(MOST_SECONDS, Long.parseLong(header.strip())) * 1_000);
        } catch (NumberFormatException e) {
            return untilDate(header.strip());
        }
    }

    private static long untilDate(String date) {
        try {
            ZonedDateTime until = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return clamp(until.toInstant().toEpochMilli() - System.currentTimeMillis());
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    private static long clamp(long millis) {
        return Math.max(0, Math.min(MOST_SECONDS * 1_000, millis));
    }

    private static Buffer gzip(byte[] bytes, int size) {
        Buffer compressed = new Buffer();
        GzipSink gzip = new GzipSink(compressed);
        gzip.deflater().setLevel(Deflater.BEST_SPEED); // half the time for a sixth more bytes
        try (BufferedSink sink = Okio.buffer((okio.Sink) gzip)) {
            sink.write(bytes, 0, size);
        } catch (IOException e) {
            throw new IllegalStateException("compressing into memory", e);
        }
        return compressed;
    }
}
