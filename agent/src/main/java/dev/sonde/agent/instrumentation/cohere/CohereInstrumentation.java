package dev.sonde.agent.instrumentation.cohere;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;

/** What is hooked in Cohere's client. See the package for what that covers. */
public final class CohereInstrumentation implements LibraryInstrumentation {
    private static final String PACKAGE = "com.cohere.api.";
    private static final String STREAM = PACKAGE + "core.Stream";

    @Override
    public String library() {
        return "cohere-java";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        for (String client : List.of("V2Client", "RawV2Client", "AsyncRawV2Client")) {
            methods.add(method(client, "chat", "V2ChatRequest", new ChatEndpoint(false)));
            methods.add(method(client, "chatStream", "V2ChatStreamRequest", new ChatEndpoint(true)));
            methods.add(method(client, "embed", "V2EmbedRequest", new EmbeddingEndpoint()));
            methods.add(method(client, "rerank", "V2RerankRequest", new RerankEndpoint()));
        }
        methods.add(new LibraryMethod(STREAM, "iterator", List.of(), CohereStreams.Opening::new));
        methods.add(new LibraryMethod(STREAM, "close", List.of(), CohereStreams.Closing::new).ifThere());
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod(PACKAGE + "core.ClientOptions", "environment", List.of()),
                new RequiredMethod(PACKAGE + "core.Environment", "getUrl", List.of()));
    }

    private static LibraryMethod method(String client, String name, String request, Endpoint endpoint) {
        return new LibraryMethod(
                PACKAGE + "resources.v2." + client,
                name,
                List.of(PACKAGE + "resources.v2.requests." + request, PACKAGE + "core.RequestOptions"),
                () -> new CohereSite(endpoint));
    }
}
