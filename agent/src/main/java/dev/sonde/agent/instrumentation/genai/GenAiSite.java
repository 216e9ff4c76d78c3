package dev.sonde.agent.instrumentation.genai;

import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.ObservedFuture;
import dev.sonde.boot.SiteHandler;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A method that sends one request: the call begins before it and ends with its result, or with the stream that this is. */
final class GenAiSite implements SiteHandler {
    private final Endpoint endpoint;

    GenAiSite(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null || arguments == null) {
            return null;
        }
        ModelCall call =
                ModelCall.start(Layer.PROVIDER, endpoint.observationType(), addressed(endpoint.asked(arguments), self));
        if (call == null) {
            return null;
        }
        Fold fold = endpoint.fold();
        return (fold == null ? call : call.streaming(fold)).enter();
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
            return new ObservedFuture(future, call, response -> over(call, response));
        }
        return over(call, result);
    }

    /** Takes the answer, or watches the stream; answers the response itself. */
    private @Nullable Object over(ModelCall call, @Nullable Object response) {
        if (response == null) {
            call.closed();
        } else if (call.streaming()) {
            GenAiStreams.watch(response, call);
        } else {
            call.answered(() -> endpoint.answered(response));
        }
        return response;
    }

    /** The request with where its client sends it. */
    static Asked addressed(Asked asked, Object models) {
        Object client = LibraryObjects.field(models, "apiClient");
        if (client == null) {
            client = LibraryObjects.field(LibraryObjects.field(models, "models"), "apiClient");
        }
        boolean vertex = Boolean.TRUE.equals(LibraryObjects.field(client, "vertexAI"));
        String baseUrl = LibraryObjects.text(LibraryObjects.field(client, "httpOptions"), "baseUrl");
        return asked.to(vertex ? "gcp.vertex_ai" : "gcp.gemini", baseUrl == null ? "" : host(baseUrl));
    }

    private static String host(String baseUrl) {
        try {
            String host = new URI(baseUrl).getHost();
            return host == null ? "" : host;
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
