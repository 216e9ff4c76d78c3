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

/** Scores over the public interface. */
class ScoresIT {

    private static final String V1 = "/api/public/scores";
    private static final String V2 = "/api/public/v2/scores";
    private static final String V3 = "/api/public/v3/scores";

    @TempDir
    static Path directory;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        Answer sent = send("POST", "/api/public/ingestion", """
                {"batch":[
                 {"id":"1","type":"trace-create","timestamp":"2026-11-01T10:00:00Z","body":{"id":"t1","userId":"ada",
                  "sessionId":"s","tags":["a","b"],"environment":"prod"}},
                 {"id":"2","type":"score-create","timestamp":"2026-11-01T10:00:01Z","body":{"id":"number","traceId":"t1",
                  "observationId":"o1","name":"quality","value":0.5,"environment":"prod","queueId":"q",
                  "comment":"fine","metadata":{"k":"v"}}},
                 {"id":"3","type":"score-create","timestamp":"2026-11-01T10:00:02Z","body":{"id":"flag","traceId":"t1",
                  "name":"ok","value":1,"dataType":"BOOLEAN","source":"EVAL"}},
                 {"id":"4","type":"score-create","timestamp":"2026-11-01T10:00:03Z","body":{"id":"label",
                  "traceId":"unknown to us","name":"tone","value":"kind"}},
                 {"id":"5","type":"score-create","timestamp":"2026-11-01T10:00:04Z","body":{"id":"text","sessionId":"s",
                  "name":"note","value":"well","dataType":"TEXT"}},
                 {"id":"6","type":"score-create","timestamp":"2026-11-01T10:00:05Z","body":{"id":"run",
                  "datasetRunId":"r","name":"accuracy","value":2}},
                 {"id":"7","type":"score-create","timestamp":"2026-11-01T10:00:06Z","body":{"id":"fix","traceId":"t1",
                  "name":"any","value":"better","dataType":"CORRECTION"}}]}
                """);
        assertThat(sent.json().path("errors")).as(sent.text()).isEmpty();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                     | fix,run,text,label,flag,number
            name=quality                           | number
            userId=ada                             | fix,flag,number
            traceTags=a&traceTags=b                | fix,flag,number
            traceTags=a,c                          | ``
            environment=prod                       | number
            environment=prod&environment=default   | fix,run,text,label,flag,number
            source=EVAL                            | flag
            dataType=TEXT                          | text
            queueId=q                              | number
            configId=none                          | ``
            sessionId=s                            | text
            datasetRunId=r                         | run
            traceId=t1                             | fix,flag,number
            observationId=o1,o2                    | number
            scoreIds=number,run,other              | run,number
            operator=%3E&value=0.5                 | run,flag
            operator=%3E%3D&value=0.5              | run,flag,number
            operator=!%3D&value=0                  | run,flag,number
            operator=%3D&value=2                   | run
            fromTimestamp=2026-11-01T10:00:04Z     | fix,run,text
            toTimestamp=2026-11-01T10:00:02Z       | number
            limit=2&page=2                         | text,label
            fields=score&name=ok                   | flag
            """)
    void list_isFilteredNewestFirst(String query, String expected) {
        assertThat(ids(V2 + "?" + query)).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(",")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"type":"stringObject","column":"metadata","key":"k","operator":"=","value":"v"}]       | number
            [{"type":"number","column":"value","operator":">","value":1}]                            | run
            [{"type":"stringOptions","column":"Data Type","operator":"any of","value":["TEXT"]}]     | text
            [{"type":"string","column":"name","operator":"=","value":"tone"}]                        | label
            [{"type":"arrayOptions","column":"traceTags","operator":"all of","value":["a"]}]         | fix,flag,number
            """)
    void list_takesAdvancedFilters(String filter, String expected) {
        String query = "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);

        assertThat(ids(V2 + query)).isEqualTo(List.of(expected.split(",")));
    }

    @Test
    void list_advancedFilterOverridesTheParameterOfItsColumn() {
        String filter = "[{\"type\":\"string\",\"column\":\"name\",\"operator\":\"=\",\"value\":\"tone\"}]";

        assertThat(ids(V2 + "?name=quality&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)))
                .containsExactly("label");
    }

    @Test
    void list_tellsTheTraceThatIsJudged() {
        JsonNode flag = data(V2 + "?name=ok").get(0);
        JsonNode unknown = data(V2 + "?name=tone").get(0);
        JsonNode alone = data(V2 + "?name=ok&fields=score").get(0);

        assertThat(flag.at("/trace/userId").asText()).isEqualTo("ada");
        assertThat(flag.at("/trace/sessionId").asText()).isEqualTo("s");
        assertThat(flag.at("/trace/environment").asText()).isEqualTo("prod");
        assertThat(flag.at("/trace/tags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(unknown.at("/trace/userId").isNull()).isTrue();
        assertThat(data(V2 + "?name=note").get(0).get("trace").isNull()).isTrue();
        assertThat(alone.has("trace")).isFalse();
    }

    @Test
    void one_hasTheValueOfItsType() {
        JsonNode number = get(V2 + "/number").json();
        JsonNode text = get(V2 + "/text").json();
        JsonNode fix = get(V2 + "/fix").json();

        assertThat(number.path("value").asDouble()).isEqualTo(0.5);
        assertThat(number.path("comment").asText()).isEqualTo("fine");
        assertThat(number.at("/metadata/k").asText()).isEqualTo("v");
        assertThat(get(V2 + "/flag").json().path("stringValue").asText()).isEqualTo("True");
        assertThat(text.has("value")).isFalse();
        assertThat(text.path("stringValue").asText()).isEqualTo("well");
        assertThat(text.path("sessionId").asText()).isEqualTo("s");
        assertThat(fix.path("name").asText()).isEqualTo("output");
        assertThat(fix.path("value").asDouble()).isZero();
        assertThat(fix.path("stringValue").asText()).isEqualTo("better");
        assertThat(get(V2 + "/run").json().path("datasetRunId").asText()).isEqualTo("r");
    }

    @Test
    void firstGeneration_knowsScoresOfTracesAlone() {
        assertThat(ids(V1)).containsExactly("label", "flag", "number");
        assertThat(get(V1 + "?limit=2").json().at("/meta/totalItems").asInt()).isEqualTo(3);
        assertThat(get(V1 + "/number").json().path("traceId").asText()).isEqualTo("t1");
        for (String hidden : List.of("text", "run", "fix", "absent")) {
            assertThat(get(V1 + "/" + hidden).status()).as(hidden).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            page=0                                | page
            limit=101                             | limit
            source=api                            | source
            dataType=numeric                      | dataType
            operator=%3E                          | value
            value=1                               | operator
            operator=~&value=1                    | operator
            operator=%3E&value=x                  | value
            operator=%3E&value=NaN                | value
            fromTimestamp=yesterday               | fromTimestamp
            fields=trace                          | fields
            fields=score,other                    | fields
            fields=score&userId=ada               | fields
            fields=score&traceTags=a              | fields
            filter=%7B                            | filter
            filter=%5B%7B%22type%22%3A%22string%22%2C%22column%22%3A%22model%22%2C%22operator%22%3A%22%3D%22%2C%22value%22%3A%22a%22%7D%5D | MODEL
            """)
    void list_wrongParametersAreNamed(String query, String named) {
        Answer answer = get(V2 + "?" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                       | fix,run,text,label,flag,number
            id=run,flag                              | run,flag
            name=quality,tone                        | label,number
            source=eval                              | flag
            dataType=text,CORRECTION                 | fix,text
            environment=prod                         | number
            queueId=q                                | number
            configId=none                            | ``
            authorUserId=none                        | ``
            traceId=t1                               | fix,flag,number
            traceId=t1&observationId=o1              | number
            sessionId=s                              | text
            experimentId=r                           | run
            dataType=NUMERIC&value=0.5,7             | number
            dataType=BOOLEAN&value=true              | flag
            dataType=BOOLEAN&value=false             | ``
            dataType=CATEGORICAL&value=kind,rude     | label
            dataType=NUMERIC&valueMin=0.5&valueMax=2 | run,number
            dataType=NUMERIC&valueMin=0.6            | run
            fromTimestamp=2026-11-01T10:00:05Z       | fix,run
            """)
    void third_isFilteredNewestFirst(String query, String expected) {
        assertThat(ids(V3 + "?" + query)).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(",")));
    }

    @Test
    void third_isPagedByCursor() {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            Answer answer = get(V3 + "?limit=2&cursor=" + cursor);
            answer.json().path("data").forEach(score -> ids.add(score.path("id").asText()));
            assertThat(answer.json().at("/meta/limit").asInt()).isEqualTo(2);
            assertThat(answer.json().path("meta").has("cursor")).isEqualTo(page < 2);
            cursor = answer.json().at("/meta/cursor").asText();
        }

        assertThat(ids).containsExactly("fix", "run", "text", "label", "flag", "number");
    }

    @Test
    void third_hasValuesOfTheirTypeAndFieldsInGroups() {
        JsonNode number =
                data(V3 + "?id=number&fields=details,subject,annotation").get(0);

        assertThat(number.path("value").isNumber()).isTrue();
        assertThat(number.at("/metadata/k").asText()).isEqualTo("v");
        assertThat(number.path("comment").asText()).isEqualTo("fine");
        assertThat(number.path("queueId").asText()).isEqualTo("q");
        assertThat(number.path("subject").toString())
                .isEqualTo("{\"kind\":\"observation\",\"id\":\"o1\",\"traceId\":\"t1\"}");
        assertThat(data(V3 + "?id=flag").get(0).path("value").isBoolean()).isTrue();
        assertThat(data(V3 + "?id=text").get(0).path("value").asText()).isEqualTo("well");
        assertThat(data(V3 + "?id=fix").get(0).path("value").asText()).isEqualTo("better");
        assertThat(data(V3 + "?id=run&fields=subject").get(0).path("subject").toString())
                .isEqualTo("{\"kind\":\"experiment\",\"id\":\"r\"}");
        assertThat(data(V3 + "?id=number").get(0).properties()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            userId=ada                            | userId
            traceTags=a                           | traceTags
            page=1                                | page
            limit=101                             | limit
            cursor=***                             | cursor
            cursor=e30                            | cursor
            fields=score                          | fields
            source=OTHER                          | source
            dataType=OTHER                        | dataType
            value=1                               | value
            dataType=NUMERIC,BOOLEAN&value=1      | value
            dataType=TEXT&value=a                 | value
            dataType=NUMERIC&value=a              | value
            dataType=BOOLEAN&value=1              | value
            dataType=BOOLEAN&valueMin=1           | valueMin
            valueMax=1                            | valueMax
            dataType=NUMERIC&valueMax=Infinity    | valueMax
            observationId=o1                      | observationId
            traceId=t&sessionId=s                 | sessionId
            sessionId=s&experimentId=e            | experimentId
            """)
    void third_wrongParametersAreNamed(String query, String named) {
        Answer answer = get(V3 + "?" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(named);
    }

    @Test
    void absent_isNotFoundByTheNameClientsWaitFor() {
        Answer answer = get(V2 + "/absent");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("error").asText()).isEqualTo("LangfuseNotFoundError");
    }

    private static List<String> ids(String path) {
        List<String> ids = new ArrayList<>();
        data(path).forEach(score -> ids.add(score.path("id").asText()));
        return ids;
    }

    private static JsonNode data(String path) {
        Answer answer = get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("data");
    }

    private static Answer get(String path) {
        return new Answer(server.get(path));
    }

    private static Answer send(String method, String path, String body) {
        return new Answer(server.send(
                server.request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)),
                true));
    }
}
