package dev.sonde.agent.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Asks the server whether it is there and knows the keys. */
final class ServerCheck {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final String PROJECTS = "/api/public/projects";

    private ServerCheck() {}

    /**
     * What came of it.
     *
     * @param text a sentence without a key in it
     */
    record Answer(boolean good, String text) {}

    /** Waits for two time-outs of five seconds at most. */
    static Answer ask(String host, String publicKey, String secretKey) {
        String base = host.endsWith("/") ? host.substring(0, host.length() - 1) : host;
        try {
            URL url = URI.create(base + PROJECTS).toURL();
            HttpURLConnection connection = (HttpURLConnection) url.openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            String keys = publicKey + ":" + secretKey;
            connection.setRequestProperty(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(keys.getBytes(StandardCharsets.UTF_8)));
            try {
                return answer(base, connection.getResponseCode());
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return new Answer(false, base + " does not answer: " + e);
        }
    }

    private static Answer answer(String base, int status) {
        return switch (status) {
            case 200 -> new Answer(true, base + " answers and knows the keys");
            case 401, 403 -> new Answer(false, base + " answers, but does not know the keys (status " + status + ")");
            default -> new Answer(false, base + PROJECTS + " answers with status " + status);
        };
    }
}
