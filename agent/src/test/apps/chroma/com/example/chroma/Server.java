package com.example.chroma;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Three documents and their vectors, compared one by one. Refuses a query for more results than there are documents. */
final class Server {
    private static final Pattern VECTOR = Pattern.compile("\\[\\[([^\\]]*)\\]");
    private static final Pattern LIMIT = Pattern.compile("\"n_results\":(\\d+)");
    private static final String[] TEXTS = {"It rains in Paris.", "Il pleut.", "Dogs bark."};
    private static final double[][] VECTORS = {{1, 0}, {0.5, 0.5}, {0, 1}};

    private Server() {}

    /** Starts on a free port and answers it. */
    static int start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Server::answer);
        server.start();
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        int status = 200;
        String answer = "true";
        if (path.endsWith("/collections/docs")) {
            answer = "{\"id\":\"c1\",\"name\":\"docs\",\"metadata\":{}}";
        } else if (path.endsWith("/query")) {
            int limit = limit(asked);
            status = limit > TEXTS.length ? 422 : 200;
            answer = limit > TEXTS.length ? "{\"detail\":\"too many results\"}" : found(asked, limit);
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static int limit(String asked) {
        Matcher limit = LIMIT.matcher(asked);
        return limit.find() ? Integer.parseInt(limit.group(1)) : 1;
    }

    private static String found(String asked, int limit) {
        Matcher vector = VECTOR.matcher(asked);
        double[] query = vector.find()
                ? Arrays.stream(vector.group(1).split(",")).mapToDouble(Double::parseDouble).toArray()
                : VECTORS[0];
        List<Integer> nearest = new ArrayList<>(List.of(0, 1, 2));
        nearest.sort(Comparator.comparing((Integer i) -> distance(query, i)));
        List<Integer> found = nearest.subList(0, limit);
        return "{\"ids\":[[" + all(found, i -> "\"" + (i + 1) + "\"")
                + "]],\"distances\":[[" + all(found, i -> "" + distance(query, i))
                + "]],\"documents\":[[" + all(found, i -> "\"" + TEXTS[i] + "\"")
                + "]],\"metadatas\":[[" + all(found, i -> "{\"row\":\"" + i + "\"}") + "]],\"embeddings\":null}";
    }

    private static String all(List<Integer> found, java.util.function.IntFunction<String> text) {
        return found.stream().map(text::apply).collect(Collectors.joining(","));
    }

    private static double distance(double[] query, int i) {
        return Math.abs(query[0] - VECTORS[i][0]) + Math.abs(query[1] - VECTORS[i][1]);
    }
}
