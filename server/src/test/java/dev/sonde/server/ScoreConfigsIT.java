package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Score configs over the public interface, and the scores that refer to them. */
class ScoreConfigsIT {

    private static final String CONFIGS = "/api/public/score-configs";
    private static final String SCORES = "/api/public/scores";

    @TempDir
    static Path directory;

    private static ServerProcess server;
    private static String quality;
    private static String tone;
    private static String truth;
    private static String archived;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        quality = created("{'name':'quality','dataType':'NUMERIC','minValue':0,'maxValue':1}");
        tone = created("{'name':'tone','dataType':'CATEGORICAL',"
                + "'categories':[{'label':'kind','value':2},{'label':'rude','value':-1}]}");
        truth = created("{'name':'truth','dataType':'BOOLEAN'}");
        archived = created("{'name':'old','dataType':'TEXT'}");
        assertThat(send("PATCH", CONFIGS + "/" + archived, "{'isArchived':true}")
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void config_isCreatedReadAndListed() {
        JsonNode truthful = get(CONFIGS + "/" + truth).json();

        assertThat(truthful.path("categories").toString())
                .isEqualTo("[{\"label\":\"True\",\"value\":1.0},{\"label\":\"False\",\"value\":0.0}]");
        assertThat(get(CONFIGS + "/" + quality).json().path("maxValue").asDouble())
                .isEqualTo(1);
        assertThat(get(CONFIGS + "/" + quality).json().get("categories").isNull())
                .isTrue();
        assertThat(get(CONFIGS + "?limit=2").json().path("data")).hasSize(2);
        assertThat(get(CONFIGS + "?limit=2").json().at("/meta/totalItems").asInt())
                .isGreaterThanOrEqualTo(4);
        assertThat(get(CONFIGS + "/absent").json().path("error").asText()).isEqualTo("LangfuseNotFoundError");
    }

    @Test
    void patch_changesWhatIsSaidAndNullClearsBounds() {
        String id = created("{'name':'n','dataType':'NUMERIC','minValue':0,'maxValue':1,'description':'d'}");

        JsonNode changed = send("PATCH", CONFIGS + "/" + id, "{'name':'m','maxValue':null,'isArchived':null}")
                .json();

        assertThat(changed.path("name").asText()).isEqualTo("m");
        assertThat(changed.get("maxValue").isNull()).isTrue();
        assertThat(changed.path("minValue").isNumber()).isTrue();
        assertThat(changed.path("description").asText()).isEqualTo("d");
        assertThat(changed.path("isArchived").asBoolean(true)).isFalse();
        assertThat(get(CONFIGS + "/" + id).json()).isEqualTo(changed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST  | []                                                                          | body
            POST  | {'dataType':'NUMERIC'}                                                      | name
            POST  | {'name':'a/b','dataType':'NUMERIC'}                                         | name
            POST  | {'name':'123456789012345678901234567890123456','dataType':'NUMERIC'}        | name
            POST  | {'name':'a'}                                                                | dataType
            POST  | {'name':'a','dataType':'CORRECTION'}                                        | dataType
            POST  | {'name':'a','dataType':'NUMERIC','minValue':'0'}                            | minValue
            POST  | {'name':'a','dataType':'NUMERIC','minValue':1,'maxValue':1}                 | maxValue
            POST  | {'name':'a','dataType':'NUMERIC','maxValue':1e999}                          | maxValue
            POST  | {'name':'a','dataType':'NUMERIC','categories':[]}                           | categories
            POST  | {'name':'a','dataType':'TEXT','minValue':1}                                 | minValue
            POST  | {'name':'a','dataType':'BOOLEAN','categories':[{'label':'a','value':1}]}    | categories
            POST  | {'name':'a','dataType':'CATEGORICAL'}                                       | categories
            POST  | {'name':'a','dataType':'CATEGORICAL','categories':[]}                       | categories
            POST  | {'name':'a','dataType':'CATEGORICAL','categories':[1]}                      | categories[0].label
            POST  | {'name':'a','dataType':'CATEGORICAL','categories':[{'label':'a'}]}          | categories[0].value
            POST  | {'name':'a','dataType':'CATEGORICAL','categories':[{'label':'a','value':1},{'label':'a','value':2}]} | categories[1].label
            POST  | {'name':'a','dataType':'CATEGORICAL','categories':[{'label':'a','value':1},{'label':'b','value':1}]} | categories[1].value
            POST  | {'name':'a','dataType':'NUMERIC','description':7}                           | description
            PATCH | {}                                                                          | body
            PATCH | {'name':''}                                                                 | name
            PATCH | {'isArchived':'yes'}                                                        | isArchived
            PATCH | {'name':'a','dataType':'TEXT'}                                              | dataType
            PATCH | {'minValue':2}                                                              | maxValue
            PATCH | {'categories':[{'label':'a','value':1}]}                                    | categories
            """)
    void wrongConfig_isRefusedByTheNameOfItsField(String method, String body, String field) {
        Answer answer = send(method, method.equals("POST") ? CONFIGS : CONFIGS + "/" + quality, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).startsWith(field + ":");
        assertThat(get(CONFIGS + "/" + quality).json().path("name").asText()).isEqualTo("quality");
    }

    @Test
    void score_takesNameTypeAndNumberOfItsConfig() {
        JsonNode kind = scored("{'name':'said','traceId':'t','value':'kind','configId':'" + tone + "'}");
        JsonNode yes = scored("{'traceId':'t','value':1,'configId':'" + truth + "','source':'ANNOTATION'}");
        JsonNode most = scored("{'traceId':'t','value':1,'configId':'" + quality + "'}");

        assertThat(kind.path("name").asText()).isEqualTo("tone");
        assertThat(kind.path("dataType").asText()).isEqualTo("CATEGORICAL");
        assertThat(kind.path("value").asDouble()).isEqualTo(2);
        assertThat(kind.path("stringValue").asText()).isEqualTo("kind");
        assertThat(kind.path("configId").asText()).isEqualTo(tone);
        assertThat(yes.path("dataType").asText()).isEqualTo("BOOLEAN");
        assertThat(yes.path("stringValue").asText()).isEqualTo("True");
        assertThat(yes.path("source").asText()).isEqualTo("ANNOTATION");
        assertThat(most.path("dataType").asText()).isEqualTo("NUMERIC");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            quality  | 'value':1.1                            | 400 | value
            quality  | 'value':-0.1                           | 400 | value
            quality  | 'value':'good'                         | 400 | value
            quality  | 'value':0.5,'dataType':'CATEGORICAL'   | 400 | dataType
            quality  | 'value':'a','dataType':'CORRECTION'    | 400 | dataType
            tone     | 'value':'neutral'                      | 400 | value
            tone     | 'value':2                              | 400 | value
            truth    | 'value':2                              | 400 | value
            archived | 'value':'text'                         | 400 | configId
            absent   | 'value':1                              | 404 | configId
            none     | 'value':1,'source':'ANNOTATION'        | 400 | configId
            none     | 'value':1e999                          | 400 | value
            none     | 'value':1,'configId':7                 | 400 | configId
            none     | 'value':1,'id':7                       | 400 | id
            none     | 'value':1,'comment':[]                 | 400 | comment
            none     | 'value':1,'dataType':3                 | 400 | dataType
            """)
    void scoreAgainstItsConfig_isRefusedAloneAndInBatches(String config, String fields, int status, String field) {
        String id = switch (config) {
            case "quality" -> quality;
            case "tone" -> tone;
            case "truth" -> truth;
            case "archived" -> archived;
            default -> config;
        };
        String body =
                "{'name':'n','traceId':'t'," + fields + (config.equals("none") ? "" : ",'configId':'" + id + "'") + "}";

        Answer alone = send("POST", SCORES, body);
        JsonNode inBatch = send(
                        "POST",
                        "/api/public/ingestion",
                        "{'batch':[{'id':'e','type':'score-create','timestamp':'2026-11-01T10:00:00Z','body':" + body
                                + "}]}")
                .json();

        assertThat(alone.status()).as(alone.text()).isEqualTo(status);
        assertThat(alone.json().path("message").asText()).startsWith(field + ":");
        assertThat(inBatch.path("successes")).isEmpty();
        assertThat(inBatch.at("/errors/0/status").asInt()).isEqualTo(status);
        assertThat(inBatch.at("/errors/0/error").asText()).startsWith(field + ":");
    }

    @Test
    void evaluatorsScores_comeInBatchesAlone() {
        Answer answer = send("POST", SCORES, "{'name':'n','traceId':'t','value':1,'source':'EVAL'}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).startsWith("source:");
    }

    @Test
    void score_withEmptyOrNullFieldsIsAsWithoutThem() {
        JsonNode score = scored("{'id':'','name':'n','traceId':'t','sessionId':'','observationId':null,'value':1,"
                + "'configId':'','comment':null,'environment':7}");

        assertThat(score.path("id").asText()).isNotEmpty();
        assertThat(score.get("sessionId").isNull()).isTrue();
        assertThat(score.get("configId").isNull()).isTrue();
        assertThat(score.path("environment").asText()).isEqualTo("default");
    }

    @Test
    void correction_isOfATrace() {
        String fields = "'value':'better','dataType':'CORRECTION'}";

        Answer ofSession = send("POST", SCORES, "{'name':'n','sessionId':'s'," + fields);

        assertThat(ofSession.status()).isEqualTo(400);
        assertThat(ofSession.json().path("message").asText()).startsWith("traceId:");
        assertThat(scored("{'name':'n','traceId':'t','source':'ANNOTATION'," + fields)
                        .path("name")
                        .asText())
                .isEqualTo("output");
    }

    private static JsonNode scored(String body) {
        Answer made = send("POST", SCORES, body);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return get("/api/public/v2/scores/" + made.json().path("id").asText()).json();
    }

    private static String created(String body) {
        Answer made = send("POST", CONFIGS, body);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made.json().path("id").asText();
    }

    private static Answer get(String path) {
        return new Answer(server.get(path));
    }

    /** The body with single quotes for double ones. */
    private static Answer send(String method, String path, String body) {
        return new Answer(server.send(
                server.request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.replace('\'', '"'))),
                true));
    }
}
