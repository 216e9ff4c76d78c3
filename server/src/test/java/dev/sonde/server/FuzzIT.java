package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent to whichever route is answered, and the answer is never that the server failed. Each request has a seed
 * of its own, which a failure names: {@code -Dsonde.seed=} begins there.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FuzzIT {

    private static final int REQUESTS = 3_000;
    private static final long SEED = Long.getLong("sonde.seed", 0);
    private static final Duration HANGS_AFTER = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PARAMETER = Pattern.compile(":[A-Za-z]+|\\{\\*?[A-Za-z]+}|\\*+");
    private static final List<String> NAMES = List.of(
            "page",
            "limit",
            "cursor",
            "filter",
            "fields",
            "orderBy",
            "fromTimestamp",
            "toTimestamp",
            "fromStartTime",
            "toStartTime",
            "name",
            "userId",
            "sessionId",
            "tags",
            "environment",
            "version",
            "label",
            "query",
            "traceId",
            "type",
            "level",
            "datasetName",
            "runName",
            "dataType",
            "operator",
            "value",
            "scoreIds",
            "parentObservationId",
            "expandMetadata",
            "resolve",
            "failIfDatabaseUnavailable",
            "from",
            "to",
            "q",
            "column",
            "datasetId",
            "source",
            "configId",
            "objectType",
            "objectId",
            "sort",
            "width",
            "\u0000",
            "");
    private static final List<String> VALUES = List.of(
            "",
            "0",
            "1",
            "-1",
            "101",
            "99999999999999999999",
            "1.5",
            "true",
            "TRUE",
            "null",
            "a",
            "t1",
            "o1",
            "d",
            "p",
            "2026-11-20T12:00:00Z",
            "2026-11-20T12:00:00+02:00",
            "2026-11-20T12:00:00",
            "+999999999-01-01T00:00:00Z",
            "-999999999-01-01T00:00:00Z",
            "2026-11-20",
            "timestamp.asc",
            "timestamp.up",
            ".",
            "core,io,nothing",
            ",",
            "\u0000",
            "\ud83d\ude00",
            "%",
            "'; DROP TABLE trace; --",
            "../..",
            "eyJ2IjoxfQ",
            "eyJ2IjoxLCJsYXN0VGltZXN0YW1wIjoieCJ9",
            "[]",
            "{}",
            "[{}]",
            "[1]",
            "[[[[]]]]",
            "level:ERROR",
            "cost>",
            "(",
            "a OR (b AND",
            "\"",
            "latency>1e999",
            "[{\"type\":\"string\",\"column\":\"name\",\"operator\":\"=\",\"value\":\"a\"}]",
            "[{\"type\":\"number\",\"column\":\"latency\",\"operator\":\">\",\"value\":1e999}]",
            "[{\"type\":\"datetime\",\"column\":\"timestamp\",\"operator\":\">\",\"value\":\"x\"}]",
            "[{\"type\":\"arrayOptions\",\"column\":\"tags\",\"operator\":\"any of\",\"value\":[]}]",
            "[{\"type\":\"stringObject\",\"column\":\"metadata\",\"operator\":\"=\",\"value\":\"a\"}]",
            "[{\"type\":\"null\",\"column\":\"nothing\",\"operator\":\"is null\",\"value\":\"\"}]",
            "{\"view\":\"traces\",\"metrics\":[{\"measure\":\"count\",\"aggregation\":\"count\"}],"
                    + "\"fromTimestamp\":\"2026-11-20T00:00:00Z\",\"toTimestamp\":\"2026-11-21T00:00:00Z\"}",
            "{\"view\":\"observations\",\"dimensions\":[{\"field\":\"x\"}],\"metrics\":[],\"fromTimestamp\":1}");

    @TempDir
    static Path directory;

    private static Server server;
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(HANGS_AFTER)
            .build();
    private static List<String> routes;
    private static String cookie;
    private static String csrf;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> seed = Map.of(
                "LANGFUSE_INIT_PROJECT_ID", ServerProcess.PROJECT,
                "LANGFUSE_INIT_PROJECT_PUBLIC_KEY", ServerProcess.PUBLIC_KEY,
                "LANGFUSE_INIT_PROJECT_SECRET_KEY", ServerProcess.SECRET_KEY,
                "LANGFUSE_INIT_USER_EMAIL", ServerProcess.EMAIL,
                "LANGFUSE_INIT_USER_PASSWORD", ServerProcess.PASSWORD);
        Map<String, String> options = Map.of(
                "port",
                "0",
                "host",
                "127.0.0.1",
                "data",
                directory.resolve("data").toString());
        server = new Server(ServerConfig.read(options::get, name -> null, seed::get), Clock.systemUTC());
        routes = server.routes();
        HttpResponse<String> login = CLIENT.send(
                request("/api/ui/login")
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString("{\"email\":\"" + ServerProcess.EMAIL + "\",\"password\":\""
                                + ServerProcess.PASSWORD + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        cookie = login.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
        csrf = JSON.readTree(login.body()).path("csrf").asText();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void takenBodies_areTaken() throws Exception {
        assertThat(routes).hasSizeGreaterThan(80);
        for (String route : List.of(
                "/api/public/ingestion",
                "/api/public/otel/v1/traces",
                "/api/public/scores",
                "/api/public/score-configs",
                "/api/public/models",
                "/api/public/v2/prompts",
                "/api/public/v2/datasets",
                "/api/public/dataset-items",
                "/api/public/dataset-run-items",
                "/api/public/media",
                "/api/public/comments",
                "/api/public/repricings")) {
            HttpResponse<String> answer =
                    send(post(route, FuzzBodies.taken(route).toString()));
            assertThat(answer.statusCode()).as(route + ": " + answer.body()).isBetween(200, 299);
        }
    }

    @Test
    @Order(2)
    void oneOddValue_isTakenOrNamed() throws Exception {
        List<String> unnamed = new ArrayList<>();
        for (String route : FuzzBodies.TAKEN.keySet()) {
            if (route.endsWith("/ingestion") || route.contains("/otel/")) {
                continue; // answers each event, or the export as a whole
            }
            for (String field : fields(FuzzBodies.taken(route))) {
                for (String odd : FuzzBodies.odd()) {
                    ObjectNode body = (ObjectNode) FuzzBodies.taken(route);
                    if (body.has("id")) {
                        body.put("id", "other-" + unnamed.size());
                    }
                    String text = body.put(field, "@@").toString().replace("\"@@\"", odd);
                    HttpResponse<String> answer = send(post(route, text));
                    assertThat(answer.statusCode())
                            .as(route + " " + text + " " + answer.body())
                            .isLessThan(500);
                    if (answer.statusCode() == 400 && !named(answer.body(), body)) {
                        unnamed.add(route + " " + field + "=" + odd + ": " + answer.body());
                    }
                }
            }
        }
        assertThat(unnamed).isEmpty();
    }

    /** Whether a message begins with a field of the body, or a place in one: a value may be at odds with another field's. */
    private static boolean named(String answer, ObjectNode body) throws JsonProcessingException {
        String message = JSON.readTree(answer).path("message").asText();
        return fields(body).stream().anyMatch(message::contains);
    }

    @Test
    @Order(3)
    void anything_toAnyRoute_isAnswered() throws Exception {
        for (long seed = SEED; seed < SEED + REQUESTS; seed++) {
            Random random = new Random(seed);
            String route = routes.get(random.nextInt(routes.size()));
            String pattern = route.substring(route.indexOf("] ") + 2);
            String method = method(random, route);
            HttpRequest request = random(random, method, pattern);
            String what = "-Dsonde.seed=" + seed + " " + method + " " + request.uri();
            HttpResponse<String> answer;
            try {
                answer = answered(request);
            } catch (IOException e) {
                throw new AssertionError(what + ": " + e, e);
            }
            assertThat(answer.statusCode()).as(what + ": " + answer.body()).isLessThan(500);
            if (answer.statusCode() >= 400
                    && !method.equals("HEAD")
                    && request.uri().getPath().startsWith("/api/")) {
                assertThat(JSON.readTree(answer.body()).path("message").asText())
                        .as(what)
                        .isNotEmpty();
            }
        }
    }

    /** What the requests before left behind can all be read, and the whole says what its parts say. */
    @Test
    @Order(4)
    void nothing_isHalfWritten() throws Exception {
        int pages = 1;
        for (int page = 1; page <= pages; page++) {
            JsonNode list = get("/api/public/traces?limit=100&page=" + page);
            pages = list.at("/meta/totalPages").asInt();
            for (JsonNode trace : list.path("data")) {
                JsonNode whole =
                        get("/api/public/traces/" + segment(trace.path("id").asText()));
                assertThat(whole.path("observations").findValuesAsText("traceId").stream()
                                .distinct())
                        .isSubsetOf(List.of(trace.path("id").asText()));
                assertThat(trace.path("observations")).hasSameSizeAs(whole.path("observations"));
                assertThat(whole.path("totalCost").asDouble())
                        .isEqualTo(trace.path("totalCost").asDouble());
            }
        }
        for (String list : List.of(
                "/observations",
                "/v2/observations",
                "/sessions",
                "/v2/scores",
                "/v3/scores",
                "/v2/prompts",
                "/v2/datasets",
                "/dataset-items",
                "/models",
                "/score-configs",
                "/comments",
                "/repricings")) {
            get("/api/public" + list);
        }
    }

    private static String method(Random random, String route) {
        String[] known = route.substring(1, route.indexOf(']')).split(", ");
        String method = random.nextInt(10) == 0
                ? List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
                        .get(random.nextInt(7))
                : known[random.nextInt(known.length)];
        return List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
                        .contains(method)
                ? method
                : "POST";
    }

    private static HttpRequest random(Random random, String method, String pattern) throws IOException {
        StringBuilder path = new StringBuilder();
        Matcher parameter = PARAMETER.matcher(pattern);
        int from = 0;
        while (parameter.find()) {
            path.append(pattern, from, parameter.start());
            String value = parameter.group().contains("project") && random.nextInt(4) > 0
                    ? ServerProcess.PROJECT
                    : VALUES.get(random.nextInt(VALUES.size()));
            path.append(segment(value.isEmpty() ? "x" : value));
            from = parameter.end();
        }
        path.append(pattern.substring(from).replace("^", "").replace("$", ""));
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append(path.indexOf("?") < 0 ? '?' : '&')
                    .append(segment(NAMES.get(random.nextInt(NAMES.size()))))
                    .append('=')
                    .append(segment(VALUES.get(random.nextInt(VALUES.size()))));
        }
        boolean live = pattern.endsWith("/live");
        HttpRequest.Builder request = request(path.toString());
        if (random.nextInt(10) > 0) {
            request.header("authorization", ServerProcess.basic(ServerProcess.PUBLIC_KEY, ServerProcess.SECRET_KEY));
        } else {
            request.header(
                    "authorization",
                    List.of("Basic", "Bearer " + ServerProcess.PUBLIC_KEY, "Basic !!", "x")
                            .get(random.nextInt(4)));
        }
        if (!live && !pattern.endsWith("/logout") && random.nextInt(10) > 0) {
            request.header("cookie", cookie).header("x-sonde-csrf", csrf);
        }
        if (random.nextInt(10) == 0) {
            request.header(
                    "x-langfuse-ingestion-version",
                    VALUES.get(random.nextInt(20)).replaceAll("[^ -~]", ""));
        }
        byte[] body = method.equals("GET") || method.equals("HEAD")
                ? new byte[0]
                : FuzzBodies.random(random, FuzzBodies.TAKEN.get(pattern));
        request.header(
                "content-type",
                random.nextInt(6) == 0
                        ? List.of(
                                        "application/x-protobuf",
                                        "text/plain",
                                        "nonsense",
                                        "application/json; charset=utf-16")
                                .get(random.nextInt(4))
                        : "application/json");
        if (random.nextInt(12) == 0) {
            request.header("content-encoding", "gzip");
            body = random.nextBoolean() ? gzip(body) : body;
        }
        return request.method(method, BodyPublishers.ofByteArray(body)).build();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    private static List<String> fields(JsonNode body) {
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static HttpRequest post(String path, String body) {
        return request(path)
                .header("authorization", ServerProcess.basic(ServerProcess.PUBLIC_KEY, ServerProcess.SECRET_KEY))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = send(request(path)
                .header("authorization", ServerProcess.basic(ServerProcess.PUBLIC_KEY, ServerProcess.SECRET_KEY))
                .build());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(path + ": " + answer.body(), e);
        }
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** A connection may be closed after an answer to a body that was not read to its end: that is no answer to this one. */
    private static HttpResponse<String> answered(HttpRequest request) throws IOException, InterruptedException {
        try {
            return send(request);
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return send(request);
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(HANGS_AFTER);
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
