package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting traces and scores over the public interface: gone when the call returns, and for good. */
class DeletionIT {

    @TempDir
    Path directory;

    private ServerProcess server;

    @BeforeEach
    void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        for (String id : List.of("t1", "t2", "t3")) {
            write(id);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void deletedTrace_isGoneFromEverything_afterAKillToo() throws Exception {
        Answer deleted = send("DELETE", "/api/public/traces/t1", null);

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.json().toString()).isEqualTo("{\"message\":\"Trace deleted successfully\"}");
        assertGone("t1");
        assertThere("t2");
        server.kill();
        server = ServerProcess.seeded(directory.resolve("data"));
        assertGone("t1");
        assertThere("t2");
        assertThat(send("DELETE", "/api/public/traces/t1", null).status()).isEqualTo(200);
    }

    @Test
    void manyTraces_goAtOnce() {
        Answer deleted = send("DELETE", "/api/public/traces", "{'traceIds':['t1','t3','never']}");

        assertThat(deleted.json().toString()).isEqualTo("{\"message\":\"Traces deleted successfully\"}");
        assertGone("t1");
        assertGone("t3");
        assertThere("t2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'traceIds':[]}",
                "{'traceIds':'t1'}",
                "{'traceIds':[1]}",
                "{'traceIds':['']}",
                "{'traceIds':['t1'],'more':1}"
            })
    void badLists_deleteNothing(String body) {
        assertThat(send("DELETE", "/api/public/traces", body).status()).isEqualTo(400);
        assertThere("t1");
    }

    @Test
    void moreThanAThousand_areTooMany() {
        String ids =
                IntStream.rangeClosed(1, 1_001).mapToObj(i -> "'x" + i + "'").collect(Collectors.joining(","));

        assertThat(send("DELETE", "/api/public/traces", "{'traceIds':[" + ids + "]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void deletedTrace_mayComeAgain_andKnowsNothingOfBefore() {
        send("DELETE", "/api/public/traces/t1", null);
        ingest(
                "{'id':'again','type':'trace-create','timestamp':'2026-11-02T00:00:00Z','body':{'id':'t1','name':'new'}}");

        JsonNode trace = send("GET", "/api/public/traces/t1", null).json();
        assertThat(trace.path("name").asText()).isEqualTo("new");
        assertThat(trace.path("userId").isNull()).isTrue();
        assertThat(trace.path("observations")).isEmpty();
        assertThat(trace.path("totalCost").asDouble()).isZero();
    }

    @Test
    void deletedScore_isGone_andItsTraceIsJudgedByTheRest() {
        ingest(
                "{'id':'m','type':'score-create','timestamp':'2026-11-02T00:00:00Z','body':{'id':'more-t1','traceId':'t1',"
                        + "'name':'quality','value':0.75}}");
        assertThat(traces("0.75")).containsExactly("t1");

        Answer deleted = send("DELETE", "/api/public/scores/more-t1", null);

        assertThat(deleted.status()).isEqualTo(202);
        assertThat(deleted.json().path("message").asText()).isEqualTo("Score deletion queued successfully");
        assertThat(send("GET", "/api/public/v2/scores/more-t1", null).status()).isEqualTo(404);
        assertThat(traces("0.75")).isEmpty();
        assertThat(traces("0.5")).containsExactlyInAnyOrder("t1", "t2", "t3");
        send("DELETE", "/api/public/scores/score-t1", null);
        assertThat(traces("0.5")).containsExactlyInAnyOrder("t2", "t3");
        assertThat(send("GET", "/api/public/traces/t1", null).json().path("scores"))
                .isEmpty();
        assertThat(send("DELETE", "/api/public/scores/never", null).status()).isEqualTo(202);
    }

    @Test
    void media_goWithTheLastThatRefersToThem() throws Exception {
        byte[] bytes = "a picture".getBytes(StandardCharsets.UTF_8);
        String id = announce(bytes, "t1");
        announce(bytes, "t2");

        send("DELETE", "/api/public/traces/t1", null);
        assertThat(send("GET", "/api/public/media/" + id, null).status()).isEqualTo(200);
        send("DELETE", "/api/public/traces/t2", null);
        assertThat(send("GET", "/api/public/media/" + id, null).status()).isEqualTo(404);
        try (Stream<Path> files = Files.walk(directory.resolve("data/media"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private String announce(byte[] bytes, String traceId) throws Exception {
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        JsonNode announced = send(
                        "POST",
                        "/api/public/media",
                        "{'traceId':'" + traceId + "','contentType':'image/png','contentLength':" + bytes.length
                                + ",'field':'output','sha256Hash':'" + hash + "'}")
                .json();
        String url = announced.path("uploadUrl").asText("");
        if (!url.isEmpty()) {
            String path = url.substring(url.indexOf("/api/"));
            assertThat(server.send(
                                    server.request(path)
                                            .header("content-type", "image/png")
                                            .PUT(BodyPublishers.ofByteArray(bytes)),
                                    false)
                            .statusCode())
                    .isEqualTo(200);
        }
        return announced.path("mediaId").asText();
    }

    private void write(String id) {
        ingest("{'id':'a" + id + "','type':'trace-create','timestamp':'2026-11-01T00:00:00Z','body':{'id':'" + id
                + "','name':'answer','userId':'ada','sessionId':'s-" + id + "','input':'of " + id + "'}},"
                + "{'id':'b" + id + "','type':'generation-create','timestamp':'2026-11-01T00:00:01Z','body':{'id':'g-"
                + id
                + "','traceId':'" + id
                + "','model':'gpt-4o','usageDetails':{'input':10},'endTime':'2026-11-01T00:00:02Z'}},"
                + "{'id':'c" + id + "','type':'span-create','timestamp':'2026-11-01T00:00:01Z','body':{'id':'open-" + id
                + "','traceId':'" + id + "'}},"
                + "{'id':'d" + id + "','type':'score-create','timestamp':'2026-11-01T00:00:03Z','body':{'id':'score-"
                + id
                + "','traceId':'" + id + "','observationId':'g-" + id + "','name':'quality','value':0.5}}");
    }

    private void assertGone(String id) {
        for (String path : List.of(
                "/traces/" + id,
                "/observations/g-" + id,
                "/observations/open-" + id,
                "/v2/scores/score-" + id,
                "/sessions/s-" + id)) {
            assertThat(send("GET", "/api/public" + path, null).status())
                    .as(path)
                    .isEqualTo(404);
        }
        for (String list :
                List.of("/traces", "/v2/observations", "/observations", "/v2/scores", "/v3/scores", "/sessions")) {
            assertThat(send("GET", "/api/public" + list, null)
                            .json()
                            .path("data")
                            .toString())
                    .as(list)
                    .doesNotContain("\"" + id + "\"")
                    .doesNotContain("-" + id + "\"");
        }
    }

    private void assertThere(String id) {
        JsonNode trace = send("GET", "/api/public/traces/" + id, null).json();
        assertThat(trace.path("input").asText()).isEqualTo("of " + id);
        assertThat(trace.path("observations")).hasSize(2);
        assertThat(trace.path("scores")).hasSize(1);
    }

    private List<String> traces(String score) {
        String filter = "%5B%7B%22type%22:%22numberObject%22,%22column%22:%22scores_avg%22,%22key%22:%22quality%22,"
                + "%22operator%22:%22=%22,%22value%22:" + score + "%7D%5D";
        return send("GET", "/api/public/traces?filter=" + filter + "&fields=core", null)
                .json()
                .path("data")
                .findValuesAsText("id");
    }

    private void ingest(String events) {
        Answer sent = send("POST", "/api/public/ingestion", "{'batch':[" + events + "]}");
        assertThat(sent.json().path("errors")).as(sent.text()).isEmpty();
    }

    private Answer send(String method, String path, String body) {
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
}
