package com.example.weaviate;

import io.weaviate.client6.v1.api.WeaviateClient;
import io.weaviate.client6.v1.api.WeaviateClientAsync;
import io.weaviate.client6.v1.api.collections.query.Filter;
import io.weaviate.client6.v1.api.collections.query.QueryResponse;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Queries a collection. Each line of the input is a scenario. */
public final class Main {
    private static final float[] VECTOR = {1, 0};

    private final Server server;
    private final WeaviateClient client;
    private final WeaviateClientAsync async;

    private Main(Server server, WeaviateClient client) {
        this.server = server;
        this.client = client;
        this.async = client.async();
    }

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        int port = server.start();
        int http = Server.startHttp();
        Main main = new Main(
                server,
                WeaviateClient.connectToLocal(
                        local -> local.host("localhost").port(http).grpcPort(port)));
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
            case "vector":
                return texts(client.collections.use("Docs").query.nearVector(VECTOR, query -> query.limit(2)));
            case "later":
                return texts(async.collections.use("Docs").query.nearVector(VECTOR, query -> query.limit(2))
                        .get());
            case "text":
                return texts(client.collections.use("Docs").query.nearText(
                        "rain",
                        query -> query.limit(1).filters(Filter.property("language").eq("en"))));
            case "missing":
                return texts(client.collections.use("Missing").query.nearVector(VECTOR, query -> query.limit(2)));
            case "cancel":
                CompletableFuture<?> future =
                        async.collections.use("Slow").query.nearVector(VECTOR, query -> query.limit(2));
                server.arrived.await();
                return "" + future.cancel(true);
            default:
                return "unknown scenario";
        }
    }

    private static String texts(QueryResponse<Map<String, Object>> found) {
        return found.objects().stream()
                .map(object -> String.valueOf(object.properties().get("text")))
                .collect(Collectors.joining(" "));
    }
}
