package dev.sonde.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the server runs, read once: command line, then system property {@code sonde.<option>}, then environment.
 *
 * @param port 0 for any free one
 * @param host the address to listen on
 * @param data the data directory
 * @param seed what is created at the first start instead of generated names and keys
 */
public record ServerConfig(int port, String host, Path data, Optional<Seed> seed) {

    private static final int LARGEST_PORT = 65_535;

    /** A project, its keys and its first account, given by {@code LANGFUSE_INIT_*}. */
    public record Seed(
            String organisationId,
            String organisationName,
            String projectId,
            String projectName,
            @Nullable String publicKey,
            @Nullable String secretKey,
            @Nullable String userEmail,
            String userName,
            @Nullable String userPassword,
            @Nullable Pair organisationKey) {}

    /** A given key pair. */
    public record Pair(String publicKey, String secretKey) {}

    /**
     * Reads the options.
     *
     * @param option a command line option by its name without dashes, or null
     * @throws IllegalArgumentException naming option, value and rule
     */
    static ServerConfig read(
            Function<String, @Nullable String> option,
            Function<String, @Nullable String> property,
            Function<String, @Nullable String> environment) {
        Function<String, @Nullable String> any = name -> {
            String value = option.apply(name);
            value = value != null ? value : property.apply("sonde." + name);
            return value != null ? value : given(environment, "SONDE_" + name.toUpperCase(Locale.ROOT));
        };
        String port = any.apply("port");
        String host = any.apply("host");
        String data = any.apply("data");
        return new ServerConfig(
                port == null ? 3000 : port(port),
                host == null ? "0.0.0.0" : host(host),
                Path.of(data == null ? "sonde-data" : data),
                seed(environment));
    }

    private static String host(String value) {
        if (new InetSocketAddress(value, 0).isUnresolved()) {
            throw new IllegalArgumentException("host: " + value + " (expected: an address or a name of this machine)");
        }
        return value;
    }

    private static int port(String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("port: " + value + " (expected: 0 to 65535)", e);
        }
        throw new IllegalArgumentException("port: " + value + " (expected: 0 to 65535)");
    }

    private static Optional<Seed> seed(Function<String, @Nullable String> environment) {
        Function<String, @Nullable String> init = name -> given(environment, "LANGFUSE_INIT_" + name);
        String project = init.apply("PROJECT_ID");
        if (project == null) {
            return Optional.empty();
        }
        String publicKey = init.apply("PROJECT_PUBLIC_KEY");
        String secretKey = init.apply("PROJECT_SECRET_KEY");
        if ((publicKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    "LANGFUSE_INIT_PROJECT_PUBLIC_KEY and LANGFUSE_INIT_PROJECT_SECRET_KEY belong together");
        }
        return Optional.of(new Seed(
                or(init.apply("ORG_ID"), "default"),
                or(init.apply("ORG_NAME"), "Default"),
                project,
                or(init.apply("PROJECT_NAME"), project),
                publicKey,
                secretKey,
                init.apply("USER_EMAIL"),
                or(init.apply("USER_NAME"), "Owner"),
                init.apply("USER_PASSWORD"),
                organisationKey(environment)));
    }

    private static @Nullable Pair organisationKey(Function<String, @Nullable String> environment) {
        String publicKey = given(environment, "SONDE_INIT_ORG_PUBLIC_KEY");
        String secretKey = given(environment, "SONDE_INIT_ORG_SECRET_KEY");
        if (publicKey != null && secretKey != null) {
            return new Pair(publicKey, secretKey);
        }
        if (publicKey != null || secretKey != null) {
            throw new IllegalArgumentException(
                    "SONDE_INIT_ORG_PUBLIC_KEY and SONDE_INIT_ORG_SECRET_KEY belong together");
        }
        return null;
    }

    /** Compose files pass what nobody set as empty text. */
    private static @Nullable String given(Function<String, @Nullable String> environment, String name) {
        String value = environment.apply(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
