package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Hosts;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import org.jspecify.annotations.Nullable;

/** One hooked method: starts the observation before it, and hands its result on in a form that ends the observation. */
final class OpenAiSite implements SiteHandler {
    private final Endpoint endpoint;
    private final boolean streaming;

    OpenAiSite(Endpoint endpoint, boolean streaming) {
        this.endpoint = endpoint;
        this.streaming = streaming;
    }

    /** A call, with the options of the client that makes it. */
    private record Scope(ModelCall call, @Nullable Object options) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (SondeRuntime.tracerIfRunning() == null || self == null || arguments == null) {
            return null;
        }
        Object options = LibraryObjects.field(self, "clientOptions");
        Object params = arguments[0]; // immutable, as all that the library builds
        String type = endpoint.observationType();
        ModelCall call = endpoint.readsAtOnce()
                ? ModelCall.start(Layer.PROVIDER, type, asked(params, options))
                : ModelCall.startLater(Layer.PROVIDER, type, () -> asked(params, options));
        if (call == null) {
            return null;
        }
        if (streaming) {
            call.streaming(endpoint.fold(options));
        }
        return new Scope(call.enter(), options);
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Scope entered = (Scope) scope;
        entered.call().leave();
        if (error != null) {
            entered.call().failed(error);
            return result;
        }
        return endpoint.observe(result, entered.call(), entered.options());
    }

    private Asked asked(@Nullable Object params, @Nullable Object options) {
        Asked asked = endpoint.asked(endpoint.body(options, params), streaming);
        String host = Hosts.of(LibraryObjects.text(options, "baseUrl"));
        boolean azure = LibraryObjects.get(options, "azureServiceVersion") != null || host.endsWith(".azure.com");
        return asked.to(azure ? "azure.ai.openai" : "openai", host);
    }
}
