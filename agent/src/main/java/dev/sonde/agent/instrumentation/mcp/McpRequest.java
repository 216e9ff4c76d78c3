package dev.sonde.agent.instrumentation.mcp;

import dev.sonde.agent.calls.LibraryObjects;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests that are observed, and what they and their results hold. A request is a record of the library on the
 * client, and what its JSON was read into on the server. Stateless.
 */
enum McpRequest {
    CALL_TOOL("tools/call", "arguments"),
    GET_PROMPT("prompts/get", "arguments"),
    READ_RESOURCE("resources/read", "uri"),
    INITIALIZE("initialize", ""),
    LIST_TOOLS("tools/list", "cursor"),
    LIST_PROMPTS("prompts/list", "cursor"),
    LIST_RESOURCES("resources/list", "cursor"),
    LIST_TEMPLATES("resources/templates/list", "cursor");

    private final String method;
    private final String input;

    McpRequest(String method, String input) {
        this.method = method;
        this.input = input;
    }

    /** The protocol's name for it, as in {@code tools/call}. */
    String method() {
        return method;
    }

    /** Whether it asks for work, and not only for what the server has: it says where it belongs, and is always observed. */
    boolean isWork() {
        return this == CALL_TOOL || this == GET_PROMPT || this == READ_RESOURCE;
    }

    /** What an observation of it is called: a tool by its name, as wherever it is called. */
    String title(@Nullable Object request) {
        String target = target(request);
        return target == null ? method : this == CALL_TOOL ? target : method + " " + target;
    }

    /** What was asked for; null for nothing. */
    @Nullable
    Object input(@Nullable Object request) {
        return request instanceof String cursor ? cursor : field(request, input);
    }

    /** What came back; null for nothing. */
    @Nullable
    Object output(Object result) {
        return switch (this) {
            case CALL_TOOL -> McpContent.ofTool(result);
            case GET_PROMPT -> McpContent.ofPrompt(result);
            case READ_RESOURCE -> McpContent.ofResource(result);
            case INITIALIZE -> McpContent.ofServer(result);
            case LIST_TOOLS -> McpContent.ofList(result, "tools");
            case LIST_PROMPTS -> McpContent.ofList(result, "prompts");
            case LIST_RESOURCES -> McpContent.ofList(result, "resources");
            case LIST_TEMPLATES -> McpContent.ofList(result, "resourceTemplates");
        };
    }

    /** The tool or prompt it is about; null for others. */
    static @Nullable String target(@Nullable Object request) {
        return field(request, "name") instanceof String name ? name : null;
    }

    /** One field of a request. */
    static @Nullable Object field(@Nullable Object request, String name) {
        return request instanceof Map<?, ?> json ? json.get(name) : LibraryObjects.get(request, name);
    }
}
