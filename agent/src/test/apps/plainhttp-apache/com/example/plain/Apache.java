package com.example.plain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.AbstractCharResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.util.TimeValue;

/** Asks with Apache's client, waiting and not. */
public final class Apache implements Scenarios.Client {
    private final CloseableHttpClient client = HttpClients.custom().disableAutomaticRetries().build();
    private final CloseableHttpAsyncClient later = HttpAsyncClients.custom().disableAutomaticRetries().build();
    private final CloseableHttpAsyncClient minimal = HttpAsyncClients.createMinimal();
    private final CloseableHttpAsyncClient retrying = HttpAsyncClients.custom()
            .setRetryStrategy(new DefaultHttpRequestRetryStrategy(1, TimeValue.ofMilliseconds(20)) {
                @Override
                protected boolean handleAsIdempotent(HttpRequest request) {
                    return true;
                }
            })
            .build();

    private Apache() {
        later.start();
        minimal.start();
        retrying.start();
    }

    public static void main(String[] arguments) throws Exception {
        Scenarios.run(new Apache());
    }

    @Override
    public String call(String way, Ask ask) throws Exception {
        StringEntity text = new StringEntity(ask.body(), ContentType.APPLICATION_JSON);
        switch (way) {
            case "blocking":
                return client.execute(
                        request(ask, text),
                        response -> response.getCode() + " " + Ask.said(EntityUtils.toString(response.getEntity())));
            case "uploaded":
                return client.execute(
                        request(
                                ask,
                                new InputStreamEntity(
                                        new ByteArrayInputStream(ask.body().getBytes(StandardCharsets.UTF_8)),
                                        ContentType.APPLICATION_JSON)),
                        response -> response.getCode() + " " + Ask.said(EntityUtils.toString(response.getEntity())));
            case "unread":
                try (CloseableHttpResponse response = client.execute(request(ask, text))) {
                    return response.getCode() + " " + (response.getEntity() != null);
                }
            case "async":
                return whole(later, simple(ask));
            case "asyncMinimal":
                return whole(minimal, simple(ask));
            case "asyncRetried":
                return whole(retrying, simple(ask));
            case "asyncOwnClasses":
                return later.execute(produced(ask), new Pieces(), null).get(30, TimeUnit.SECONDS);
            case "asyncCancelled":
                Future<SimpleHttpResponse> waiting = later.execute(simple(ask), null);
                TimeUnit.MILLISECONDS.sleep(300);
                return "cancelled " + waiting.cancel(true);
            case "asyncUnreachable":
                return whole(later, SimpleRequestBuilder.post("http://127.0.0.1:1/v1/chat/completions")
                        .setBody(ask.body(), ContentType.APPLICATION_JSON)
                        .build());
            case "stream":
                return client.execute(
                        request(ask, text),
                        response -> response.getCode() + " "
                                + Scenarios.read(response.getEntity().getContent(), true));
            case "streamCancelled":
                HttpPost post = request(ask, text);
                CloseableHttpResponse cancelled = client.execute(post);
                String word = firstWord(post, cancelled.getEntity().getContent());
                try {
                    cancelled.close();
                } catch (IOException e) {
                    word = word + " " + e.getMessage();
                }
                return cancelled.getCode() + " " + word;
            case "streamAsync":
                return later.execute(produced(ask), new Pieces(), null).get(30, TimeUnit.SECONDS);
            case "streamMinimal":
                return minimal.execute(produced(ask), new Pieces(), null).get(30, TimeUnit.SECONDS);
            case "streamAsyncCancelled":
                Pieces pieces = new Pieces();
                Future<String> future = later.execute(produced(ask), pieces, null);
                String said = pieces.firstWord();
                return said + (future.cancel(true) ? "" : " not cancelled");
            default:
                throw new IllegalArgumentException(way);
        }
    }

    /** Cancels the request, for closing the stream would read it to its end. */
    private static String firstWord(HttpPost request, InputStream body) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int read = body.read(); read >= 0; read = body.read()) {
            all.append((char) read);
            if (read == '\n' && !Ask.said(all.toString()).isEmpty()) {
                request.cancel();
                break;
            }
        }
        return Ask.said(all.toString());
    }

    private static String whole(CloseableHttpAsyncClient client, SimpleHttpRequest request) throws Exception {
        SimpleHttpResponse response = client.execute(request, null).get(30, TimeUnit.SECONDS);
        return response.getCode() + " " + Ask.said(response.getBodyText());
    }

    private static AsyncRequestProducer produced(Ask ask) {
        AsyncRequestBuilder builder =
                AsyncRequestBuilder.post(ask.url()).setEntity(ask.body(), ContentType.APPLICATION_JSON);
        ask.headers().forEach(builder::setHeader);
        return builder.build();
    }

    private static SimpleHttpRequest simple(Ask ask) {
        SimpleRequestBuilder builder =
                SimpleRequestBuilder.post(ask.url()).setBody(ask.body(), ContentType.APPLICATION_JSON);
        ask.headers().forEach(builder::setHeader);
        return builder.build();
    }

    private static HttpPost request(Ask ask, HttpEntity body) {
        HttpPost request = new HttpPost(ask.url());
        ask.headers().forEach(request::setHeader);
        request.setEntity(body);
        return request;
    }

    /** Takes characters as they come. */
    private static final class Pieces extends AbstractCharResponseConsumer<String> {
        private final StringBuilder all = new StringBuilder();
        private final CompletableFuture<String> firstWord = new CompletableFuture<>();
        private int code;

        String firstWord() throws Exception {
            return firstWord.get(30, TimeUnit.SECONDS);
        }

        @Override
        protected void start(HttpResponse response, ContentType type) {
            code = response.getCode();
        }

        @Override
        protected int capacityIncrement() {
            return 1024;
        }

        @Override
        protected void data(CharBuffer data, boolean last) {
            all.append(data);
            if (!Ask.said(all.toString()).isEmpty()) {
                firstWord.complete(buildResult());
            }
        }

        @Override
        protected String buildResult() {
            return code + " " + Ask.said(all.toString());
        }

        @Override
        public void failed(Exception error) {}

        @Override
        public void releaseResources() {}
    }
}
