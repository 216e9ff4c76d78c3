package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.boot.SiteHandler;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The method of {@code java.net.http} that every request comes through. Request and body handler are replaced by ones that
 * see the bodies go by; the call is not current meanwhile, for what the client runs later is the application's.
 */
final class JdkSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (arguments == null || !(arguments[0] instanceof HttpRequest request)) {
            return null;
        }
        Endpoint endpoint = Endpoints.of(request.method(), request.uri().getRawPath());
        return endpoint == null
                ? null
                : Exchange.start(
                        endpoint, request.uri().getRawPath(), request.uri().getHost());
    }

    @Override
    public @Nullable Object argument(Object scope, @Nullable Object value) {
        Exchange exchange = (Exchange) scope;
        if (value instanceof HttpRequest request) {
            return new JdkRequest(request, exchange);
        }
        return value instanceof BodyHandler<?> handler ? JdkResponse.observed(handler, exchange) : value;
    }

    /** What completes the future normally has ended the exchange, or goes on as a body that is read later. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the application has the one this hangs on
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Exchange exchange = (Exchange) scope;
        if (error != null) {
            exchange.failed(error);
        } else if (result instanceof CompletableFuture<?> future) {
            future.whenComplete((response, failure) -> {
                if (failure != null) {
                    failed(exchange, failure);
                }
            });
        }
        return result;
    }

    /** The client tells a cancelled request's body that it failed. */
    static void failed(Exchange exchange, Throwable error) {
        if (error instanceof IOException && "Request cancelled".equals(error.getMessage())) {
            exchange.cancelled();
        } else {
            exchange.failed(error);
        }
    }
}
