package com.example.elastic;

import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.HttpHost;
import org.opensearch.client.opensearch.OpenSearchAsyncClient;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch.core.SearchRequest;
import org.opensearch.client.opensearch.core.SearchResponse;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

/** Searches an index. Each line of the input is a scenario. */
public final class Main {
    private final Server server;
    private final OpenSearchClient client;
    private final OpenSearchAsyncClient async;

    private Main(Server server, OpenSearchTransport transport) {
        this.server = server;
        client = new OpenSearchClient(transport);
        async = new OpenSearchAsyncClient(transport);
    }

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        HttpHost host = new HttpHost("http", "localhost", server.start());
        Main main = new Main(server, ApacheHttpClient5TransportBuilder.builder(host).build());
        for (Scanner input = new Scanner(System.in); input.hasNextLine(); ) {
            String said;
            try {
                said = main.play(input.nextLine());
            } catch (Exception e) {
                said = "threw " + (e instanceof ExecutionException ? e.getCause() : e);
            }
            System.out.println("> " + said.replace('\n', ' '));
        }
        System.exit(0);
    }

    private String play(String scenario) throws Exception {
        switch (scenario) {
            case "search":
                return texts(client.search(request("docs"), Map.class));
            case "async":
                return texts(async.search(request("docs"), Map.class).get());
            case "words":
                return texts(client.search(
                        s -> s.index("docs")
                                .query(q -> q.match(m -> m.field("text").query(text -> text.stringValue("rain")))),
                        Map.class));
            case "missing":
                return texts(client.search(request("missing"), Map.class));
            case "cancel":
                CompletableFuture<?> future = async.search(request("slow"), Map.class);
                server.arrived.await();
                return String.valueOf(future.cancel(true));
            default:
                return "unknown scenario";
        }
    }

    private static SearchRequest request(String index) {
        return new SearchRequest.Builder()
                .index(index)
                .size(2)
                .query(query -> query.knn(knn -> Neighbours.of(knn).field("embedding").k(2)))
                .build();
    }

    private static String texts(SearchResponse<Map> found) {
        return found.hits().hits().stream()
                .map(hit -> String.valueOf(hit.source().get("text")))
                .collect(Collectors.joining(" "));
    }
}
