package dev.sonde.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Level;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.Trace;
import dev.sonde.server.pricing.Models;
import dev.sonde.server.pricing.PriceTable;
import dev.sonde.server.pricing.Pricer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored after what clients really send. */
@Timeout(60)
class IngestTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final MemoryEventWriter store = new MemoryEventWriter();
    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    private final Committer committer =
            new Committer(store, new Pricer(new Models(PriceTable.builtIn(), project -> List.of()))::price, clock);
    private final Ingest ingest = new Ingest(committer, ScoreConfigs.NONE, clock);

    @AfterEach
    void close() {
        committer.close();
    }

    @Test
    void otlp_ofLangfusesPythonClient_isReadWhole() {
        export(span(
                "a1a1a1a1a1a1a1a1",
                "b2b2b2b2b2b2b2b2",
                "gen",
                text("user.id", "u"),
                text("session.id", "s"),
                text("langfuse.trace.name", "tn"),
                "{'key':'langfuse.trace.tags','value':{'arrayValue':{'values':[{'stringValue':'t'}]}}}",
                text("langfuse.trace.metadata.k", "v"),
                text("langfuse.version", "1"),
                text("langfuse.observation.type", "generation"),
                text("langfuse.observation.input", "x"),
                text("langfuse.observation.model.name", "gpt-4o"),
                text("langfuse.observation.model.parameters", "{\\\"t\\\": 0}"),
                text("langfuse.observation.usage_details", "{\\\"input\\\": 1, \\\"output\\\": 2}"),
                text("langfuse.observation.cost_details", "{\\\"input\\\": 0.1}")));

        Observation o = observation("a1a1a1a1a1a1a1a1");
        assertThat(o.type()).isEqualTo(ObservationType.GENERATION);
        assertThat(o.parentId()).isEqualTo("b2b2b2b2b2b2b2b2");
        assertThat(o.payload().input()).isEqualTo("x");
        assertThat(o.version()).isEqualTo("1");
        assertThat(o.model().providedModel()).isEqualTo("gpt-4o");
        assertThat(o.model().parametersJson()).isEqualTo("{\"t\": 0}");
        assertThat(o.model().usage()).isEqualTo(Map.of("input", 1L, "output", 2L, "total", 3L));
        assertThat(o.model().costProvided()).isTrue();
        assertThat(o.model().totalCost()).isEqualByComparingTo("0.1");
        Trace t = trace();
        assertThat(t.name()).isEqualTo("tn");
        assertThat(t.userId()).isEqualTo("u");
        assertThat(t.sessionId()).isEqualTo("s");
        assertThat(t.tags()).containsExactly("t");
        assertThat(t.payload().metadata()).isEqualTo(Map.of("k", "v"));
        assertThat(t.totals().observations()).isEqualTo(1);
        assertThat(t.totals().cost()).isEqualByComparingTo("0.1");
    }

    @Test
    void otlp_ofARootWithTraceAttributes_keepsBothInputsApart() {
        export(span(
                "a1a1a1a1a1a1a1a1",
                "",
                "root",
                text("langfuse.observation.type", "span"),
                text("langfuse.observation.input", "{\\\"a\\\": 1}"),
                text("langfuse.trace.name", "tn"),
                text("langfuse.trace.input", "ti"),
                text("langfuse.trace.output", "to"),
                "{'key':'langfuse.trace.public','value':{'boolValue':true}}",
                text("langfuse.trace.metadata.k", "{\\\"n\\\": 1}")));

        assertThat(trace().payload().input()).isEqualTo("ti");
        assertThat(trace().payload().output()).isEqualTo("to");
        assertThat(trace().isPublic()).isTrue();
        assertThat(trace().payload().metadata()).isEqualTo(Map.of("k", "{\"n\": 1}"));
        assertThat(observation("a1a1a1a1a1a1a1a1").payload().input()).isEqualTo("{\"a\": 1}");
    }

    @Test
    void otlp_ofGenAiConventions_isPricedInExclusiveBuckets() {
        export(span(
                "a1a1a1a1a1a1a1a1",
                "",
                "chat gpt-4o-mini",
                text("gen_ai.operation.name", "chat"),
                text("gen_ai.request.model", "gpt-4o-mini"),
                text("gen_ai.response.model", "gpt-4o-mini-2024-07-18"),
                "{'key':'gen_ai.request.temperature','value':{'doubleValue':0.5}}",
                "{'key':'gen_ai.usage.input_tokens','value':{'intValue':'1000'}}",
                "{'key':'gen_ai.usage.output_tokens','value':{'intValue':200}}",
                "{'key':'gen_ai.usage.cache_read.input_tokens','value':{'intValue':'400'}}",
                text("gen_ai.input.messages", "[{\\\"role\\\":\\\"user\\\"}]")));

        Observation o = observation("a1a1a1a1a1a1a1a1");
        assertThat(o.type()).isEqualTo(ObservationType.GENERATION);
        assertThat(o.model().modelId()).isEqualTo("gpt-4o-mini");
        assertThat(o.model().usage())
                .isEqualTo(Map.of("input", 600L, "input_cached_tokens", 400L, "output", 200L, "total", 1200L));
        // 600 * 0.15 + 400 * 0.075 + 200 * 0.6 USD a million
        assertThat(o.model().totalCost()).isEqualByComparingTo(new BigDecimal("0.00024"));
        assertThat(o.model().parametersJson()).isEqualTo("{\"temperature\":0.5}");
        assertThat(trace().payload().input()).isEqualTo("[{\"role\":\"user\"}]");
        assertThat(trace().name()).isEqualTo("chat gpt-4o-mini");
    }

    @Test
    void otlp_ofAnErrorWithoutLevel_isAnError() {
        String failed = span("a1a1a1a1a1a1a1a1", "", "root")
                .replace("'attributes'", "'status':{'code':2,'message':'it broke'},'attributes'");
        export(failed);

        assertThat(observation("a1a1a1a1a1a1a1a1").level()).isEqualTo(Level.ERROR);
        assertThat(observation("a1a1a1a1a1a1a1a1").statusMessage()).isEqualTo("it broke");
        assertThat(trace().totals().errors()).isEqualTo(1);
    }

    @Test
    void otlp_ofAnAgentSpan_addsNoUsageAgain() {
        export(span(
                "a1a1a1a1a1a1a1a1",
                "",
                "agent",
                text("gen_ai.operation.name", "invoke_agent"),
                text("gen_ai.request.model", "gpt-4o"),
                "{'key':'gen_ai.usage.input_tokens','value':{'intValue':'1000'}}"));

        assertThat(observation("a1a1a1a1a1a1a1a1").type()).isEqualTo(ObservationType.AGENT);
        assertThat(observation("a1a1a1a1a1a1a1a1").model().usage()).isEmpty();
        assertThat(trace().totals().cost()).isNull();
    }

    @Test
    void otlp_sentTwice_changesNothing() {
        String once = span(
                "a1a1a1a1a1a1a1a1",
                "",
                "root",
                text("gen_ai.request.model", "gpt-4o"),
                "{'key':'gen_ai.usage.input_tokens','value':{'intValue':'10'}}");
        export(once);
        Trace first = trace();
        export(once);

        assertThat(trace()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"resourceSpans\":{}}",
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{}]}]}]}",
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"a\",\"spanId\":\"b\",\"attributes\":{}}]}]}]}"
            })
    void otlp_thatCannotBeRead_isRefusedWhole(String body) {
        assertThatThrownBy(() -> ingest.otlp("p", body.getBytes(StandardCharsets.UTF_8), false))
                .isInstanceOf(MalformedRequestException.class);
        assertThat(store.traces()).isEmpty();
    }

    @Test
    void otlp_thatIsNested1000000Deep_isRefused() {
        String deep = "{\"resourceSpans\":" + "[".repeat(1_000_000);

        assertThatThrownBy(() -> ingest.otlp("p", deep.getBytes(StandardCharsets.UTF_8), false))
                .isInstanceOf(MalformedRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'key':'gen_ai.usage.cost','value':{'doubleValue':1e400}}",
                "{'key':'gen_ai.usage.cost','value':{'stringValue':'1e999999999'}}",
                "{'key':'gen_ai.usage.cost','value':{'doubleValue':'NaN'}}",
                "{'key':'gen_ai.usage.cost','value':{'doubleValue':-1}}",
                "{'key':'langfuse.observation.cost_details','value':{'stringValue':'{\\\"total\\\":1e400}'}}",
                "{'key':'langfuse.observation.cost_details','value':{'stringValue':'{\\\"total\\\":1e300}'}}",
                "{'key':'gen_ai.usage.input_tokens','value':{'intValue':'9223372036854775807'}}",
                "{'key':'gen_ai.usage.input_tokens','value':{'intValue':'-5'}}",
                "{'key':'gen_ai.usage.input_tokens','value':{'doubleValue':1e300}}",
                "{'key':'ai.response.msToFirstChunk','value':{'doubleValue':1e300}}",
                "{'key':'langfuse.observation.completion_start_time','value':{'stringValue':'+999999999-12-31T23:59:59Z'}}"
            })
    void otlp_ofAbsurdFigures_keepsTheSpanWithoutThem(String attribute) {
        export(span("a1a1a1a1a1a1a1a1", "", "root", text("gen_ai.request.model", "gpt-4o"), attribute));

        Observation o = observation("a1a1a1a1a1a1a1a1");
        assertThat(o.model().totalCost()).isNull();
        assertThat(o.model().usage()).isEmpty();
        assertThat(o.completionStartTime()).isNull();
    }

    @Test
    void otlp_inProtocolBuffers_isReadAsInJson() throws Exception {
        Span span = Span.newBuilder()
                .setTraceId(ByteString.fromHex(TRACE))
                .setSpanId(ByteString.fromHex("a1a1a1a1a1a1a1a1"))
                .setName("chat")
                .setStartTimeUnixNano(1795436181637700055L)
                .setEndTimeUnixNano(1795436182637700055L)
                .addAttributes(KeyValue.newBuilder()
                        .setKey("gen_ai.request.model")
                        .setValue(AnyValue.newBuilder().setStringValue("gpt-4o")))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("gen_ai.usage.input_tokens")
                        .setValue(AnyValue.newBuilder().setIntValue(10)))
                .build();
        byte[] body = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .setScope(InstrumentationScope.newBuilder().setName("langfuse-sdk"))
                                .addSpans(span)))
                .build()
                .toByteArray();
        ingest.otlp("p", body, true).get(10, TimeUnit.SECONDS);
        Observation binary = observation("a1a1a1a1a1a1a1a1");
        store.traces().clear();
        store.observations().clear();

        export(span(
                "a1a1a1a1a1a1a1a1",
                "",
                "chat",
                text("gen_ai.request.model", "gpt-4o"),
                "{'key':'gen_ai.usage.input_tokens','value':{'intValue':'10'}}"));

        assertThat(binary).isEqualTo(observation("a1a1a1a1a1a1a1a1"));
        assertThat(binary.model().totalCost()).isEqualByComparingTo("0.000025");
        assertThatThrownBy(() -> ingest.otlp("p", new byte[] {1, 2, 3}, true))
                .isInstanceOf(MalformedRequestException.class)
                .hasMessage("Failed to parse OTel Protobuf Trace");
    }

    @Test
    void batch_takesEachEventAlone() {
        ObjectNode answer = ingest.batch(
                        "p",
                        false,
                        ("{'batch':["
                                        + "{'id':'e1','type':'trace-create','timestamp':'2026-11-20T11:00:00.123456Z','body':{'id':'t1','name':'n','tags':['b','a']}},"
                                        + "{'id':'e2','type':'span-create','timestamp':'2026-11-20T11:00:01+02:00','body':{'id':'o1','traceId':'t1'}},"
                                        + "{'id':'e3','type':'nonsense','timestamp':'2026-11-20T11:00:01Z','body':{'id':'o2'}},"
                                        + "{'id':'e4','type':'span-create','timestamp':'yesterday','body':{'id':'o3'}},"
                                        + "{'id':'e5','type':'span-create','timestamp':'+123456789-11-20T11:00:01Z','body':{'id':'o3'}},"
                                        + "{'id':'e6','type':'score-create','timestamp':'2026-11-20T11:00:02Z','body':{'id':'s1','name':'q','value':1.0,'traceId':'t1','observationId':'o1'}}"
                                        + "],'metadata':{}}")
                                .replace('\'', '"')
                                .getBytes(StandardCharsets.UTF_8))
                .join();

        assertThat(answer.get("successes").findValuesAsText("id")).containsExactly("e1", "e2", "e6");
        assertThat(answer.get("errors").findValuesAsText("id")).containsExactly("e3", "e4", "e5");
        assertThat(answer.get("errors").findValuesAsText("status")).containsOnly("400");
        Trace t = store.traces().get(new EntityKey("p", "t1"));
        assertThat(t.name()).isEqualTo("n");
        assertThat(t.tags()).containsExactly("a", "b");
        assertThat(t.totals().scores()).isEqualTo(Map.of("q", 1.0));
        assertThat(store.observations()).containsOnlyKeys(new EntityKey("p", "o1"));
        assertThat(store.scores()).containsOnlyKeys(new EntityKey("p", "s1"));
    }

    @Test
    void batch_ofTheUpdateBeforeTheCreation_endsAsInOrder() {
        batch(
                "{'id':'e2','type':'generation-update','timestamp':'2026-11-20T11:00:00Z','body':{'id':'o1','traceId':'t1','usage':{'promptTokens':1,'completionTokens':2},'output':'bye'}},"
                        + "{'id':'e1','type':'generation-create','timestamp':'2026-11-20T11:00:00Z','body':{'id':'o1','traceId':'t1','parentObservationId':null,'name':'g','model':'gpt-4o','output':'hi'}}");

        Observation o = observation("o1");
        assertThat(o.name()).isEqualTo("g");
        assertThat(o.payload().output()).isEqualTo("bye");
        assertThat(o.model().usage()).isEqualTo(Map.of("input", 1L, "output", 2L, "total", 3L));
        assertThat(o.type()).isEqualTo(ObservationType.GENERATION);
    }

    @Test
    void batch_ofAPublicKey_mayOnlyScore() {
        ObjectNode answer = ingest.batch(
                        "p",
                        true,
                        ("{'batch':["
                                        + "{'id':'e1','type':'trace-create','timestamp':'2026-11-20T11:00:00Z','body':{'id':'t1'}},"
                                        + "{'id':'e2','type':'score-create','timestamp':'2026-11-20T11:00:00Z','body':{'name':'q','value':true,'dataType':'BOOLEAN','traceId':'t1'}}]}")
                                .replace('\'', '"')
                                .getBytes(StandardCharsets.UTF_8))
                .join();

        assertThat(answer.get("errors").findValuesAsText("status")).containsExactly("401");
        assertThat(answer.get("successes").findValuesAsText("id")).containsExactly("e2");
        assertThat(store.traces().values())
                .singleElement()
                .satisfies(t -> assertThat(t.name()).isNull());
        assertThat(store.scores().values())
                .singleElement()
                .satisfies(s -> assertThat(s.stringValue()).isEqualTo("True"));
    }

    @Test
    void otlp_ofAChildThatNamesTheTraceBeforeItsRootArrives_keepsThatName() {
        String child = span(
                        "c3c3c3c3c3c3c3c3",
                        "a1a1a1a1a1a1a1a1",
                        "child",
                        text("langfuse.trace.name", "named"),
                        text("langfuse.trace.input", "asked"))
                .replace("1795436181637700055", "1795436181700000000");
        String root = span("a1a1a1a1a1a1a1a1", "", "root", text("langfuse.observation.input", "{}"));
        export(child);
        export(root);

        assertThat(trace().name()).isEqualTo("named");
        assertThat(trace().payload().input()).isEqualTo("asked");
        assertThat(trace().timestamp()).isEqualTo(Instant.ofEpochSecond(1795436181, 637700000));
        assertThat(trace().totals().observations()).isEqualTo(2);
    }

    @Test
    void batch_ofAnUpdateWithoutTraceId_staysInItsTrace() {
        batch(
                "{'id':'e1','type':'generation-create','timestamp':'2026-11-20T11:00:00Z','body':{'id':'o1','traceId':'t1','model':'gpt-4o'}}");
        batch(
                "{'id':'e2','type':'generation-update','timestamp':'2026-11-20T11:00:01Z','body':{'id':'o1','usage':{'input':1000000}}}");

        assertThat(observation("o1").traceId()).isEqualTo("t1");
        Trace t = store.traces().get(new EntityKey("p", "t1"));
        assertThat(t.totals().observations()).isEqualTo(1);
        assertThat(t.totals().cost()).isEqualByComparingTo("2.5");
    }

    @Test
    void batch_ofAScoreBeforeItsTrace_countsInTheTrace() {
        batch(
                "{'id':'e1','type':'score-create','timestamp':'2026-11-20T11:00:05Z','body':{'id':'s1','name':'q','value':0.5,'traceId':'t1'}}");
        batch(
                "{'id':'e2','type':'trace-create','timestamp':'2026-11-20T11:00:00Z','body':{'id':'t1','name':'n','environment':'prod'}}");

        Trace t = store.traces().get(new EntityKey("p", "t1"));
        assertThat(t.totals().scores()).isEqualTo(Map.of("q", 0.5));
        assertThat(t.environment()).isEqualTo("prod");
        assertThat(t.timestamp()).isEqualTo(Instant.parse("2026-11-20T11:00:00Z"));
    }

    @Test
    void batch_ofAScoreAgain_keepsWhenItWasFirstGiven() {
        batch(
                "{'id':'e1','type':'score-create','timestamp':'2026-11-20T11:00:05Z','body':{'id':'s1','name':'q','value':0.5,'traceId':'t1'}}");
        batch(
                "{'id':'e2','type':'score-create','timestamp':'2026-11-20T11:00:09Z','body':{'id':'s1','name':'q','value':0.75,'traceId':'t1'}}");

        assertThat(store.scores().get(new EntityKey("p", "s1"))).satisfies(score -> {
            assertThat(score.value()).isEqualTo(0.75);
            assertThat(score.timestamp()).isEqualTo(Instant.parse("2026-11-20T11:00:05Z"));
        });
        assertThat(store.traces().get(new EntityKey("p", "t1")).totals().scores())
                .isEqualTo(Map.of("q", 0.75));
    }

    @Test
    void batch_ofAnOlderScoreThatComesLate_undoesNothing() {
        batch(
                "{'id':'e2','type':'score-create','timestamp':'2026-11-20T11:00:09Z','body':{'id':'s1','name':'q','value':0.75,'traceId':'t1','comment':'new'}}");
        batch(
                "{'id':'e1','type':'score-create','timestamp':'2026-11-20T11:00:05Z','body':{'id':'s1','name':'q','value':0.5,'traceId':'t1','comment':'old'}}");
        batch(
                "{'id':'e3','type':'score-create','timestamp':'2026-11-20T11:00:10Z','body':{'id':'s1','name':'q','value':1,'traceId':'t1'}}");

        assertThat(store.scores().get(new EntityKey("p", "s1"))).satisfies(score -> {
            assertThat(score.value()).isEqualTo(1);
            assertThat(score.details().comment()).isEqualTo("new");
            assertThat(score.timestamp()).isEqualTo(Instant.parse("2026-11-20T11:00:05Z"));
        });
    }

    @Test
    void batch_ofAnUpdateThatSaysNoTraceBeforeItsCreation_leavesNoTraceOfItsOwn() {
        batch(
                "{'id':'e2','type':'span-update','timestamp':'2026-11-20T11:00:09Z','body':{'id':'o1','startTime':'2026-11-20T11:00:05Z','level':'ERROR'}}");
        batch("{'id':'e1','type':'span-create','timestamp':'2026-11-20T11:00:05Z','body':{'id':'o1','traceId':'t1'}}");

        assertThat(store.traces()).containsOnlyKeys(new EntityKey("p", "t1"));
        Trace t = store.traces().get(new EntityKey("p", "t1"));
        assertThat(t.totals().observations()).isEqualTo(1);
        assertThat(t.totals().errors()).isEqualTo(1);
    }

    @Test
    void batch_ofMetadataInParts_mergesDeeply() {
        batch(
                "{'id':'e1','type':'trace-create','timestamp':'2026-11-20T11:00:00Z','body':{'id':'t1','metadata':{'a':{'x':1,'l':[1,2]},'b':'text'}}}");
        batch(
                "{'id':'e2','type':'trace-create','timestamp':'2026-11-20T11:00:01Z','body':{'id':'t1','metadata':{'a':{'y':2,'l':[3]},'c':1}}}");

        assertThat(store.traces().get(new EntityKey("p", "t1")).payload().metadata())
                .isEqualTo(Map.of("a", "{\"x\":1,\"l\":[3,2],\"y\":2}", "b", "text", "c", "1"));
    }

    @Test
    void batch_ofNull_clearsAScalar_butNotContent() {
        batch(
                "{'id':'e1','type':'trace-create','timestamp':'2026-11-20T11:00:00Z','body':{'id':'t1','name':'n','userId':'u','input':'i','version':'1'}}");
        batch(
                "{'id':'e2','type':'trace-create','timestamp':'2026-11-20T11:00:01Z','body':{'id':'t1','name':null,'version':null,'input':null}}");

        Trace t = store.traces().get(new EntityKey("p", "t1"));
        assertThat(t.name()).isNull();
        assertThat(t.version()).isNull();
        assertThat(t.userId()).isEqualTo("u");
        assertThat(t.payload().input()).isEqualTo("i");
    }

    private void batch(String events) {
        ObjectNode answer = ingest.batch(
                        "p",
                        false,
                        ("{'batch':[" + events + "]}").replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .join();
        assertThat(answer.get("errors")).isEmpty();
    }

    private void export(String... spans) {
        String body =
                "{'resourceSpans':[{'resource':{'attributes':[]},'scopeSpans':[{'scope':{'name':'langfuse-sdk','version':'4.14.3'},'spans':["
                        + String.join(",", List.of(spans)) + "]}]}]}";
        ingest.otlp("p", body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), false)
                .join();
    }

    private static String span(String id, String parent, String name, String... attributes) {
        return "{'traceId':'" + TRACE + "','spanId':'" + id + "','parentSpanId':'" + parent + "','name':'" + name
                + "','kind':1,'startTimeUnixNano':'1795436181637700055','endTimeUnixNano':1795436182637700055,'attributes':["
                + String.join(",", attributes) + "]}";
    }

    private static String text(String key, String value) {
        return "{'key':'" + key + "','value':{'stringValue':'" + value + "'}}";
    }

    private Trace trace() {
        return store.traces().get(new EntityKey("p", TRACE));
    }

    private Observation observation(String id) {
        return store.observations().get(new EntityKey("p", id));
    }
}
