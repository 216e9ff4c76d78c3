package dev.sonde.agent.instrumentation.elastic;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import java.util.ArrayList;
import java.util.List;

/** What is hooked in Elasticsearch's client. See the package for what that covers. */
public final class ElasticsearchInstrumentation implements LibraryInstrumentation {
    private static final String TRANSPORT = "co.elastic.clients.transport.";

    @Override
    public String library() {
        return "Elasticsearch client";
    }

    /** Up to 8.8 the only transport had the methods itself, which all inherit since. */
    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        methods.addAll(SearchSite.methods(TRANSPORT, "ElasticsearchTransportBase", "elasticsearch"));
        for (LibraryMethod method : SearchSite.methods(TRANSPORT, "rest_client.RestClientTransport", "elasticsearch")) {
            methods.add(method.ifThere());
        }
        return methods;
    }
}
