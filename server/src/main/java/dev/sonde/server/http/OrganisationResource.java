package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sonde.server.accounts.ApiKeys;
import dev.sonde.server.accounts.OrganisationKeys;
import dev.sonde.server.ingest.ProjectErasure;
import dev.sonde.server.model.ApiKey;
import dev.sonde.server.model.OrganisationKey;
import dev.sonde.server.model.Project;
import dev.sonde.server.model.Project.Organisation;
import dev.sonde.server.storage.ControlPlane;
import dev.sonde.server.storage.OrganisationStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/organizations} and what an organisation's key changes under {@code /api/public/projects}. */
final class OrganisationResource {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_NOTE = 200;
    private static final int LONGEST_KEY = 200;
    private static final int SHORTEST_KEY = 16;
    private static final int LONGEST_METADATA = 100_000;

    private final OrganisationStore store;
    private final ControlPlane control;
    private final OrganisationKeys organisationKeys;
    private final ApiKeys keys;
    private final ProjectErasure erasure;
    private final Clock clock;

    OrganisationResource(Routes.Parts parts) {
        this.store = parts.storage().organisations();
        this.control = parts.storage().control();
        this.organisationKeys = parts.organisationKeys();
        this.keys = parts.keys();
        this.erasure = parts.erasure();
        this.clock = parts.clock();
    }

    JsonNode keys(Organisation caller) {
        ObjectNode json = Json.object();
        return json.set("apiKeys", TraceJson.array(store.keys(caller.id()), OrganisationResource::json));
    }

    JsonNode projects(Organisation caller) {
        ObjectNode json = Json.object();
        return json.set("projects", TraceJson.array(store.projects(caller.id()), OrganisationResource::listed));
    }

    HttpResponse createProject(Call call, Organisation caller) {
        Body body = Body.of(call);
        String name = body.text("name", LONGEST_NAME).strip();
        requireNoRetention(body);
        Instant now = now();
        Project project = new Project(UUID.randomUUID().toString(), name, caller, metadata(body, "{}"), now, now);
        store.createProject(project);
        return Json.of(HttpStatus.CREATED, json(project));
    }

    /** Metadata that is not given stays. */
    HttpResponse changeProject(Call call, Organisation caller) {
        Project project = project(call, caller);
        Body body = Body.of(call);
        String name = body.text("name", LONGEST_NAME).strip();
        requireNoRetention(body);
        return Json.ok(json(control.saveProject(project.with(name, metadata(body, project.metadata()), now()))));
    }

    /** Its keys end with this answer; its data goes soon after. */
    HttpResponse deleteProject(Call call, Organisation caller) {
        Project project = project(call, caller);
        boolean begun = erasure.begin(project.id());
        keys.forget();
        if (!begun) {
            throw notFound(project.id());
        }
        return Json.of(
                HttpStatus.ACCEPTED,
                Json.object()
                        .put("success", true)
                        .put("message", "Project deletion has been initiated and is being processed"));
    }

    JsonNode projectKeys(Call call, Organisation caller) {
        ObjectNode json = Json.object();
        return json.set(
                "apiKeys", TraceJson.array(control.apiKeys(project(call, caller).id()), OrganisationResource::json));
    }

    /** Makes a key pair, or takes a given one; its secret is in this answer and never again. */
    HttpResponse createProjectKey(Call call, Organisation caller) {
        Project project = project(call, caller);
        Body body = Body.of(call);
        String note = body.textOrNull("note", LONGEST_NOTE);
        String publicKey = given(body, "publicKey", "pk-lf-");
        String secretKey = given(body, "secretKey", "sk-lf-");
        if ((publicKey == null) != (secretKey == null)) {
            throw HttpProblem.invalid("publicKey, secretKey: expected both or none");
        }
        ApiKeys.NewKey pair = publicKey == null || secretKey == null
                ? new ApiKeys.NewKey("pk-lf-" + UUID.randomUUID(), "sk-lf-" + UUID.randomUUID())
                : new ApiKeys.NewKey(publicKey, secretKey);
        ApiKey key = organisationKeys
                .createFor(project, pair, note)
                .orElseThrow(() -> HttpProblem.invalid("publicKey: is taken"));
        return Json.of(HttpStatus.CREATED, json(key).put("secretKey", pair.secretKey()));
    }

    HttpResponse deleteProjectKey(Call call, Organisation caller) {
        String id = call.path("apiKeyId");
        if (!keys.delete(project(call, caller), id)) {
            throw HttpProblem.notFound("API key " + id + " not found in this project");
        }
        return Json.ok(Json.object().put("success", true));
    }

    /** A project of another organisation is as good as none. */
    private Project project(Call call, Organisation caller) {
        String id = call.path("projectId");
        return control.findProject(id)
                .filter(project -> project.organisation().id().equals(caller.id()))
                .orElseThrow(() -> notFound(id));
    }

    private static HttpProblem notFound(String id) {
        return HttpProblem.notFound("Project " + id + " not found within your organization");
    }

    private static String metadata(Body body, String otherwise) {
        if (!body.has("metadata")) {
            return otherwise;
        }
        JsonNode said = body.json().get("metadata");
        String text = said.toString();
        if (!said.isObject() || text.length() > LONGEST_METADATA) {
            throw HttpProblem.invalid(
                    "metadata: expected an object of at most " + LONGEST_METADATA + " characters of JSON");
        }
        return text;
    }

    /** Said rather than promised: what is stored here stays until somebody deletes it. */
    private static void requireNoRetention(Body body) {
        JsonNode said = body.json().path("retention");
        if (body.has("retention") && !(said.isIntegralNumber() && said.asInt() == 0)) {
            throw HttpProblem.invalid("retention: this server keeps data until it is deleted (expected: 0)");
        }
    }

    private static @Nullable String given(Body body, String field, String prefix) {
        String key = body.textOrNull(field, LONGEST_KEY);
        if (key != null && (!key.startsWith(prefix) || key.length() < SHORTEST_KEY)) {
            throw HttpProblem.invalid(
                    field + ": expected at least " + SHORTEST_KEY + " characters that begin with " + prefix);
        }
        return key;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ObjectNode json(Project project) {
        ObjectNode json = Json.object().put("id", project.id()).put("name", project.name());
        json.putObject("organization")
                .put("id", project.organisation().id())
                .put("name", project.organisation().name());
        json.set("metadata", Json.stored(project.metadata()));
        return json;
    }

    private static ObjectNode listed(Project project) {
        ObjectNode json = Json.object().put("id", project.id()).put("name", project.name());
        json.set("metadata", Json.stored(project.metadata()));
        return json.put("createdAt", Json.time(project.createdAt())).put("updatedAt", Json.time(project.updatedAt()));
    }

    private static ObjectNode json(ApiKey key) {
        return key(key.id(), key.publicKey(), key.displaySecret(), key.note())
                .put("createdAt", Json.time(key.createdAt()))
                .put("lastUsedAt", Json.timeOrNull(key.lastUsedAt()));
    }

    private static ObjectNode json(OrganisationKey key) {
        return key(key.id(), key.publicKey(), key.displaySecret(), key.note())
                .put("createdAt", Json.time(key.createdAt()))
                .put("lastUsedAt", Json.timeOrNull(key.lastUsedAt()));
    }

    private static ObjectNode key(String id, String publicKey, String displaySecret, @Nullable String note) {
        return Json.object()
                .put("id", id)
                .put("publicKey", publicKey)
                .put("displaySecretKey", displaySecret)
                .put("note", note)
                .putNull("expiresAt");
    }
}
