package com.example.milvus;

import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.HybridSearchRequest;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.SearchRequest;
import io.milvus.grpc.SearchResults;
import io.milvus.grpc.Status;
import io.milvus.grpc.UpsertRequest;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.milvus.shaded.io.grpc.stub.StreamObserver;
import java.io.IOException;

/** The store behind Milvus' protocol, on the gRPC that version 2.6 of the client brings. */
final class Server extends MilvusServiceGrpc.MilvusServiceImplBase {
    /** Starts on a free port and answers it. */
    static int start() throws IOException {
        return NettyServerBuilder.forPort(0)
                .addService(new Server())
                .build()
                .start()
                .getPort();
    }

    @Override
    public void connect(ConnectRequest request, StreamObserver<ConnectResponse> response) {
        answer(response, ConnectResponse.newBuilder().setStatus(Status.getDefaultInstance()).build());
    }

    @Override
    public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> response) {
        answer(
                response,
                GetVersionResponse.newBuilder()
                        .setStatus(Status.getDefaultInstance())
                        .setVersion("v2.6.0")
                        .build());
    }

    @Override
    public void describeCollection(
            DescribeCollectionRequest request, StreamObserver<DescribeCollectionResponse> response) {
        answer(response, Store.describe());
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchResults> response) {
        answer(response, Store.search(request));
    }

    @Override
    public void hybridSearch(HybridSearchRequest request, StreamObserver<SearchResults> response) {
        answer(response, Store.hybrid());
    }

    @Override
    public void query(QueryRequest request, StreamObserver<QueryResults> response) {
        answer(response, Store.query());
    }

    @Override
    public void insert(InsertRequest request, StreamObserver<MutationResult> response) {
        answer(response, Store.changed(request.getNumRows()));
    }

    @Override
    public void upsert(UpsertRequest request, StreamObserver<MutationResult> response) {
        answer(response, Store.changed(request.getNumRows()));
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<MutationResult> response) {
        answer(response, Store.changed(1));
    }

    private static <T> void answer(StreamObserver<T> response, T value) {
        response.onNext(value);
        response.onCompleted();
    }
}
