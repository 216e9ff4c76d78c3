package com.example.qdrant;

import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.WithPayloadSelectorFactory.enable;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.time.Duration;

/** What newer versions of the client can too. */
public final class Main extends Searches {
    private Main() throws Exception {
        super(new QueryServer());
    }

    public static void main(String[] arguments) throws Exception {
        new Main().play();
    }

    @Override
    String play(String scenario) throws Exception {
        switch (scenario) {
            case "query":
                QueryPoints.Builder query = QueryPoints.newBuilder()
                        .setCollectionName("docs")
                        .setQuery(nearest(1f, 0f, 0f))
                        .setLimit(2)
                        .setWithPayload(enable(true));
                query.getFilterBuilder().addMust(matchKeyword("language", "en"));
                return texts(client.queryAsync(query.build()).get());
            case "timeout":
                return texts(client.queryAsync(
                                QueryPoints.newBuilder()
                                        .setCollectionName("slow")
                                        .setQuery(nearest(1f, 0f, 0f))
                                        .build(),
                                Duration.ofMillis(300))
                        .get());
            case "refused":
                UpdateResult result = client.upsertAsync(
                                UpsertPoints.newBuilder().setCollectionName("").build())
                        .get();
                return result.getStatus().name();
            default:
                return super.play(scenario);
        }
    }

    private static final class QueryServer extends Server {
        @Override
        public void query(QueryPoints request, StreamObserver<QueryResponse> response) {
            if (known(request.getCollectionName(), response)) {
                String language = request.getFilter()
                        .getMust(0)
                        .getField()
                        .getMatch()
                        .getKeyword();
                answer(
                        response,
                        QueryResponse.newBuilder()
                                .addAllResult(nearest(
                                        request.getQuery()
                                                .getNearest()
                                                .getDense()
                                                .getDataList(),
                                        language,
                                        request.getLimit()))
                                .build());
            }
        }
    }
}
