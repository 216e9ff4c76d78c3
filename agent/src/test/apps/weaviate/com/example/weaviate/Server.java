package com.example.weaviate;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateGrpc;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoBaseSearch.NearVector;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoProperties.Value;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoSearchGet.SearchReply;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoSearchGet.SearchRequest;
import io.weaviate.client6.v1.internal.grpc.protocol.WeaviateProtoSearchGet.SearchResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Three objects and their vectors, compared one by one. Knows the collection {@code Docs}; {@code Slow} never answers. */
final class Server extends WeaviateGrpc.WeaviateImplBase {
    private static final String[] TEXTS = {"It rains in Paris.", "Il pleut.", "Dogs bark."};
    private static final float[][] VECTORS = {{1, 0}, {0.5f, 0.5f}, {0, 1}};

    final CountDownLatch arrived = new CountDownLatch(1);

    /** Starts on a free port and answers it. */
    int start() throws IOException {
        return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(this)
                .build()
                .start()
                .getPort();
    }

    /** Tells the version over HTTP, on a free port. */
    static int startHttp() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] meta = "{\"hostname\":\"http://localhost\",\"version\":\"1.33.0\",\"modules\":{}}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, meta.length);
            exchange.getResponseBody().write(meta);
            exchange.close();
        });
        server.start();
        return server.getAddress().getPort();
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchReply> response) {
        if (request.getCollection().equals("Slow")) {
            ((ServerCallStreamObserver<?>) response).setOnCancelHandler(() -> {});
            arrived.countDown();
            return;
        }
        if (!request.getCollection().equals("Docs")) {
            response.onError(Status.UNKNOWN
                    .withDescription("could not find class " + request.getCollection())
                    .asRuntimeException());
            return;
        }
        float[] query = query(request.getNearVector());
        List<Integer> nearest = new ArrayList<>(List.of(0, 1, 2));
        nearest.sort(Comparator.comparing((Integer i) -> distance(query, i)));
        SearchReply.Builder reply = SearchReply.newBuilder();
        for (int i : nearest.subList(0, Math.min(3, request.getLimit()))) {
            SearchResult.Builder result = reply.addResultsBuilder();
            result.getMetadataBuilder()
                    .setId("00000000-0000-0000-0000-00000000000" + (i + 1))
                    .setDistance(distance(query, i))
                    .setDistancePresent(true);
            result.getPropertiesBuilder()
                    .getNonRefPropsBuilder()
                    .putFields("text", Value.newBuilder().setTextValue(TEXTS[i]).build());
        }
        response.onNext(reply.build());
        response.onCompleted();
    }

    private static float[] query(NearVector near) {
        ByteBuffer bytes = ByteBuffer.wrap(
                        (near.getVectorsCount() > 0 ? near.getVectors(0).getVectorBytes() : near.getVectorBytes())
                                .toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN);
        return bytes.remaining() < 8 ? VECTORS[0] : new float[] {bytes.getFloat(), bytes.getFloat()};
    }

    private static float distance(float[] query, int i) {
        return Math.abs(query[0] - VECTORS[i][0]) + Math.abs(query[1] - VECTORS[i][1]);
    }
}
