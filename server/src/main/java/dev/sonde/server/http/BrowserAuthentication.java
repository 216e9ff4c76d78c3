package dev.sonde.server.http;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import dev.sonde.server.accounts.Accounts;
import dev.sonde.server.accounts.Secrets;
import dev.sonde.server.model.Account;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who is behind a browser's cookie, and whether a change was really asked for by our own page. */
final class BrowserAuthentication {

    private static final String COOKIE = "sonde_session";
    private static final String CSRF = "x-sonde-csrf";

    private final Accounts accounts;

    BrowserAuthentication(Accounts accounts) {
        this.accounts = accounts;
    }

    /** The signed-in account; a change must carry the token from {@code GET /api/ui/session} as well. */
    Accounts.SignedIn signedIn(Call call) {
        Accounts.SignedIn signedIn = find(call).orElseThrow(() -> HttpProblem.unauthorized("Sign in to see this"));
        HttpMethod method = call.request().method();
        if (method != HttpMethod.GET
                && method != HttpMethod.HEAD
                && !Secrets.same(signedIn.csrf(), call.request().headers().get(CSRF, ""))) {
            throw HttpProblem.forbidden("The request did not come from this page; reload it");
        }
        return signedIn;
    }

    /** What the signed-in account is in the project of the path; to anybody else the project does not exist. */
    Account.Membership member(Call call) {
        String project = call.path("project");
        return memberships(call).stream()
                .filter(membership -> membership.project().id().equals(project))
                .findFirst()
                .orElseThrow(() -> HttpProblem.notFound("Project " + project + " was not found, or is not yours"));
    }

    /** The same, for a change that needs at least this role. */
    Account.Membership member(Call call, Account.Role least) {
        Account.Membership member = member(call);
        if (member.role().compareTo(least) < 0) {
            throw HttpProblem.forbidden("This needs the role " + least + "; yours is " + member.role());
        }
        return member;
    }

    /** What the signed-in account can open. */
    List<Account.Membership> memberships(Call call) {
        return accounts.memberships(signedIn(call).account());
    }

    Optional<Accounts.SignedIn> find(Call call) {
        return secret(call).flatMap(accounts::find);
    }

    void signOut(Call call) {
        secret(call).ifPresent(accounts::signOut);
    }

    static Cookie cookie(String secret, boolean secure) {
        return Cookie.secureBuilder(COOKIE, secret)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .maxAge(Duration.ofDays(30).toSeconds())
                .build();
    }

    static Cookie noCookie() {
        return Cookie.secureBuilder(COOKIE, "")
                .path("/")
                .secure(false)
                .maxAge(0)
                .build();
    }

    static HttpProblem throttled() {
        return HttpProblem.of(
                HttpStatus.TOO_MANY_REQUESTS, "TooManyAttempts", "Too many wrong passwords; try again in five minutes");
    }

    private static Optional<String> secret(Call call) {
        String header = call.request().headers().get(HttpHeaderNames.COOKIE);
        if (header == null) {
            return Optional.empty();
        }
        return Cookie.fromCookieHeader(header).stream()
                .filter(cookie ->
                        cookie.name().equals(COOKIE) && !cookie.value().isEmpty())
                .map(Cookie::value)
                .findFirst();
    }
}
