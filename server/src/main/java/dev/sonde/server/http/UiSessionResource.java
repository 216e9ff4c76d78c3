package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.sonde.server.accounts.Accounts;
import dev.sonde.server.accounts.Passwords;
import dev.sonde.server.model.Account;
import java.util.Optional;

/** Signing in and out, and the first set-up, for the web pages. */
final class UiSessionResource {

    private final Accounts accounts;
    private final BrowserAuthentication browsers;
    private final String version;

    UiSessionResource(Accounts accounts, BrowserAuthentication browsers, String version) {
        this.accounts = accounts;
        this.browsers = browsers;
        this.version = version;
    }

    JsonNode state(Call call) {
        return Json.object().put("setupNeeded", accounts.setupNeeded());
    }

    JsonNode session(Call call) {
        return answer(browsers.signedIn(call));
    }

    HttpResponse login(Call call) {
        JsonNode body = call.declaredJson();
        try {
            Optional<Accounts.SignedIn> signedIn = accounts.signIn(text(body, "email"), text(body, "password"));
            return signedIn.map(found -> entered(call, found))
                    .orElseThrow(() -> HttpProblem.unauthorized("E-mail address or password is wrong"));
        } catch (Accounts.ThrottledException e) {
            throw BrowserAuthentication.throttled();
        }
    }

    HttpResponse logout(Call call) {
        browsers.signedIn(call);
        browsers.signOut(call);
        return HttpResponse.of(ResponseHeaders.builder(HttpStatus.NO_CONTENT)
                .cookie(BrowserAuthentication.noCookie())
                .build());
    }

    JsonNode setup(Call call) {
        if (!accounts.setupValid(call.path("token"))) {
            throw HttpProblem.notFound("This set-up link was used, has expired, or never was one");
        }
        return Json.object().put("valid", true);
    }

    HttpResponse finishSetup(Call call) {
        JsonNode body = call.declaredJson();
        String email = text(body, "email");
        String password = text(body, "password");
        if (!email.contains("@") || email.length() > 254) {
            throw HttpProblem.invalid("email: expected an e-mail address");
        }
        if (password.length() < Passwords.MIN_LENGTH) {
            throw HttpProblem.invalid("password: expected at least " + Passwords.MIN_LENGTH + " characters");
        }
        return accounts.setUp(call.path("token"), email, text(body, "name"), password)
                .map(signedIn -> entered(call, signedIn))
                .orElseThrow(() -> HttpProblem.notFound("This set-up link was used, has expired, or never was one"));
    }

    private HttpResponse entered(Call call, Accounts.SignedIn signedIn) {
        boolean secure = "https".equals(call.request().headers().get("x-forwarded-proto"));
        Cookie cookie = BrowserAuthentication.cookie(signedIn.secret(), secure);
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(com.linecorp.armeria.common.MediaType.JSON_UTF_8)
                        .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                        .cookie(cookie)
                        .build(),
                com.linecorp.armeria.common.HttpData.wrap(Json.bytes(answer(signedIn))));
    }

    private ObjectNode answer(Accounts.SignedIn signedIn) {
        Account account = signedIn.account();
        ObjectNode json = Json.object();
        json.putObject("user")
                .put("id", account.id())
                .put("email", account.email())
                .put("name", account.name());
        json.put("csrf", signedIn.csrf());
        ArrayNode projects = json.putArray("projects");
        for (Account.Membership membership : accounts.memberships(account)) {
            ObjectNode project = projects.addObject()
                    .put("id", membership.project().id())
                    .put("name", membership.project().name())
                    .put("role", membership.role().name());
            project.putObject("organisation")
                    .put("id", membership.project().organisation().id())
                    .put("name", membership.project().organisation().name());
        }
        return json.put("version", version);
    }

    private static String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > 1_000) {
            throw HttpProblem.invalid(field + ": expected text");
        }
        return value.asText();
    }
}
