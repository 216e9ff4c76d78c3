package com.example.lc4j;

import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.McpTextContent;
import dev.langchain4j.mcp.client.McpTextResourceContents;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Uses a server of the Model Context Protocol. Uses only what every supported version of the library has. */
public final class McpApp {
    private McpApp() {}

    interface Assistant {
        String chat(String question);
    }

    public static void main(String[] arguments) throws Exception {
        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(arguments[0])
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();
        try (McpClient client = client()) {
            Assistant assistant = AiServices.builder(Assistant.class)
                    .chatModel(model)
                    .toolProvider(McpToolProvider.builder()
                            .mcpClients(List.of(client))
                            .build())
                    .build();
            Scenarios.play(scenario -> switch (scenario) {
                case "service" -> assistant.chat("How is the weather in Paris?");
                case "prompt" ->
                    ((McpTextContent) client.getPrompt("greeting", Map.of("name", "Ada"))
                                    .messages()
                                    .get(0)
                                    .content())
                            .text();
                case "resource" ->
                    ((McpTextResourceContents) client.readResource("city://paris")
                                    .contents()
                                    .get(0))
                            .text();
                default -> "unknown scenario";
            });
        }
    }

    private static McpClient client() {
        return new DefaultMcpClient.Builder()
                .key("weather-server")
                .transport(new StdioMcpTransport.Builder()
                        .command(List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ToolServer.class.getName()))
                        .build())
                .build();
    }
}
