package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What silently breaks a client when it is done in another way: a test for each, to be read as a list. */
class TrapsIT {

    private static final String API = "/api/public";

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/traces/none",
                "/observations/none",
                "/sessions/none",
                "/scores/none",
                "/v2/scores/none",
                "/v2/prompts/none",
                "/v2/datasets/none",
                "/dataset-items/none",
                "/datasets/none/runs/none",
                "/models/none",
                "/media/none",
                "/score-configs/none",
                "/comments/none",
                "/annotation-queues/none"
            })
    void trap01_everyMissingEntityIsALangfuseNotFoundError(String path) {
        Answer answer = new Answer(server.get(API + path));

        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(answer.json().path("error").asText()).isEqualTo("LangfuseNotFoundError");
    }

    @Test
    void trap02_ingestionIs207EvenIfAllFail_andABatchSentAgainChangesNothing() {
        Answer failed = ingest("{'id':'x','type':'nothing','timestamp':'2026-11-20T12:00:00Z','body':{}}");
        assertThat(failed.status()).isEqualTo(207);
        assertThat(failed.json().path("errors")).hasSize(1);
        assertThat(failed.json().path("successes")).isEmpty();
        String batch = event("trace-create", "t02", "'name':'n','tags':['a']") + ","
                + event("generation-create", "o02", "'traceId':'t02','usageDetails':{'input':3}");

        ingest(batch);
        String once = withoutUpdate(get(API + "/traces/t02"));
        Answer again = ingest(batch);

        assertThat(again.json().path("errors")).isEmpty();
        assertThat(withoutUpdate(get(API + "/traces/t02"))).isEqualTo(once);
    }

    @Test
    void trap03_otlpInChunksAndGzip_intsAsTextOrNumbers_childFirst_inManyRequests_traceAttributesOnAnySpan()
            throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4703";
        export(
                span(
                        trace,
                        "00f067aa0ba90203",
                        "00f067aa0ba90204",
                        "'1795436181637700055'",
                        "{'key':'langfuse.user.id','value':{'stringValue':'u03'}},{'key':'gen_ai.usage.input_tokens','value':{'intValue':'12'}}"),
                true);
        export(
                span(
                        trace,
                        "00f067aa0ba90204",
                        "",
                        "1795436180637700055",
                        "{'key':'gen_ai.usage.input_tokens','value':{'intValue':5}}"),
                false);

        JsonNode read = get(API + "/traces/" + trace);

        assertThat(read.path("observations")).hasSize(2);
        assertThat(read.path("userId").asText()).isEqualTo("u03");
        assertThat(read.path("name").asText()).isEqualTo("n");
        assertThat(get(API + "/observations/00f067aa0ba90203")
                        .at("/usageDetails/input")
                        .asInt())
                .isEqualTo(12);
        assertThat(get(API + "/observations/00f067aa0ba90204")
                        .at("/usageDetails/input")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void trap04_mediaIdIsTheHash_uploadNeedsNoKey_thenIsReported() throws Exception {
        byte[] bytes = "picture".getBytes(StandardCharsets.UTF_8);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        Answer announced = send(
                "POST",
                "/media",
                "{'traceId':'t04','contentType':'image/png','contentLength':7,'sha256Hash':'"
                        + Base64.getEncoder().encodeToString(hash) + "','field':'input'}");
        assertThat(announced.status()).as(announced.text()).isEqualTo(201);
        String id = announced.json().path("mediaId").asText();
        assertThat(id).isEqualTo(Base64.getUrlEncoder().encodeToString(hash).substring(0, 22));
        HttpResponse<String> put = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        announced.json().path("uploadUrl").asText()))
                                .header("content-type", "image/png")
                                .PUT(BodyPublishers.ofByteArray(bytes))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        Answer reported = send(
                "PATCH",
                "/media/" + id,
                "{'uploadedAt':'2026-11-20T12:00:00.123456Z','uploadHttpStatus':200,'uploadHttpError':null,'uploadTimeMs':3}");
        assertThat(reported.status()).as(reported.text()).isBetween(200, 204);
        assertThat(get(API + "/media/" + id).path("uploadedAt").asText()).isNotEmpty();
    }

    @Test
    void trap05_projectsAreExactlyOne_andItsIdIsInAddresses() {
        JsonNode projects = get(API + "/projects").path("data");
        ingest(event("trace-create", "t05", ""));

        assertThat(projects).hasSize(1);
        assertThat(get(API + "/traces/t05").path("htmlPath").asText())
                .isEqualTo("/project/" + projects.get(0).path("id").asText() + "/traces/t05");
    }

    @Test
    void trap06_promptsHaveTypeLatestAndBothPageObjects_namesInThreeSpellings_labelsMove() {
        Answer first = send("POST", "/v2/prompts", "{'name':'a/b','prompt':'one','labels':['production']}");
        send("POST", "/v2/prompts", "{'name':'a/b','prompt':'two','labels':['production']}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("type").asText()).isEqualTo("text");
        for (String name : new String[] {"a/b", "a%2Fb", "a%252Fb"}) {
            assertThat(get(API + "/v2/prompts/" + name).path("prompt").asText()).isEqualTo("two");
        }
        assertThat(get(API + "/v2/prompts/a/b?version=1").path("labels")).isEmpty();
        assertThat(get(API + "/v2/prompts/a/b?label=latest").path("version").asInt())
                .isEqualTo(2);
        JsonNode list = get(API + "/v2/prompts");
        assertThat(list.path("pagination")).isEqualTo(list.path("meta"));
        assertThat(list.at("/meta/limit").asInt()).isEqualTo(10);
        assertThat(send("DELETE", "/v2/prompts/a/b", null).status()).isEqualTo(204);
    }

    @Test
    void trap07_datasetItemsAlwaysHaveMediaReferences() {
        send("POST", "/v2/datasets", "{'name':'d07'}");
        Answer item = send("POST", "/dataset-items", "{'datasetName':'d07','id':'i07','input':1}");

        assertThat(item.json().path("mediaReferences").isArray())
                .as(item.text())
                .isTrue();
        assertThat(get(API + "/dataset-items/i07").path("mediaReferences").isArray())
                .isTrue();
        assertThat(get(API + "/dataset-items?datasetName=d07")
                        .at("/data/0/mediaReferences")
                        .isArray())
                .isTrue();
    }

    @Test
    void trap08_usageIsWholeNumbers_pricesOfV2AreText_contentIsJsonInV1AndTextInV2() {
        ingest(event(
                "generation-create",
                "o08",
                "'traceId':'t08','model':'gpt-4o','usageDetails':{'input':3.0,'output':2},'input':{'a':1}"));

        JsonNode first = get(API + "/observations/o08");
        JsonNode second = get(API + "/v2/observations?traceId=t08&fields=core,model,io,usage")
                .at("/data/0");

        assertThat(first.path("usage").path("input").isIntegralNumber())
                .as(first.toString())
                .isTrue();
        assertThat(first.path("usageDetails").path("output").isIntegralNumber()).isTrue();
        assertThat(first.path("inputPrice").isNumber()).isTrue();
        assertThat(first.path("input").path("a").asInt()).isEqualTo(1);
        assertThat(second.path("inputPrice").isTextual()).as(second.toString()).isTrue();
        assertThat(second.path("input").asText()).isEqualTo("{\"a\":1}");
    }

    @Test
    void trap09_runItemsComeBeforeTheirTrace_andTheSameRunNameIsTheSameRun() {
        send("POST", "/v2/datasets", "{'name':'d09'}");
        send("POST", "/dataset-items", "{'datasetName':'d09','id':'i09'}");
        send("POST", "/dataset-items", "{'datasetName':'d09','id':'j09'}");

        Answer one = send(
                "POST",
                "/dataset-run-items",
                "{'runName':'r','runDescription':null,'metadata':null,'datasetItemId':'i09','observationId':null,'traceId':'not-yet-1','datasetVersion':null}");
        Answer other =
                send("POST", "/dataset-run-items", "{'runName':'r','datasetItemId':'j09','traceId':'not-yet-2'}");

        assertThat(one.status()).as(one.text()).isEqualTo(200);
        assertThat(one.json().path("datasetRunId").asText())
                .isNotEmpty()
                .isEqualTo(other.json().path("datasetRunId").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T12:00:00Z", "2026-11-20T12:00:00.5Z", "2026-11-20T12:00:00.123456Z",
                "2026-11-20T12:00:00.123456789Z", "2026-11-20T14:00:00.123456+02:00", "2026-11-20T12:00:00+00:00"
            })
    void trap10_timesComeWithAnyFractionAndOffset_andGoWithMillisecondsAndZ(String time) {
        ingest("{'id':'e','type':'trace-create','timestamp':'" + time + "','body':{'id':'t" + time + "','timestamp':'"
                + time + "'}}");

        assertThat(get(API + "/traces/" + java.net.URLEncoder.encode("t" + time, StandardCharsets.UTF_8))
                        .path("timestamp")
                        .asText())
                .matches("2026-11-20T12:00:00\\.\\d{3}Z");
    }

    @Test
    void trap11_nullIsNoError_clearsScalars_butNotContentMessageParentAndVersion() {
        ingest(
                event(
                        "span-create",
                        "o11",
                        "'traceId':'t11','name':'n','endTime':'2026-11-20T12:00:01Z','input':'i','statusMessage':'m','parentObservationId':'p','version':'v'"));
        Answer update = ingest(
                "{'id':'u','type':'span-update','timestamp':'2026-11-20T12:00:01Z','body':{'id':'o11','traceId':'t11','name':null,"
                        + "'endTime':null,'input':null,'statusMessage':null,'parentObservationId':null,'version':null,'metadata':null,'level':null}}");

        JsonNode o = get(API + "/observations/o11");

        assertThat(update.json().path("errors")).isEmpty();
        assertThat(o.path("name").isNull()).isTrue();
        assertThat(o.path("endTime").isNull()).isTrue();
        assertThat(o.path("input").asText()).isEqualTo("i");
        assertThat(o.path("statusMessage").asText()).isEqualTo("m");
        assertThat(o.path("parentObservationId").asText()).isEqualTo("p");
        assertThat(o.path("version").asText()).isEqualTo("v");
        assertThat(send(
                                "POST",
                                "/v2/prompts",
                                "{'name':'p11','prompt':'x','tags':null,'config':null,'commitMessage':null}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void trap12_environmentIsNeverAnError_isNormalised_andLosesItsReservedPrefix() {
        String[][] expected = {
            {"Langfuse-Langfuse_Prod", "prod"},
            {"not ok!", "default"},
            {"", "default"},
            {"UPPER", "upper"},
            {"x".repeat(50), "x".repeat(40)}
        };
        for (int i = 0; i < expected.length; i++) {
            Answer taken = ingest(event("trace-create", "t12-" + i, "'environment':'" + expected[i][0] + "'"));
            assertThat(taken.json().path("errors")).isEmpty();
            assertThat(get(API + "/traces/t12-" + i).path("environment").asText())
                    .isEqualTo(expected[i][1]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/traces?limit=101", "/traces?page=0", "/observations?limit=101", "/v2/observations?limit=1001",
                "/v3/scores?unknown=1", "/v3/scores?limit=101", "/v2/prompts?limit=101", "/v2/datasets?page=0"
            })
    void trap13_limitsOfPagesAreRefusedAbove_andV3ScoresKnowTheirParameters(String path) {
        Answer refused = new Answer(server.get(API + path));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(new Answer(server.get(API + "/v2/observations?limit=1000")).status())
                .isEqualTo(200);
    }

    @Test
    void trap14_aPublicKeyAloneScoresAndNoMore_fromAnyOrigin() {
        Answer scored = bearer(
                "POST",
                "/ingestion",
                "{'batch':[{'id':'e','type':'score-create','timestamp':'2026-11-20T12:00:00Z','body':{'id':'s14','traceId':'t14','name':'q','value':1}},"
                        + "{'id':'f','type':'trace-create','timestamp':'2026-11-20T12:00:00Z','body':{'id':'t14-no'}}]}");
        assertThat(scored.status()).isEqualTo(207);
        assertThat(scored.json().at("/errors/0/status").asInt()).isEqualTo(401);
        assertThat(scored.header("access-control-allow-origin")).isNotEmpty();
        assertThat(bearer("GET", "/traces", null).status()).isEqualTo(403);
        Answer preflight = new Answer(server.send(
                server.request(API + "/ingestion")
                        .header("origin", "https://app.example.com")
                        .header("access-control-request-method", "POST")
                        .header("access-control-request-headers", "authorization,content-type,x-langfuse-sdk-name")
                        .method("OPTIONS", BodyPublishers.noBody()),
                false));
        assertThat(preflight.status()).isBetween(200, 204);
        assertThat(preflight.header("access-control-allow-methods")).contains("POST");
        assertThat(preflight.header("access-control-allow-headers").toLowerCase(java.util.Locale.ROOT))
                .contains("authorization");
    }

    @Test
    void trap15_whatStaysWrongIsNoStatusThatClientsTryAgain() {
        for (String[] bad : new String[][] {
            {"POST", "/ingestion", "{"},
            {"POST", "/ingestion", "{'batch':1}"},
            {"POST", "/scores", "{}"},
            {"POST", "/v2/prompts", "{'name':'p'}"},
            {"POST", "/dataset-items", "{'datasetName':'none'}"},
            {"POST", "/otel/v1/traces", "{'resourceSpans':1}"},
            {"POST", "/models", "{}"}
        }) {
            Answer answer = send(bad[0], bad[1], bad[2]);
            assertThat(answer.status())
                    .as(bad[1] + answer.text())
                    .isBetween(400, 499)
                    .isNotIn(408, 409, 429);
        }
    }

    @Test
    void trap16_excludedGroupsAreEmptyOrMinusOne_notAbsent() {
        ingest(event("trace-create", "t16", "'name':'n','input':'i'") + ","
                + event("span-create", "o16", "'traceId':'t16'"));

        JsonNode core = get(API + "/traces?fields=core&name=n").at("/data/0");

        assertThat(core.path("observations").isArray()).isTrue();
        assertThat(core.path("observations")).isEmpty();
        assertThat(core.path("scores").isArray()).isTrue();
        assertThat(core.path("latency").asInt()).isEqualTo(-1);
        assertThat(core.path("totalCost").asInt()).isEqualTo(-1);
    }

    @Test
    void trap17_anyGivenCostEndsComputing_andBucketsExcludeEachOther() {
        ingest(
                event(
                                "generation-create",
                                "o17",
                                "'traceId':'t17','model':'gpt-4o','usageDetails':{'input':1000,'output':1000},'costDetails':{'input':0.5}")
                        + ","
                        + event(
                                "generation-create",
                                "p17",
                                "'traceId':'t17','usageDetails':{'prompt_tokens':10,'completion_tokens':5,'total_tokens':15,'prompt_tokens_details':{'cached_tokens':4}}"));

        JsonNode given = get(API + "/observations/o17").path("costDetails");
        JsonNode usage = get(API + "/observations/p17").path("usageDetails");

        assertThat(given.path("input").asDouble()).isEqualTo(0.5);
        assertThat(given.has("output")).isFalse();
        assertThat(usage.path("input").asInt()).isEqualTo(6);
        assertThat(usage.path("input_cached_tokens").asInt()).isEqualTo(4);
        assertThat(usage.path("total").asInt()).isEqualTo(15);
    }

    @Test
    void trap18_agentSpansAddNoUsageAgain() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4718";
        export(
                span(
                        trace,
                        "00f067aa0ba90218",
                        "",
                        "1795436180637700055",
                        "{'key':'gen_ai.operation.name','value':{'stringValue':'invoke_agent'}},"
                                + "{'key':'gen_ai.request.model','value':{'stringValue':'gpt-4o'}},{'key':'gen_ai.usage.input_tokens','value':{'intValue':7}}"),
                false);

        JsonNode agent = get(API + "/observations/00f067aa0ba90218");

        assertThat(agent.path("type").asText()).isEqualTo("AGENT");
        assertThat(agent.path("usageDetails")).isEmpty();
        assertThat(agent.path("costDetails")).isEmpty();
    }

    @Test
    void trap19_listsComeRepeatedOrWithCommas_andAnAdvancedFilterReplacesItsColumn() {
        ingest(event("trace-create", "t19", "'name':'n19','tags':['x','y'],'environment':'e19'"));

        for (String query : new String[] {
            "tags=x&tags=y",
            "tags=x,y",
            "environment=e19&environment=other",
            "environment=e19,other",
            "name=wrong&environment=e19&filter="
                    + java.net.URLEncoder.encode(
                            "[{\"type\":\"string\",\"column\":\"name\",\"operator\":\"=\",\"value\":\"n19\"}]",
                            StandardCharsets.UTF_8)
        }) {
            assertThat(get(API + "/traces?" + query).path("data").findValuesAsText("name"))
                    .as(query)
                    .contains("n19");
        }
        assertThat(get(API + "/traces?tags=x,z").path("data")).isEmpty();
        assertThat(get(API + "/traces?name=n19&fields=core,io")
                        .at("/meta/totalItems")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void trap20_ingestionVersionsUpToFourAreTaken() {
        for (String[] version :
                new String[][] {{"4", "200"}, {"3", "200"}, {"5", "400"}, {"99999999999999999999", "400"}}) {
            HttpResponse<String> answer = server.send(
                    server.request(API + "/otel/v1/traces")
                            .header("content-type", "application/json")
                            .header("x-langfuse-ingestion-version", version[0])
                            .POST(BodyPublishers.ofString("{}")),
                    true);
            assertThat(answer.statusCode()).as(version[0]).isEqualTo(Integer.parseInt(version[1]));
        }
    }

    private static String withoutUpdate(JsonNode trace) {
        return trace.toString().replaceAll("\"updatedAt\":\"[^\"]*\"", "");
    }

    private static String event(String type, String id, String fields) {
        return "{'id':'event-" + id + "','type':'" + type + "','timestamp':'2026-11-20T12:00:00Z','body':{'id':'" + id
                + "'" + (fields.isEmpty() ? "" : "," + fields) + "}}";
    }

    private static Answer ingest(String events) {
        Answer answer = send("POST", "/ingestion", "{'batch':[" + events + "]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(207);
        return answer;
    }

    private static String span(String trace, String id, String parent, String start, String attributes) {
        return "{'traceId':'" + trace + "','spanId':'" + id + "','parentSpanId':'" + parent + "','name':'n','kind':1,"
                + "'startTimeUnixNano':" + start + ",'endTimeUnixNano':'1795436182637700055','attributes':["
                + attributes + "]}";
    }

    private static void export(String span, boolean gzip) throws IOException {
        byte[] body = ("{'resourceSpans':[{'scopeSpans':[{'scope':{'name':'x'},'spans':[" + span + "]}]}]}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request =
                server.request(API + "/otel/v1/traces").header("content-type", "application/json");
        if (gzip) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(body);
            }
            body = bytes.toByteArray();
            request.header("content-encoding", "gzip");
        }
        byte[] sent = body;
        // of unknown length: in chunks
        request.POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(sent)));
        assertThat(server.send(request, true).statusCode()).isEqualTo(200);
    }

    private static Answer bearer(String method, String path, String body) {
        return new Answer(server.send(
                server.request(API + path)
                        .header("authorization", "Bearer " + ServerProcess.PUBLIC_KEY)
                        .header("origin", "https://app.example.com")
                        .header("content-type", "application/json")
                        .method(method, publisher(body)),
                false));
    }

    private static JsonNode get(String path) {
        Answer answer = new Answer(server.get(path));
        assertThat(answer.status()).as(path + answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static Answer send(String method, String path, String body) {
        return new Answer(server.send(
                server.request(API + path)
                        .header("content-type", "application/json")
                        .method(method, publisher(body)),
                true));
    }

    private static HttpRequest.BodyPublisher publisher(String body) {
        return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"'));
    }
}
