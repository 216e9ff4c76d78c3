package dev.sonde.agent.instrumentation.mcp;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Proxies;
import dev.sonde.agent.calls.Step;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.context.Context;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Where a server makes the handler of a request, once: the handler gets a stand-in that observes each request. */
final class McpServerSite implements SiteHandler {
    private static final String MONO = "reactor.core.publisher.Mono";

    private final McpRequest request;
    private final String handlerType;

    /** @param handlerType simple name of the library's interface */
    McpServerSite(McpRequest request, String handlerType) {
        this.request = request;
        this.handlerType = handlerType;
    }

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        return self;
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        return result == null ? null : Proxies.of(result, handlerType, new Handler(request, scope, result));
    }

    /**
     * In front of the library's handler.
     *
     * @param server the library's server
     */
    private record Handler(McpRequest request, Object server, Object target) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            Step step = arguments != null
                            && arguments.length == 2
                            && method.getName().equals("handle")
                    ? start(arguments[0], arguments[1])
                    : null;
            if (step == null) {
                return Proxies.forward(target, method, arguments);
            }
            Object result;
            step.enter();
            try {
                result = Proxies.forward(target, method, arguments);
            } catch (Exception | Error e) { // is thrown on as it is
                step.failed(e);
                throw e;
            } finally {
                step.leave();
            }
            return step.follow(result, MONO, McpObservations.outcome(request));
        }

        private @Nullable Step start(@Nullable Object exchange, @Nullable Object params) {
            if (params == null || SondeRuntime.tracerIfRunning() == null) {
                return null;
            }
            Context place = McpMeta.place(params, Context.current());
            boolean counted = McpMeta.traceparent(params) != null;
            String type = request == McpRequest.CALL_TOOL && !counted ? "TOOL" : "SPAN";
            Step step = McpObservations.start(place, type, request, params);
            return step == null
                    ? null
                    : step.note(observation -> {
                        McpObservations.server(observation, LibraryObjects.field(server, "serverInfo"));
                        String session = LibraryObjects.text(exchange, "sessionId");
                        if (session != null) {
                            observation.attribute("mcp.session.id", session);
                        }
                    });
        }
    }
}
