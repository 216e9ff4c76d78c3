package dev.sonde.agent.instrumentation.adk;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.List;

/** What is hooked in Google's Agent Development Kit. See the package for what that covers. */
public final class AdkInstrumentation implements LibraryInstrumentation {
    private static final String PACKAGE = "com.google.adk.";
    private static final String AGENT = PACKAGE + "agents.BaseAgent";
    private static final String INVOCATION = PACKAGE + "agents.InvocationContext";
    private static final String REQUEST = PACKAGE + "models.LlmRequest";
    private static final String RESPONSE = PACKAGE + "models.LlmResponse";
    private static final String TOOL = PACKAGE + "tools.BaseTool";
    private static final String TOOL_CONTEXT = PACKAGE + "tools.ToolContext";

    @Override
    public String library() {
        return "google-adk";
    }

    @Override
    public List<LibraryMethod> methods() {
        return List.of(
                new LibraryMethod(AGENT, "runAsync", List.of(INVOCATION), AgentSite::new),
                new LibraryMethod(
                        PACKAGE + "flows.llmflows.Functions",
                        "callTool",
                        List.of(TOOL, "java.util.Map", TOOL_CONTEXT),
                        ToolSite::new));
    }

    @Override
    public List<LibraryMethod> inherited() {
        return List.of(new LibraryMethod(
                PACKAGE + "models.BaseLlm", "generateContent", List.of(REQUEST, "boolean"), ModelSite::new));
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod(AGENT, "name", List.of()),
                new RequiredMethod(INVOCATION, "session", List.of()),
                new RequiredMethod(INVOCATION, "userContent", List.of()),
                new RequiredMethod(PACKAGE + "events.Event", "content", List.of()),
                new RequiredMethod(TOOL, "name", List.of()),
                new RequiredMethod(REQUEST, "contents", List.of()),
                new RequiredMethod(RESPONSE, "content", List.of()),
                new RequiredMethod(RESPONSE, "partial", List.of()));
    }
}
