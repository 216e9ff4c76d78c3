package com.example.elastic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An index in memory whose documents are compared one by one. Knows {@code docs}; {@code slow} never answers. */
final class Server {
    static final int DIMENSION = 20;

    private static final Pattern VECTOR = Pattern.compile("\"(?:query_vector|vector)\":\\[([^\\]]*)\\]");
    private static final Pattern LIMIT = Pattern.compile("\"k\":(\\d+)");
    private static final String FOUND = "{\"took\":1,\"timed_out\":false,"
            + "\"_shards\":{\"total\":1,\"successful\":1,\"skipped\":0,\"failed\":0},"
            + "\"hits\":{\"total\":{\"value\":2,\"relation\":\"eq\"},\"max_score\":1.0,\"hits\":[%s]}}";
    private static final String MISSING = "{\"error\":{\"root_cause\":[],\"type\":\"index_not_found_exception\","
            + "\"reason\":\"no such index [missing]\"},\"status\":404}";

    final CountDownLatch arrived = new CountDownLatch(1);
    private final List<Document> documents = List.of(
            new Document("1", "It rains in Paris.", 1, 0), new Document("2", "Il pleut.", 0.5, 0.5), new Document("3", "Dogs bark.", 0, 1));

    /** A text, and the first two numbers of its vector. */
    private static final class Document {
        final String id;
        final String text;
        final List<Double> vector;

        Document(String id, String text, double first, double second) {
            this.id = id;
            this.text = text;
            this.vector = vector(first, second);
        }

        double score(List<Double> other) {
            double score = 0;
            for (int i = 0; i < other.size(); i++) {
                score += vector.get(i) * other.get(i);
            }
            return score;
        }
    }

    static List<Double> vector(double first, double second) {
        List<Double> vector = new ArrayList<>(Collections.nCopies(DIMENSION, 0.0));
        vector.set(0, first);
        vector.set(1, second);
        return vector;
    }

    static List<Float> query() {
        return vector(1, 0).stream().map(Double::floatValue).collect(Collectors.toList());
    }

    /** Starts on a free port and answers it. */
    int start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String index = exchange.getRequestURI().getPath().split("/")[1];
        if (index.equals("slow")) {
            arrived.countDown();
            return;
        }
        byte[] answer = (index.equals("docs") ? String.format(FOUND, hits(asked)) : MISSING)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
        exchange.sendResponseHeaders(index.equals("docs") ? 200 : 404, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String hits(String asked) {
        Matcher vector = VECTOR.matcher(asked);
        Matcher limit = LIMIT.matcher(asked);
        List<Double> query = vector.find()
                ? Arrays.stream(vector.group(1).split(",")).map(Double::valueOf).collect(Collectors.toList())
                : vector(1, 0);
        return documents.stream()
                .sorted(Comparator.comparing((Document document) -> -document.score(query)))
                .limit(limit.find() ? Integer.parseInt(limit.group(1)) : 1)
                .map(document -> "{\"_index\":\"docs\",\"_id\":\"" + document.id + "\",\"_score\":" + document.score(query)
                        + ",\"_source\":{\"text\":\"" + document.text + "\",\"embedding\":" + document.vector + "}}")
                .collect(Collectors.joining(","));
    }
}
