package com.example.plain;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks with the client of the JDK. */
public final class JdkClient implements Scenarios.Client {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpClient http2 = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws Exception {
        Scenarios.run(new JdkClient());
    }

    @Override
    public String call(String way, Ask ask) throws Exception {
        byte[] bytes = ask.body().getBytes(StandardCharsets.UTF_8);
        HttpRequest request = request(ask, BodyPublishers.ofString(ask.body()));
        switch (way) {
            case "blocking":
                return whole(client.send(request, BodyHandlers.ofString()));
            case "http2":
                return whole(http2.send(request, BodyHandlers.ofString()));
            case "bytes":
                HttpResponse<byte[]> plain = client.send(request, BodyHandlers.ofByteArray());
                return plain.statusCode() + " " + Ask.said(new String(plain.body(), StandardCharsets.UTF_8));
            case "lines":
                HttpResponse<Stream<String>> lines = client.send(request, BodyHandlers.ofLines());
                return lines.statusCode() + " " + Ask.said(lines.body().collect(Collectors.joining("\n")));
            case "uploaded":
                return whole(client.send(
                        request(ask, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))),
                        BodyHandlers.ofString()));
            case "discarding":
                return client.send(request, BodyHandlers.discarding()).statusCode() + "";
            case "async":
                return client.sendAsync(request, BodyHandlers.ofString())
                        .thenApply(JdkClient::whole)
                        .join();
            case "asyncCancelled":
                CompletableFuture<HttpResponse<String>> later = client.sendAsync(request, BodyHandlers.ofString());
                TimeUnit.MILLISECONDS.sleep(200);
                return "cancelled " + later.cancel(true);
            case "stream":
            case "streamCancelled":
                HttpResponse<InputStream> stream = client.send(request, BodyHandlers.ofInputStream());
                return stream.statusCode() + " " + Scenarios.read(stream.body(), way.equals("stream"));
            case "streamLines":
                HttpResponse<Stream<String>> streamed = client.sendAsync(request, BodyHandlers.ofLines())
                        .join();
                return streamed.statusCode() + " " + Ask.said(streamed.body().collect(Collectors.joining("\n")));
            case "streamPublisher":
            case "streamPublisherCancelled":
                HttpResponse<Flow.Publisher<List<ByteBuffer>>> published =
                        client.send(request, BodyHandlers.ofPublisher());
                OneByOne reader = new OneByOne(way.equals("streamPublisher"));
                published.body().subscribe(reader);
                return published.statusCode() + " " + reader.said();
            case "unreachable":
                return whole(client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/v1/chat/completions"))
                                .POST(BodyPublishers.ofString(ask.body()))
                                .build(),
                        BodyHandlers.ofString()));
            default:
                throw new IllegalArgumentException(way);
        }
    }

    private static HttpRequest request(Ask ask, BodyPublisher body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(ask.url())).POST(body);
        ask.headers().forEach(builder::header);
        return builder.build();
    }

    private static String whole(HttpResponse<String> response) {
        return response.statusCode() + " " + Ask.said(response.body());
    }

    /** Asks for the next buffers when it has taken the last. */
    private static final class OneByOne implements Flow.Subscriber<List<ByteBuffer>> {
        private final StringBuilder text = new StringBuilder();
        private final CountDownLatch over = new CountDownLatch(1);
        private final boolean toTheEnd;
        private Flow.Subscription subscription;

        OneByOne(boolean toTheEnd) {
            this.toTheEnd = toTheEnd;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            buffers.forEach(buffer -> text.append(StandardCharsets.UTF_8.decode(buffer)));
            if (!toTheEnd && !Ask.said(text.toString()).isEmpty()) {
                subscription.cancel();
                over.countDown();
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable error) {
            text.append(error);
            over.countDown();
        }

        @Override
        public void onComplete() {
            over.countDown();
        }

        String said() throws InterruptedException {
            return over.await(30, TimeUnit.SECONDS) ? Ask.said(text.toString()) : "nothing";
        }
    }
}
