package dev.sonde.agent.instrumentation.plainhttp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;

/** A request as it is, whose body is seen while it is sent; maybe several times, as after a redirect. */
final class JdkRequest extends HttpRequest {
    private final HttpRequest request;
    private final Exchange exchange;

    JdkRequest(HttpRequest request, Exchange exchange) {
        this.request = request;
        this.exchange = exchange;
    }

    @Override
    public Optional<BodyPublisher> bodyPublisher() {
        return request.bodyPublisher().map(body -> new Body(body, exchange));
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public Optional<Duration> timeout() {
        return request.timeout();
    }

    @Override
    public boolean expectContinue() {
        return request.expectContinue();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public Optional<HttpClient.Version> version() {
        return request.version();
    }

    @Override
    public HttpHeaders headers() {
        return request.headers();
    }

    @Override
    public String toString() {
        return request.toString();
    }

    private record Body(BodyPublisher body, Exchange exchange) implements BodyPublisher {
        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            exchange.requestBegins();
            body.subscribe(new Sending(subscriber, exchange));
        }
    }

    private record Sending(Flow.Subscriber<? super ByteBuffer> client, Exchange exchange)
            implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            client.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            exchange.requested(bytes);
            client.onNext(bytes);
        }

        @Override
        public void onError(Throwable error) {
            client.onError(error);
        }

        @Override
        public void onComplete() {
            client.onComplete();
        }
    }
}
