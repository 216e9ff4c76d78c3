package dev.sonde.agent.instrumentation.cohere;

import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Hosts;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.ObservedFuture;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A method that sends one request: the call begins before it and ends with its result, or with the stream that this is. */
final class CohereSite implements SiteHandler {
    private final Endpoint endpoint;

    CohereSite(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** A call, with what reads its answer; no parts for one that does not stream. */
    private record Scope(ModelCall call, Mapper mapper, Endpoint.@Nullable Parts parts) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (SondeRuntime.tracerIfRunning() == null || self == null || arguments == null || delegates(self)) {
            return null;
        }
        Mapper mapper = Mapper.of(self);
        Asked asked = sent(endpoint.asked(mapper.json(arguments[0])), self);
        ModelCall call = ModelCall.start(Layer.PROVIDER, endpoint.observationType(), asked);
        if (call == null) {
            return null;
        }
        Endpoint.Parts parts = endpoint.parts(mapper);
        return new Scope((parts == null ? call : call.streaming(parts)).enter(), mapper, parts);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the application gets it
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Scope entered = (Scope) scope;
        entered.call().leave();
        if (error != null) {
            entered.call().failed(error);
            return result;
        }
        if (result instanceof CompletableFuture<?> future) {
            return new ObservedFuture(future, entered.call(), response -> over(entered, response));
        }
        return over(entered, result);
    }

    /** Takes the answer, or watches the stream; answers the response itself. */
    private @Nullable Object over(Scope scope, @Nullable Object response) {
        Object body = LibraryObjects.get(response, "body");
        Object answer = body == null ? response : body;
        if (answer == null) {
            scope.call().closed();
        } else if (scope.parts() != null) {
            CohereStreams.watch(answer, scope.call(), scope.parts());
        } else {
            scope.call().answered(() -> endpoint.answered(scope.mapper(), answer));
        }
        return response;
    }

    /** Newer clients leave the sending to raw clients, which are hooked too. */
    private static boolean delegates(Object client) {
        return LibraryObjects.field(client, "rawClient") != null;
    }

    private static Asked sent(Asked asked, Object client) {
        Object environment = LibraryObjects.get(LibraryObjects.field(client, "clientOptions"), "environment");
        return asked.to("cohere", Hosts.of(LibraryObjects.text(environment, "getUrl")));
    }
}
