package com.example.pinecone;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.ManagedChannelBuilder;
import io.pinecone.clients.AsyncIndex;
import io.pinecone.clients.Index;
import io.pinecone.configs.PineconeConfig;
import io.pinecone.configs.PineconeConnection;
import io.pinecone.unsigned_indices_model.QueryResponseWithUnsignedIndices;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Queries an index. Each line of the input is a scenario. */
public final class Main {
    private static final List<Float> VECTOR = List.of(1f, 0f);

    private final Server server;
    private final Index index;
    private final AsyncIndex async;

    private Main(Server server, PineconeConfig config) {
        this.server = server;
        PineconeConnection connection = new PineconeConnection(config);
        index = Connect.index(config, connection);
        async = Connect.async(config, connection);
    }

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        PineconeConfig config = new PineconeConfig("key");
        int port = server.start();
        config.setHost("localhost:" + port);
        config.setCustomManagedChannel(ManagedChannelBuilder.forAddress("localhost", port)
                .usePlaintext()
                .build());
        Main main = new Main(server, config);
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
            case "query":
                return texts(index.query(2, VECTOR, null, null, null, "weather", filter(), false, true));
            case "async":
                return texts(async.query(2, VECTOR, null, null, null, "weather", filter(), false, true)
                        .get());
            case "vector":
                return texts(index.queryByVector(1, VECTOR, "weather", false, true));
            case "id":
                return texts(index.queryByVectorId(1, "3", "weather", false, true));
            case "upsert":
                return "" + index.upsert("4", List.of(0.1f, 0.9f), "weather").getUpsertedCount();
            case "upsert later":
                return ""
                        + async.upsert("4", List.of(0.1f, 0.9f), "weather")
                                .get()
                                .getUpsertedCount();
            case "upsert many":
                return ""
                        + index.upsert(
                                        List.of(
                                                io.pinecone.commons.IndexInterface.buildUpsertVectorWithUnsignedIndices(
                                                        "5", List.of(0f, 0.5f), null, null, null),
                                                io.pinecone.commons.IndexInterface.buildUpsertVectorWithUnsignedIndices(
                                                        "6", List.of(0f, 0.4f), null, null, null)),
                                        "weather")
                                .getUpsertedCount();
            case "missing":
                return texts(index.query(2, VECTOR, null, null, null, "missing", null, false, true));
            case "cancel":
                ListenableFuture<QueryResponseWithUnsignedIndices> future =
                        async.query(2, VECTOR, null, null, null, "slow", null, false, true);
                server.arrived.await();
                return future.cancel(true) + ", server " + server.cancelled.await(20, TimeUnit.SECONDS);
            default:
                return "unknown scenario";
        }
    }

    private static Struct filter() {
        return Struct.newBuilder()
                .putFields("tag", Value.newBuilder().setStringValue("rain").build())
                .build();
    }

    private static String texts(QueryResponseWithUnsignedIndices found) {
        return found.getMatchesList().stream()
                .map(match -> match.getMetadata().getFieldsOrThrow("text").getStringValue())
                .collect(Collectors.joining(" "));
    }
}
