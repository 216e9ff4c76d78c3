package com.example.adk;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.ParallelAgent;
import com.google.adk.agents.RunConfig;
import com.google.adk.agents.SequentialAgent;
import com.google.adk.events.Event;
import com.google.adk.models.BaseLlm;
import com.google.adk.models.BaseLlmConnection;
import com.google.adk.models.Gemini;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.tools.AgentTool;
import com.google.adk.tools.Annotations.Schema;
import com.google.adk.tools.BaseTool;
import com.google.adk.tools.FunctionTool;
import com.google.adk.tools.ToolContext;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import dev.sonde.annotations.Observe;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * An application that reads the name of a scenario from each line of its input, plays it against the server whose address
 * is its argument, and prints how it went on one line. Uses only what every supported version of the library has.
 */
public final class AdkApp {
    private static final String MODEL = "gemini-2.5-flash";

    private final Client client;

    private AdkApp(String baseUrl) {
        client = Client.builder()
                .apiKey("test")
                .httpOptions(HttpOptions.builder().baseUrl(baseUrl).build())
                .build();
    }

    public static void main(String[] arguments) throws IOException {
        AdkApp app = new AdkApp(arguments[0]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
            System.out.println("> " + app.play(scenario).replace('\n', ' '));
        }
        System.exit(0);
    }

    private String play(String scenario) {
        try {
            return switch (scenario) {
                case "chat" -> last(run(greeter(), false));
                case "observed" -> observed();
                case "stream" -> pieces(run(greeter(), true));
                case "twice" -> twice();
                case "never" -> run(greeter(), false) == null ? "null" : "unused";
                case "left" -> left();
                case "tool" -> last(run(weatherman(FunctionTool.create(AdkApp.class, "weather")), false));
                case "toolFails" -> last(run(weatherman(new Broken()), false));
                case "transfer" -> last(run(coordinator(), false));
                case "agentTool" -> last(run(weatherman(AgentTool.create(greeter())), false));
                case "sequence" -> last(run(sequence(), false));
                case "parallel" -> run(parallel(), false).toList().blockingGet().size() + " events";
                case "own" -> last(run(agent("parrot").model(new Parrot()).build(), false));
                default -> "unknown scenario";
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was interrupted";
        } catch (Exception e) {
            return "threw " + e;
        }
    }

    @Observe(name = "outer")
    private String observed() {
        return last(run(greeter(), false));
    }

    private String twice() {
        Flowable<Event> events = run(greeter(), false);
        return last(events) + " and " + last(events);
    }

    /** Leaves when the first piece is here. */
    private String left() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Disposable subscription = run(greeter(), true)
                .subscribeOn(Schedulers.io())
                .subscribe(event -> begun.countDown(), error -> {});
        begun.await();
        subscription.dispose();
        return "left";
    }

    private static LlmAgent.Builder agent(String name) {
        LlmAgent.Builder agent = LlmAgent.builder();
        agent.name(name);
        agent.description("An agent of the name " + name + ".");
        agent.instruction("Be kind.");
        return agent;
    }

    private LlmAgent greeter() {
        return agent("greeter")
                .model(new Gemini(MODEL, client))
                .generateContentConfig(
                        GenerateContentConfig.builder().temperature(0.5f).build())
                .build();
    }

    private LlmAgent weatherman(BaseTool tool) {
        LlmAgent.Builder agent = agent("weatherman");
        agent.model(new Gemini(MODEL, client));
        agent.tools(tool);
        return agent.build();
    }

    private LlmAgent coordinator() {
        LlmAgent.Builder agent = agent("coordinator");
        agent.model(new Gemini(MODEL, client));
        agent.subAgents(greeter());
        return agent.build();
    }

    private BaseAgent sequence() {
        SequentialAgent.Builder agent = SequentialAgent.builder();
        agent.name("sequence");
        agent.subAgents(
                agent("first").model(new Gemini(MODEL, client)).build(),
                agent("second").model(new Gemini(MODEL, client)).build());
        return agent.build();
    }

    private BaseAgent parallel() {
        ParallelAgent.Builder agent = ParallelAgent.builder();
        agent.name("parallel");
        agent.subAgents(
                agent("left").model(new Gemini(MODEL, client)).build(),
                agent("right").model(new Gemini(MODEL, client)).build());
        return agent.build();
    }

    @Schema(description = "Tells the weather.")
    public static Map<String, Object> weather(@Schema(name = "city") String city) {
        return Map.of("weather", "Rain in " + city);
    }

    private static Flowable<Event> run(BaseAgent agent, boolean streaming) {
        InMemoryRunner runner = new InMemoryRunner(agent, "app");
        var unused = runner.sessionService()
                .createSession("app", "ada", new ConcurrentHashMap<>(), "session-1")
                .blockingGet();
        RunConfig config = RunConfig.builder()
                .setStreamingMode(streaming ? RunConfig.StreamingMode.SSE : RunConfig.StreamingMode.NONE)
                .build();
        return runner.runAsync("ada", "session-1", Content.fromParts(Part.fromText("Say hello")), config);
    }

    private static String last(Flowable<Event> events) {
        return text(events.blockingLast());
    }

    private static String pieces(Flowable<Event> events) {
        StringBuilder text = new StringBuilder();
        events.filter(event -> event.partial().orElse(false)).blockingForEach(event -> text.append(text(event)));
        return text.toString();
    }

    private static String text(Event event) {
        StringBuilder text = new StringBuilder();
        event.content()
                .flatMap(Content::parts)
                .ifPresent(parts -> parts.forEach(part -> text.append(part.text().orElse(""))));
        return text.toString();
    }

    /** A tool that fails. */
    private static final class Broken extends BaseTool {
        Broken() {
            super("weather", "Tells the weather.");
        }

        @Override
        public Optional<FunctionDeclaration> declaration() {
            return Optional.of(FunctionDeclaration.builder()
                    .name(name())
                    .description(description())
                    .build());
        }

        @Override
        public Single<Map<String, Object>> runAsync(Map<String, Object> arguments, ToolContext context) {
            return Single.error(new IllegalStateException("No weather today."));
        }
    }

    /** A model of the application's own. */
    private static final class Parrot extends BaseLlm {
        Parrot() {
            super("parrot-1");
        }

        @Override
        public Flowable<LlmResponse> generateContent(LlmRequest request, boolean stream) {
            return Flowable.fromCallable(() -> LlmResponse.builder()
                    .content(Content.builder()
                            .role("model")
                            .parts(List.of(Part.fromText("Hello yourself")))
                            .build())
                    .build());
        }

        @Override
        public BaseLlmConnection connect(LlmRequest request) {
            throw new UnsupportedOperationException("not live");
        }
    }
}
