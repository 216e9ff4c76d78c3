package dev.sonde.agent.instrumentation.langchain4j.agents;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What agents have in common: which of them are observed elsewhere, and how they end. */
final class Agents {
    private static final String AGENTIC = "dev.langchain4j.agentic.";

    /** What stands behind a workflow's interface. */
    static final String WORKFLOW = AGENTIC + "internal.PlannerBasedInvocationHandler";

    /** The same in versions before planners. */
    static final String OLDER_WORKFLOW = AGENTIC + "internal.AbstractAgentInvocationHandler";

    /** Behind interfaces of agents that are observed as workflows, or as the AI services that they are. */
    private static final Set<String> OBSERVED =
            Set.of(WORKFLOW, OLDER_WORKFLOW, AGENTIC + "agent.AgentInvocationHandler");

    private Agents() {}

    /** Whether another hook sees the same call. */
    static boolean isObservedItself(@Nullable Object agent) {
        if (agent == null || !Proxy.isProxyClass(agent.getClass())) {
            return false;
        }
        Class<?> handler = Proxy.getInvocationHandler(agent).getClass();
        while (handler != null && !OBSERVED.contains(handler.getName())) {
            handler = handler.getSuperclass();
        }
        return handler != null;
    }

    /** An agent has thrown; that it waits for somebody is no failure. */
    static void failed(Step step, Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null
                && (cause instanceof InvocationTargetException
                        || cause instanceof UndeclaredThrowableException
                        || cause.getClass().getName().equals(AGENTIC + "agent.AgentInvocationException"))) {
            cause = cause.getCause();
        }
        if (cause.getClass().getName().equals(AGENTIC + "scope.AgenticSystemSuspendedException")) {
            step.stopped("The agents are suspended.");
        } else {
            step.failed(cause);
        }
    }

    /** What an agent answered, without the scope that may come with it. */
    static @Nullable Object output(Object result) {
        return result.getClass().getName().equals(AGENTIC + "scope.ResultWithAgenticScope")
                ? LibraryObjects.get(result, "result")
                : result;
    }
}
