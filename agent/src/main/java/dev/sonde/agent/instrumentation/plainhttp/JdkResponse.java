package dev.sonde.agent.instrumentation.plainhttp;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A response whose body is seen as the application's subscriber asks for it. */
final class JdkResponse {
    private JdkResponse() {}

    static <T> BodyHandler<T> observed(BodyHandler<T> handler, Exchange exchange) {
        return head -> {
            HttpHeaders headers = head.headers();
            BodySubscriber<T> subscriber = handler.apply(head);
            exchange.responds(
                    head.statusCode(),
                    headers.firstValue("content-type").orElse(null),
                    headers.firstValue("content-encoding").orElse(null));
            return new Reading<>(subscriber, exchange);
        };
    }

    private record Reading<T>(BodySubscriber<T> reader, Exchange exchange) implements BodySubscriber<T> {
        @Override
        public CompletionStage<T> getBody() {
            return reader.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            reader.onSubscribe(new Closing(subscription, exchange));
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                exchange.received(buffer);
            }
            reader.onNext(buffers);
        }

        @Override
        public void onError(Throwable error) {
            JdkSite.failed(exchange, error);
            reader.onError(error);
        }

        @Override
        public void onComplete() {
            exchange.complete();
            reader.onComplete();
        }
    }

    /** Cancelled when the application closes the body before its end. */
    private record Closing(Flow.Subscription subscription, Exchange exchange) implements Flow.Subscription {
        @Override
        public void request(long count) {
            subscription.request(count);
        }

        @Override
        public void cancel() {
            exchange.closed();
            subscription.cancel();
        }
    }
}
