package dev.sonde.samples.rag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code POST /ask} with {@code {"question", "user", "session"}}, and {@code GET /health}. */
class HttpApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Assistant assistant;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    HttpApi(Assistant assistant, int port) throws IOException {
        this.assistant = assistant;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/health", exchange -> respond(exchange, 200, Map.of("status", "ok")));
        server.createContext("/ask", this::ask);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private void ask(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            respond(exchange, 405, Map.of("error", "use POST"));
            return;
        }
        JsonNode body;
        try {
            body = JSON.readTree(exchange.getRequestBody());
        } catch (IOException e) {
            respond(exchange, 400, Map.of("error", "the body is no JSON"));
            return;
        }
        if (!body.path("question").isTextual()) {
            respond(exchange, 400, Map.of("error", "question is missing"));
            return;
        }
        try {
            respond(
                    exchange,
                    200,
                    assistant.ask(
                            body.path("question").asText(),
                            body.path("user").asText("anonymous"),
                            body.path("session").asText("none")));
        } catch (RuntimeException e) {
            System.err.println("POST /ask failed: " + e);
            respond(exchange, 502, Map.of("error", "no answer could be made"));
        }
    }

    private static void respond(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] json = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }
}
