package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/public/v2/observations}. */
class ObservationsV2IT {

    private static final String V2 = "/api/public/v2/observations";

    @TempDir
    static Path directory;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        Answer sent = send("/api/public/ingestion", """
                {"batch":[
                 {"id":"1","type":"trace-create","timestamp":"2026-11-01T10:00:00Z","body":{"id":"t1","name":"answer",
                  "userId":"ada","sessionId":"s","tags":["a","b"],"release":"r1","public":true}},
                 {"id":"2","type":"generation-create","timestamp":"2026-11-01T10:00:01Z","body":{"id":"g1",
                  "traceId":"t1","parentObservationId":"s1","name":"chat","environment":"prod","version":"v1",
                  "startTime":"2026-11-01T10:00:01.123456Z","endTime":"2026-11-01T10:00:03.123456Z",
                  "completionStartTime":"2026-11-01T10:00:01.623456Z","model":"gpt-4o",
                  "modelParameters":{"temperature":0.5},"usageDetails":{"input":1000,"output":200},
                  "input":{"q":"why?"},"output":"because of the Moon","metadata":{"k":"v","n":7,"long":"%s"}}},
                 {"id":"3","type":"span-create","timestamp":"2026-11-01T10:00:00Z","body":{"id":"s1","traceId":"t1",
                  "name":"step","startTime":"2026-11-01T10:00:00Z","endTime":"2026-11-01T10:00:04Z",
                  "level":"WARNING","statusMessage":"slow"}},
                 {"id":"4","type":"event-create","timestamp":"2026-11-01T10:00:05Z","body":{"id":"e1","traceId":"t2",
                  "name":"seen","startTime":"2026-11-01T10:00:05Z"}}]}
                """.formatted("x".repeat(300)));
        assertThat(sent.json().path("errors")).as(sent.text()).isEmpty();
        Answer spans = send("/api/public/otel/v1/traces", """
                {"resourceSpans":[{"scopeSpans":[{"scope":{"name":"langfuse-sdk"},"spans":[
                  {"traceId":"%s","spanId":"aaaaaaaaaaaaaaa1","parentSpanId":"bbbbbbbbbbbbbbb1","name":"app",
                   "startTimeUnixNano":"1793527206000000000","endTimeUnixNano":"1793527207000000000","attributes":[
                     {"key":"langfuse.internal.is_app_root","value":{"boolValue":true}},
                     {"key":"user.id","value":{"stringValue":"bob"}}]},
                  {"traceId":"%s","spanId":"aaaaaaaaaaaaaaa2","parentSpanId":"aaaaaaaaaaaaaaa1","name":"inner",
                   "startTimeUnixNano":"1793527206500000000","endTimeUnixNano":"1793527207000000000"}]}]}]}
                """.formatted("0".repeat(31) + "1", "0".repeat(31) + "1"));
        assertThat(spans.status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                      | aaaaaaaaaaaaaaa2,aaaaaaaaaaaaaaa1,e1,g1,s1
            name=chat                               | g1
            type=SPAN&traceId=t1                    | s1
            userId=ada                              | g1,s1
            sessionId=s                             | g1,s1
            level=WARNING                           | s1
            version=v1                              | g1
            environment=prod                        | g1
            environment=prod,default&traceId=t1     | g1,s1
            parentObservationId=s1                  | g1
            parentObservationId=                    | e1,s1
            isRootObservation=true                  | aaaaaaaaaaaaaaa1,e1,s1
            isRootObservation=false                 | aaaaaaaaaaaaaaa2,g1
            fromStartTime=2026-11-01T10:00:05Z      | aaaaaaaaaaaaaaa2,aaaaaaaaaaaaaaa1,e1
            toStartTime=2026-11-01T10:00:01Z        | s1
            """)
    void list_isFilteredNewestFirst(String query, String expected) {
        assertThat(ids(query)).containsExactly(expected.split(","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"type":"string","column":"output","operator":"matches","value":"moon"}]                    | g1
            [{"type":"boolean","column":"isRootObservation","operator":"=","value":true}]                | aaaaaaaaaaaaaaa1,e1,s1
            [{"type":"number","column":"tokensPerSecond","operator":">=","value":100}]                   | g1
            [{"type":"number","column":"tokensPerSecond","operator":">","value":100}]                    | ``
            [{"type":"number","column":"inputCost","operator":"=","value":0.0025}]                       | g1
            [{"type":"number","column":"outputCost","operator":"<","value":0.002}]                       | ``
            [{"type":"number","column":"latency","operator":">","value":2}]                              | s1
            [{"type":"stringObject","column":"metadata","key":"k","operator":"starts with","value":"v"}] | g1
            [{"type":"arrayOptions","column":"traceTags","operator":"all of","value":["b","a"]}]         | g1,s1
            """)
    void list_takesAdvancedFilters(String filter, String expected) {
        assertThat(ids("filter=" + encoded(filter)))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(",")));
    }

    @Test
    void advancedFilter_replacesTheParameterOfItsColumnOnly() {
        String filter = encoded("[{\"type\":\"string\",\"column\":\"name\",\"operator\":\"=\",\"value\":\"chat\"}]");

        assertThat(ids("name=step&filter=" + filter)).containsExactly("g1");
        assertThat(ids("traceId=t2&name=step&filter=" + filter)).isEmpty();
    }

    @Test
    void pages_followTheCursor_withoutGapsOrRepeats() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("limit=2" + cursor);
            assertThat(page.path("data")).hasSizeBetween(1, 2);
            page.path("data").forEach(o -> seen.add(o.path("id").asText()));
            cursor = page.path("meta").has("cursor")
                    ? "&cursor=" + page.path("meta").path("cursor").asText()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(seen).isEqualTo(ids(""));
    }

    @Test
    void core_isAlwaysThere_andNothingElseUnasked() {
        assertThat(get("fields=core&name=chat").path("data").get(0).toString())
                .isEqualTo("{\"id\":\"g1\",\"traceId\":\"t1\",\"startTime\":\"2026-11-01T10:00:01.123Z\","
                        + "\"endTime\":\"2026-11-01T10:00:03.123Z\",\"projectId\":\"" + ServerProcess.PROJECT
                        + "\",\"parentObservationId\":\"s1\",\"type\":\"GENERATION\",\"modelId\":null,"
                        + "\"inputPrice\":null,\"outputPrice\":null,\"totalPrice\":null}");
        assertThat(get("fields=unheard,of&name=chat").path("data").get(0))
                .as("unknown groups are passed over")
                .isEqualTo(get("name=chat").path("data").get(0));
    }

    @Test
    void groups_addTheirFields() {
        JsonNode o = get("name=chat&fields=basic,time,io,metadata,model,usage,prompt,metrics,trace_context")
                .path("data")
                .get(0);

        assertThat(o.path("input").asText()).as("text as sent, not JSON").isEqualTo("{\"q\":\"why?\"}");
        assertThat(o.path("output").asText()).isEqualTo("because of the Moon");
        assertThat(o.path("metadata").path("k").asText()).isEqualTo("v");
        assertThat(o.path("metadata").path("n").asInt()).isEqualTo(7);
        assertThat(o.path("metadata").path("long").asText()).isEqualTo("x".repeat(200));
        assertThat(o.path("userId").asText()).isEqualTo("ada");
        assertThat(o.path("sessionId").asText()).isEqualTo("s");
        assertThat(o.path("public").asBoolean()).isTrue();
        assertThat(o.path("isRootObservation").asBoolean(true)).isFalse();
        assertThat(o.path("providedModelName").asText()).isEqualTo("gpt-4o");
        assertThat(o.path("modelParameters").toString()).isEqualTo("{\"temperature\":0.5}");
        assertThat(o.path("inputPrice").asText()).isEqualTo("0.0000025");
        assertThat(o.path("inputPrice").isTextual()).isTrue();
        assertThat(o.path("usageDetails").toString()).isEqualTo("{\"input\":1000,\"output\":200,\"total\":1200}");
        assertThat(o.path("totalCost").decimalValue()).isEqualByComparingTo("0.0045");
        assertThat(o.path("latency").asDouble()).isEqualTo(2);
        assertThat(o.path("timeToFirstToken").asDouble()).isEqualTo(0.5);
        assertThat(o.path("traceName").asText()).isEqualTo("answer");
        assertThat(o.path("release").asText()).isEqualTo("r1");
        assertThat(o.path("tags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(o.path("completionStartTime").asText()).isEqualTo("2026-11-01T10:00:01.623Z");
        assertThat(o.has("promptName")).isTrue();
        assertThat(get("name=chat&fields=metadata&expandMetadata=long,k")
                        .path("data")
                        .get(0)
                        .path("metadata")
                        .path("long")
                        .asText())
                .hasSize(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parseIoAsJson=true",
                "limit=1001",
                "limit=0",
                "cursor=nonsense",
                "isRootObservation=maybe",
                "fromStartTime=yesterday",
                "filter=[{",
                "filter=%5B%7B%22type%22:%22string%22,%22column%22:%22input%22,%22operator%22:%22contains%22,"
                        + "%22value%22:%22a%22%7D%5D"
            })
    void whatBreaksARule_isRefused(String query) {
        Answer answer = new Answer(server.get(V2 + "?" + query.replace("[{", "%5B%7B")));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("InvalidRequestError");
    }

    private static List<String> ids(String query) {
        return get(query).path("data").findValuesAsText("id");
    }

    private static JsonNode get(String query) {
        Answer answer = new Answer(server.get(V2 + "?" + query));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Answer send(String path, String body) {
        return new Answer(server.send(
                server.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)),
                true));
    }
}
