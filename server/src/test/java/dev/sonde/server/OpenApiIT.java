package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers held against Langfuse's OpenAPI description, which the variable {@code LANGFUSE_OPENAPI} names. */
class OpenApiIT {

    @TempDir
    static Path directory;

    private static OpenApi description;
    private static ServerProcess server;
    private static String traceId;

    @BeforeAll
    static void start() throws IOException {
        String file = System.getenv("LANGFUSE_OPENAPI");
        assumeTrue(file != null && Files.exists(Path.of(file)), "LANGFUSE_OPENAPI names no file");
        description = OpenApi.read(Path.of(file));
        server = ServerProcess.seeded(directory.resolve("data"));
        traceId = OtlpRequests.traceId();
        server.send(
                server.request("/api/public/otel/v1/traces")
                        .header("Content-Type", "application/x-protobuf")
                        .POST(BodyPublishers.ofByteArray(OtlpRequests.protobuf(traceId))),
                true);
        score("\"name\":\"number\",\"value\":0.5");
        score("\"name\":\"flag\",\"value\":true,\"dataType\":\"BOOLEAN\"");
        score("\"name\":\"label\",\"value\":\"good\"");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void everyRead_answersAsDescribed() {
        assertDescribed("/api/public/traces", "");
        assertDescribed("/api/public/traces/{traceId}", traceId);
        assertDescribed("/api/public/observations", "");
        assertDescribed("/api/public/observations/{observationId}", OtlpRequests.generation(traceId));
        for (String fields : List.of("", "?fields=basic,time,io,metadata,model,usage,prompt,metrics,trace_context")) {
            assertAnswer("get", "/api/public/v2/observations", send("GET", "/api/public/v2/observations" + fields, ""));
        }
        assertDescribed("/api/public/sessions", "");
        assertDescribed("/api/public/sessions/{sessionId}", "s-" + traceId);
        assertDescribed("/api/public/projects", "");
        assertDescribed("/api/public/health", "");
    }

    @Test
    void figures_areAnsweredAsDescribed() {
        String query = "{\"view\":\"observations\",\"dimensions\":[{\"field\":\"name\"}],\"metrics\":[{\"measure\":"
                + "\"latency\",\"aggregation\":\"histogram\"}],\"fromTimestamp\":\"2020-01-01T00:00:00Z\","
                + "\"toTimestamp\":\"2040-01-01T00:00:00Z\"}";
        for (String path : List.of("/api/public/metrics", "/api/public/v2/metrics")) {
            String asked = path + "?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
            assertAnswer("get", path, send("GET", asked, ""));
        }
    }

    @Test
    void everyModelOperation_answersAsDescribed() {
        String all = "/api/public/models";
        for (String prices : List.of(
                "\"inputPrice\":0.1",
                "\"startDate\":\"2026-01-01T00:00:00Z\",\"unit\":\"IMAGES\",\"tokenizerId\":\"openai\",\"pricingTiers\":["
                        + "{\"name\":\"a\",\"isDefault\":true,\"priority\":0,\"conditions\":[],\"prices\":{\"input\":1}},"
                        + "{\"name\":\"b\",\"isDefault\":false,\"priority\":1,\"prices\":{\"input\":1},\"conditions\":["
                        + "{\"source\":\"metadata\",\"key\":\"k\",\"operator\":\"in\",\"values\":[\"v\"]},"
                        + "{\"usageDetailPattern\":\"i\",\"operator\":\"lte\",\"value\":0.5,\"caseSensitive\":true}]}]")) {
            JsonNode made = send("POST", all, "{\"modelName\":\"m\",\"matchPattern\":\"m\"," + prices + "}");
            assertAnswer("post", all, made);
            assertDescribed(all + "/{id}", made.path("id").asText());
        }
        assertDescribed(all + "/{id}", "google%2Fgemini-2.5-pro");
        assertAnswer("get", all, send("GET", all + "?limit=100&page=3", ""));
    }

    @Test
    void everyPromptOperation_answersAsDescribed() {
        String all = "/api/public/v2/prompts";
        String one = all + "/{promptName}";
        String version = all + "/{name}/versions/{version}";
        List<JsonNode> made = List.of(
                send("POST", all, "{\"name\":\"part\",\"prompt\":\"p\",\"labels\":[\"production\"]}"),
                send(
                        "POST",
                        all,
                        "{\"name\":\"a/b\",\"type\":\"chat\",\"prompt\":[{\"role\":\"user\",\"content\":"
                                + "\"@@@langfusePrompt:name=part|version=1@@@\"},{\"type\":\"placeholder\",\"name\":\"h\"}]}"));

        made.forEach(answer ->
                assertThat(description.violations("post", all, answer)).isEmpty());
        JsonNode labelled = send("PATCH", all + "/a%2Fb/versions/1", "{\"newLabels\":[\"production\"]}");
        assertThat(description.violations("patch", version, labelled)).isEmpty();
        assertThat(labelled.path("labels")).hasSize(2);
        assertDescribed(all, "");
        assertDescribed(one, "part");
        assertDescribed(one, "a%2Fb");
        assertDescribed(one, "a%2Fb?resolve=false");
    }

    @Test
    void everyDatasetOperation_answersAsDescribed() {
        String sets = "/api/public/v2/datasets";
        String items = "/api/public/dataset-items";
        String runItems = "/api/public/dataset-run-items";
        String runs = "/api/public/datasets/{datasetName}/runs";
        String dataset = "{\"name\":\"d/1\",\"metadata\":{},\"inputSchema\":true}";

        for (String body : List.of("{\"name\":\"bare\"}", dataset, dataset)) {
            assertThat(description.violations("post", sets, send("POST", sets, body)))
                    .isEmpty();
        }
        for (String body : List.of(
                "{\"datasetName\":\"d/1\",\"id\":\"bare\"}",
                "{\"datasetName\":\"d/1\",\"id\":\"i\",\"input\":1,\"expectedOutput\":[],\"sourceTraceId\":\"t\"}")) {
            assertThat(description.violations("post", items, send("POST", items, body)))
                    .isEmpty();
        }
        JsonNode added = send("POST", runItems, "{\"runName\":\"r/1\",\"datasetItemId\":\"i\",\"traceId\":\"t\"}");
        assertThat(description.violations("post", runItems, added)).isEmpty();
        String datasetId = send("POST", sets, dataset).path("id").asText();
        assertDescribed(sets, "");
        assertDescribed(sets + "/{datasetName}", "d%2F1");
        assertDescribed(items, "");
        assertDescribed(items + "/{id}", "i");
        assertAnswer("get", runItems, send("GET", runItems + "?runName=r%2F1&datasetId=" + datasetId, ""));
        assertAnswer("get", runs, send("GET", "/api/public/datasets/d%2F1/runs", ""));
        String run = "/api/public/datasets/d%2F1/runs/r%2F1";
        assertAnswer("get", runs + "/{runName}", send("GET", run, ""));
        assertAnswer("delete", runs + "/{runName}", send("DELETE", run, ""));
        assertAnswer("delete", items + "/{id}", send("DELETE", items + "/i", ""));
    }

    @Test
    void everyCommentAndQueueOperation_answersAsDescribed() {
        String comments = "/api/public/comments";
        JsonNode said = send(
                "POST",
                comments,
                "{\"projectId\":\"p\",\"objectType\":\"TRACE\",\"objectId\":\"" + traceId + "\",\"content\":\"c\"}");
        assertAnswer("post", comments, said);
        assertDescribed(comments + "/{commentId}", said.path("id").asText());
        assertAnswer("get", comments, send("GET", comments, ""));

        String queues = "/api/public/annotation-queues";
        JsonNode queue = send("POST", queues, "{\"name\":\"q\",\"scoreConfigIds\":[]}");
        assertAnswer("post", queues, queue);
        assertAnswer("get", queues, send("GET", queues, ""));
        String one = queues + "/" + queue.path("id").asText();
        assertDescribed(queues + "/{queueId}", queue.path("id").asText());
        String items = queues + "/{queueId}/items";
        for (String status : List.of("PENDING", "COMPLETED")) {
            JsonNode item = send(
                    "POST",
                    one + "/items",
                    "{\"objectId\":\"t\",\"objectType\":\"TRACE\",\"status\":\"" + status + "\"}");
            assertAnswer("post", items, item);
            String path = one + "/items/" + item.path("id").asText();
            assertAnswer("get", items + "/{itemId}", send("GET", path, ""));
            assertAnswer("get", items, send("GET", one + "/items", ""));
            assertAnswer("patch", items + "/{itemId}", send("PATCH", path, "{\"status\":\"COMPLETED\"}"));
            assertAnswer("delete", items + "/{itemId}", send("DELETE", path, ""));
        }
        assertAnswer(
                "delete",
                queues + "/{queueId}/assignments",
                send("DELETE", one + "/assignments", "{\"userId\":\"u\"}"));
    }

    @Test
    void everyConnectionOperation_answersAsDescribed() {
        String all = "/api/public/llm-connections";
        for (String adapter : List.of(
                "\"google-ai-studio\",\"baseURL\":\"http://localhost\"",
                "\"bedrock\",\"config\":{\"region\":\"eu\"},\"extraHeaders\":{\"a\":\"b\"}")) {
            JsonNode made = send("PUT", all, "{\"provider\":\"p\",\"secretKey\":\"s\",\"adapter\":" + adapter + "}");
            assertAnswer("put", all, made);
            assertAnswer("get", all, send("GET", all, ""));
            String one = all + "/" + made.path("id").asText();
            assertAnswer("delete", all + "/{id}", send("DELETE", one, ""));
        }
    }

    private static void assertAnswer(String method, String path, JsonNode answer) {
        assertThat(description.violations(method, path, answer)).as(path).isEmpty();
        assertThat(answer.path("data").isArray() && answer.path("data").isEmpty())
                .as("an empty list proves little")
                .isFalse();
    }

    @Test
    void everyScoreOperation_answersAsDescribed() {
        JsonNode made = send(
                "POST",
                "/api/public/scores",
                "{\"name\":\"note\",\"sessionId\":\"s1\",\"dataType\":\"TEXT\",\"value\":\"well\"}");
        send(
                "POST",
                "/api/public/scores",
                "{\"name\":\"fix\",\"traceId\":\"" + traceId + "\",\"dataType\":\"CORRECTION\",\"value\":\"better\"}");

        String configs = "/api/public/score-configs";
        for (String config : List.of(
                "\"dataType\":\"NUMERIC\",\"minValue\":1,\"description\":\"d\"",
                "\"dataType\":\"BOOLEAN\"",
                "\"dataType\":\"TEXT\"",
                "\"dataType\":\"CATEGORICAL\",\"categories\":[{\"label\":\"a\",\"value\":1}]")) {
            JsonNode answer = send("POST", configs, "{\"name\":\"c\"," + config + "}");
            assertThat(description.violations("post", configs, answer)).isEmpty();
            String id = answer.path("id").asText();
            assertDescribed(configs + "/{configId}", id);
            JsonNode changed = send("PATCH", configs + "/" + id, "{\"isArchived\":true}");
            assertThat(description.violations("patch", configs + "/{configId}", changed))
                    .isEmpty();
        }
        assertDescribed(configs, "");
        assertDescribed("/api/public/v3/scores", "");
        assertAnswer("get", "/api/public/v3/scores", send("GET", "/api/public/v3/scores?limit=1", ""));
        String groups = "/api/public/v3/scores?fields=details,subject,annotation";
        assertAnswer("get", "/api/public/v3/scores", send("GET", groups, ""));
        assertDescribed("/api/public/v2/scores", "");
        assertDescribed("/api/public/v2/scores/{scoreId}", made.path("id").asText());
        for (JsonNode score :
                new Answer(server.get("/api/public/v2/scores")).json().path("data")) {
            assertDescribed("/api/public/v2/scores/{scoreId}", score.path("id").asText());
        }
    }

    private static JsonNode send(String method, String path, String body) {
        Answer answer = new Answer(server.send(
                server.request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)),
                true));
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return answer.json();
    }

    @Test
    void checker_seesWhatIsMissing() {
        var trace = (com.fasterxml.jackson.databind.node.ObjectNode)
                new Answer(server.get("/api/public/traces/" + traceId)).json();
        trace.remove("htmlPath");
        trace.put("tags", "none");

        assertThat(description.violations("/api/public/traces/{traceId}", trace))
                .anyMatch(text -> text.startsWith("$.htmlPath"))
                .anyMatch(text -> text.startsWith("$.tags"));
    }

    private static void assertDescribed(String path, String id) {
        Answer answer = new Answer(server.get(path.replaceAll("\\{.*", id)));

        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(description.violations(path, answer.json())).as(path).isEmpty();
    }

    private static void score(String fields) {
        String body = "{\"traceId\":\"" + traceId + "\"," + fields + "}";
        int status = server.post("/api/public/scores", "application/json", body.getBytes(StandardCharsets.UTF_8))
                .statusCode();
        assertThat(status).isEqualTo(200);
    }
}
