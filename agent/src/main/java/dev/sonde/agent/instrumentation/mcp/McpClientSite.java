package dev.sonde.agent.instrumentation.mcp;

import dev.sonde.agent.calls.ColdStep;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.calls.StepOutcome;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import dev.sonde.runtime.context.Context;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A client's request. Making its Mono does nothing, so it is made again for each subscription, with that one's place. */
final class McpClientSite implements SiteHandler {
    /** Whether the calling thread is making a Mono again. */
    private static final ThreadLocal<Boolean> AGAIN = new ThreadLocal<>();

    private final McpRequest request;
    private final String clientMethod;

    McpClientSite(McpRequest request, String clientMethod) {
        this.request = request;
        this.clientMethod = clientMethod;
    }

    /** One call of the client's method; the argument is null for none. */
    private record Scope(
            Tracer tracer, Object client, @Nullable Object argument) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        Tracer tracer = SondeRuntime.tracerIfRunning();
        Object argument = arguments == null || arguments.length == 0 ? null : arguments[0];
        return tracer == null || self == null || AGAIN.get() != null || (request.isWork() && argument == null)
                ? null
                : new Scope(tracer, self, argument);
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        if (error != null || result == null) {
            return result;
        }
        Scope call = (Scope) scope;
        McpServerOfClient server = McpServerOfClient.of(call.client());
        ColdStep step = new ColdStep(place -> start(call, server, place), new Answered(server));
        return step.mono(result, () -> source(call, server, result));
    }

    /** What a server has to offer is asked for in vain again and again: it is of interest within something observed. */
    private @Nullable Step start(Scope call, McpServerOfClient server, @Nullable Context place) {
        if (!request.isWork() && (place == null || !(place.observation() instanceof LiveObservation))) {
            return null;
        }
        String type = request == McpRequest.CALL_TOOL ? "TOOL" : "SPAN";
        Step step = McpObservations.start(place, type, request, call.argument());
        return step == null ? null : step.note(server::describeAddress);
    }

    private Object source(Scope call, McpServerOfClient server, Object first) {
        LiveObservation observation = call.tracer().current();
        Object argument = call.argument();
        if (observation == null
                || argument == null
                || !request.isWork()
                || !server.getsContext(call.tracer().config())) {
            return first;
        }
        Object placed = McpMeta.with(argument, observation);
        return placed == argument ? first : again(call.client(), placed, first);
    }

    private Object again(Object client, Object argument, Object first) {
        AGAIN.set(true);
        try {
            Method method = client.getClass().getMethod(clientMethod, argument.getClass());
            Object mono = method.invoke(client, argument);
            return mono == null ? first : mono;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return first; // the request goes out as it is
        } finally {
            AGAIN.remove();
        }
    }

    /** Who the server says it is, is known once it has been talked to. */
    private final class Answered implements StepOutcome {
        private final StepOutcome outcome = McpObservations.outcome(request);
        private final McpServerOfClient server;

        Answered(McpServerOfClient server) {
            this.server = server;
        }

        @Override
        public void returned(Step step, @Nullable Object value) {
            outcome.returned(step.note(server::describe), value);
        }

        @Override
        public void failed(Step step, Throwable error) {
            outcome.failed(step.note(server::describe), error);
        }
    }
}
