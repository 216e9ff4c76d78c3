package dev.sonde.agent.instrumentation.elastic;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import java.util.ArrayList;
import java.util.List;

/** What is hooked in OpenSearch's client. See the package for what that covers. */
public final class OpenSearchInstrumentation implements LibraryInstrumentation {
    private static final String TRANSPORT = "org.opensearch.client.transport.";
    private static final List<String> TRANSPORTS = List.of(
            "aws.AwsSdk2Transport", "httpclient5.ApacheHttpClient5Transport", "rest_client.RestClientTransport");

    @Override
    public String library() {
        return "OpenSearch client";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        TRANSPORTS.forEach(transport -> methods.addAll(SearchSite.methods(TRANSPORT, transport, "opensearch")));
        return methods;
    }
}
