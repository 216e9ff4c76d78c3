package dev.sonde.agent.instrumentation.weaviate;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;

/** What is hooked in Weaviate's client. See the package for what that covers. */
public final class WeaviateInstrumentation implements LibraryInstrumentation {
    private static final String QUERY = "io.weaviate.client6.v1.api.collections.query.";

    @Override
    public String library() {
        return "Weaviate client";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        for (String client : List.of("WeaviateQueryClient", "WeaviateQueryClientAsync")) {
            String result = client.endsWith("Async") ? "java.util.concurrent.CompletableFuture" : "java.lang.Object";
            for (List<String> parameters :
                    List.of(List.of(QUERY + "QueryOperator"), List.of(QUERY + "QueryOperator", QUERY + "GroupBy"))) {
                methods.add(
                        new LibraryMethod(QUERY + client, "performRequest", parameters, () -> new QuerySite(result)));
            }
        }
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(new RequiredMethod(QUERY + "QueryResponse", "objects", List.of()));
    }
}
