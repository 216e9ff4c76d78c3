package com.example.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.vector.request.AnnSearchReq;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.HybridSearchReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.UpsertReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.request.ranker.RRFRanker;
import io.milvus.v2.service.vector.response.QueryResp;
import io.milvus.v2.service.vector.response.SearchResp;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Collectors;

/** Searches a collection. Each line of the input is a scenario. */
public final class Main {
    private static final List<String> TEXT = List.of("text");

    private final MilvusClientV2 client;

    private Main(MilvusClientV2 client) {
        this.client = client;
    }

    public static void main(String[] arguments) throws Exception {
        Main main = new Main(new MilvusClientV2(ConnectConfig.builder()
                .uri("http://localhost:" + Server.start())
                .build()));
        for (Scanner input = new Scanner(System.in); input.hasNextLine(); ) {
            String said;
            try {
                said = main.play(input.nextLine());
            } catch (Exception e) {
                said = "threw " + e;
            }
            System.out.println("> " + said.replace('\n', ' '));
        }
        System.exit(0);
    }

    private String play(String scenario) {
        switch (scenario) {
            case "search":
                return texts(client.search(search("docs", "id > 0")));
            case "hybrid":
                return texts(client.hybridSearch(HybridSearchReq.builder()
                        .collectionName("docs")
                        .searchRequests(List.of(
                                AnnSearchReq.builder()
                                        .vectorFieldName("embedding")
                                        .vectors(List.of(new FloatVec(new float[] {1, 0})))
                                        .metricType(IndexParam.MetricType.IP)
                                        .topK(2)
                                        .params("{}")
                                        .build()))
                        .ranker(new RRFRanker(60))
                        .topK(2)
                        .outFields(TEXT)
                        .build()));
            case "query":
                return client
                        .query(QueryReq.builder()
                                .collectionName("docs")
                                .filter("id == 3")
                                .outputFields(TEXT)
                                .build())
                        .getQueryResults()
                        .stream()
                        .map(QueryResp.QueryResult::getEntity)
                        .map(entity -> String.valueOf(entity.get("text")))
                        .collect(Collectors.joining(" "));
            case "insert":
                return "" + client.insert(InsertReq.builder().collectionName("docs").data(List.of(row(7), row(8))).build())
                        .getInsertCnt();
            case "upsert":
                return "" + client.upsert(UpsertReq.builder().collectionName("docs").data(List.of(row(7))).build())
                        .getUpsertCnt();
            case "delete":
                return "" + client.delete(DeleteReq.builder().collectionName("docs").filter("id == 3").build())
                        .getDeleteCnt();
            case "missing":
                return texts(client.search(search("missing", "")));
            default:
                return "unknown scenario";
        }
    }

    private static SearchReq search(String collection, String filter) {
        return SearchReq.builder()
                .collectionName(collection)
                .annsField("embedding")
                .data(List.of(new FloatVec(new float[] {1, 0})))
                .filter(filter)
                .topK(2)
                .outputFields(TEXT)
                .build();
    }

    private static JsonObject row(long id) {
        JsonArray vector = new JsonArray();
        vector.add(0.1f);
        vector.add(0.9f);
        JsonObject row = new JsonObject();
        row.addProperty("id", id);
        row.addProperty("text", "A text.");
        row.add("embedding", vector);
        return row;
    }

    private static String texts(SearchResp found) {
        return found.getSearchResults().get(0).stream()
                .map(hit -> String.valueOf(hit.getEntity().get("text")))
                .collect(Collectors.joining(" "));
    }
}
