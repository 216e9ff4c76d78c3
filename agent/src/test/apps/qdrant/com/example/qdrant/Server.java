package com.example.qdrant;

import com.google.protobuf.Message;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointGroup;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SearchBatchPoints;
import io.qdrant.client.grpc.Points.SearchBatchResponse;
import io.qdrant.client.grpc.Points.SearchGroupsResponse;
import io.qdrant.client.grpc.Points.SearchPointGroups;
import io.qdrant.client.grpc.Points.SearchPoints;
import io.qdrant.client.grpc.Points.SearchResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Points in memory, compared one by one. Knows the collection {@code docs}; {@code slow} never answers. */
class Server extends PointsGrpc.PointsImplBase {
    final CountDownLatch arrived = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);
    private final Map<Object, PointStruct> points = new ConcurrentHashMap<>();

    /** Starts on a free port and answers it. */
    int start() throws IOException {
        return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(this)
                .build()
                .start()
                .getPort();
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> response) {
        put(request.getPointsList());
        done(response);
    }

    void put(List<PointStruct> all) {
        all.forEach(point -> points.put(point.getId(), point));
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> response) {
        request.getPoints().getPoints().getIdsList().forEach(points::remove);
        done(response);
    }

    @Override
    public void search(SearchPoints request, StreamObserver<SearchResponse> response) {
        if (known(request.getCollectionName(), response)) {
            answer(
                    response,
                    SearchResponse.newBuilder().addAllResult(nearest(request)).build());
        }
    }

    @Override
    public void searchBatch(SearchBatchPoints request, StreamObserver<SearchBatchResponse> response) {
        SearchBatchResponse.Builder batch = SearchBatchResponse.newBuilder();
        for (SearchPoints search : request.getSearchPointsList()) {
            batch.addResult(BatchResult.newBuilder().addAllResult(nearest(search)));
        }
        answer(response, batch.build());
    }

    @Override
    public void searchGroups(SearchPointGroups request, StreamObserver<SearchGroupsResponse> response) {
        SearchGroupsResponse.Builder groups = SearchGroupsResponse.newBuilder();
        for (String language : List.of("en", "fr")) {
            PointGroup.Builder group = PointGroup.newBuilder();
            group.getIdBuilder().setStringValue(language);
            nearest(request.getVectorList(), language, request.getGroupSize()).forEach(group::addHits);
            groups.getResultBuilder().addGroups(group);
        }
        answer(response, groups.build());
    }

    boolean known(String collection, StreamObserver<?> response) {
        if (collection.equals("slow")) {
            ((ServerCallStreamObserver<?>) response).setOnCancelHandler(cancelled::countDown);
            arrived.countDown();
            return false;
        }
        if (!collection.equals("docs")) {
            response.onError(Status.NOT_FOUND
                    .withDescription("Collection `" + collection + "` doesn't exist!")
                    .asRuntimeException());
            return false;
        }
        return true;
    }

    static <T> void answer(StreamObserver<T> response, T value) {
        response.onNext(value);
        response.onCompleted();
    }

    private List<ScoredPoint> nearest(SearchPoints request) {
        String language = request.getFilter().getMustList().stream()
                .map(condition -> condition.getField().getMatch().getKeyword())
                .findFirst()
                .orElse("");
        return nearest(request.getVectorList(), language, request.getLimit());
    }

    List<ScoredPoint> nearest(List<Float> vector, String language, long limit) {
        List<ScoredPoint> found = new ArrayList<>();
        for (PointStruct point : points.values()) {
            if (language.isEmpty()
                    || point.getPayloadOrThrow("language").getStringValue().equals(language)) {
                List<?> own = numbers(point.getVectors().getVector());
                float score = 0;
                for (int i = 0; i < own.size(); i++) {
                    score += (Float) own.get(i) * vector.get(i);
                }
                found.add(ScoredPoint.newBuilder()
                        .setId(point.getId())
                        .putAllPayload(point.getPayloadMap())
                        .setScore(score)
                        .build());
            }
        }
        found.sort(Comparator.comparing(ScoredPoint::getScore).reversed());
        return found.subList(0, (int) Math.min(limit, found.size()));
    }

    /** Older versions put them into the vector itself, newer ones into a message within. */
    private static List<?> numbers(Message vector) {
        Object first = vector.getAllFields().values().iterator().next();
        return first instanceof Message ? numbers((Message) first) : (List<?>) first;
    }

    private static void done(StreamObserver<PointsOperationResponse> response) {
        answer(
                response,
                PointsOperationResponse.newBuilder()
                        .setResult(
                                UpdateResult.newBuilder().setOperationId(1).setStatus(UpdateStatus.Completed))
                        .build());
    }
}
