package com.example.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.transport.ElasticsearchTransport;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Searches an index. Each line of the input is a scenario. */
abstract class Searches {
    private final Server server;
    private final ElasticsearchClient client;
    private final ElasticsearchAsyncClient async;

    Searches(Server server, ElasticsearchTransport transport) {
        this.server = server;
        client = new ElasticsearchClient(transport);
        async = new ElasticsearchAsyncClient(transport);
    }

    /** Asks for the two nearest neighbours, of those with a tag unless that is empty. */
    abstract SearchRequest.Builder nearest(SearchRequest.Builder search, String tag);

    void play() {
        for (Scanner input = new Scanner(System.in); input.hasNextLine(); ) {
            String said;
            try {
                said = play(input.nextLine());
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
                return texts(client.search(request("docs", ""), Map.class));
            case "async":
                return texts(async.search(request("docs", ""), Map.class).get());
            case "filter":
                return texts(client.search(request("docs", "rain"), Map.class));
            case "words":
                return texts(client.search(
                        s -> s.index("docs").query(q -> q.match(m -> m.field("text").query("rain"))), Map.class));
            case "missing":
                return texts(client.search(request("missing", ""), Map.class));
            case "missing later":
                return texts(async.search(request("missing", ""), Map.class).get());
            case "cancel":
                CompletableFuture<?> future = async.search(request("slow", ""), Map.class);
                server.arrived.await();
                return String.valueOf(future.cancel(true));
            default:
                return "unknown scenario";
        }
    }

    private SearchRequest request(String index, String tag) {
        return nearest(new SearchRequest.Builder().index(index), tag).build();
    }

    private static String texts(SearchResponse<Map> found) {
        return found.hits().hits().stream()
                .map(hit -> String.valueOf(hit.source().get("text")))
                .collect(Collectors.joining(" "));
    }
}
