package dev.sonde.runtime.export;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.RuntimeConfig;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Takes data URIs out of recorded texts and uploads them by the media API: {@code POST /api/public/media}, {@code PUT} to
 * where the answer says, {@code PATCH /api/public/media/<id>}; a reference stays in the text. What cannot be uploaded stays
 * in the text as it is. Used by the export thread.
 */
final class Media {

    private static final String PATH = "/api/public/media";

    /** Smaller ones are no trouble in the text. */
    private static final int LEAST_CHARS = 200;

    private final RuntimeConfig config;
    private final OkHttpClient client;
    private final String authorization;
    private boolean off;

    Media(RuntimeConfig config, OkHttpClient client, String authorization) {
        this.config = config;
        this.client = client;
        this.authorization = authorization;
        this.off = !config.mediaUpload();
    }

    /** Replaces the media of a batch by references. */
    void offload(List<LiveObservation> batch) {
        for (LiveObservation observation : batch) {
            if (off) {
                return;
            }
            observation.rewriteTexts((field, text) -> rewritten(observation, field, text));
        }
    }

    private String rewritten(LiveObservation observation, String field, String text) {
        int marker = text.indexOf(DataUri.MARKER);
        if (marker < 0) {
            return text;
        }
        StringBuilder rewritten = new StringBuilder();
        int copied = 0;
        while (marker >= 0) {
            DataUri uri = DataUri.around(text, marker);
            String reference = uri == null || uri.end() - uri.start() < LEAST_CHARS || off
                    ? null
                    : upload(observation, field, uri);
            if (uri != null && reference != null) {
                rewritten.append(text, copied, uri.start()).append(reference);
                copied = uri.end();
            }
            marker = text.indexOf(DataUri.MARKER, uri == null ? marker + 1 : uri.end());
        }
        return copied == 0
                ? text
                : rewritten.append(text, copied, text.length()).toString();
    }

    /** Answers the reference; null when the media stays where it is. */
    private @Nullable String upload(LiveObservation observation, String field, DataUri uri) {
        byte[] bytes = uri.bytes();
        if (bytes == null) {
            return null;
        }
        byte[] hash = sha256(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
        String hashText = Base64.getEncoder().encodeToString(hash);
        String request = "{\"traceId\":\"" + observation.trace().id() + "\",\"observationId\":\"" + observation.hexId()
                + "\",\"field\":\"" + field + "\",\"contentType\":\"" + uri.contentType() + "\",\"contentLength\":"
                + bytes.length + ",\"sha256Hash\":\"" + hashText + "\"}";
        try {
            Answer answer = announce(request);
            if (answer == null || (answer.uploadUrl() != null && !put(answer.uploadUrl(), id, uri, bytes, hashText))) {
                return null;
            }
        } catch (IOException e) {
            Log.warn(
                    "media",
                    "media stay in the text, they cannot be uploaded: "
                            + e.getClass().getSimpleName());
            return null;
        }
        return "@@@langfuseMedia:type=" + uri.contentType() + "|id=" + id + "|source=base64_data_uri@@@";
    }

    /** @param uploadUrl null when the server has the bytes already */
    private record Answer(@Nullable String uploadUrl) {}

    private @Nullable Answer announce(String request) throws IOException {
        try (Response response = client.newCall(new Request.Builder()
                        .url(config.host() + PATH)
                        .header("Authorization", authorization)
                        .post(json(request))
                        .build())
                .execute()) {
            if (response.isSuccessful()) {
                return new Answer(JsonField.text(response.body().bytes(), "uploadUrl"));
            }
            if (response.code() == 404 || response.code() == 405 || response.code() == 501) {
                off = true; // this server has no media API
            } else {
                Log.warn("media", "media stay in the text, the server answers status " + response.code());
            }
            return null;
        }
    }

    private boolean put(String url, String id, DataUri uri, byte[] bytes, String hash) throws IOException {
        long start = System.nanoTime();
        int status;
        try (Response response = client.newCall(new Request.Builder()
                        .url(url)
                        .header("x-amz-checksum-sha256", hash)
                        .header("x-ms-blob-type", "BlockBlob")
                        .put(RequestBody.create(bytes, MediaType.get(uri.contentType())))
                        .build())
                .execute()) {
            status = response.code();
        } catch (IllegalArgumentException e) {
            throw new IOException("not an address to upload to", e);
        }
        boolean stored = status >= 200 && status < 300;
        long millis = (System.nanoTime() - start) / 1_000_000;
        String done = "{\"uploadedAt\":\"" + Instant.now() + "\",\"uploadHttpStatus\":" + status
                + ",\"uploadHttpError\":\"" + (stored ? "" : "status " + status) + "\",\"uploadTimeMs\":" + millis
                + "}";
        try (Response response = client.newCall(new Request.Builder()
                        .url(config.host() + PATH + "/" + id)
                        .header("Authorization", authorization)
                        .patch(json(done))
                        .build())
                .execute()) {
            return stored && response.isSuccessful();
        }
    }

    private static RequestBody json(String text) {
        return RequestBody.create(text, MediaType.get("application/json"));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
