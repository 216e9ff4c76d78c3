package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Datasets, items and runs over the public interface. */
class DatasetsIT {

    private static final String SETS = "/api/public/v2/datasets";
    private static final String OLD = "/api/public/datasets";
    private static final String ITEMS = "/api/public/dataset-items";
    private static final String RUN_ITEMS = "/api/public/dataset-run-items";
    private static final ObjectMapper JSON = new ObjectMapper();

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
    void dataset_isMadeReadAndChangedByName() {
        JsonNode made = ok(post(SETS, """
                {"name":"upsert","description":"d","metadata":{"a":[null,1.5]},"inputSchema":null,"unknown":1}
                """));
        assertThat(made.path("projectId").asText()).isEqualTo(ServerProcess.PROJECT);
        assertThat(made.path("metadata").toString()).isEqualTo("{\"a\":[null,1.5]}");
        assertThat(made.get("inputSchema").isNull()).isTrue();
        assertThat(made.get("expectedOutputSchema").isNull()).isTrue();
        assertThat(made.path("createdAt").asText()).matches("\\d{4}-.*T.*\\.\\d{3}Z");
        assertThat(ok(get(SETS + "/upsert"))).isEqualTo(made);

        JsonNode changed = ok(post(SETS, "{\"name\":\"upsert\",\"description\":\"new\",\"metadata\":null}"));

        assertThat(changed.path("id")).isEqualTo(made.path("id"));
        assertThat(changed.path("description").asText()).isEqualTo("new");
        assertThat(changed.path("metadata")).isEqualTo(made.path("metadata"));
        assertThat(changed.path("createdAt")).isEqualTo(made.path("createdAt"));
    }

    static Stream<String> hostileNames() {
        return Stream.of(
                "a/b/c",
                "100%",
                "50%25",
                "%2F",
                "ünï/日本 🦆",
                "a+b c",
                "runs",
                "a/runs/b",
                "x?y#z",
                "q\"'\\;--",
                "n".repeat(1_000));
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void names_mayBeAnything(String name) {
        String quoted = JSON.getNodeFactory().textNode(name).toString();
        String path = encoded(name);
        JsonNode made = ok(post(SETS, "{\"name\":" + quoted + "}"));
        JsonNode item = ok(post(ITEMS, "{\"datasetName\":" + quoted + ",\"input\":" + quoted + "}"));
        JsonNode runItem = ok(post(
                RUN_ITEMS, "{\"runName\":" + quoted + ",\"datasetItemId\":" + item.path("id") + ",\"traceId\":\"t\"}"));

        assertThat(made.path("name").asText()).isEqualTo(name);
        assertThat(ok(get(SETS + "/" + path))).isEqualTo(made);
        assertThat(ok(get(ITEMS + "?datasetName=" + path)).at("/data/0")).isEqualTo(item);
        assertThat(ok(get(OLD + "/" + path + "/runs")).at("/data/0/name").asText())
                .isEqualTo(name);
        JsonNode run = ok(get(OLD + "/" + path + "/runs/" + path));
        assertThat(run.path("name").asText()).isEqualTo(name);
        assertThat(run.path("datasetName").asText()).isEqualTo(name);
        assertThat(run.at("/datasetRunItems/0")).isEqualTo(runItem);
        assertThat(ok(get(RUN_ITEMS + "?datasetId=" + made.path("id").asText() + "&runName=" + path))
                        .at("/data/0"))
                .isEqualTo(runItem);
        assertThat(ok(delete(OLD + "/" + path + "/runs/" + path))
                        .path("message")
                        .asText())
                .isEqualTo("Dataset run successfully deleted");
        assertProblem(get(OLD + "/" + path + "/runs/" + path), 404, "Dataset run not found");
    }

    @ParameterizedTest
    @CsvSource({"team%2Fqa,run%2F1", "team/qa,run/1", "team%252Fqa,run%252F1"})
    void folders_encodedRawOrTwice(String dataset, String run) {
        ok(post(SETS, "{\"name\":\"team/qa\"}"));
        ok(post(ITEMS, "{\"datasetName\":\"team/qa\",\"id\":\"folder-item\"}"));
        ok(post(RUN_ITEMS, "{\"runName\":\"run/1\",\"datasetItemId\":\"folder-item\",\"traceId\":\"t\"}"));

        assertThat(ok(get(SETS + "/" + dataset)).path("name").asText()).isEqualTo("team/qa");
        assertThat(ok(get(OLD + "/" + dataset + "/runs")).path("data")).hasSize(1);
        assertThat(ok(get(OLD + "/" + dataset + "/runs/" + run)).path("name").asText())
                .isEqualTo("run/1");
        assertThat(ok(get(OLD + "/" + dataset)).at("/items/0/id").asText()).isEqualTo("folder-item");
    }

    @Test
    void item_isChangedInPart() {
        ok(post(SETS, "{\"name\":\"parts\"}"));
        JsonNode made = ok(post(ITEMS, """
                {"datasetName":"parts","id":"part/1 ä","input":{"q":"?"},"expectedOutput":"42","metadata":[1],
                 "sourceTraceId":"st","sourceObservationId":"so","status":null}
                """));

        JsonNode changed = ok(post(
                ITEMS,
                "{\"datasetName\":\"parts\",\"id\":\"part/1 ä\",\"input\":null,\"expectedOutput\":false,"
                        + "\"status\":\"ARCHIVED\"}"));

        assertThat(made.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(made.path("expectedOutput").toString()).isEqualTo("\"42\"");
        assertThat(made.path("mediaReferences").isArray()).isTrue();
        assertThat(changed.path("input")).isEqualTo(made.path("input"));
        assertThat(changed.path("expectedOutput").toString()).isEqualTo("false");
        assertThat(changed.path("metadata")).isEqualTo(made.path("metadata"));
        assertThat(changed.path("sourceTraceId").asText()).isEqualTo("st");
        assertThat(changed.path("createdAt")).isEqualTo(made.path("createdAt"));
        assertThat(changed.path("status").asText()).isEqualTo("ARCHIVED");
        assertThat(ok(get(ITEMS + "/" + encoded("part/1 ä")))).isEqualTo(changed);
        assertThat(ok(get(ITEMS + "?datasetName=parts")).path("data")).isEmpty();
        assertThat(ok(get(ITEMS + "?datasetName=parts&version="
                                + made.path("updatedAt").asText()))
                        .at("/data/0"))
                .isEqualTo(made);
    }

    @Test
    void items_bySource() {
        ok(post(SETS, "{\"name\":\"sources\"}"));
        ok(post(ITEMS, "{\"datasetName\":\"sources\",\"id\":\"s1\",\"sourceTraceId\":\"tr-1\"}"));
        ok(
                post(
                        ITEMS,
                        "{\"datasetName\":\"sources\",\"id\":\"s2\",\"sourceTraceId\":\"tr-1\",\"sourceObservationId\":\"ob-1\"}"));

        assertThat(ids(get(ITEMS + "?sourceTraceId=tr-1"))).containsExactlyInAnyOrder("s1", "s2");
        assertThat(ids(get(ITEMS + "?sourceTraceId=tr-1&sourceObservationId=ob-1&datasetName=sources")))
                .containsExactly("s2");
        assertThat(ids(get(ITEMS + "?sourceTraceId=tr-2"))).isEmpty();
    }

    @Test
    void versions_showWhatWasThen() {
        ok(post(SETS, "{\"name\":\"versions\"}"));
        JsonNode first = ok(post(ITEMS, "{\"datasetName\":\"versions\",\"id\":\"v\",\"input\":1}"));
        JsonNode second = ok(post(ITEMS, "{\"datasetName\":\"versions\",\"id\":\"v\",\"input\":2}"));
        assertThat(ok(delete(ITEMS + "/v")).path("message").asText()).isEqualTo("Dataset item successfully deleted");

        String list = ITEMS + "?datasetName=versions";
        assertThat(ok(get(list)).path("data")).isEmpty();
        assertProblem(get(ITEMS + "/v"), 404, "Dataset item not found");
        assertProblem(delete(ITEMS + "/v"), 404, "Dataset item not found");
        assertThat(ok(get(list + "&version=" + first.path("updatedAt").asText()))
                        .at("/data/0"))
                .isEqualTo(first);
        String offset = second.path("updatedAt").asText().replace("Z", "000%2B00:00");
        assertThat(ok(get(list + "&version=" + offset)).at("/data/0")).isEqualTo(second);
        assertThat(ok(get(list + "&version=2001-01-01T00:00:00Z"))
                        .at("/meta/totalItems")
                        .asInt())
                .isZero();
        JsonNode old = ok(post(
                RUN_ITEMS,
                "{\"runName\":\"then\",\"datasetItemId\":\"v\",\"traceId\":\"t\",\"metadata\":\"m\",\"datasetVersion\":"
                        + first.path("updatedAt") + "}"));
        JsonNode run = ok(get(OLD + "/versions/runs/then"));
        assertThat(old.path("datasetRunId")).isEqualTo(run.path("id"));
        assertThat(run.at("/metadata/metadata").asText()).isEqualTo("m");
        assertThat(run.at("/metadata/dataset_version")).isEqualTo(first.path("updatedAt"));
        assertProblem(post(RUN_ITEMS, "{\"runName\":\"now\",\"datasetItemId\":\"v\",\"traceId\":\"t\"}"), 404, "item");
    }

    @Test
    void schemas_holdForItemsAndForWhatIsThereAlready() {
        String schema = "{\"type\":\"object\",\"required\":[\"q\"]}";
        ok(post(SETS, "{\"name\":\"schemas\",\"inputSchema\":" + schema + "}"));

        assertProblem(
                post(ITEMS, "{\"datasetName\":\"schemas\",\"input\":{}}"),
                400,
                "Dataset item validation failed: input: ");
        assertProblem(post(ITEMS, "{\"datasetName\":\"schemas\"}"), 400, "Dataset item validation failed: input: ");
        ok(post(ITEMS, "{\"datasetName\":\"schemas\",\"id\":\"good\",\"input\":{\"q\":1}}"));
        ok(post(ITEMS, "{\"datasetName\":\"schemas\",\"id\":\"good\",\"metadata\":1}"));
        assertProblem(
                post(SETS, "{\"name\":\"schemas\",\"expectedOutputSchema\":{\"type\":\"string\"}}"),
                400,
                "item 'good': expectedOutput: ");
        assertThat(ok(get(SETS + "/schemas")).get("expectedOutputSchema").isNull())
                .isTrue();
        ok(post(ITEMS, "{\"datasetName\":\"schemas\",\"id\":\"good\",\"expectedOutput\":\"x\"}"));
        JsonNode set = ok(post(SETS, "{\"name\":\"schemas\",\"expectedOutputSchema\":{\"type\":\"string\"}}"));
        assertThat(set.path("inputSchema").toString()).isEqualTo(schema);
        assertProblem(post(SETS, "{\"name\":\"schemas\",\"inputSchema\":{\"type\":1}}"), 400, "inputSchema: ");
        assertProblem(
                post(SETS, "{\"name\":\"schemas\",\"inputSchema\":{\"allOf\":[{\"$ref\":\"#\"}]}}"),
                400,
                "inputSchema");
    }

    @Test
    void run_isMadeByItsFirstItem() {
        JsonNode dataset = ok(post(SETS, "{\"name\":\"running\"}"));
        ok(post(ITEMS, "{\"datasetName\":\"running\",\"id\":\"r-1\"}"));
        ok(post(ITEMS, "{\"datasetName\":\"running\",\"id\":\"r-2\"}"));
        // as a client sends it while the trace is still open
        String body = "{\"runName\":\"exp - 2026\",\"runDescription\":\"why\",\"metadata\":null,\"datasetItemId\":"
                + "\"r-1\",\"observationId\":\"0123456789abcdef\",\"traceId\":\"no-such-trace\",\"datasetVersion\":null}";

        JsonNode first = ok(post(RUN_ITEMS, body));
        JsonNode second = ok(post(
                RUN_ITEMS,
                "{\"runName\":\"exp - 2026\",\"runDescription\":\"other\",\"datasetItemId\":\"r-2\",\"traceId\":\"t2\","
                        + "\"createdAt\":\"2030-01-01T00:00:00.123456+01:00\"}"));

        assertThat(ok(post(RUN_ITEMS, body))).as("sent again").isEqualTo(first);
        assertThat(second.path("datasetRunId")).isEqualTo(first.path("datasetRunId"));
        assertThat(second.get("observationId").isNull()).isTrue();
        assertThat(second.path("createdAt").asText()).isEqualTo("2029-12-31T23:00:00.123Z");
        JsonNode run = ok(get(OLD + "/running/runs/exp%20-%202026"));
        assertThat(run.path("description").asText()).isEqualTo("why");
        assertThat(run.get("metadata").isNull()).isTrue();
        assertThat(run.path("datasetId")).isEqualTo(dataset.path("id"));
        assertThat(run.path("datasetRunItems")).containsExactly(second, first);
        assertThat(ok(get(OLD + "/running")).path("runs").toString()).isEqualTo("[\"exp - 2026\"]");
    }

    @Test
    void runItem_takesTheTraceFromItsObservation() {
        ok(post(SETS, "{\"name\":\"inferred\"}"));
        ok(post(ITEMS, "{\"datasetName\":\"inferred\",\"id\":\"inf\"}"));
        String body = "{\"runName\":\"r\",\"datasetItemId\":\"inf\",\"observationId\":\"inf-o\"}";
        assertProblem(post(RUN_ITEMS, body), 404, "Observation not found");

        post("/api/public/ingestion", """
                {"batch":[{"id":"inf-e","type":"span-create","timestamp":"2026-11-01T10:00:00Z","body":{"id":"inf-o",
                 "traceId":"inf-t","startTime":"2026-11-01T10:00:00Z"}}]}
                """);

        assertThat(ok(post(RUN_ITEMS, body)).path("traceId").asText()).isEqualTo("inf-t");
    }

    @Test
    void pages_areStable() {
        ok(post(SETS, "{\"name\":\"paged\"}"));
        for (int i = 0; i < 23; i++) {
            ok(post(ITEMS, "{\"datasetName\":\"paged\",\"id\":\"p" + i + "\"}"));
            ok(post(RUN_ITEMS, "{\"runName\":\"run" + i + "\",\"datasetItemId\":\"p" + i + "\",\"traceId\":\"t\"}"));
        }

        for (String list : List.of(ITEMS + "?datasetName=paged&", OLD + "/paged/runs?")) {
            List<String> seen = new ArrayList<>();
            for (int page = 1; page <= 4; page++) {
                Answer answer = get(list + "limit=7&page=" + page);
                seen.addAll(ids(answer));
                assertThat(answer.json().path("meta").toString())
                        .isEqualTo("{\"page\":" + page + ",\"limit\":7,\"totalItems\":23,\"totalPages\":4}");
            }
            assertThat(seen).hasSize(23).doesNotHaveDuplicates().isEqualTo(ids(get(list + "limit=100")));
        }
    }

    @Test
    void sameItem_manyClientsAtOnce() throws Exception {
        ok(post(SETS, "{\"name\":\"crowd\"}"));
        List<Callable<Answer>> all = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String field = "\"f" + i + "\"";
            all.add(() -> post(SETS, "{\"name\":\"crowd-made\",\"description\":" + field + "}"));
            all.add(() -> post(
                    ITEMS, "{\"datasetName\":\"crowd\",\"id\":\"crowded\",\"input\":" + field + ",\"metadata\":1}"));
            all.add(() -> post(
                    RUN_ITEMS, "{\"runName\":\"crowded\",\"datasetItemId\":\"crowd-base\",\"traceId\":" + field + "}"));
        }
        ok(post(ITEMS, "{\"datasetName\":\"crowd\",\"id\":\"crowd-base\"}"));
        Set<String> runs = new HashSet<>();
        Set<String> times = new HashSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            for (Future<Answer> answer : threads.invokeAll(all)) {
                JsonNode json = ok(answer.get());
                if (json.has("datasetRunId")) {
                    runs.add(json.path("datasetRunId").asText());
                } else if (json.has("datasetName")) {
                    times.add(json.path("updatedAt").asText());
                }
            }
        } finally {
            threads.shutdown();
        }

        assertThat(runs).as("one run").hasSize(1);
        assertThat(times).as("a version each").hasSize(24);
        assertThat(ids(get(ITEMS + "?datasetName=crowd"))).containsExactlyInAnyOrder("crowded", "crowd-base");
        assertThat(ok(get(OLD + "/crowd/runs/crowded")).path("datasetRunItems")).hasSize(24);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v2/datasets      | []                                                     | 400 | body: expected an object
            v2/datasets      | {                                                      | 400 | JSON
            v2/datasets      | {}                                                     | 400 | name: expected a text
            v2/datasets      | {"name":7}                                             | 400 | name: expected a text
            v2/datasets      | {"name":""}                                            | 400 | name: expected a text
            v2/datasets      | {"name":" "}                                           | 400 | name: is blank
            v2/datasets      | {"name":"a\\u0000"}                                    | 400 | name: contains
            v2/datasets      | {"name":"a","description":{}}                          | 400 | description: expected a text
            v2/datasets      | {"name":"a","inputSchema":"x"}                         | 400 | inputSchema: expected a JSON Schema
            dataset-items    | {}                                                     | 400 | datasetName: expected a text
            dataset-items    | {"datasetName":"nowhere"}                              | 404 | Dataset not found
            dataset-items    | {"datasetName":"neg","id":5}                           | 400 | id: expected a text
            dataset-items    | {"datasetName":"neg","status":"GONE"}                  | 400 | status: expected ACTIVE or ARCHIVED
            dataset-items    | {"datasetName":"neg","id":"taken"}                     | 400 | id: belongs to an item of another dataset
            dataset-run-items | {"datasetItemId":"taken","traceId":"t"}               | 400 | runName: expected a text
            dataset-run-items | {"runName":"r","traceId":"t"}                         | 400 | datasetItemId: expected a text
            dataset-run-items | {"runName":"r","datasetItemId":"taken"}               | 400 | traceId: expected
            dataset-run-items | {"runName":"r","datasetItemId":"nope","traceId":"t"}  | 404 | Dataset item not found
            dataset-run-items | {"runName":"r","datasetItemId":"taken","traceId":"t","extra":1} | 400 | extra: is not known
            dataset-run-items | {"runName":"r","datasetItemId":"taken","traceId":"t","createdAt":"2026-01-01"} | 400 | createdAt: expected an ISO-8601
            dataset-run-items | {"runName":"r","datasetItemId":"taken","traceId":"t","datasetVersion":"now"} | 400 | datasetVersion: expected an ISO-8601
            """)
    void badBodies_areToldWhatIsWrong(String path, String body, int status, String message) {
        ok(post(SETS, "{\"name\":\"neg\"}"));
        ok(post(SETS, "{\"name\":\"neg-other\"}"));
        ok(post(ITEMS, "{\"datasetName\":\"neg-other\",\"id\":\"taken\"}"));

        assertProblem(post("/api/public/" + path, body), status, message);
    }

    @Test
    void badQuestions_areToldWhatIsWrong() {
        ok(post(SETS, "{\"name\":\"asked\"}"));
        assertProblem(get(SETS + "?page=0"), 400, "page: ");
        assertProblem(get(SETS + "?limit=101"), 400, "limit: ");
        assertProblem(get(SETS + "/nothing"), 404, "Dataset not found");
        assertProblem(get(OLD + "/nothing"), 404, "Dataset not found");
        assertProblem(get(OLD + "/nothing/runs"), 404, "Dataset not found");
        assertProblem(get(OLD + "/asked/runs/nothing"), 404, "Dataset run not found");
        assertProblem(delete(OLD + "/asked/runs/nothing"), 404, "Dataset run not found");
        assertProblem(delete(OLD + "/asked"), 405, "Method not allowed");
        assertProblem(delete(SETS + "/asked"), 405, "Method not allowed");
        assertProblem(get(ITEMS + "?datasetName=nothing"), 404, "Dataset not found");
        assertProblem(get(ITEMS + "?version=2026-01-01T00:00:00Z"), 400, "version: needs a datasetName");
        assertProblem(get(ITEMS + "?datasetName=asked&version=2026-01-01T00:00:00"), 400, "version: expected");
        assertProblem(get(RUN_ITEMS + "?runName=r"), 400, "datasetId: missing");
        assertProblem(get(RUN_ITEMS + "?datasetId=d"), 400, "runName: missing");
        assertProblem(get(RUN_ITEMS + "?datasetId=d&runName=r"), 404, "Dataset run not found");
        assertProblem(post(SETS, "{\"name\":\"" + "n".repeat(1_001) + "\"}"), 400, "name: longer than");
        assertProblem(
                post(ITEMS, "{\"datasetName\":\"asked\",\"id\":\"" + "i".repeat(256) + "\"}"), 400, "id: longer than");
        for (String path : List.of(SETS, ITEMS, RUN_ITEMS, OLD, OLD + "/asked/runs")) {
            assertThat(server.send(server.request(path), false).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    @Test
    void deepAndLargeItems_areKeptOrRefused_butNeverAnError() {
        ok(post(SETS, "{\"name\":\"large\"}"));
        String large = "\"" + "x".repeat(4_000_000) + "\"";
        JsonNode kept = ok(post(ITEMS, "{\"datasetName\":\"large\",\"id\":\"l\",\"input\":" + large + "}"));

        assertThat(kept.path("input").asText()).hasSize(4_000_000);
        assertThat(post(ITEMS, "{\"datasetName\":\"large\",\"input\":" + large + ",\"metadata\":" + large + "}")
                        .status())
                .isEqualTo(413);
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertProblem(post(ITEMS, "{\"datasetName\":\"large\",\"input\":" + deep + "}"), 400, "JSON");
    }

    @Test
    void everythingIsThere_afterARestart() {
        Path data = directory.resolve("restarted");
        try (ServerProcess first = ServerProcess.seeded(data)) {
            first.post(SETS, "application/json", "{\"name\":\"kept\"}".getBytes(StandardCharsets.UTF_8));
        }
        try (ServerProcess second = ServerProcess.seeded(data)) {
            assertThat(new Answer(second.get(SETS + "/kept")).status()).isEqualTo(200);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<String> ids(Answer list) {
        JsonNode data = ok(list).path("data");
        return IntStream.range(0, data.size())
                .mapToObj(i -> data.get(i).path("id").asText())
                .toList();
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static void assertProblem(Answer answer, int status, String message) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("message").asText()).contains(message);
        assertThat(answer.json().path("error").asText())
                .isEqualTo(
                        switch (status) {
                            case 400 -> "InvalidRequestError";
                            case 404 -> "LangfuseNotFoundError";
                            default -> "MethodNotAllowedError";
                        });
    }

    private static Answer get(String path) {
        return new Answer(server.get(path));
    }

    private static Answer post(String path, String body) {
        return new Answer(server.post(path, "application/json", body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Answer delete(String path) {
        return new Answer(server.send(server.request(path).method("DELETE", BodyPublishers.noBody()), true));
    }
}
