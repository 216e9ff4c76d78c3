package com.example.mcp;

import dev.sonde.Sonde;
import dev.sonde.annotations.Observe;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.Collectors;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * An application that uses servers of tools: some that run already, at the address that is its argument, and some that it
 * starts. Reads what to do and with which server, a line each, and prints how it went.
 */
public final class Host {

    private static final String FOREIGN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final String address;
    private final Map<String, McpSyncClient> blocking = new HashMap<>();
    private final Map<String, McpAsyncClient> async = new HashMap<>();

    private Host(String address) {
        this.address = address;
    }

    public static void main(String[] arguments) {
        Host host = new Host(arguments[0]);
        for (Scanner input = new Scanner(System.in); input.hasNextLine(); ) {
            String[] words = input.nextLine().split(" ");
            System.out.println("> " + host.played(words[0], words[1]));
        }
        host.blocking.values().forEach(McpSyncClient::closeGracefully);
        host.async.values().forEach(client -> client.closeGracefully().block(Duration.ofSeconds(10)));
        System.exit(0);
    }

    private McpClientTransport transport(String server) {
        try {
            return switch (server) {
                case "stdio" -> started(true);
                case "unobserved" -> started(false);
                case "own" -> http("http://localhost:" + Server.http(0), "mcp");
                case "sse" -> HttpClientSseClientTransport.builder(address).build();
                default -> http(address, server);
            };
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server in a JVM like this one. */
    private static McpClientTransport started(boolean withAgent) {
        List<String> arguments = new ArrayList<>();
        for (String own : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (withAgent || !own.startsWith("-javaagent")) {
                arguments.add(own.replace("service-name=client", "service-name=server"));
            }
        }
        arguments.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Server.class.getName(), "stdio"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new StdioClientTransport(
                ServerParameters.builder(java).args(arguments).build(), McpJsonDefaults.getMapper());
    }

    private static McpClientTransport http(String address, String server) {
        return HttpClientStreamableHttpTransport.builder(address)
                .endpoint("/" + server)
                .build();
    }

    private McpSyncClient client(String server) {
        return blocking.computeIfAbsent(
                server, name -> McpClient.sync(transport(name)).build());
    }

    private McpAsyncClient asyncClient(String server) {
        return async.computeIfAbsent(
                server, name -> McpClient.async(transport(name)).build());
    }

    private String played(String what, String server) {
        try {
            return play(what, server);
        } catch (Exception e) {
            return "threw " + e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private String play(String what, String server) throws Exception {
        return switch (what) {
            case "tool" -> said(client(server).callTool(forecast("Rome")));
            case "observed" -> travel(client(server));
            case "refused" -> said(client(server).callTool(forecast("Nowhere")));
            case "thrown" -> said(client(server).callTool(forecast("Storm")));
            case "picture" -> said(client(server).callTool(forecast("Picture")));
            case "unknown" -> said(client(server).callTool(new CallToolRequest("nothing", Map.of("place", "Rome"))));
            case "meta" -> said(client(server).callTool(forecast("Meta")));
            case "marked" -> said(client(server).callTool(marked(Map.of("progressToken", "p1", "tenant", 7))));
            case "placed" -> said(client(server).callTool(marked(Map.of("traceparent", FOREIGN))));
            case "resource" -> text(client(server).readResource(new ReadResourceRequest("weather://today")));
            case "prompt" -> text(client(server).getPrompt(new GetPromptRequest("advise", Map.of("place", "Rome"))));
            case "list" -> listed(client(server));
            case "plan" -> plan(client(server));
            case "baggage" -> {
                try (var scope = Sonde.propagate().userId("ada").asBaggage().start()) {
                    yield said(client(server).callTool(forecast("Rome")));
                }
            }
            default -> playAsync(what, asyncClient(server));
        };
    }

    private static String playAsync(String what, McpAsyncClient client) throws Exception {
        return switch (what) {
            case "mono" -> said(client.callTool(forecast("Rome")).block());
            case "mono-resource" -> text(
                    client.readResource(new ReadResourceRequest("weather://today")).block());
            case "mono-prompt" -> text(client.getPrompt(new GetPromptRequest("advise", Map.of("place", "Rome")))
                    .block());
            case "mono-unknown" -> said(client.callTool(new CallToolRequest("nothing", Map.of()))
                    .block());
            case "mono-plan" -> plan(client).block();
            case "twice" -> {
                Mono<CallToolResult> forecast = client.callTool(forecast("Rome"));
                yield said(forecast.block()) + ", " + said(forecast.block());
            }
            case "later" -> said(inside(client.callTool(forecast("Rome"))).block());
            case "unused" -> client.callTool(forecast("Rome")) == null ? "nothing" : "a Mono";
            case "cancelled" -> cancelled(client);
            default -> throw new IllegalArgumentException(what);
        };
    }

    @Observe
    private static String travel(McpSyncClient client) {
        return said(client.callTool(forecast("Rome")));
    }

    @Observe
    private static String plan(McpSyncClient client) {
        client.initialize();
        return listed(client);
    }

    @Observe
    private static Mono<String> plan(McpAsyncClient client) {
        return client.initialize().then(client.listTools()).map(tools -> names(tools.tools()));
    }

    /** The request is made outside and sent inside of an observed method. */
    @Observe
    private static Mono<CallToolResult> inside(Mono<CallToolResult> forecast) {
        return forecast.delaySubscription(Duration.ofMillis(20));
    }

    private static String cancelled(McpAsyncClient client) throws InterruptedException {
        Disposable slow = client.callTool(forecast("Slow")).subscribe();
        Weather.WAITING.await();
        slow.dispose();
        Weather.RELEASED.countDown();
        return "cancelled";
    }

    private static CallToolRequest forecast(String place) {
        return new CallToolRequest("forecast", Map.of("place", place));
    }

    private static CallToolRequest marked(Map<String, Object> meta) {
        return new CallToolRequest("forecast", Map.of("place", "Meta"), meta);
    }

    private static String listed(McpSyncClient client) {
        return names(client.listTools().tools());
    }

    private static String names(List<Tool> tools) {
        return tools.stream().map(Tool::name).collect(Collectors.joining(","));
    }

    private static String said(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text() + (result.content().size() > 1 ? " and more" : "");
    }

    private static String text(ReadResourceResult result) {
        return ((TextResourceContents) result.contents().get(0)).text();
    }

    private static String text(GetPromptResult result) {
        return ((TextContent) result.messages().get(0).content()).text();
    }
}
