package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.file.HttpFile;
import dev.sonde.server.http.MediaLinks.Purpose;
import dev.sonde.server.model.Media;
import dev.sonde.server.storage.MediaStore;
import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/public/media}: a client announces media, uploads the bytes to the address it is given, and events refer to
 * them by id. Bytes go to a file as they arrive and count only when length and hash are what was announced.
 */
final class MediaResource {

    /** The most that one upload may have. */
    static final long MOST_BYTES = 1L << 30;

    /** {@code MediaContentType} of the published description. */
    private static final Set<String> CONTENT_TYPES = Set.of((""
                    + "image/png image/jpeg image/jpg image/webp "
                    + "image/gif image/svg+xml image/tiff image/bmp "
                    + "image/avif image/heic audio/mpeg audio/mp3 "
                    + "audio/wav audio/ogg audio/oga audio/aac "
                    + "audio/mp4 audio/flac audio/opus audio/webm "
                    + "video/mp4 video/webm video/ogg video/mpeg "
                    + "video/quicktime video/x-msvideo video/x-matroska text/plain "
                    + "text/html text/css text/csv text/markdown "
                    + "text/x-python application/javascript text/x-typescript application/x-yaml "
                    + "application/pdf application/msword application/vnd.ms-excel application/vnd.openxmlformats-officedocument.spreadsheetml.sheet "
                    + "application/zip application/json application/xml application/octet-stream "
                    + "application/vnd.openxmlformats-officedocument.wordprocessingml.document application/vnd.openxmlformats-officedocument.presentationml.presentation application/rtf application/x-ndjson "
                    + "application/vnd.apache.parquet application/gzip application/x-tar application/x-7z-compressed ")
            .split(" "));

    private static final Set<String> EVENT_FIELDS = Set.of("input", "output", "metadata");
    private static final Set<String> ITEM_FIELDS = Set.of("input", "expectedOutput", "metadata");

    /** Shown in a page as they are; anything else is saved as a file. */
    private static final List<String> SHOWN = List.of("image/", "audio/", "video/");

    private final MediaStore store;
    private final MediaLinks links;
    private final Clock clock;

    MediaResource(MediaStore store, MediaLinks links, Clock clock) {
        this.store = store;
        this.links = links;
        this.clock = clock;
    }

    HttpResponse announce(Call call, Caller caller) {
        JsonNode body = call.json();
        String contentType = text(body, "contentType");
        long length = body.path("contentLength").asLong(0);
        String sha256 = text(body, "sha256Hash");
        if (contentType == null || !CONTENT_TYPES.contains(contentType)) {
            throw HttpProblem.invalid("contentType: " + contentType + " is none of the media types taken");
        }
        if (!body.path("contentLength").isIntegralNumber() || length <= 0 || length > MOST_BYTES) {
            throw HttpProblem.invalid("contentLength: expected 1 to " + MOST_BYTES + " bytes");
        }
        Media announced = new Media(
                caller.project().id(),
                id(sha256),
                contentType,
                length,
                String.valueOf(sha256),
                null,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        Media media = store.announce(announced, link(body));
        boolean here = media.uploadedAt() != null && media.contentType().equals(contentType);
        ObjectNode answer = Json.object();
        answer.put("mediaId", media.id());
        answer.put(
                "uploadUrl",
                here ? null : links.to(Purpose.UPLOAD, announced, call.origin()).url());
        return Json.of(HttpStatus.CREATED, answer);
    }

    /** The id that clients make of the hash, too; they give up where the server has another. */
    private static String id(@Nullable String sha256) {
        if (sha256 != null && sha256.length() == 44) {
            try {
                byte[] hash = Base64.getDecoder().decode(sha256);
                if (hash.length == 32) {
                    return Base64.getUrlEncoder().encodeToString(hash).substring(0, 22);
                }
            } catch (IllegalArgumentException e) {
                // answered below, with the rule
            }
        }
        throw HttpProblem.invalid("sha256Hash: expected the hash of the bytes in base64, 44 characters");
    }

    private static Media.Link link(JsonNode body) {
        String trace = text(body, "traceId");
        String dataset = text(body, "datasetId");
        String item = text(body, "datasetItemId");
        String field = String.valueOf(text(body, "field"));
        if (trace != null && dataset == null && item == null) {
            String observation = text(body, "observationId");
            required("field", EVENT_FIELDS, field);
            return new Media.Link("trace", trace, observation == null ? "" : observation, field);
        }
        if (trace == null && dataset != null && item != null) {
            required("field", ITEM_FIELDS, field);
            return new Media.Link("dataset", dataset, item, field);
        }
        throw HttpProblem.invalid("expected traceId, or datasetId with datasetItemId, and not both");
    }

    private static void required(String name, Set<String> words, String value) {
        if (!words.contains(value)) {
            throw HttpProblem.invalid(name + ": " + value + " (expected one of "
                    + words.stream().sorted().toList() + ")");
        }
    }

    JsonNode get(Call call, Caller caller) {
        Media media = known(caller, call.path("mediaId"));
        if (media.uploadedAt() == null) {
            throw HttpProblem.notFound("Media not yet uploaded");
        }
        MediaLinks.Link link = links.to(Purpose.DOWNLOAD, media, call.origin());
        ObjectNode json = Json.object();
        json.put("mediaId", media.id());
        json.put("contentType", media.contentType());
        json.put("contentLength", media.contentLength());
        json.put("uploadedAt", Json.time(media.uploadedAt()));
        json.put("url", link.url());
        json.put("urlExpiry", Json.time(link.expires()));
        return json;
    }

    /** What a client says of its upload; the server saw for itself what came of it. */
    HttpResponse report(Call call, Caller caller) {
        JsonNode body = call.json();
        if (!body.path("uploadHttpStatus").isIntegralNumber()) {
            throw HttpProblem.invalid("uploadHttpStatus: expected a number");
        }
        known(caller, call.path("mediaId"));
        return Json.ok(Json.object().put("message", "OK"));
    }

    private Media known(Caller caller, String id) {
        return store.find(caller.project().id(), id).orElseThrow(() -> HttpProblem.notFound("Media asset not found"));
    }

    /** Takes the bytes; the address is signed, so there is no key. */
    HttpResponse upload(ServiceRequestContext context, HttpRequest request) {
        Executor blocking = context.blockingTaskExecutor();
        String checksum = request.headers().get("x-amz-checksum-sha256");
        return HttpResponse.of(CompletableFuture.supplyAsync(() -> linked(context, Purpose.UPLOAD), blocking)
                .thenCompose(media -> {
                    Path file = store.newFile();
                    return request.split()
                            .body()
                            .writeTo((HttpData data) -> data, file)
                            .thenApplyAsync(written -> taken(media, file, checksum), blocking)
                            .whenCompleteAsync((answer, failure) -> deleted(file), blocking);
                }));
    }

    private HttpResponse taken(Media media, Path file, @Nullable String checksum) {
        try {
            if (checksum != null && !checksum.equals(media.sha256())) {
                throw HttpProblem.invalid("x-amz-checksum-sha256: not the hash that was announced");
            }
            if (Files.size(file) != media.contentLength() || !hash(file).equals(media.sha256())) {
                throw HttpProblem.invalid("The bytes are not those that were announced");
            }
            store.keep(media, file, clock.instant().truncatedTo(ChronoUnit.MICROS));
            return HttpResponse.of(HttpStatus.OK);
        } catch (IOException e) {
            throw new StorageException("take media", e);
        }
    }

    private static void deleted(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands the bytes out, in a way that no page of another's making runs as one of ours. */
    HttpResponse content(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(CompletableFuture.supplyAsync(
                () -> served(linked(context, Purpose.DOWNLOAD), context, request), context.blockingTaskExecutor()));
    }

    private HttpResponse served(Media media, ServiceRequestContext context, HttpRequest request) {
        if (media.uploadedAt() == null) {
            throw HttpProblem.notFound("Media not yet uploaded");
        }
        boolean shown = SHOWN.stream().anyMatch(media.contentType()::startsWith);
        try {
            return HttpFile.builder(store.file(media))
                    .contentType(MediaType.parse(media.contentType()))
                    .addHeader(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
                    .addHeader(HttpHeaderNames.CONTENT_DISPOSITION, shown ? "inline" : "attachment")
                    .addHeader(HttpHeaderNames.CACHE_CONTROL, "private, max-age=3600")
                    .build()
                    .asService()
                    .serve(context, request);
        } catch (Exception e) {
            throw new StorageException("read media", e);
        }
    }

    private Media linked(ServiceRequestContext context, Purpose purpose) {
        String id = String.valueOf(context.pathParam("mediaId"));
        String project = links.project(
                purpose,
                id,
                context.queryParams().get("project", ""),
                context.queryParams().get("expires", ""),
                context.queryParams().get("signature", ""));
        return store.find(project, id).orElseThrow(() -> HttpProblem.notFound("Media asset not found"));
    }

    private static String hash(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static @Nullable String text(JsonNode body, String name) {
        return body.path(name).isTextual() ? body.path(name).textValue() : null;
    }
}
