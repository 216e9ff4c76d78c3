package com.example.plain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.BufferedSink;

/** Asks with OkHttp. */
public final class OkHttp implements Scenarios.Client {
    private final OkHttpClient client = new OkHttpClient();

    public static void main(String[] arguments) throws Exception {
        Scenarios.run(new OkHttp());
    }

    @Override
    public String call(String way, Ask ask) throws Exception {
        RequestBody body = RequestBody.create(ask.body(), MediaType.get("application/json"));
        Call call = client.newCall(request(ask, body));
        switch (way) {
            case "blocking":
                try (Response response = call.execute()) {
                    return response.code() + " " + Ask.said(response.body().string());
                }
            case "bytes":
                try (Response response = call.execute()) {
                    return response.code() + " " + Ask.said(new String(response.body().bytes(), "UTF-8"));
                }
            case "uploaded":
                try (Response response = client.newCall(request(ask, new Once(ask.body()))).execute()) {
                    return response.code() + " " + Ask.said(response.body().string());
                }
            case "async":
                return later(call).get(30, TimeUnit.SECONDS);
            case "unread":
                client.newCall(request(ask, body)).execute().close();
                return "closed";
            case "dropped":
                return dropped(call);
            case "stream":
            case "streamCancelled":
                try (Response response = call.execute()) {
                    return response.code() + " "
                            + Scenarios.read(response.body().byteStream(), way.equals("stream"));
                }
            case "streamEvents":
            case "streamEventsCancelled":
                return events(request(ask, body), way.equals("streamEvents"));
            case "streamCallCancelled":
                try (Response response = call.execute()) {
                    String line = response.body().source().readUtf8Line();
                    call.cancel();
                    return response.code() + " " + (line == null);
                }
            default:
                throw new IllegalArgumentException(way);
        }
    }

    private static String dropped(Call call) throws Exception {
        int code = call.execute().code();
        for (int i = 0; i < 20; i++) {
            System.gc();
            Thread.sleep(20);
        }
        return "" + code;
    }

    private static Request request(Ask ask, RequestBody body) {
        Request.Builder builder = new Request.Builder().url(ask.url()).post(body);
        ask.headers().forEach(builder::header);
        return builder.build();
    }

    private static CompletableFuture<String> later(Call call) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException error) {
                answer.completeExceptionally(error);
            }

            @Override
            public void onResponse(Call answered, Response response) throws IOException {
                try (response) {
                    answer.complete(response.code() + " " + Ask.said(response.body().string()));
                }
            }
        });
        return answer;
    }

    private String events(Request request, boolean toTheEnd) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        List<String> said = new ArrayList<>();
        EventSources.createFactory(client).newEventSource(request, new EventSourceListener() {
            @Override
            public void onEvent(EventSource source, String id, String type, String data) {
                said.add(Ask.said(data));
                if (!toTheEnd && !String.join("", said).isEmpty()) {
                    source.cancel();
                    answer.complete("200 " + String.join("", said));
                }
            }

            @Override
            public void onClosed(EventSource source) {
                answer.complete("200 " + String.join("", said));
            }

            @Override
            public void onFailure(EventSource source, Throwable error, Response response) {
                answer.complete(response == null ? "threw " + error : response.code() + " " + error);
            }
        });
        return answer.get(30, TimeUnit.SECONDS);
    }

    /** Can be written once only. */
    private static final class Once extends RequestBody {
        private String text;

        Once(String text) {
            this.text = text;
        }

        @Override
        public MediaType contentType() {
            return MediaType.get("application/json");
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            if (text == null) {
                throw new IOException("written twice");
            }
            sink.writeUtf8(text);
            text = null;
        }
    }
}
