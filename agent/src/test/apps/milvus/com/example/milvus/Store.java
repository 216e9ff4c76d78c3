package com.example.milvus;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.IDs;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.PlaceholderGroup;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.SearchRequest;
import io.milvus.grpc.SearchResultData;
import io.milvus.grpc.SearchResults;
import io.milvus.grpc.Status;
import io.milvus.grpc.StringArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Three texts and their vectors, compared one by one. Knows the collection {@code docs}. */
final class Store {
    private static final String[] TEXTS = {"It rains in Paris.", "Il pleut.", "Dogs bark."};
    private static final float[][] VECTORS = {{1, 0}, {0.5f, 0.5f}, {0, 1}};

    private Store() {}

    static DescribeCollectionResponse describe() {
        return DescribeCollectionResponse.newBuilder()
                .setStatus(Status.getDefaultInstance())
                .setCollectionName("docs")
                .setSchema(CollectionSchema.newBuilder()
                        .setName("docs")
                        .addFields(field("id", DataType.Int64).setIsPrimaryKey(true))
                        .addFields(field("text", DataType.VarChar)
                                .addTypeParams(KeyValuePair.newBuilder()
                                        .setKey("max_length")
                                        .setValue("100")))
                        .addFields(field("embedding", DataType.FloatVector)
                                .addTypeParams(KeyValuePair.newBuilder()
                                        .setKey("dim")
                                        .setValue("2"))))
                .build();
    }

    static SearchResults search(SearchRequest request) {
        if (!request.getCollectionName().equals("docs")) {
            return SearchResults.newBuilder().setStatus(missing()).build();
        }
        int limit = request.getSearchParamsList().stream()
                .filter(parameter -> parameter.getKey().equals("topk"))
                .mapToInt(parameter -> Integer.parseInt(parameter.getValue()))
                .findFirst()
                .orElse(1);
        float[] query = query(request);
        List<Integer> found = new ArrayList<>(List.of(0, 1, 2));
        found.sort(Comparator.comparing((Integer i) -> -score(query, i)));
        return SearchResults.newBuilder()
                .setStatus(Status.getDefaultInstance())
                .setResults(results(query, found.subList(0, limit)))
                .build();
    }

    static SearchResults hybrid() {
        float[] query = {1, 0};
        return SearchResults.newBuilder()
                .setStatus(Status.getDefaultInstance())
                .setResults(results(query, List.of(0, 1)))
                .build();
    }

    static QueryResults query() {
        return QueryResults.newBuilder()
                .setStatus(Status.getDefaultInstance())
                .addFieldsData(ids(List.of(2)))
                .addFieldsData(texts(List.of(2)))
                .addOutputFields("text")
                .build();
    }

    static MutationResult changed(long rows) {
        return MutationResult.newBuilder()
                .setStatus(Status.getDefaultInstance())
                .setIDs(IDs.newBuilder().setIntId(LongArray.newBuilder().addAllData(Arrays.asList(7L, 8L).subList(0, (int) rows))))
                .setInsertCnt(rows)
                .setUpsertCnt(rows)
                .setDeleteCnt(rows)
                .build();
    }

    private static Status missing() {
        return Status.newBuilder()
                .setCode(100)
                .setErrorCodeValue(1)
                .setReason("collection not found[collection=missing]")
                .build();
    }

    private static SearchResultData results(float[] query, List<Integer> found) {
        SearchResultData.Builder results = SearchResultData.newBuilder()
                .setNumQueries(1)
                .setTopK(found.size())
                .addTopks(found.size())
                .addFieldsData(texts(found))
                .addOutputFields("text");
        for (int i : found) {
            results.addScores(score(query, i));
            results.getIdsBuilder().getIntIdBuilder().addData(i + 1);
        }
        return results.build();
    }

    private static FieldData ids(List<Integer> found) {
        LongArray.Builder ids = LongArray.newBuilder();
        found.forEach(i -> ids.addData(i + 1));
        return FieldData.newBuilder()
                .setFieldName("id")
                .setType(DataType.Int64)
                .setScalars(ScalarField.newBuilder().setLongData(ids))
                .build();
    }

    private static FieldData texts(List<Integer> found) {
        StringArray.Builder texts = StringArray.newBuilder();
        found.forEach(i -> texts.addData(TEXTS[i]));
        return FieldData.newBuilder()
                .setFieldName("text")
                .setType(DataType.VarChar)
                .setScalars(ScalarField.newBuilder().setStringData(texts))
                .build();
    }

    private static float score(float[] query, int i) {
        return query[0] * VECTORS[i][0] + query[1] * VECTORS[i][1];
    }

    private static float[] query(SearchRequest request) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(PlaceholderGroup.parseFrom(request.getPlaceholderGroup())
                            .getPlaceholders(0)
                            .getValues(0)
                            .toByteArray())
                    .order(ByteOrder.LITTLE_ENDIAN);
            return new float[] {bytes.getFloat(), bytes.getFloat()};
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static FieldSchema.Builder field(String name, DataType type) {
        return FieldSchema.newBuilder().setName(name).setDataType(type);
    }
}
