package dev.sonde.server.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks Langfuse's public API, and the key pair of one of its projects. What it cannot answer now is asked
 * again, when it says or after a growing pause. Thread-safe.
 */
final class RemoteServer {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final int TRIES = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String base;
    private final String authorization;

    /** @throws CliException when the address is no HTTP address */
    RemoteServer(String url, String publicKey, String secretKey) {
        if (!url.matches("https?://[^/?#]+.*")) {
            throw new CliException("url: " + url + " (expected: http://… or https://…)");
        }
        this.base = url.replaceAll("/+$", "") + "/api/public";
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString((publicKey + ":" + secretKey).getBytes(StandardCharsets.UTF_8));
    }

    /** An answer: its status, and its body as JSON. */
    record Answer(int status, JsonNode json) {}

    /**
     * What is under this path.
     *
     * @throws CliException when there is no such thing, or no answer
     */
    JsonNode get(String path) {
        return expect("GET", path, null).json();
    }

    /** Sends a change; any refusal is a {@link CliException}. */
    JsonNode send(String method, String path, JsonNode body) {
        return expect(method, path, body).json();
    }

    private Answer expect(String method, String path, @Nullable JsonNode body) {
        Answer answer = ask(method, path, body);
        if (answer.status() / 100 != 2) {
            throw new CliException(method + " " + base + path + " was answered with " + answer.status() + ": "
                    + answer.json().path("message").asText("no message"));
        }
        return answer;
    }

    /** The answer whatever it says, asked for again while it says to come back later. */
    Answer ask(String method, String path, @Nullable JsonNode body) {
        Duration pause = FIRST_PAUSE;
        for (int tried = 1; ; tried++) {
            String problem;
            try {
                HttpResponse<byte[]> response =
                        client.send(request(method, path, body), HttpResponse.BodyHandlers.ofByteArray());
                if (!PASSING.contains(response.statusCode())) {
                    return new Answer(response.statusCode(), read(response.body()));
                }
                problem = "status " + response.statusCode();
                pause = longer(
                        pause, response.headers().firstValue("retry-after").orElse(""));
            } catch (IOException e) {
                problem = String.valueOf(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CliException("interrupted");
            }
            if (tried == TRIES) {
                throw new CliException(
                        method + " " + base + path + ": no answer after " + TRIES + " tries: " + problem);
            }
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private HttpRequest request(String method, String path, @Nullable JsonNode body) {
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString());
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
    }

    private static JsonNode read(byte[] body) throws IOException {
        try {
            return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return MissingNode.getInstance(); // a page of some proxy
        }
    }

    private static Duration longer(Duration pause, String retryAfter) {
        if (!retryAfter.matches("\\d{1,6}")) {
            return pause;
        }
        Duration said = Duration.ofSeconds(Long.parseLong(retryAfter));
        return said.compareTo(pause) > 0 ? said : pause;
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }

    /** A name as one segment of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
