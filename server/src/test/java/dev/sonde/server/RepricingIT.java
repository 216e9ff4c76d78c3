package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Costs of what is stored, computed anew with the prices of today. */
class RepricingIT {

    private static final String RANGE = "'from':'2026-11-02T00:00:00Z','to':'2026-11-03T02:00:00+02:00'";
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

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
    void dryRun_saysTheDifferenceAndChangesNothing_thenTheRunDoesWhatItSaid() {
        String model = priced("history", 1);
        generation("h-1", "history", "2026-11-02T00:00:00Z", "'usageDetails':{'input':10}");
        generation("h-2", "history", "2026-11-02T23:59:59.999Z", "'usageDetails':{'input':5}");
        generation(
                "h-provided",
                "history",
                "2026-11-02T01:00:00Z",
                "'usageDetails':{'input':5},'costDetails':{'total':7}");
        generation("h-later", "history", "2026-11-03T00:00:00Z", "'usageDetails':{'input':1}");
        price(model, "history", 3);

        JsonNode dry = run("{" + RANGE + ",'model':'history','dryRun':true}");

        assertThat(dry.path("models").toString())
                .isEqualTo("[{\"model\":\"history\",\"observations\":3,\"provided\":1,\"changed\":2,"
                        + "\"costBefore\":15,\"costAfter\":45,\"difference\":30}]");
        assertThat(cost("h-1")).isEqualTo("10");

        JsonNode done = run("{" + RANGE + ",'model':'history'}");

        assertThat(done.path("models")).isEqualTo(dry.path("models"));
        assertThat(done.path("difference").decimalValue()).isEqualByComparingTo("30");
        assertThat(cost("h-1")).isEqualTo("30");
        assertThat(cost("h-2")).isEqualTo("15");
        assertThat(cost("h-provided")).isEqualTo("7");
        assertThat(cost("h-later")).isEqualTo("1");
        assertThat(get("/api/public/traces/trace-history").path("totalCost").decimalValue())
                .isEqualByComparingTo("53");
        assertThat(get("/api/public/observations/h-1").path("input").asText()).isEqualTo("said");

        JsonNode again = run("{" + RANGE + ",'model':'history'}");

        assertThat(again.at("/models/0/changed").asInt()).isZero();
        JsonNode listed = get("/api/public/repricings?limit=100");
        assertThat(listed.path("data").findValuesAsText("id"))
                .contains(
                        again.path("id").asText(),
                        done.path("id").asText(),
                        dry.path("id").asText());
        JsonNode kept = get("/api/public/repricings/" + done.path("id").asText());
        assertThat(kept).isEqualTo(done);
        assertThat(kept.path("askedBy").asText()).isEqualTo("key " + ServerProcess.PUBLIC_KEY);
        assertThat(kept.path("endedAt").asText()).isNotEmpty();
    }

    @Test
    void run_ofMoreThanOnePart_pricesEach_andAllModels() {
        String model = priced("many", 1);
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < 1_203; i++) {
            batch.append(i == 0 ? "" : ",")
                    .append(event("m-" + i, "many", "2026-10-01T00:00:00Z", "'usageDetails':{'input':1}"));
        }
        ingest(batch.toString());
        generation("m-unknown", "nobody knows this", "2026-10-01T00:00:00Z", "'usageDetails':{'input':1}");
        price(model, "many", 2);

        JsonNode done = run("{'from':'2026-10-01T00:00:00Z','to':'2026-10-02T00:00:00Z','model':null,'dryRun':false}");

        assertThat(done.path("models").toString())
                .contains("{\"model\":\"many\",\"observations\":1203,\"provided\":0,\"changed\":1203,"
                        + "\"costBefore\":1203,\"costAfter\":2406,\"difference\":1203}")
                .contains("{\"model\":\"nobody knows this\",\"observations\":1,\"provided\":0,\"changed\":0,"
                        + "\"costBefore\":0,\"costAfter\":0,\"difference\":0}");
        assertThat(get("/api/public/traces/trace-many").path("totalCost").decimalValue())
                .isEqualByComparingTo("2406");
        price(model, "many", 0);
    }

    @Test
    void pages_startAndSeeIt() throws InterruptedException {
        String model = priced("paged", 1);
        generation("p-1", "paged", "2026-09-01T00:00:00Z", "'usageDetails':{'input':10}");
        price(model, "paged", 2);
        SignedInBrowser browser = SignedInBrowser.owner(server);
        String body = "{\"from\":\"2026-09-01T00:00:00Z\",\"to\":\"2026-09-02T00:00:00Z\"}";

        Answer started = browser.post("/repricings", body);

        assertThat(started.status()).as(started.text()).isEqualTo(202);
        String id = started.json().path("id").asText();
        assertThat(started.json().path("askedBy").asText()).isEqualTo(ServerProcess.EMAIL);
        awaitEnd(id);
        assertThat(browser.get("/repricings/" + id).json().path("state").asText())
                .isEqualTo("done");
        assertThat(browser.get("/repricings").json().path("data").findValuesAsText("id"))
                .contains(id);
        assertThat(browser.postWithoutToken("/repricings", body).status()).isEqualTo(403);
        assertThat(cost("p-1")).isEqualTo("20");
    }

    @Test
    void command_runsItOnARunningServer_andPrintsTheDifference() throws Exception {
        String model = priced("typed", 1);
        generation("c-1", "typed", "2026-08-01T00:00:00Z", "'usageDetails':{'input':10}");
        price(model, "typed", 2);
        String range = "--from 2026-08-01T00:00:00Z --to 2026-08-02T00:00:00Z";

        ServerProcess.Ended dry = server.command(("reprice --dry-run " + range).split(" "));

        assertThat(dry.status()).as(dry.printed()).isZero();
        assertThat(dry.printed())
                .contains("typed: 10 -> 20 USD, 10 (1 of 1 changed, 0 provided)")
                .contains("nothing was changed");
        assertThat(cost("c-1")).isEqualTo("10");
        assertThat(server.command(("reprice " + range).split(" ")).status()).isZero();
        assertThat(cost("c-1")).isEqualTo("20");
        ServerProcess.Ended wrong = server.command("reprice", "--from", "yesterday", "--to", "2026-08-02T00:00:00Z");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.printed()).contains("from: expected an ISO-8601 time").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            body   | []
            from   | {'to':'2026-11-03T00:00:00Z'}
            to     | {'from':'2026-11-03T00:00:00Z'}
            from   | {'from':'2026-11-03','to':'2026-11-03T00:00:00Z'}
            from   | {'from':7,'to':'2026-11-03T00:00:00Z'}
            to     | {'from':'2026-11-03T00:00:00Z','to':'+999999999-01-01T00:00:00Z'}
            to     | {'from':'2026-11-03T00:00:00Z','to':'2026-11-03T00:00:00Z'}
            model  | {'from':'2026-11-02T00:00:00Z','to':'2026-11-03T00:00:00Z','model':''}
            model  | {'from':'2026-11-02T00:00:00Z','to':'2026-11-03T00:00:00Z','model':['a']}
            dryRun | {'from':'2026-11-02T00:00:00Z','to':'2026-11-03T00:00:00Z','dryRun':'yes'}
            """)
    void badRequests_nameTheField(String field, String body) {
        Answer answer = send("POST", "/api/public/repricings", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).startsWith(field + ":");
    }

    @Test
    void unknownRun_isNotFound() {
        assertThat(send("GET", "/api/public/repricings/none", null).status()).isEqualTo(404);
    }

    private static JsonNode run(String body) {
        Answer answer = send("POST", "/api/public/repricings", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        JsonNode ended = awaitEnd(answer.json().path("id").asText());
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("done");
        return ended;
    }

    private static JsonNode awaitEnd(String id) {
        long start = System.nanoTime();
        JsonNode run = get("/api/public/repricings/" + id);
        while (run.path("state").asText().equals("running")) {
            assertThat(System.nanoTime() - start).as(run.toString()).isLessThan(DEADLINE_NANOS);
            run = get("/api/public/repricings/" + id);
        }
        return run;
    }

    private static String priced(String name, int price) {
        String id = "of-" + name;
        price(id, name, price);
        return id;
    }

    private static void price(String id, String name, int price) {
        Answer answer = send(
                "PUT",
                "/api/public/models/" + id,
                "{'modelName':'" + name + "','matchPattern':'^" + name + "$','inputPrice':" + price + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static void generation(String id, String model, String start, String more) {
        ingest(event(id, model, start, more));
    }

    private static String event(String id, String model, String start, String more) {
        return "{'id':'" + id + "','type':'generation-create','timestamp':'" + start + "','body':{'id':'" + id
                + "','traceId':'trace-" + model + "','model':'" + model + "','input':'said'," + more + "}}";
    }

    private static void ingest(String events) {
        Answer sent = send("POST", "/api/public/ingestion", "{'batch':[" + events + "]}");
        assertThat(sent.json().path("errors")).as(sent.text()).isEmpty();
    }

    private static String cost(String observation) {
        return get("/api/public/observations/" + observation)
                .path("calculatedTotalCost")
                .decimalValue()
                .stripTrailingZeros()
                .toPlainString();
    }

    private static JsonNode get(String path) {
        Answer answer = new Answer(server.get(path));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static Answer send(String method, String path, String body) {
        return new Answer(server.send(
                server.request(path)
                        .header("content-type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(
                                                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))),
                true));
    }
}
