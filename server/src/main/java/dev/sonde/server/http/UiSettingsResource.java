package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sonde.server.accounts.ApiKeys;
import dev.sonde.server.model.Account;
import dev.sonde.server.model.ApiKey;
import dev.sonde.server.model.Project;
import dev.sonde.server.storage.ControlPlane;
import java.time.Clock;

/** A project's name and keys, for the web pages. Members see them, administrators change them. */
final class UiSettingsResource {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_NOTE = 200;

    private final ControlPlane control;
    private final ApiKeys keys;
    private final BrowserAuthentication browsers;
    private final Clock clock;

    UiSettingsResource(ControlPlane control, ApiKeys keys, BrowserAuthentication browsers, Clock clock) {
        this.clock = clock;
        this.control = control;
        this.keys = keys;
        this.browsers = browsers;
    }

    HttpResponse rename(Call call) {
        Project project = browsers.member(call, Account.Role.ADMIN).project();
        String name = text(call.declaredJson(), "name", LONGEST_NAME);
        if (name.isEmpty()) {
            throw HttpProblem.invalid("name: is empty");
        }
        Project renamed = control.saveProject(project.with(name, project.metadata(), clock.instant()));
        return Json.ok(Json.object().put("id", renamed.id()).put("name", renamed.name()));
    }

    JsonNode list(Call call) {
        Project project = browsers.member(call).project();
        ObjectNode json = Json.object();
        json.set("keys", TraceJson.array(control.apiKeys(project.id()), UiSettingsResource::key));
        return json;
    }

    /** Makes a key pair; its secret is in this answer and never again. */
    HttpResponse create(Call call) {
        Project project = browsers.member(call, Account.Role.ADMIN).project();
        ApiKeys.NewKey made = keys.create(project, text(call.declaredJson(), "note", LONGEST_NOTE));
        return Json.of(
                HttpStatus.CREATED,
                Json.object().put("publicKey", made.publicKey()).put("secretKey", made.secretKey()));
    }

    HttpResponse delete(Call call) {
        Project project = browsers.member(call, Account.Role.ADMIN).project();
        String id = call.path("keyId");
        if (!keys.delete(project, id)) {
            throw HttpProblem.notFound("There is no key " + id + " in this project");
        }
        return HttpResponse.of(HttpStatus.NO_CONTENT);
    }

    /** Text without the white space around it; absent is empty. */
    private static String text(JsonNode body, String field, int longest) {
        JsonNode said = body.path(field);
        if (!said.isMissingNode() && !said.isTextual()) {
            throw HttpProblem.invalid(field + ": expected text");
        }
        String text = said.asText("").strip();
        if (text.length() > longest) {
            throw HttpProblem.invalid(field + ": longer than " + longest + " characters");
        }
        return text;
    }

    private static ObjectNode key(ApiKey key) {
        return Json.object()
                .put("id", key.id())
                .put("publicKey", key.publicKey())
                .put("displaySecret", key.displaySecret())
                .put("note", key.note())
                .put("createdAt", Json.time(key.createdAt()))
                .put("lastUsedAt", Json.timeOrNull(key.lastUsedAt()));
    }
}
