package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Media as clients upload and read them. */
class MediaIT {

    private static final String MEDIA = "/api/public/media";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void announcedUploadedAndRead_areTheSameBytes() throws Exception {
        byte[] bytes = random(3 << 20);
        JsonNode announced = announce(bytes, "image/png", "trace-1", 201);
        String id = announced.path("mediaId").asText();

        assertThat(id)
                .isEqualTo(Base64.getUrlEncoder().encodeToString(sha256(bytes)).substring(0, 22));
        assertThat(send("GET", MEDIA + "/" + id, null).status()).isEqualTo(404);
        assertThat(put(announced.path("uploadUrl").asText(), bytes).statusCode())
                .isEqualTo(200);
        assertThat(send("PATCH", MEDIA + "/" + id, "{'uploadedAt':'2026-01-01T00:00:00Z','uploadHttpStatus':200}")
                        .status())
                .isEqualTo(200);
        JsonNode media = send("GET", MEDIA + "/" + id, null).json();
        assertThat(media.path("contentType").asText()).isEqualTo("image/png");
        assertThat(media.path("contentLength").asLong()).isEqualTo(bytes.length);
        assertThat(media.path("uploadedAt").asText()).isNotEmpty();
        HttpResponse<byte[]> read = read(media.path("url").asText());
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(bytes);
        assertThat(read.headers().firstValue("content-security-policy")).hasValue("default-src 'none'; sandbox");
        assertThat(announce(bytes, "image/png", "trace-2", 201)
                        .path("uploadUrl")
                        .isNull())
                .isTrue();
        assertThat(partFiles()).isZero();
    }

    @Test
    void whatIsNoPicture_isSavedAndNotShown() throws Exception {
        byte[] page = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        JsonNode announced = announce(page, "text/html", "trace-1", 201);
        put(announced.path("uploadUrl").asText(), page);

        JsonNode media = send("GET", MEDIA + "/" + announced.path("mediaId").asText(), null)
                .json();
        HttpResponse<byte[]> read = read(media.path("url").asText());
        assertThat(read.headers().firstValue("content-disposition")).hasValue("attachment");
        assertThat(read.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void otherBytesThanAnnounced_areRefused_andLeaveNothing() throws Exception {
        byte[] bytes = random(1000);
        String url =
                announce(bytes, "image/gif", "trace-1", 201).path("uploadUrl").asText();
        byte[] changed = bytes.clone();
        changed[7]++;

        assertThat(put(url, changed).statusCode()).isEqualTo(400);
        assertThat(put(url, random(10)).statusCode()).isEqualTo(400);
        assertThat(partFiles()).isZero();
        assertThat(put(url, bytes).statusCode()).isEqualTo(200);
    }

    @Test
    void addresses_openOnlyWhatTheyWereMadeFor() throws Exception {
        byte[] bytes = random(50);
        JsonNode announced = announce(bytes, "image/gif", "trace-1", 201);
        String upload = announced.path("uploadUrl").asText();
        String id = announced.path("mediaId").asText();

        assertThat(read(upload.replace("/upload?", "/content?")).statusCode()).isEqualTo(403);
        assertThat(put(upload.replace("expires=", "expires=9"), bytes).statusCode())
                .isEqualTo(403);
        assertThat(put(upload.replace(id, "AAAAAAAAAAAAAAAAAAAAAA"), bytes).statusCode())
                .isEqualTo(403);
        assertThat(put(upload.substring(0, upload.indexOf('?')), bytes).statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            contentType   | 'contentType':'image/unheard'
            contentLength | 'contentLength':0
            contentLength | 'contentLength':'7'
            sha256Hash    | 'sha256Hash':'short'
            field         | 'field':'expectedOutput'
            traceId       | 'traceId':null
            """)
    void badAnnouncements_nameTheField(String field, String instead) {
        String body = "{'traceId':'t','field':'input','contentType':'image/png','contentLength':7,'sha256Hash':'"
                + Base64.getEncoder().encodeToString(new byte[32]) + "'," + instead + "}";

        Answer answer = send("POST", MEDIA, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(field);
    }

    private static JsonNode announce(byte[] bytes, String type, String trace, int status) throws Exception {
        Answer answer = send(
                "POST",
                MEDIA,
                "{'traceId':'" + trace + "','observationId':null,'datasetId':null,'datasetItemId':null,'contentType':'"
                        + type + "','contentLength':" + bytes.length + ",'field':'output','sha256Hash':'"
                        + Base64.getEncoder().encodeToString(sha256(bytes)) + "'}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json();
    }

    private static HttpResponse<String> put(String url, byte[] bytes) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("content-type", "image/png")
                        .header("x-ms-blob-type", "BlockBlob")
                        .PUT(BodyPublishers.ofByteArray(bytes))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<byte[]> read(String url) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }

    private static Answer send(String method, String path, String body) {
        return new Answer(server.send(
                server.request(path)
                        .header("content-type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body.replace('\'', '"'))),
                true));
    }

    private static long partFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data/media"))) {
            return files.filter(file -> file.toString().endsWith(".part")).count();
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
