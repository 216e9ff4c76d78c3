package com.example.qdrant;

import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.vectors;
import static io.qdrant.client.WithPayloadSelectorFactory.enable;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SearchPointGroups;
import io.qdrant.client.grpc.Points.SearchPoints;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What every supported version of the client can. Each line of the input is a scenario, played against a server of its own. */
class Searches {
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    final Server server;
    final QdrantClient client;

    Searches(Server server) throws Exception {
        GRPC.setLevel(Level.WARNING);
        this.server = server;
        server.put(List.of(
                point(1, "It rains in Paris.", "en", 1f, 0f, 0f),
                point(2, "Il pleut.", "fr", 0.8f, 0.2f, 0f),
                point(3, "Dogs bark.", "en", 0f, 0f, 1f)));
        client = new QdrantClient(QdrantGrpcClient.newBuilder("localhost", server.start(), false)
                .build());
    }

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
        client.close();
        System.exit(0);
    }

    String play(String scenario) throws Exception {
        switch (scenario) {
            case "upsert":
                return client.upsertAsync("docs", List.of(
                                point(3, "Dogs bark.", "en", 0f, 0f, 1f),
                                point(4, "Cats purr.", "en", 0f, 0.1f, 0.9f)))
                        .get()
                        .getStatus()
                        .name();
            case "delete":
                return client.deleteAsync("docs", List.of(id(3))).get().getStatus().name();
            case "search":
                return texts(client.searchAsync(search("docs").build()).get());
            case "callback":
                return texts(called(client.searchAsync(search("docs").build())).get());
            case "filter":
                SearchPoints.Builder filtered = search("docs");
                filtered.getFilterBuilder().addMust(matchKeyword("language", "fr"));
                return texts(client.searchAsync(filtered.build()).get());
            case "batch":
                return client.searchBatchAsync("docs", List.of(search("docs").setLimit(1).build(), search("docs").build()), null)
                        .get()
                        .stream()
                        .map(result -> texts(result.getResultList()))
                        .collect(Collectors.joining("; "));
            case "groups":
                return client.searchGroupsAsync(SearchPointGroups.newBuilder()
                                .setCollectionName("docs")
                                .addAllVector(List.of(1f, 0f, 0f))
                                .setGroupBy("language")
                                .setLimit(2)
                                .setGroupSize(1)
                                .setWithPayload(enable(true))
                                .build())
                        .get()
                        .stream()
                        .map(group -> texts(group.getHitsList()))
                        .collect(Collectors.joining("; "));
            case "missing":
                return texts(client.searchAsync(search("missing").build()).get());
            case "cancel":
                ListenableFuture<List<ScoredPoint>> future =
                        client.searchAsync(search("slow").build());
                server.arrived.await(20, TimeUnit.SECONDS);
                return future.cancel(true) + ", server " + server.cancelled.await(20, TimeUnit.SECONDS);
            default:
                return "unknown scenario";
        }
    }

    static String texts(List<ScoredPoint> points) {
        return points.stream()
                .map(point -> point.getPayloadOrThrow("text").getStringValue())
                .collect(Collectors.joining(" "));
    }

    private static CompletableFuture<List<ScoredPoint>> called(ListenableFuture<List<ScoredPoint>> future) {
        CompletableFuture<List<ScoredPoint>> told = new CompletableFuture<>();
        Futures.addCallback(
                future,
                new FutureCallback<List<ScoredPoint>>() {
                    @Override
                    public void onSuccess(List<ScoredPoint> points) {
                        told.complete(points);
                    }

                    @Override
                    public void onFailure(Throwable error) {
                        told.completeExceptionally(error);
                    }
                },
                MoreExecutors.directExecutor());
        return told;
    }

    private static SearchPoints.Builder search(String collection) {
        return SearchPoints.newBuilder()
                .setCollectionName(collection)
                .addAllVector(List.of(1f, 0f, 0f))
                .setLimit(2)
                .setWithPayload(enable(true));
    }

    private static PointStruct point(long id, String text, String language, float... vector) {
        return PointStruct.newBuilder()
                .setId(id(id))
                .setVectors(vectors(vector))
                .putAllPayload(Map.of("text", value(text), "language", value(language)))
                .build();
    }
}
