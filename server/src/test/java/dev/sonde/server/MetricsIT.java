package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures over the public interface: both generations of the query language, and figures by day. */
class MetricsIT {

    private static final String V1 = "/api/public/metrics";
    private static final String V2 = "/api/public/v2/metrics";
    private static final String COUNT = "'metrics':[{'measure':'count','aggregation':'count'}]";
    private static final String NOVEMBER =
            "'fromTimestamp':'2026-11-01T00:00:00Z','toTimestamp':'2026-11-04T00:00:00.000Z'";

    @TempDir
    static Path directory;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        Answer sent = new Answer(server.send(
                server.request("/api/public/ingestion")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("""
                {"batch":[
                 {"id":"1","type":"trace-create","timestamp":"2026-11-01T10:00:00Z","body":{"id":"t1","name":"answer",
                  "userId":"ada","sessionId":"s","tags":["a","b"],"timestamp":"2026-11-01T10:00:00Z"}},
                 {"id":"2","type":"trace-create","timestamp":"2026-11-03T10:00:00Z","body":{"id":"t2","name":"o'clock",
                  "userId":"bob","tags":["b"],"environment":"prod","timestamp":"2026-11-03T10:00:00Z"}},
                 {"id":"3","type":"generation-create","timestamp":"2026-11-01T10:00:00Z","body":{"id":"g1",
                  "traceId":"t1","name":"chat","startTime":"2026-11-01T10:00:00Z","endTime":"2026-11-01T10:00:02Z",
                  "model":"gpt-4o","usageDetails":{"input":1000,"output":200}}},
                 {"id":"4","type":"generation-create","timestamp":"2026-11-01T10:00:00Z","body":{"id":"g2",
                  "traceId":"t1","name":"chat","startTime":"2026-11-01T11:00:00Z","endTime":"2026-11-01T11:00:01Z",
                  "model":"home-made","usageDetails":{"input":7},"costDetails":{"input":0.5}}},
                 {"id":"5","type":"span-create","timestamp":"2026-11-03T10:00:00Z","body":{"id":"s1",
                  "traceId":"t2","name":"step","startTime":"2026-11-03T10:00:00Z","endTime":"2026-11-03T10:00:01Z",
                  "environment":"prod"}},
                 {"id":"6","type":"score-create","timestamp":"2026-11-03T10:00:00Z","body":{"id":"n","traceId":"t1",
                  "name":"quality","value":0.25,"timestamp":"2026-11-03T10:00:00Z"}}]}
                """)),
                true));
        assertThat(sent.json().path("errors")).as(sent.text()).isEmpty();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void rows_areNamedByWhatWasAskedFor_greatestFirst() {
        assertThat(data(
                                V1,
                                "'view':'observations','dimensions':[{'field':'name'},{'field':'providedModelName'}],"
                                        + "'metrics':[{'measure':'totalTokens','aggregation':'sum'},"
                                        + "{'measure':'latency','aggregation':'p95'}]," + NOVEMBER)
                        .toString())
                .isEqualTo(
                        "[{\"name\":\"chat\",\"providedModelName\":\"gpt-4o\",\"sum_totalTokens\":1200,"
                                + "\"p95_latency\":2000.0},"
                                + "{\"name\":\"chat\",\"providedModelName\":\"home-made\",\"sum_totalTokens\":7,"
                                + "\"p95_latency\":1000.0},"
                                + "{\"name\":\"step\",\"providedModelName\":null,\"sum_totalTokens\":0,\"p95_latency\":1000.0}]");
    }

    @Test
    void spansWithoutRows_areZero() {
        assertThat(data(
                                V2,
                                "'view':'observations','timeDimension':{'granularity':'day'},'metrics':[{'measure':"
                                        + "'totalCost','aggregation':'sum'}]," + NOVEMBER)
                        .toString())
                .isEqualTo("[{\"time_dimension\":\"2026-11-01\",\"sum_totalCost\":0.5045},"
                        + "{\"time_dimension\":\"2026-11-02\",\"sum_totalCost\":0},"
                        + "{\"time_dimension\":\"2026-11-03\",\"sum_totalCost\":null}]");
        assertThat(data(
                                V2,
                                "'view':'observations','timeDimension':{'granularity':'auto'}," + COUNT
                                        + ",'fromTimestamp':'2026-11-01T10:30:00Z','toTimestamp':'2026-11-01T14:00:00+01:00'")
                        .toString())
                .isEqualTo("[{\"time_dimension\":\"2026-11-01T10:00:00.000Z\",\"count_count\":0},"
                        + "{\"time_dimension\":\"2026-11-01T11:00:00.000Z\",\"count_count\":1},"
                        + "{\"time_dimension\":\"2026-11-01T12:00:00.000Z\",\"count_count\":0}]");
    }

    @Test
    void anOrder_isFollowed_andFillsNothing() {
        assertThat(data(
                                V2,
                                "'view':'observations','timeDimension':{'granularity':'day'},"
                                        + "'orderBy':[{'field':'time_dimension','direction':'desc'}]," + COUNT + ","
                                        + NOVEMBER)
                        .findValuesAsText("time_dimension"))
                .containsExactly("2026-11-03", "2026-11-01");
        assertThat(data(
                                V1,
                                "'view':'traces','dimensions':[{'field':'userId'}],"
                                        + "'orderBy':[{'field':'userId','direction':'desc'}],'config':{'row_limit':1},"
                                        + COUNT
                                        + "," + NOVEMBER)
                        .findValuesAsText("userId"))
                .containsExactly("bob");
    }

    @Test
    void histogram_isAListOfBounds() {
        assertThat(data(
                                V2,
                                "'view':'observations','metrics':[{'measure':'latency','aggregation':'histogram'}],"
                                        + "'config':{'bins':2}," + NOVEMBER)
                        .toString())
                .isEqualTo("[{\"histogram_latency\":[[1000.0,1500.0,2],[1500.0,2000.0,1]]}]");
    }

    @Test
    void whatLooksLikeSql_isAValue() {
        assertThat(count("{'type':'string','column':'traceName','operator':'=','value':'o\\u0027clock'}"))
                .isEqualTo(1);
        assertThat(count("{'type':'string','column':'traceName','operator':'=','value':'x\\u0027 OR 1=1 --'}"))
                .isZero();
        assertThat(count("{'type':'stringObject','column':'metadata','key':'\\u0027] OR true --','operator':'=',"
                        + "'value':'1'}"))
                .isZero();
    }

    @Test
    void topOfAList_mayBeByWhatHasManyValues() {
        assertThat(data(
                                V2,
                                "'view':'observations','dimensions':[{'field':'userId'}],'config':{'row_limit':5},"
                                        + "'orderBy':[{'field':'count_count','direction':'desc'}]," + COUNT + ","
                                        + NOVEMBER)
                        .findValuesAsText("userId"))
                .containsExactly("ada", "bob");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            v1 | view            | 'view':'unheard',%C,%N
            v2 | view            | 'view':'traces',%C,%N
            v1 | dimensions      | 'view':'traces','dimensions':[{'field':'name; DROP TABLE traces'}],%C,%N
            v1 | dimensions      | 'view':'observations','dimensions':[{'field':'isRootObservation'}],%C,%N
            v2 | dimensions      | 'view':'observations','dimensions':[{'field':'userId'}],%C,%N
            v2 | dimensions      | 'view':'scores-numeric','dimensions':[{'field':'traceId'}],'config':{'row_limit':9},%C,%N
            v1 | measure         | 'view':'traces','metrics':[{'measure':'inputTokens','aggregation':'sum'}],%N
            v1 | aggregation     | 'view':'traces','metrics':[{'measure':'latency','aggregation':'p42'}],%N
            v1 | uniqueUserIds   | 'view':'traces','metrics':[{'measure':'uniqueUserIds','aggregation':'avg'}],%N
            v1 | metrics         | 'view':'traces','metrics':[],%N
            v1 | fromTimestamp   | 'view':'traces',%C,'fromTimestamp':'2026-11-01','toTimestamp':'2026-11-04T00:00:00Z'
            v1 | toTimestamp     | 'view':'traces',%C,'fromTimestamp':'2026-11-04T00:00:00Z','toTimestamp':'2026-11-04T00:00:00Z'
            v1 | granularity     | 'view':'traces','timeDimension':{'granularity':'year'},%C,%N
            v1 | granularity     | 'view':'traces','timeDimension':{'granularity':'minute'},%C,'fromTimestamp':'2000-11-01T00:00:00Z','toTimestamp':'2026-11-04T00:00:00Z'
            v1 | orderBy         | 'view':'traces','orderBy':[{'field':'name','direction':'asc'}],%C,%N
            v1 | direction       | 'view':'traces','orderBy':[{'field':'count_count','direction':'up'}],%C,%N
            v1 | row_limit       | 'view':'traces','config':{'row_limit':1001},%C,%N
            v1 | bins            | 'view':'traces','config':{'bins':0},%C,%N
            v1 | filters[0]      | 'view':'traces','filters':[{'type':'string','column':'level','operator':'=','value':'a'}],%C,%N
            v1 | filters         | 'view':'traces','filters':[{'type':'number','column':'name','operator':'=','value':1}],%C,%N
            v1 | filters[0].key  | 'view':'traces','filters':[{'type':'stringObject','column':'metadata','operator':'=','value':'a'}],%C,%N
            v1 | Invalid JSON    | 'view':
            """)
    void whatBreaksARule_isNamed(String generation, String named, String query) {
        Answer answer = ask(
                generation.equals("v1") ? V1 : V2, query.replace("%C", COUNT).replace("%N", NOVEMBER));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("InvalidRequestError");
        assertThat(answer.json().path("message").asText()).contains(named);
    }

    @Test
    void daily_isNewestFirst_withUsageByModel() {
        JsonNode answer = new Answer(server.get(V1 + "/daily")).json();

        assertThat(answer.path("meta").path("totalItems").asInt()).isEqualTo(2);
        assertThat(answer.path("data").toString())
                .isEqualTo("[{\"date\":\"2026-11-03\",\"countTraces\":1,\"countObservations\":1,\"totalCost\":0,"
                        + "\"usage\":[{\"model\":null,\"inputUsage\":0,\"outputUsage\":0,\"totalUsage\":0,"
                        + "\"countObservations\":1,\"countTraces\":1,\"totalCost\":0}]},"
                        + "{\"date\":\"2026-11-01\",\"countTraces\":1,\"countObservations\":2,\"totalCost\":0.5045,"
                        + "\"usage\":[{\"model\":\"gpt-4o\",\"inputUsage\":1000,\"outputUsage\":200,\"totalUsage\":1200,"
                        + "\"countObservations\":1,\"countTraces\":1,\"totalCost\":0.0045},"
                        + "{\"model\":\"home-made\",\"inputUsage\":7,\"outputUsage\":0,\"totalUsage\":7,"
                        + "\"countObservations\":1,\"countTraces\":1,\"totalCost\":0.5}]}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            traceName=answer                     | 2026-11-01
            userId=bob                           | 2026-11-03
            tags=b                               | 2026-11-03,2026-11-01
            tags=a&tags=b                        | 2026-11-01
            environment=prod                     | 2026-11-03
            fromTimestamp=2026-11-02T00:00:00Z   | 2026-11-03
            toTimestamp=2026-11-02T00:00:00Z     | 2026-11-01
            limit=1&page=2                       | 2026-11-01
            """)
    void daily_isFiltered(String query, String expected) {
        assertThat(new Answer(server.get(V1 + "/daily?" + query))
                        .json()
                        .path("data")
                        .findValuesAsText("date"))
                .containsExactly(expected.split(","));
    }

    private static long count(String filter) {
        return data(V1, "'view':'observations','filters':[" + filter + "]," + COUNT + "," + NOVEMBER)
                .get(0)
                .path("count_count")
                .asLong();
    }

    private static JsonNode data(String path, String query) {
        Answer answer = ask(path, query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("data");
    }

    private static Answer ask(String path, String query) {
        String json = "{" + query.replace('\'', '"').replace("\\u0027", "'") + "}";
        return new Answer(server.get(path + "?query=" + URLEncoder.encode(json, StandardCharsets.UTF_8)));
    }
}
