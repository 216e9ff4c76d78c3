package dev.sonde.agent.instrumentation.langchain4j.services;

import dev.sonde.agent.tooling.LibraryMethod;
import java.util.List;

/** What is hooked of AI services: their methods, the tools they run, guardrails, and the client for tools of servers. */
public final class ServiceHooks {
    private static final String PREFIX = "dev.langchain4j.";
    private static final String SERVICE = PREFIX + "service.";
    private static final String GUARDRAIL = PREFIX + "guardrail.";
    private static final String MCP_CLIENT = PREFIX + "mcp.client.DefaultMcpClient";
    private static final String TOOL_REQUEST = PREFIX + "agent.tool.ToolExecutionRequest";
    private static final String INVOCATION = PREFIX + "invocation.InvocationContext";
    private static final String TEXT = "java.lang.String";

    private ServiceHooks() {}

    /** Methods of the library's own classes. */
    public static List<LibraryMethod> methods() {
        return List.of(
                new LibraryMethod(
                        SERVICE + "DefaultAiServices$1",
                        "invoke",
                        List.of("java.lang.Object", "java.lang.reflect.Method", "[Ljava.lang.Object;"),
                        ServiceSite::new),
                new LibraryMethod(SERVICE + "AiServiceTokenStream", "start", List.of(), TokenStreamSite::new),
                tool("DefaultToolExecutor", "executeWithContext", List.of(TOOL_REQUEST, INVOCATION))
                        .or(tool("DefaultToolExecutor", "execute", List.of(TOOL_REQUEST, "java.lang.Object"))),
                tool(
                                "ToolService",
                                "executeWithErrorHandling",
                                List.of(
                                        TOOL_REQUEST,
                                        SERVICE + "tool.ToolExecutor",
                                        INVOCATION,
                                        SERVICE + "tool.ToolArgumentsErrorHandler",
                                        SERVICE + "tool.ToolExecutionErrorHandler"))
                        .ifThere(),
                new LibraryMethod(
                        GUARDRAIL + "AbstractGuardrailExecutor",
                        "validate",
                        List.of(GUARDRAIL + "GuardrailRequest", GUARDRAIL + "Guardrail"),
                        GuardrailSite::new),
                mcpTool(List.of(TOOL_REQUEST, INVOCATION)).or(mcpTool(List.of(TOOL_REQUEST))),
                mcpResource(List.of(TEXT, INVOCATION)).or(mcpResource(List.of(TEXT))),
                new LibraryMethod(
                        MCP_CLIENT,
                        "getPrompt",
                        List.of(TEXT, "java.util.Map"),
                        () -> new McpRequestSite("prompts/get", "gen_ai.prompt.name")));
    }

    private static LibraryMethod tool(String className, String method, List<String> parameters) {
        return new LibraryMethod(SERVICE + "tool." + className, method, parameters, ToolSite::new);
    }

    private static LibraryMethod mcpTool(List<String> parameters) {
        return new LibraryMethod(MCP_CLIENT, "executeTool", parameters, McpToolSite::new);
    }

    private static LibraryMethod mcpResource(List<String> parameters) {
        return new LibraryMethod(
                MCP_CLIENT, "readResource", parameters, () -> new McpRequestSite("resources/read", "mcp.resource.uri"));
    }
}
