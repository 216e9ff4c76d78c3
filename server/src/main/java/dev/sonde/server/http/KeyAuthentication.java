package dev.sonde.server.http;

import dev.sonde.server.accounts.ApiKeys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads key pairs from the Authorization header of the public interface. */
final class KeyAuthentication {

    private static final String HINT = " Confirm that you've configured the correct host.";

    private final ApiKeys keys;

    KeyAuthentication(ApiKeys keys) {
        this.keys = keys;
    }

    /** The caller, or a problem with status 401. */
    Caller caller(@Nullable String authorization) {
        if (authorization == null || authorization.isBlank()) {
            throw HttpProblem.unauthorized("No authorization header");
        }
        String scheme = authorization.split(" ", 2)[0].toLowerCase(Locale.ROOT);
        String rest = authorization
                .substring(Math.min(authorization.length(), scheme.length() + 1))
                .strip();
        return switch (scheme) {
            case "basic" -> basic(rest);
            case "bearer" ->
                new Caller(
                        keys.checkPublic(rest)
                                .orElseThrow(() -> HttpProblem.unauthorized("Invalid public key." + HINT)),
                        Caller.Access.SCORES,
                        rest);
            default -> throw HttpProblem.unauthorized("Invalid authorization header");
        };
    }

    /** The caller, who must have shown the secret, or a problem with status 401 or 403. */
    Caller projectCaller(@Nullable String authorization) {
        Caller caller = caller(authorization);
        if (caller.access() != Caller.Access.PROJECT) {
            throw HttpProblem.forbidden("Access denied - insufficient permissions for this endpoint");
        }
        return caller;
    }

    /** The public key that a header names, right or wrong; empty where there is none. */
    static String publicKey(@Nullable String authorization) {
        String[] words =
                authorization == null ? new String[0] : authorization.strip().split(" +", 2);
        if (words.length < 2) {
            return "";
        }
        try {
            String pair = words[0].equalsIgnoreCase("basic")
                    ? new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8)
                    : words[1];
            int colon = pair.indexOf(':');
            return colon < 0 ? pair : pair.substring(0, colon);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private Caller basic(String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw HttpProblem.unauthorized("Invalid authorization header." + HINT);
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw HttpProblem.unauthorized("Invalid authorization header." + HINT);
        }
        return new Caller(
                keys.check(pair.substring(0, colon), pair.substring(colon + 1))
                        .orElseThrow(() -> HttpProblem.unauthorized("Invalid credentials." + HINT)),
                Caller.Access.PROJECT,
                pair.substring(0, colon));
    }
}
