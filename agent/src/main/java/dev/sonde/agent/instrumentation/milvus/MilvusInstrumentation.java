package dev.sonde.agent.instrumentation.milvus;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.List;

/** What is hooked in Milvus' client. See the package for what that covers. */
public final class MilvusInstrumentation implements LibraryInstrumentation {
    private static final String CLIENT = "io.milvus.v2.client.MilvusClientV2";
    private static final String VECTOR = "io.milvus.v2.service.vector.";

    @Override
    public String library() {
        return "Milvus client";
    }

    @Override
    public List<LibraryMethod> methods() {
        return List.of(
                searching("search", "SearchReq", "search"),
                searching("hybridSearch", "HybridSearchReq", "hybrid search"),
                searching("query", "QueryReq", "query"),
                changing("insert", "InsertReq"),
                changing("upsert", "UpsertReq"),
                changing("delete", "DeleteReq"));
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(new RequiredMethod(VECTOR + "response.SearchResp", "getSearchResults", List.of()));
    }

    private static LibraryMethod searching(String method, String request, String operation) {
        return new LibraryMethod(
                CLIENT, method, List.of(VECTOR + "request." + request), () -> new SearchSite(operation));
    }

    private static LibraryMethod changing(String method, String request) {
        return new LibraryMethod(CLIENT, method, List.of(VECTOR + "request." + request), () -> new ChangeSite(method));
    }
}
