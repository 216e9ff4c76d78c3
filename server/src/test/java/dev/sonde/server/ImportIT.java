package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project copied from one server to another through the public interface, over a source that refuses now and then. */
class ImportIT {

    private static final String API = "/api/public";
    private static final int TRACES = 130;
    private static final Set<String> OF_THE_SERVER =
            Set.of("createdAt", "updatedAt", "lastUpdatedAt", "id", "projectId", "datasetId", "configId", "promptId");

    @TempDir
    static Path directory;

    private static ServerProcess source;
    private static HttpServer limited;
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static final AtomicInteger TRACES_READ = new AtomicInteger();
    private static final int UNTIL_THE_KILL = 70;
    private static final CountDownLatch KILLED = new CountDownLatch(1);
    private static final AtomicInteger REFUSED = new AtomicInteger();

    @BeforeAll
    static void start() throws IOException {
        source = ServerProcess.seeded(directory.resolve("source"));
        fill();
        limited = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        limited.createContext("/", exchange -> {
            // every twentieth request is one too many, and every ninetieth falls into a gap of the proxy
            int asked = ASKED.incrementAndGet();
            if (exchange.getRequestURI().getPath().startsWith(API + "/traces/")
                    && TRACES_READ.incrementAndGet() > UNTIL_THE_KILL) {
                await(KILLED);
            }
            byte[] body = "{\"message\":\"slow down\"}".getBytes(StandardCharsets.UTF_8);
            int status = asked % 90 == 0 ? 502 : 429;
            if (asked % 20 != 0 && asked % 90 != 0) {
                HttpResponse<String> answer =
                        source.get(exchange.getRequestURI().toString());
                body = answer.body().getBytes(StandardCharsets.UTF_8);
                status = answer.statusCode();
            } else {
                REFUSED.incrementAndGet();
                exchange.getResponseHeaders().add("Retry-After", "0");
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        limited.setExecutor(Executors.newCachedThreadPool());
        limited.start();
    }

    @AfterAll
    static void stop() {
        limited.stop(0);
        source.close();
    }

    @Test
    void everything_isReadBackEqual_afterAKillInTheMiddleToo() throws Exception {
        try (ServerProcess target = ServerProcess.seeded(directory.resolve("target"))) {
            Path state = directory.resolve("state.json");
            Process first = ServerProcess.startCommand(arguments(target, state));
            awaitTraces(first, state);
            first.destroyForcibly();
            first.waitFor(10, TimeUnit.SECONDS);
            KILLED.countDown();
            int before = total(target, "/traces");

            ServerProcess.Ended ended = ServerProcess.command(arguments(target, state));

            assertThat(ended.status()).as(ended.printed()).isZero();
            assertThat(before).as("the kill came in the middle").isBetween(1, TRACES - 1);
            assertThat(REFUSED.get()).isPositive();
            assertSame(target);
            ServerProcess.Ended again = ServerProcess.command(arguments(target, state));
            assertThat(again.status()).as(again.printed()).isZero();
            ServerProcess.Ended anew = ServerProcess.command(arguments(target, directory.resolve("other.json")));
            assertThat(anew.status()).as(anew.printed()).isZero();
            assertSame(target);
        }
    }

    @Test
    void wrongKeysAndAddresses_areToldWithoutATrace() throws Exception {
        List<String> wrong = new ArrayList<>(arguments(source, directory.resolve("wrong.json")));
        wrong.set(wrong.indexOf("--to-secret-key") + 1, "wrong");
        ServerProcess.Ended ended = ServerProcess.command(wrong);

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.printed()).contains("401").doesNotContain("\tat ");
        List<String> other = new ArrayList<>(arguments(source, directory.resolve("wrong.json")));
        other.set(other.indexOf("--url") + 1, "ftp://nowhere");
        assertThat(ServerProcess.command(other).printed()).contains("url: ftp://nowhere (expected: http");
    }

    private static List<String> arguments(ServerProcess target, Path state) {
        return List.of(
                "import",
                "langfuse",
                "--url",
                "http://127.0.0.1:" + limited.getAddress().getPort(),
                "--public-key",
                ServerProcess.PUBLIC_KEY,
                "--secret-key",
                ServerProcess.SECRET_KEY,
                "--to",
                target.base(),
                "--to-public-key",
                ServerProcess.PUBLIC_KEY,
                "--to-secret-key",
                ServerProcess.SECRET_KEY,
                "--state",
                state.toString());
    }

    /** Until the first page of traces is done, and not all of them. */
    private static void awaitTraces(Process process, Path state) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!Files.exists(state) || !Files.readString(state).contains("\"traces\":{\"page\"")) {
            assertThat(process.isAlive())
                    .as(() -> process.isAlive() ? "" : printed(process))
                    .isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(100, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String printed(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    private static void assertSame(ServerProcess target) {
        assertThat(total(target, "/traces")).isEqualTo(TRACES);
        for (String list :
                List.of("/observations", "/v2/scores", "/models", "/score-configs", "/v2/datasets", "/v2/prompts")) {
            assertThat(total(target, list)).as(list).isEqualTo(total(source, list));
        }
        for (int i = 0; i < TRACES; i++) {
            String path = "/traces/t" + i;
            assertThat(comparable(get(target, path))).as(path).isEqualTo(comparable(get(source, path)));
        }
        for (String list : List.of(
                "/v2/scores?limit=100",
                "/score-configs",
                "/v2/datasets",
                "/dataset-items?datasetName=d%2F1",
                "/v2/prompts?limit=100")) {
            assertThat(comparable(get(target, list).path("data")))
                    .as(list)
                    .isEqualTo(comparable(get(source, list).path("data")));
        }
        for (String prompt : List.of(
                "chat?version=1",
                "chat?version=3",
                "chat?label=production",
                "chat?label=latest",
                "folder%2Ftext?version=1")) {
            String path = "/v2/prompts/" + prompt + (prompt.contains("?") ? "&" : "?") + "resolve=false";
            assertThat(comparable(get(target, path))).as(path).isEqualTo(comparable(get(source, path)));
        }
        assertThat(status(target, "/v2/prompts/chat?version=2")).isEqualTo(404);
        assertThat(comparable(get(target, "/models/own%2Fmodel")))
                .isEqualTo(comparable(get(source, "/models/own%2Fmodel")));
    }

    /** Without what the server gives: times of its own, ids of what has a name. Lists of a trace in order of their ids. */
    private static Object comparable(JsonNode json) {
        if (json instanceof ArrayNode array) {
            List<Object> all = new ArrayList<>();
            List<JsonNode> sorted = new ArrayList<>();
            array.forEach(sorted::add);
            if (!array.isEmpty() && array.get(0).has("traceId")) {
                sorted.sort(
                        java.util.Comparator.comparing(node -> node.path("id").asText()));
            }
            sorted.forEach(each -> all.add(comparable(each)));
            return all;
        }
        if (json instanceof ObjectNode object) {
            TreeMap<String, Object> fields = new TreeMap<>();
            object.properties().forEach(entry -> {
                boolean ofTheServer = OF_THE_SERVER.contains(entry.getKey())
                        && !(entry.getKey().equals("id") && object.has("traceId"));
                if (!ofTheServer
                        && !entry.getKey().equals("resolutionGraph")
                        && !entry.getKey().equals("costBasis")
                        && !entry.getKey().startsWith("usagePricingTier")) {
                    fields.put(entry.getKey(), comparable(entry.getValue()));
                }
            });
            return fields;
        }
        return json.isNumber() ? json.decimalValue().stripTrailingZeros() : json;
    }

    private static void fill() {
        send(
                "PUT",
                "/models/own%2Fmodel",
                "{'modelName':'own','matchPattern':'^own$','unit':'TOKENS','pricingTiers':["
                        + "{'name':'d','isDefault':true,'priority':0,'conditions':[],'prices':{'input':0.25,'output':1}},"
                        + "{'name':'a','isDefault':false,'priority':1,'conditions':[{'usageDetailPattern':'input','operator':'gt','value':100,'caseSensitive':true}],'prices':{'input':0.5,'output':2}}]}");
        String config = send(
                        "POST",
                        "/score-configs",
                        "{'name':'quality','dataType':'CATEGORICAL','categories':[{'label':'good','value':1},{'label':'bad','value':0}]}")
                .path("id")
                .asText();
        send("POST", "/score-configs", "{'name':'flag','dataType':'BOOLEAN','description':'yes or no'}");
        send(
                "POST",
                "/v2/prompts",
                "{'name':'chat','type':'chat','prompt':[{'role':'user','content':'one {{a}}'}],'tags':['x']}");
        send("POST", "/v2/prompts", "{'name':'chat','type':'chat','prompt':[{'role':'user','content':'two'}]}");
        send(
                "POST",
                "/v2/prompts",
                "{'name':'chat','type':'chat','prompt':[{'role':'user','content':'three'}],'labels':['production','eu'],'config':{'t':0.5},'commitMessage':'why'}");
        send("DELETE", "/v2/prompts/chat?version=2", null);
        send("POST", "/v2/prompts", "{'name':'folder/text','prompt':'text','labels':['production']}");
        send("POST", "/v2/datasets", "{'name':'d/1','description':'x','metadata':{'a':[1]}}");
        send("POST", "/v2/datasets", "{'name':'empty'}");
        for (int i = 0; i < 60; i++) {
            send(
                    "POST",
                    "/dataset-items",
                    "{'datasetName':'d/1','id':'i" + i + "','input':{'n':" + i
                            + "},'expectedOutput':'" + i + "','metadata':null,'status':'"
                            + (i % 5 == 0 ? "ARCHIVED" : "ACTIVE")
                            + "','sourceTraceId':'t1'}");
        }
        for (int i = 0; i < TRACES; i++) {
            ingest(i, config);
        }
        send("PATCH", "/score-configs/" + config, "{'isArchived':true}");
    }

    private static void ingest(int i, String config) {
        String at = "2026-11-20T12:%02d:%02d.%03dZ".formatted(i / 60, i % 60, i);
        StringBuilder batch = new StringBuilder();
        batch.append(event(
                "trace-create",
                at,
                "'id':'t" + i + "','name':'n" + i % 3 + "','userId':'u','sessionId':'s" + i % 7
                        + "','tags':['a','b" + i % 2 + "'],'environment':'prod','release':'r','version':'v','public':"
                        + (i % 2 == 0)
                        + ",'input':"
                        + List.of("{'a':1.50}", "'text'", "'0'", "'false'", "[1,2]")
                                .get(i % 5)
                        + ",'metadata':{'k':'v','n':1,'o':{'x':[true]},'z':null}"));
        batch.append(',')
                .append(
                        event(
                                "generation-create",
                                at,
                                "'id':'g" + i + "','traceId':'t" + i + "','startTime':'" + at
                                        + "','endTime':'2026-11-20T13:00:00.001Z','completionStartTime':'2026-11-20T12:59:00Z','model':'own',"
                                        + "'modelParameters':{'temperature':0.5},'usageDetails':{'input':" + i
                                        + ",'output':2},'input':[{'role':'user','content':'hi'}],'output':'"
                                        + (i % 2 == 0 ? "12" : "out")
                                        + "','level':'WARNING','statusMessage':'m','promptName':'chat','promptVersion':3,'metadata':'text'"));
        batch.append(',')
                .append(event(
                        "tool-create",
                        at,
                        "'id':'o" + i + "','traceId':'t" + i + "','parentObservationId':'g" + i + "','startTime':'" + at
                                + "','costDetails':{'total':0.125}"));
        if (i % 3 == 0) {
            batch.append(',')
                    .append(event(
                            "score-create",
                            at,
                            "'id':'s" + i + "','traceId':'t" + i + "','observationId':'g" + i
                                    + "','name':'q','value':0.5,'comment':'c','metadata':{'m':1}"));
            batch.append(',')
                    .append(event(
                            "score-create",
                            at,
                            "'id':'c" + i + "','traceId':'t" + i
                                    + "','name':'quality','value':'good','dataType':'CATEGORICAL','configId':'" + config
                                    + "','source':'ANNOTATION'"));
        }
        if (i == 0) {
            batch.append(',')
                    .append(event(
                            "score-create",
                            at,
                            "'id':'ss','sessionId':'s1','name':'b','value':1,'dataType':'BOOLEAN'"));
            batch.append(',')
                    .append(event(
                            "score-create",
                            at,
                            "'id':'tt','traceId':'t0','name':'words','value':'said','dataType':'TEXT'"));
            batch.append(',')
                    .append(event(
                            "score-create",
                            at,
                            "'id':'cc','traceId':'t0','name':'output','value':'right','dataType':'CORRECTION'"));
        }
        JsonNode answer = send("POST", "/ingestion", "{'batch':[" + batch + "]}");
        assertThat(answer.path("errors")).as(answer.toString()).isEmpty();
    }

    private static String event(String type, String at, String body) {
        return "{'id':'" + type + at + "','type':'" + type + "','timestamp':'" + at + "','body':{" + body + "}}";
    }

    private static int total(ServerProcess server, String list) {
        return get(server, list).at("/meta/totalItems").asInt();
    }

    private static int status(ServerProcess server, String path) {
        return server.get(API + path).statusCode();
    }

    private static JsonNode get(ServerProcess server, String path) {
        Answer answer = new Answer(server.get(API + path));
        assertThat(answer.status()).as(path + answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode send(String method, String path, String body) {
        Answer answer = new Answer(source.send(
                source.request(API + path)
                        .header("content-type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body.replace('\'', '"'))),
                true));
        assertThat(answer.status()).as(path + answer.text()).isBetween(200, 299);
        return answer.text().isEmpty() ? null : answer.json();
    }
}
