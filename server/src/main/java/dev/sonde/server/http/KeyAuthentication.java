package dev.sonde.server.http;

import com.linecorp.armeria.common.HttpStatus;
import dev.sonde.server.accounts.ApiKeys;
import dev.sonde.server.accounts.OrganisationKeys;
import dev.sonde.server.model.Project;
import dev.sonde.server.model.Project.Organisation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads key pairs from the Authorization header of the public interface. */
final class KeyAuthentication {

    private static final String HINT = " Confirm that you've configured the correct host.";

    private static final String NO_PERMISSION = "Access denied - insufficient permissions for this endpoint";
    private static final String NO_ORGANISATION =
            "Invalid API key. Organization-scoped API key required for this operation.";

    private final ApiKeys keys;
    private final OrganisationKeys organisationKeys;

    KeyAuthentication(ApiKeys keys, OrganisationKeys organisationKeys) {
        this.keys = keys;
        this.organisationKeys = organisationKeys;
    }

    /** The caller, or a problem with status 401; 403 for the key of an organisation. */
    Caller caller(@Nullable String authorization) {
        return caller(authorization, HttpProblem.forbidden(NO_PERMISSION));
    }

    /** The caller; what an organisation's key is told is given. */
    Caller caller(@Nullable String authorization, HttpProblem toOrganisations) {
        if (authorization == null || authorization.isBlank()) {
            throw HttpProblem.unauthorized("No authorization header");
        }
        String scheme = authorization.split(" ", 2)[0].toLowerCase(Locale.ROOT);
        String rest = authorization
                .substring(Math.min(authorization.length(), scheme.length() + 1))
                .strip();
        return switch (scheme) {
            case "basic" -> basic(pair(rest), toOrganisations);
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
            throw HttpProblem.forbidden(NO_PERMISSION);
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

    /** The organisation whose key this is, or a problem with status 401 or 403. */
    Organisation organisation(@Nullable String authorization) {
        String text = authorization == null ? "" : authorization;
        if (text.regionMatches(true, 0, "basic ", 0, 6)) {
            ApiKeys.NewKey pair = pair(text.substring(6).strip());
            Optional<Organisation> organisation = organisationKeys.check(pair.publicKey(), pair.secretKey());
            if (organisation.isPresent()) {
                return organisation.get();
            }
        }
        caller(authorization);
        throw HttpProblem.of(HttpStatus.FORBIDDEN, NO_ORGANISATION, NO_ORGANISATION);
    }

    private Caller basic(ApiKeys.NewKey pair, HttpProblem toOrganisations) {
        Optional<Project> project = keys.check(pair.publicKey(), pair.secretKey());
        if (project.isPresent()) {
            return new Caller(project.get(), Caller.Access.PROJECT, pair.publicKey());
        }
        throw organisationKeys.check(pair.publicKey(), pair.secretKey()).isPresent()
                ? toOrganisations
                : HttpProblem.unauthorized("Invalid credentials." + HINT);
    }

    private static ApiKeys.NewKey pair(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon >= 0) {
                return new ApiKeys.NewKey(pair.substring(0, colon), pair.substring(colon + 1));
            }
        } catch (IllegalArgumentException e) {
            throw HttpProblem.unauthorized("Invalid authorization header." + HINT);
        }
        throw HttpProblem.unauthorized("Invalid authorization header." + HINT);
    }
}
