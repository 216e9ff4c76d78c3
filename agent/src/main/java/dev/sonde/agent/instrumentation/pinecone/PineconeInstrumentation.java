package dev.sonde.agent.instrumentation.pinecone;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;

/** What is hooked in Pinecone's client. See the package for what that covers. */
public final class PineconeInstrumentation implements LibraryInstrumentation {
    private static final String CLIENTS = "io.pinecone.clients.";
    private static final String FUTURE = "com.google.common.util.concurrent.ListenableFuture";
    private static final String STRUCT = "com.google.protobuf.Struct";
    private static final String STRING = "java.lang.String";
    private static final String LIST = "java.util.List";
    private static final String MODEL = "org.openapitools.db_data.client.model.";

    private static final List<String> QUERY =
            List.of("int", LIST, LIST, LIST, STRING, STRING, STRUCT, "boolean", "boolean");
    private static final List<String> SEARCH =
            List.of(STRING, MODEL + "SearchRecordsRequestQuery", LIST, MODEL + "SearchRecordsRequestRerank");

    @Override
    public String library() {
        return "Pinecone client";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        for (String index : List.of("Index", "AsyncIndex")) {
            String result = index.equals("Index") ? "java.lang.Object" : FUTURE;
            String name = CLIENTS + index;
            methods.add(new LibraryMethod(name, "query", QUERY, () -> new QuerySite(result)));
            methods.add(new LibraryMethod(
                    name, "upsert", List.of(STRING, LIST, LIST, LIST, STRUCT, STRING), () -> new UpsertSite(result)));
            methods.add(new LibraryMethod(name, "upsert", List.of(LIST, STRING), () -> new UpsertSite(result)));
        }
        methods.add(new LibraryMethod(CLIENTS + "Index", "searchRecords", SEARCH, RecordSearchSite::new).ifThere());
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(new RequiredMethod(
                "io.pinecone.unsigned_indices_model.QueryResponseWithUnsignedIndices", "getMatchesList", List.of()));
    }
}
