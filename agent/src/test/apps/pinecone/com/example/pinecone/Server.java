package com.example.pinecone;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.pinecone.proto.QueryRequest;
import io.pinecone.proto.QueryResponse;
import io.pinecone.proto.ScoredVector;
import io.pinecone.proto.UpsertRequest;
import io.pinecone.proto.UpsertResponse;
import io.pinecone.proto.Vector;
import io.pinecone.proto.VectorServiceGrpc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Vectors in memory, compared one by one. The namespace {@code slow} never answers, {@code missing} is refused. */
final class Server extends VectorServiceGrpc.VectorServiceImplBase {
    final CountDownLatch arrived = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);
    private final Map<String, Vector> vectors = new ConcurrentHashMap<>();

    /** Starts on a free port and answers it. */
    int start() throws IOException {
        put("1", "It rains in Paris.", 1, 0);
        put("2", "Il pleut.", 0.5f, 0.5f);
        put("3", "Dogs bark.", 0, 1);
        return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(this)
                .build()
                .start()
                .getPort();
    }

    private void put(String id, String text, float... numbers) {
        Vector.Builder vector = Vector.newBuilder().setId(id);
        for (float number : numbers) {
            vector.addValues(number);
        }
        vector.getMetadataBuilder()
                .putFields("text", com.google.protobuf.Value.newBuilder().setStringValue(text).build());
        vectors.put(id, vector.build());
    }

    @Override
    public void upsert(UpsertRequest request, StreamObserver<UpsertResponse> response) {
        request.getVectorsList().forEach(vector -> vectors.put(vector.getId(), vector));
        response.onNext(UpsertResponse.newBuilder()
                .setUpsertedCount(request.getVectorsCount())
                .build());
        response.onCompleted();
    }

    @Override
    public void query(QueryRequest request, StreamObserver<QueryResponse> response) {
        if (request.getNamespace().equals("slow")) {
            ((ServerCallStreamObserver<?>) response).setOnCancelHandler(cancelled::countDown);
            arrived.countDown();
            return;
        }
        if (request.getNamespace().equals("missing")) {
            response.onError(
                    Status.NOT_FOUND.withDescription("Namespace not found").asRuntimeException());
            return;
        }
        List<Float> query = request.getId().isEmpty()
                ? request.getVectorList()
                : vectors.get(request.getId()).getValuesList();
        response.onNext(QueryResponse.newBuilder()
                .addAllMatches(nearest(query, request))
                .build());
        response.onCompleted();
    }

    private List<ScoredVector> nearest(List<Float> query, QueryRequest request) {
        List<ScoredVector> found = new ArrayList<>();
        for (Vector vector : vectors.values()) {
            float score = 0;
            for (int i = 0; i < vector.getValuesCount(); i++) {
                score += vector.getValues(i) * query.get(i);
            }
            found.add(ScoredVector.newBuilder()
                    .setId(vector.getId())
                    .setScore(score)
                    .setMetadata(vector.getMetadata())
                    .build());
        }
        found.sort(Comparator.comparing(ScoredVector::getScore).reversed());
        return found.subList(0, Math.min(request.getTopK(), found.size()));
    }
}
