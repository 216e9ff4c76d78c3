package dev.sonde.agent.instrumentation.azure;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.ColdCall;
import dev.sonde.agent.calls.Hosts;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One hooked method of a client. */
final class AzureOpenAiSite implements SiteHandler {
    static final String MONO = "reactor.core.publisher.Mono";
    static final String FLUX = "reactor.core.publisher.Flux";

    private final Endpoint endpoint;
    private final boolean streaming;
    private final @Nullable String publisher;

    /**
     * A method.
     *
     * @param publisher the type that it returns, from which the request goes out when somebody subscribes; null when the
     *     request is made at once
     */
    AzureOpenAiSite(Endpoint endpoint, boolean streaming, @Nullable String publisher) {
        this.endpoint = endpoint;
        this.streaming = streaming;
        this.publisher = publisher;
    }

    /** What was asked, of which the call is still to start. */
    private record Plan(Asked asked) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (SondeRuntime.tracerIfRunning() == null || self == null || arguments == null) {
            return null;
        }
        Asked asked = asked(self, arguments);
        if (publisher != null) {
            return new Plan(asked);
        }
        ModelCall call = start(asked);
        return call == null ? null : call.enter();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        if (publisher != null && scope instanceof Plan plan) {
            return error == null ? ColdCall.follow(result, publisher, starting(plan.asked()), this::answered) : result;
        }
        ModelCall call = (ModelCall) scope;
        call.leave();
        if (error != null) {
            call.failed(error);
        } else if (result == null) {
            call.closed();
        } else if (streaming) {
            ReadStreams.watch(value(result), call);
        } else {
            call.answered(() -> answered(result));
        }
        return result;
    }

    /** Each subscription is a request, but of a stream only the first: the library keeps its parts for the others. */
    private Supplier<@Nullable ModelCall> starting(Asked asked) {
        if (!streaming) {
            return () -> start(asked);
        }
        AtomicBoolean begun = new AtomicBoolean();
        return () -> begun.compareAndSet(false, true) ? start(asked) : null;
    }

    private @Nullable ModelCall start(Asked asked) {
        ModelCall call = ModelCall.start(Layer.PROVIDER, endpoint.observationType(), asked);
        return call == null || !streaming ? call : call.streaming(new Chunks());
    }

    /** The deployment is the model. */
    private Asked asked(Object client, @Nullable Object[] arguments) {
        String options = AzureJson.of(arguments[1]);
        if (arguments.length == 3 && options != null && streaming) {
            // the library puts them into the options within the method, unless they are of the request
            String streamOptions = AzureJson.of(streamOptions(arguments[2]));
            options = streamOptions == null
                    ? options
                    : options.substring(0, options.length() - 1) + ",\"stream_options\":" + streamOptions + "}";
        }
        Asked asked = endpoint.asked(options, streaming);
        Object service = LibraryObjects.field(client, "serviceClient");
        String model = arguments[0] == null ? asked.model() : arguments[0].toString();
        return new Asked(asked.operation(), model, asked.input(), asked.parameters())
                .to(
                        service == null ? "openai" : "azure.ai.openai",
                        service == null ? "api.openai.com" : Hosts.of(LibraryObjects.text(service, "getEndpoint")));
    }

    private static @Nullable Object streamOptions(@Nullable Object argument) {
        return argument != null && argument.getClass().getSimpleName().equals("ChatCompletionStreamOptions")
                ? argument
                : null;
    }

    private Answered answered(Object result) {
        return endpoint.answered(value(result));
    }

    /** What a response carries; anything else is it itself. */
    static Object value(Object result) {
        Object value = LibraryObjects.get(result, "getValue");
        return value == null ? result : value;
    }
}
