package dev.sonde.agent.instrumentation.qdrant;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is hooked in Qdrant's client. See the package for what that covers. */
public final class QdrantInstrumentation implements LibraryInstrumentation {
    private static final String CLIENT = "io.qdrant.client.QdrantClient";
    private static final String POINTS = "io.qdrant.client.grpc.Points$";
    private static final String DURATION = "java.time.Duration";

    @Override
    public String library() {
        return "Qdrant client";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        for (String search : List.of("Search", "Recommend", "Discover", "Query")) {
            String name = search.toLowerCase(Locale.ROOT);
            methods.add(searching(name + "Async", name, POINTS + search + "Points", DURATION));
            methods.add(searching(
                    name + "BatchAsync",
                    name + " batch",
                    "java.lang.String",
                    "java.util.List",
                    POINTS + "ReadConsistency",
                    DURATION));
            if (!search.equals("Discover")) {
                methods.add(
                        searching(name + "GroupsAsync", name + " groups", POINTS + search + "PointGroups", DURATION));
            }
        }
        methods.add(new LibraryMethod(
                CLIENT, "upsertAsync", List.of(POINTS + "UpsertPoints", DURATION), () -> new ChangeSite("upsert")));
        methods.add(new LibraryMethod(
                CLIENT, "deleteAsync", List.of(POINTS + "DeletePoints", DURATION), () -> new ChangeSite("delete")));
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod(POINTS + "ScoredPoint", "getScore", List.of()),
                new RequiredMethod(POINTS + "BatchResult", "getResultList", List.of()));
    }

    /** Queries came with 1.10, the last of their forms with 1.11. */
    private static LibraryMethod searching(String method, String operation, String... parameters) {
        LibraryMethod known = new LibraryMethod(CLIENT, method, List.of(parameters), () -> new SearchSite(operation));
        return method.startsWith("query") ? known.ifThere() : known;
    }
}
