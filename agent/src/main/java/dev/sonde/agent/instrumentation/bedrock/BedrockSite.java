package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.ObservedFuture;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One hooked operation of a client that calls a model. */
final class BedrockSite implements SiteHandler {
    private final boolean converse;
    private final boolean streaming;

    /**
     * An operation.
     *
     * @param converse whether it is in Converse's words; else in the vendor's
     * @param streaming whether the answer goes to a handler, which is the last argument
     */
    BedrockSite(boolean converse, boolean streaming) {
        this.converse = converse;
        this.streaming = streaming;
    }

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (SondeRuntime.tracerIfRunning() == null || self == null || arguments == null || arguments[0] == null) {
            return null;
        }
        Object request = arguments[0];
        String modelId = LibraryObjects.text(request, "modelId");
        Asked asked = converse
                ? ConverseText.asked(modelId, SdkJson.of(request), streaming)
                : InvokeText.asked(modelId, body(request), streaming);
        String type = asked.operation().equals("embeddings") ? "EMBEDDING" : "GENERATION";
        ModelCall call = ModelCall.start(Layer.PROVIDER, type, asked.to("aws.bedrock", host(self)));
        return call == null ? null : call.enter();
    }

    @Override
    public @Nullable Object argument(Object scope, @Nullable Object handler) {
        return handler == null ? null : StreamHandlers.observe(handler, (ModelCall) scope, converse);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the application gets it
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        ModelCall call = (ModelCall) scope;
        call.leave();
        if (error != null) {
            call.failed(error);
            return result;
        }
        if (result instanceof CompletableFuture<?> future) {
            return new ObservedFuture(future, call, response -> {
                end(call, response);
                return response;
            });
        }
        end(call, result);
        return result;
    }

    private void end(ModelCall call, @Nullable Object response) {
        if (streaming) {
            // the future completes as well when the stream was cancelled or broke off; the answer says whether it is
            // whole
            call.closed();
        } else if (response == null) {
            call.closed();
        } else {
            call.answered(() -> answered(response));
        }
    }

    private Answered answered(Object response) {
        String requestId = requestId(response);
        return converse
                ? ConverseText.answered(requestId, SdkJson.of(response))
                : InvokeText.answered(requestId, body(response), counts(response));
    }

    /** The service's id of the call that this answers; null when it sent none. */
    static @Nullable String requestId(@Nullable Object response) {
        return LibraryObjects.text(LibraryObjects.get(response, "responseMetadata"), "requestId");
    }

    private static @Nullable String body(Object message) {
        Object bytes = LibraryObjects.get(LibraryObjects.get(message, "body"), "asByteArrayUnsafe");
        return bytes instanceof byte[] json ? new String(json, StandardCharsets.UTF_8).strip() : null;
    }

    /** What the service itself has counted, which it says in headers. */
    private static Map<String, Long> counts(Object response) {
        Object headers = LibraryObjects.get(LibraryObjects.get(response, "sdkHttpResponse"), "headers");
        Map<String, String> counts = new TreeMap<>();
        if (headers instanceof Map<?, ?> map) {
            map.forEach((name, values) -> {
                if (values instanceof List<?> list && !list.isEmpty()) {
                    counts.put(name.toString().toLowerCase(Locale.ROOT), String.valueOf(list.get(0)));
                }
            });
        }
        String prefix = "x-amzn-bedrock-";
        return Usage.of(
                counts.get(prefix + "input-token-count"),
                counts.get(prefix + "output-token-count"),
                counts.get(prefix + "cache-read-input-token-count"),
                counts.get(prefix + "cache-write-input-token-count"));
    }

    /** Where the client sends its requests; empty when that cannot be said. */
    static String host(Object client) {
        Object configuration = LibraryObjects.get(client, "serviceClientConfiguration");
        if (LibraryObjects.get(configuration, "endpointOverride") instanceof URI endpoint) {
            return endpoint.getHost() == null ? "" : endpoint.getHost();
        }
        String region = LibraryObjects.text(configuration, "region");
        return region == null ? "" : "bedrock-runtime." + region + ".amazonaws.com";
    }
}
