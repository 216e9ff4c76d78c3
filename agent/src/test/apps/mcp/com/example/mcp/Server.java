package com.example.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.transport.HttpServletSseServerTransportProvider;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import reactor.core.publisher.Mono;

/** Servers of weather: one over its own standard streams with the argument {@code stdio}, else some over HTTP at a port. */
public final class Server {

    private static final McpJsonMapper JSON = McpJsonDefaults.getMapper();
    private static final ServerCapabilities ALL = ServerCapabilities.builder()
            .tools(false)
            .resources(false, false)
            .prompts(false)
            .build();

    private Server() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("stdio")) {
            ProcessHandle.current().parent().orElseThrow().onExit().thenRun(() -> System.exit(0));
            stdio();
            return;
        }
        int port = http(Integer.parseInt(arguments[0]));
        for (Scanner input = new Scanner(System.in); input.hasNextLine(); ) {
            input.nextLine();
            System.out.println("> " + port);
        }
        System.exit(0);
    }

    private static void stdio() {
        McpServer.sync(new StdioServerTransportProvider(JSON))
                .serverInfo("weather", "1.2.3")
                .capabilities(ALL)
                .toolCall(tool(), (exchange, request) -> Weather.call(request))
                .resources(new SyncResourceSpecification(resource(), (exchange, request) -> read(request)))
                .prompts(new SyncPromptSpecification(prompt(), (exchange, request) -> ask(request)))
                .build();
    }

    /** Starts to serve {@code /mcp}, {@code /async}, {@code /stateless} and {@code /sse} at the port, or at any for 0, and answers it. */
    static int http(int port) throws Exception {
        var blocking = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(JSON)
                .mcpEndpoint("/mcp")
                .build();
        McpServer.sync(blocking)
                .serverInfo("weather", "1.2.3")
                .capabilities(ALL)
                .toolCall(tool(), (exchange, request) -> Weather.call(request))
                .build();
        var async = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(JSON)
                .mcpEndpoint("/async")
                .build();
        McpServer.async(async)
                .serverInfo("weather", "1.2.3")
                .capabilities(ALL)
                .toolCall(tool(), (exchange, request) -> Mono.just(request).flatMap(Weather::later))
                .resources(new AsyncResourceSpecification(
                        resource(), (exchange, request) -> Mono.fromCallable(() -> read(request))))
                .prompts(new AsyncPromptSpecification(
                        prompt(), (exchange, request) -> Mono.fromCallable(() -> ask(request))))
                .build();
        var stateless = HttpServletStatelessServerTransport.builder()
                .jsonMapper(JSON)
                .messageEndpoint("/stateless")
                .build();
        McpServer.sync(stateless)
                .serverInfo("weather", "1.2.3")
                .capabilities(ALL)
                .tools(new McpStatelessServerFeatures.SyncToolSpecification(
                        tool(), (context, request) -> Weather.call(request)))
                .build();
        var events = HttpServletSseServerTransportProvider.builder()
                .jsonMapper(JSON)
                .sseEndpoint("/sse")
                .messageEndpoint("/message")
                .build();
        McpServer.sync(events)
                .serverInfo("weather", "1.2.3")
                .capabilities(ALL)
                .toolCall(tool(), (exchange, request) -> Weather.call(request))
                .build();
        return serve(port, Map.of("/mcp", blocking, "/async", async, "/stateless", stateless, "/", events));
    }

    private static int serve(int port, Map<String, HttpServlet> servlets) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(port);
        Context context = tomcat.addContext("", null);
        servlets.forEach((path, servlet) -> {
            var wrapper = Tomcat.addServlet(context, path, servlet);
            wrapper.setAsyncSupported(true);
            wrapper.addMapping(path);
        });
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    private static Tool tool() {
        return Tool.builder()
                .name("forecast")
                .description("The weather of a place")
                .inputSchema(JSON, "{\"type\":\"object\",\"properties\":{\"place\":{\"type\":\"string\"}}}")
                .build();
    }

    private static Resource resource() {
        return Resource.builder()
                .uri("weather://today")
                .name("today")
                .description("Today")
                .mimeType("text/plain")
                .build();
    }

    private static Prompt prompt() {
        return new Prompt("advise", "What to wear", List.of(new PromptArgument("place", "Where", true)));
    }

    private static ReadResourceResult read(ReadResourceRequest request) {
        return new ReadResourceResult(
                List.of(new TextResourceContents(request.uri(), "text/plain", Weather.lookUp("everywhere"))));
    }

    private static GetPromptResult ask(GetPromptRequest request) {
        return new GetPromptResult(
                "What to wear",
                List.of(new PromptMessage(
                        Role.USER,
                        new TextContent("What to wear in " + request.arguments().get("place") + "?"))));
    }
}
