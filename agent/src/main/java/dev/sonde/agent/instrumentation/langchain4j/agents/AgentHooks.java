package dev.sonde.agent.instrumentation.langchain4j.agents;

import dev.sonde.agent.tooling.LibraryMethod;
import java.util.List;

/** What is hooked of the agentic module: workflows, supervisors among them, and agents that are no AI services. */
public final class AgentHooks {
    private static final String AGENTIC = "dev.langchain4j.agentic.";
    private static final String INVOKER = AGENTIC + "internal.AgentInvoker";
    private static final String SCOPE = AGENTIC + "scope.DefaultAgenticScope";
    private static final String REGISTRY = AGENTIC + "scope.AgenticScopeRegistry";
    private static final String METHOD = "java.lang.reflect.Method";
    private static final String OBJECT = "java.lang.Object";
    private static final String OBJECTS = "[Ljava.lang.Object;";

    private AgentHooks() {}

    /** Methods of the library's own classes. */
    public static List<LibraryMethod> methods() {
        return List.of(
                invoker(List.of(SCOPE, OBJECT, AGENTIC + "internal.AgentInvocationArguments"))
                        .or(invoker(List.of(OBJECT, OBJECTS))),
                workflow(Agents.WORKFLOW, List.of(REGISTRY, METHOD, OBJECTS)),
                workflow(Agents.OLDER_WORKFLOW, List.of(SCOPE, REGISTRY, METHOD, OBJECTS)));
    }

    private static LibraryMethod invoker(List<String> parameters) {
        return new LibraryMethod(INVOKER, "invoke", parameters, InvokedAgentSite::new);
    }

    private static LibraryMethod workflow(String className, List<String> parameters) {
        return new LibraryMethod(className, "executeAgentMethod", parameters, WorkflowSite::new);
    }
}
