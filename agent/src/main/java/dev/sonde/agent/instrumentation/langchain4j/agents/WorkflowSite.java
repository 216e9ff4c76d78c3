package dev.sonde.agent.instrumentation.langchain4j.agents;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.instrumentation.langchain4j.services.ServiceSite;
import dev.sonde.boot.SiteHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A method of a workflow's interface: in order, in a loop, in parallel, by condition, or as a supervisor decides. */
final class WorkflowSite implements SiteHandler {
    private static final String UNTYPED = "dev.langchain4j.agentic.UntypedAgent";

    /** A call, and what its method is declared to return. */
    private record Scope(Step step, String declaredType) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null || arguments == null || !(arguments[arguments.length - 2] instanceof Method method)) {
            return null;
        }
        @Nullable
        Object[] given = arguments[arguments.length - 1] instanceof @Nullable Object[] values ? values : new Object[0];
        String agent = LibraryObjects.text(self, "name");
        Step step = Step.start("AGENT", name(self, method, agent), ServiceSite.input(method, given));
        return step == null
                ? null
                : new Scope(
                        step.note(observation -> ServiceSite.agent(observation, agent))
                                .enter(),
                        method.getReturnType().getName());
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Step step = ((Scope) scope).step();
        step.leave();
        if (error != null) {
            Agents.failed(step, error);
            return result;
        }
        return step.follow(result, ((Scope) scope).declaredType(), Agents::output);
    }

    /** Such as {@code Newsroom.write}; of an interface that says nothing, the workflow's own name or its kind. */
    private static String name(Object handler, Method method, @Nullable String agent) {
        if (!method.getDeclaringClass().getName().equals(UNTYPED)) {
            return ServiceSite.name(method);
        }
        if (agent != null && !agent.isBlank() && !agent.equals(method.getName())) {
            return agent;
        }
        Object service = LibraryObjects.field(handler, "service");
        String kind = LibraryObjects.text(service, "serviceType");
        return kind == null ? handler.getClass().getSimpleName().replace("InvocationHandler", "") : kind;
    }
}
