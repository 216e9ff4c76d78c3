package dev.sonde.agent.instrumentation.chroma;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.List;

/** What is hooked in Chroma's client. See the package for what that covers. */
public final class ChromaInstrumentation implements LibraryInstrumentation {
    private static final String COLLECTION = "tech.amikos.chromadb.Collection";
    private static final String LIST = "java.util.List";
    private static final String MAP = "java.util.Map";

    @Override
    public String library() {
        return "Chroma client";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<String> written = List.of(LIST, LIST, LIST, LIST);
        return List.of(
                new LibraryMethod(
                        COLLECTION, "query", List.of(LIST, "java.lang.Integer", MAP, MAP, LIST), QuerySite::new),
                new LibraryMethod(COLLECTION, "add", written, () -> new ChangeSite("add")),
                new LibraryMethod(COLLECTION, "upsert", written, () -> new ChangeSite("upsert")),
                new LibraryMethod(COLLECTION, "deleteWithIds", List.of(LIST), () -> new ChangeSite("delete")));
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod(COLLECTION, "getName", List.of()),
                new RequiredMethod(COLLECTION + "$QueryResponse", "getIds", List.of()));
    }
}
