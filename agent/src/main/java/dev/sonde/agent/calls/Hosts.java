package dev.sonde.agent.calls;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The hosts that base URLs name. Most applications have one client, so the last answer is kept. For any thread. */
public final class Hosts {
    private static volatile Host last = new Host("", "");

    private Hosts() {}

    /** A base URL, and the host it names; empty for none. */
    private record Host(String baseUrl, String name) {}

    /** The host; empty when the URL is missing or names none. */
    public static String of(@Nullable String baseUrl) {
        Host known = last;
        if (baseUrl == null || known.baseUrl().equals(baseUrl)) {
            return baseUrl == null ? "" : known.name();
        }
        Host parsed = new Host(baseUrl, parse(baseUrl));
        last = parsed;
        return parsed.name();
    }

    private static String parse(String baseUrl) {
        try {
            String host = new URI(baseUrl).getHost();
            return host == null ? "" : host;
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
