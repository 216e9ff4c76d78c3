package dev.sonde.agent.instrumentation.langchain4j.agents;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.instrumentation.langchain4j.services.ServiceSite;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code AgentInvoker.invoke}: an agent that a workflow runs and that is plain code, a person, or far away. */
final class InvokedAgentSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null || arguments == null || SondeRuntime.tracerIfRunning() == null) {
            return null;
        }
        boolean older = arguments.length == 2;
        if (Agents.isObservedItself(arguments[older ? 0 : 1])
                || !(LibraryObjects.get(self, "method") instanceof Method method)) {
            return null;
        }
        String agent = LibraryObjects.text(self, "name");
        boolean libraries = method.getDeclaringClass().getName().startsWith("dev.langchain4j.");
        Step step = Step.start(
                "AGENT",
                libraries && agent != null ? agent : ServiceSite.name(method),
                older ? input(method, arguments[1]) : input(method, named(arguments[2]), arguments[2]));
        return step == null
                ? null
                : step.note(observation -> ServiceSite.agent(observation, agent))
                        .enter();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Step step = (Step) scope;
        step.leave();
        if (error != null) {
            Agents.failed(step, error);
        } else {
            step.ended(result == null ? null : Agents.output(result));
        }
        return result;
    }

    private static @Nullable Object named(@Nullable Object arguments) {
        return LibraryObjects.get(arguments, "namedArgs");
    }

    /** By the method where it has a name for each argument, else what the scope of all agents has for it. */
    private static @Nullable Object input(Method method, @Nullable Object named, @Nullable Object arguments) {
        if (named instanceof Map<?, ?> map && map.size() > 1) {
            return map;
        }
        return input(method, LibraryObjects.get(arguments, "positionalArgs"));
    }

    private static @Nullable Object input(Method method, @Nullable Object given) {
        return given instanceof @Nullable Object[] values ? ServiceSite.input(method, values) : null;
    }
}
