package dev.sonde.agent.instrumentation.mcp;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;

/** What is hooked in the MCP SDK. See the package for what that covers. */
public final class McpInstrumentation implements LibraryInstrumentation {
    private static final String ROOT = "io.modelcontextprotocol.";
    private static final String CLIENT = ROOT + "client.McpAsyncClient";
    private static final String STRING = "java.lang.String";
    private static final String MAP = "java.util.Map";

    @Override
    public String library() {
        return "MCP Java SDK";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        methods.add(client(McpRequest.CALL_TOOL, "callTool", ROOT + "spec.McpSchema$CallToolRequest"));
        methods.add(client(McpRequest.GET_PROMPT, "getPrompt", ROOT + "spec.McpSchema$GetPromptRequest"));
        methods.add(client(McpRequest.READ_RESOURCE, "readResource", ROOT + "spec.McpSchema$ReadResourceRequest"));
        methods.add(client(McpRequest.INITIALIZE, "initialize"));
        addList(methods, McpRequest.LIST_TOOLS, "listTools");
        addList(methods, McpRequest.LIST_PROMPTS, "listPrompts");
        addList(methods, McpRequest.LIST_RESOURCES, "listResources");
        addList(methods, McpRequest.LIST_TEMPLATES, "listResourceTemplates");
        addServer(methods, "McpAsyncServer", "McpRequestHandler");
        addServer(methods, "McpStatelessAsyncServer", "McpStatelessRequestHandler");
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod(CLIENT, "getServerInfo", List.of()),
                new RequiredMethod(
                        ROOT + "server.McpRequestHandler",
                        "handle",
                        List.of(ROOT + "server.McpAsyncServerExchange", "java.lang.Object")),
                new RequiredMethod(
                        ROOT + "server.McpStatelessRequestHandler",
                        "handle",
                        List.of(ROOT + "common.McpTransportContext", "java.lang.Object")));
    }

    private static LibraryMethod client(McpRequest request, String method, String... parameters) {
        return new LibraryMethod(CLIENT, method, List.of(parameters), () -> new McpClientSite(request, method));
    }

    /** A page of a list; the method without parameters asks for one after the other with these. */
    private static void addList(List<LibraryMethod> methods, McpRequest request, String method) {
        methods.add(client(request, method, STRING));
        methods.add(client(request, method, STRING, MAP).ifThere());
    }

    private static void addServer(List<LibraryMethod> methods, String server, String handler) {
        methods.add(server(McpRequest.CALL_TOOL, server, "toolsCallRequestHandler", handler));
        methods.add(server(McpRequest.GET_PROMPT, server, "promptsGetRequestHandler", handler));
        methods.add(server(McpRequest.READ_RESOURCE, server, "resourcesReadRequestHandler", handler));
    }

    private static LibraryMethod server(McpRequest request, String server, String method, String handler) {
        return new LibraryMethod(
                ROOT + "server." + server, method, List.of(), () -> new McpServerSite(request, handler));
    }
}
