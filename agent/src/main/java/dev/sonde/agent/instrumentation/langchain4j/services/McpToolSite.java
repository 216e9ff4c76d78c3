package dev.sonde.agent.instrumentation.langchain4j.services;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.runtime.LiveObservation;
import org.jspecify.annotations.Nullable;

/** A tool that the library's own client for the Model Context Protocol has a server run; one with the tool of a service. */
final class McpToolSite extends ToolSite {
    @Override
    void describe(LiveObservation observation, @Nullable Object self, String tool) {
        observation
                .attribute("mcp.method.name", "tools/call")
                .attribute("gen_ai.operation.name", "execute_tool")
                .attribute("gen_ai.tool.name", tool)
                .metadata("mcp_client", LibraryObjects.text(self, "key"));
    }
}
