package dev.sonde.agent.instrumentation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.ScenarioApp;
import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host and servers of tools, each in a JVM of its own with the real agent, joined by standard streams or HTTP. */
@ParameterizedClass(name = "MCP {0}")
@ValueSource(strings = {"2.1.0", "1.1.5", "0.18.4"})
class McpInstrumentationIT {
    private static final Servers SERVERS = new Servers();

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
                    "MCP Java SDK", "com.example.mcp.Host", SERVERS, McpInstrumentationIT::classPath)
            .with("service-name=client");

    private static final Map<String, List<String>> PROGRAMS = new HashMap<>();
    private static final String LOOK_UP = "Weather.lookUp";
    private static final String FOREIGN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String TRACEPARENT = "00-[0-9a-f]{32}-[0-9a-f]{16}-01";

    @Parameter
    private String version;

    @Test
    void stdio_isOneTraceThroughBothProcesses() throws Exception {
        assertThat(BENCH.play(version, "tool stdio")).isEqualTo("sunny in Rome");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(called(all).parentId()).isNull();
        assertCalled(all, Map.of("mcp.transport", "stdio"));
        assertThat(called(all).attributes()).containsEntry("network.transport", "pipe");
        assertServed(all);
    }

    @Test
    void observedMethod_isAboveTheCall() throws Exception {
        assertThat(BENCH.play(version, "observed stdio")).isEqualTo("sunny in Rome");

        List<CollectedObservation> all = BENCH.take(4);
        assertThat(called(all).parentId())
                .isEqualTo(of("client", all, "Host.travel").id());
        assertCalled(all, Map.of("mcp.transport", "stdio"));
        assertServed(all);
    }

    @ParameterizedTest
    @CsvSource({"mcp, streamable-http", "stateless, streamable-http", "sse, sse"})
    void http_isOneTraceThroughBothProcesses(String path, String transport) throws Exception {
        assertThat(BENCH.play(version, "tool " + path)).isEqualTo("sunny in Rome");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(called(all).parentId()).isNull();
        assertCalled(all, Map.of("mcp.transport", transport));
        assertThat(called(all).attributes())
                .containsEntry("network.transport", "tcp")
                .containsEntry("server.address", "localhost");
        assertServed(all);
    }

    @Test
    void bothInOneProcess_areOneTraceToo() throws Exception {
        assertThat(BENCH.play(version, "tool own")).isEqualTo("sunny in Rome");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(all)
                .extracting(CollectedObservation::type, CollectedObservation::name)
                .containsExactly(tuple("tool", "forecast"), tuple("span", "forecast"), tuple("span", LOOK_UP));
        assertThat(all.get(0).parentId()).isNull();
        assertThat(all.get(1).parentId()).isEqualTo(all.get(0).id());
        assertThat(all.get(2).parentId()).isEqualTo(all.get(1).id());
        assertThat(all).extracting(CollectedObservation::output).containsOnly("sunny in Rome");
    }

    @Test
    void serverWithoutAgent_answersAllTheSame() throws Exception {
        assertThat(BENCH.play(version, "tool unobserved")).isEqualTo("sunny in Rome");

        assertCalled(BENCH.take(1), Map.of("mcp.transport", "stdio"));
    }

    @Test
    void hostWithoutAgent_isServedInTracesOfTheServer() throws Exception {
        try (ScenarioApp other = host(null)) {
            assertThat(other.play("tool mcp")).isEqualTo("sunny in Rome");
            assertThat(other.play("meta mcp")).isEqualTo("none");
        }

        List<CollectedObservation> all = BENCH.take(3);
        CollectedObservation served = all.get(0);
        assertThat(all).extracting(CollectedObservation::name).containsExactly("forecast", LOOK_UP, "forecast");
        assertThat(served.type()).isEqualTo("tool");
        assertThat(served.parentId()).isNull();
        assertThat(served.output()).isEqualTo("sunny in Rome");
        assertThat(served.attributes()).containsKey("mcp.session.id").containsEntry("gen_ai.tool.name", "forecast");
        assertThat(all.get(1).parentId()).isEqualTo(served.id());
    }

    @Test
    void hostThatIsNotMeant_isNotTold() throws Exception {
        try (ScenarioApp other = host(agent("client,propagate-to=example.com"))) {
            assertThat(other.play("meta mcp")).isEqualTo("none");
        }

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(served(both).traceId()).isNotEqualTo(called(both).traceId());
        assertThat(served(both).parentId()).isNull();
        assertThat(served(both).type()).isEqualTo("tool");
    }

    @Test
    void meta_isKeptBesideThePlace() throws Exception {
        assertThat(BENCH.play(version, "marked stdio"))
                .matches("\\{progressToken=p1, tenant=7, traceparent=" + TRACEPARENT + "}");

        BENCH.take(2);
    }

    @Test
    void metaWithAPlaceOfItsOwn_isLeftAsItIs() throws Exception {
        assertThat(BENCH.play(version, "placed stdio")).isEqualTo("{traceparent=" + FOREIGN + "}");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat("00-" + served(both).traceId() + "-" + served(both).parentId() + "-01")
                .isEqualTo(FOREIGN);
        assertThat(called(both).traceId()).isNotEqualTo(served(both).traceId());
    }

    @Test
    void baggage_handsTheUserOn() throws Exception {
        assertThat(BENCH.play(version, "baggage stdio")).isEqualTo("sunny in Rome");

        assertThat(BENCH.take(3)).extracting(CollectedObservation::userId).containsOnly("ada");
    }

    @Test
    void toolThatSaysItFailed_isAnErrorWithItsOutput() throws Exception {
        assertThat(BENCH.play(version, "refused stdio")).isEqualTo("no such place");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::level).containsOnly("ERROR");
        assertThat(both).extracting(CollectedObservation::message).containsOnly("no such place");
        assertThat(both).extracting(CollectedObservation::output).containsOnly("no such place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thrown stdio", "thrown stateless"})
    void toolThatThrows_isAnErrorOnBothSides(String scenario) throws Exception {
        assertThat(BENCH.play(version, scenario)).contains("the station is down");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::level).containsOnly("ERROR");
        assertThat(called(both).message()).contains("the station is down");
        assertThat(served(both).message()).contains("the station is down");
    }

    /** Now and then the SDK's server ends the connection before it has answered, without the agent too. */
    @ParameterizedTest
    @ValueSource(strings = {"thrown mcp", "thrown async"})
    void toolThatThrows_whileItsAnswerIsStreamed_isAnErrorOnBothSides(String scenario) throws Exception {
        assertThat(BENCH.play(version, scenario)).startsWith("threw ");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::level).containsOnly("ERROR");
        assertThat(served(both).message()).contains("the station is down");
        assertThat(served(both).parentId()).isEqualTo(called(both).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown stdio", "unknown stateless", "mono-unknown async"})
    void toolThatIsNotThere_isAnErrorOnBothSides(String scenario) throws Exception {
        assertThat(BENCH.play(version, scenario)).startsWith("threw McpError: Unknown tool: ");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::name).containsOnly("nothing");
        assertThat(both).extracting(CollectedObservation::level).containsOnly("ERROR");
        assertThat(both).extracting(CollectedObservation::output).containsOnlyNulls();
        for (CollectedObservation observation : both) {
            assertThat(observation.message()).startsWith("McpError: Unknown tool: ");
            assertThat(observation.attributes()).containsEntry("rpc.response.status_code", "-32602");
        }
    }

    @Test
    void picture_isADataUriOrAReferenceToIt() throws Exception {
        assertThat(BENCH.play(version, "picture stdio")).isEqualTo("as seen and more");

        CollectedObservation call = called(BENCH.take(2));
        assertThat(call.outputJson().at("/0/text").asText()).isEqualTo("as seen");
        assertThat(call.outputJson().at("/1/type").asText()).isEqualTo("image");
        assertThat(call.outputJson().at("/1/data").asText())
                .matches("data:image/png;base64,iVBORw0KGgo=|@@@langfuseMedia:type=image/png.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource stdio", "mono-resource async"})
    void resource_recordsItsAddressAndText(String scenario) throws Exception {
        assertThat(BENCH.play(version, scenario)).isEqualTo("sunny in everywhere");

        List<CollectedObservation> all = BENCH.take(3);
        CollectedObservation read = of("client", all, "resources/read");
        CollectedObservation served = of("server", all, "resources/read");
        assertThat(served.parentId()).isEqualTo(read.id());
        assertThat(of("server", all, LOOK_UP).parentId()).isEqualTo(served.id());
        for (CollectedObservation observation : List.of(read, served)) {
            assertThat(observation.type()).isEqualTo("span");
            assertThat(observation.input()).isEqualTo("weather://today");
            assertThat(observation.attributes()).containsEntry("mcp.resource.uri", "weather://today");
            assertThat(observation.outputJson())
                    .hasToString("{\"uri\":\"weather://today\",\"mimeType\":\"text/plain\","
                            + "\"text\":\"sunny in everywhere\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt stdio", "mono-prompt async"})
    void prompt_recordsArgumentsAndMessages(String scenario) throws Exception {
        assertThat(BENCH.play(version, scenario)).isEqualTo("What to wear in Rome?");

        List<CollectedObservation> both = BENCH.take(2);
        CollectedObservation asked = of("client", both, "prompts/get advise");
        assertThat(of("server", both, "prompts/get advise").parentId()).isEqualTo(asked.id());
        for (CollectedObservation observation : both) {
            assertThat(observation.type()).isEqualTo("span");
            assertThat(observation.inputJson()).hasToString("{\"place\":\"Rome\"}");
            assertThat(observation.attributes()).containsEntry("gen_ai.prompt.name", "advise");
            assertThat(observation.outputJson())
                    .hasToString("[{\"role\":\"user\",\"content\":\"What to wear in Rome?\"}]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan stdio", "mono-plan async"})
    void initializingAndListing_withinSomethingObserved_areSpans(String scenario) throws Exception {
        assertThat(BENCH.play(version, scenario)).isEqualTo("forecast");

        List<CollectedObservation> all = BENCH.take(3);
        CollectedObservation plan = of("client", all, "Host.plan");
        CollectedObservation initialized = of("client", all, "initialize");
        CollectedObservation listed = of("client", all, "tools/list");
        assertThat(List.of(initialized, listed))
                .allSatisfy(o -> assertThat(o.type()).isEqualTo("span"))
                .allSatisfy(o -> assertThat(o.parentId()).isEqualTo(plan.id()));
        assertThat(initialized.outputJson().at("/name").asText()).isEqualTo("weather");
        assertThat(initialized.outputJson().at("/version").asText()).isEqualTo("1.2.3");
        assertThat(listed.outputJson())
                .hasToString("[{\"name\":\"forecast\",\"description\":\"The weather of a place\"}]");
    }

    @Test
    void listing_alone_isNotObserved() throws Exception {
        assertThat(BENCH.play(version, "list stdio")).isEqualTo("forecast");
        assertThat(BENCH.play(version, "tool stdio")).isEqualTo("sunny in Rome");

        assertServed(BENCH.take(3));
    }

    @Test
    void async_recordsTheSame() throws Exception {
        assertThat(BENCH.play(version, "mono async")).isEqualTo("sunny in Rome");

        List<CollectedObservation> all = BENCH.take(3);
        assertCalled(all, Map.of("mcp.transport", "streamable-http"));
        assertServed(all);
    }

    @Test
    void async_subscribedTwice_isTwoCallsEachWithItsServedOne() throws Exception {
        assertThat(BENCH.play(version, "twice async")).isEqualTo("sunny in Rome, sunny in Rome");

        Map<String, List<CollectedObservation>> traces =
                BENCH.take(6).stream().collect(Collectors.groupingBy(CollectedObservation::traceId));
        assertThat(traces).hasSize(2);
        traces.values().forEach(McpInstrumentationIT::assertServed);
    }

    @Test
    void async_madeOutsideAndSentInside_belongsToWhoSentIt() throws Exception {
        assertThat(BENCH.play(version, "later async")).isEqualTo("sunny in Rome");

        List<CollectedObservation> all = BENCH.take(4);
        assertThat(called(all).parentId())
                .isEqualTo(of("client", all, "Host.inside").id());
        assertServed(all);
    }

    @Test
    void async_neverSent_isNothing() throws Exception {
        assertThat(BENCH.play(version, "unused async")).isEqualTo("a Mono");
        assertThat(BENCH.play(version, "mono async")).isEqualTo("sunny in Rome");

        assertServed(BENCH.take(3));
    }

    @Test
    void async_cancelled_isAWarningAndTheServerEndsItsWork() throws Exception {
        assertThat(BENCH.play(version, "cancelled own")).isEqualTo("cancelled");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(all).extracting(CollectedObservation::type).containsExactly("tool", "span", "span");
        assertThat(all.get(0).level()).isEqualTo("WARNING");
        assertThat(all.get(0).message()).isEqualTo("cancelled");
        assertThat(all.get(0).output()).isNull();
        assertThat(all.get(1).level()).isEqualTo("DEFAULT");
        assertThat(all.get(1).output()).isEqualTo("sunny in Slow");
        assertThat(all.get(1).parentId()).isEqualTo(all.get(0).id());
    }

    private static CollectedObservation called(List<CollectedObservation> all) {
        return of("client", all, "forecast");
    }

    private static CollectedObservation served(List<CollectedObservation> all) {
        return of("server", all, "forecast");
    }

    private static CollectedObservation of(String service, List<CollectedObservation> all, String name) {
        List<CollectedObservation> found = all.stream()
                .filter(o -> service(o).equals(service) && o.name().equals(name))
                .toList();
        assertThat(found).as(service + "'s " + name + " of " + all).hasSize(1);
        return found.get(0);
    }

    private static void assertCalled(List<CollectedObservation> all, Map<String, String> metadata) {
        CollectedObservation call = called(all);
        assertThat(call.type()).isEqualTo("tool");
        assertThat(call.level()).isEqualTo("DEFAULT");
        assertThat(call.inputJson()).hasToString("{\"place\":\"Rome\"}");
        assertThat(call.output()).isEqualTo("sunny in Rome");
        assertThat(call.metadata())
                .containsEntry("mcp.server.name", "weather")
                .containsEntry("mcp.server.version", "1.2.3")
                .containsAllEntriesOf(metadata);
        assertThat(call.attributes())
                .containsEntry("gen_ai.operation.name", "execute_tool")
                .containsEntry("gen_ai.tool.name", "forecast")
                .containsEntry("mcp.method.name", "tools/call")
                .containsKey("mcp.protocol.version");
    }

    /** What the server did is below the call, and the tool's own work below that. */
    private static void assertServed(List<CollectedObservation> all) {
        CollectedObservation served = served(all);
        assertThat(served.type()).isEqualTo("span");
        assertThat(served.traceId()).isEqualTo(called(all).traceId());
        assertThat(served.parentId()).isEqualTo(called(all).id());
        assertThat(served.inputJson()).hasToString("{\"place\":\"Rome\"}");
        assertThat(served.output()).isEqualTo("sunny in Rome");
        assertThat(served.metadata())
                .containsEntry("mcp.server.name", "weather")
                .containsEntry("mcp.server.version", "1.2.3");
        assertThat(of("server", all, LOOK_UP).parentId()).isEqualTo(served.id());
    }

    private static String service(CollectedObservation observation) {
        return String.valueOf(observation.scope().resource().get("service.name"));
    }

    private ScenarioApp host(@Nullable String agent) throws IOException {
        return ScenarioApp.start("com.example.mcp.Host", classPath(version), SERVERS.baseUrl(), agent);
    }

    private static String agent(String more) {
        return "public-key=pk,secret-key=sk,flush-interval-millis=50,host="
                + BENCH.collector().baseUrl() + ",service-name=" + more;
    }

    /** Compiled against the version that is to be played, which the servers over HTTP are of too from then on. */
    private static List<String> classPath(String version) throws IOException {
        List<String> classPath = PROGRAMS.get(version);
        if (classPath == null) {
            classPath =
                    Stack.of("mcp-" + version.replaceFirst("[.][0-9]+$", "")).compiled("mcp");
            PROGRAMS.put(version, classPath);
        }
        SERVERS.use(classPath);
        return classPath;
    }

    /** Those over HTTP, in a JVM with the agent. */
    private static final class Servers implements LibraryBench.Server {
        private List<String> classPath = List.of();
        private @Nullable ScenarioApp app;
        private URI baseUrl = URI.create("0");

        void use(List<String> wanted) {
            if (!wanted.equals(classPath)) {
                close();
                classPath = wanted;
            }
        }

        @Override
        public URI baseUrl() {
            try {
                if (app == null) {
                    app = ScenarioApp.start("com.example.mcp.Server", classPath, URI.create("0"), agent("server"));
                    baseUrl = URI.create("http://localhost:" + app.play("port"));
                }
                return baseUrl;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void reset() {
            // keeps nothing of a test
        }

        @Override
        public void close() {
            ScenarioApp running = app;
            app = null;
            try {
                if (running != null) {
                    running.close();
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
