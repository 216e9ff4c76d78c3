package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.calls.Hosts;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.RawResponses;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import org.jspecify.annotations.Nullable;

/** One hooked method: starts the observation before it, and hands its result on in a form that ends the observation. */
final class MessagesSite implements SiteHandler {
    private final boolean streaming;

    MessagesSite(boolean streaming) {
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
        String body = LibraryObjects.json(options, LibraryObjects.get(arguments[0], "_body"));
        String host = Hosts.of(LibraryObjects.text(options, "baseUrl"));
        ModelCall call = ModelCall.start(
                Layer.PROVIDER, "GENERATION", Messages.asked(body, streaming).to(provider(host), host));
        if (call == null) {
            return null;
        }
        String user = Messages.user(body);
        if (user != null) {
            call.note(observation -> observation.attribute("user.id", user));
        }
        if (streaming) {
            call.streaming(new MessageEvents(options));
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
        return RawResponses.observe(result, entered.call(), message -> Messages.answered(entered.options(), message));
    }

    /** Other companies serve the same models, and the library reaches them by other hosts. */
    static String provider(String host) {
        if (host.endsWith(".amazonaws.com")) {
            return "aws.bedrock";
        }
        if (host.endsWith("aiplatform.googleapis.com")) {
            return "gcp.vertex_ai";
        }
        return host.endsWith(".azure.com") ? "azure.ai.inference" : "anthropic";
    }
}
