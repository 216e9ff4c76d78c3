package dev.sonde.agent.instrumentation.dashscope;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Hosts;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.runtime.SondeRuntime;
import org.jspecify.annotations.Nullable;

/**
 * A request of a kind that is observed.
 *
 * @param incremental whether a stream's parts are pieces; else each has all that came before
 */
record DashScopeCall(Endpoint endpoint, Asked asked, boolean incremental) {

    /** Reads a request of the SDK; null when it is of another kind, or nothing is observed. */
    static @Nullable DashScopeCall of(@Nullable Object request, boolean streaming) {
        if (SondeRuntime.tracerIfRunning() == null || request == null) {
            return null;
        }
        String url = LibraryObjects.text(request, "getHttpUrl");
        Endpoint endpoint = Endpoint.at(url);
        if (endpoint == null) {
            return null;
        }
        String body = LibraryObjects.text(LibraryObjects.field(request, "param"), "getHttpBody");
        return new DashScopeCall(
                endpoint,
                endpoint.asked(body, streaming).to("dashscope", Hosts.of(url)),
                DashScopeJson.isIncremental(body));
    }

    /** Starts it; null where a library further out records it. */
    @Nullable
    ModelCall start(boolean streaming) {
        ModelCall call = ModelCall.start(Layer.PROVIDER, endpoint.observationType(), asked);
        return call == null || !streaming ? call : call.streaming(new Parts(incremental));
    }

    /** Reads the SDK's result of it. */
    Answered answered(Object result) {
        return endpoint.answered(
                LibraryObjects.text(result, "getRequestId"),
                LibraryObjects.text(result, "getOutput"),
                LibraryObjects.text(result, "getUsage"));
    }
}
