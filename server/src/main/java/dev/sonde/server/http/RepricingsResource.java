package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sonde.server.ingest.Repricer;
import dev.sonde.server.model.Account;
import dev.sonde.server.model.IsoTime;
import dev.sonde.server.model.Repricing;
import dev.sonde.server.storage.RepricingStore;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/** {@code /api/public/repricings}, for keys, and the same for the web pages: members see them, administrators start. */
final class RepricingsResource {

    private static final int LONGEST_MODEL = 300;

    private final Repricer repricer;
    private final RepricingStore store;
    private final BrowserAuthentication browsers;

    RepricingsResource(Repricer repricer, RepricingStore store, BrowserAuthentication browsers) {
        this.repricer = repricer;
        this.store = store;
        this.browsers = browsers;
    }

    HttpResponse start(Call call, Caller caller) {
        return start(caller.project().id(), "key " + caller.publicKey(), call.json());
    }

    HttpResponse startInBrowser(Call call) {
        String project = browsers.member(call, Account.Role.ADMIN).project().id();
        return start(project, browsers.signedIn(call).account().email(), call.declaredJson());
    }

    JsonNode list(Call call, Caller caller) {
        return list(call, caller.project().id());
    }

    JsonNode listInBrowser(Call call) {
        return list(call, browsers.member(call).project().id());
    }

    JsonNode get(Call call, Caller caller) {
        return get(call, caller.project().id());
    }

    JsonNode getInBrowser(Call call) {
        return get(call, browsers.member(call).project().id());
    }

    private HttpResponse start(String project, String askedBy, JsonNode body) {
        if (!body.isObject()) {
            throw HttpProblem.invalid("body: expected an object");
        }
        JsonNode dryRun = body.path("dryRun");
        if (!dryRun.isBoolean() && !dryRun.isMissingNode() && !dryRun.isNull()) {
            throw HttpProblem.invalid("dryRun: expected true or false");
        }
        JsonNode model = body.path("model");
        boolean all = model.isMissingNode() || model.isNull();
        if (!all
                && (!model.isTextual()
                        || model.asText().isEmpty()
                        || model.asText().length() > LONGEST_MODEL)) {
            throw HttpProblem.invalid("model: expected 1 to " + LONGEST_MODEL + " characters");
        }
        Repricer.Scope scope = new Repricer.Scope(time(body, "from"), time(body, "to"), all ? null : model.asText());
        return Json.of(HttpStatus.ACCEPTED, json(repricer.start(project, askedBy, scope, dryRun.asBoolean(false))));
    }

    private static Instant time(JsonNode body, String field) {
        JsonNode said = body.path(field);
        try {
            if (said.isTextual()) {
                return IsoTime.parse(said.asText());
            }
        } catch (DateTimeException e) {
            throw HttpProblem.invalid(field + ": expected an ISO-8601 time with an offset");
        }
        throw HttpProblem.invalid(field + ": expected an ISO-8601 time with an offset");
    }

    private JsonNode list(Call call, String project) {
        Page page = Page.of(call);
        return page.answer(
                TraceJson.array(store.list(project, page.slice()), RepricingsResource::json), store.count(project));
    }

    private JsonNode get(Call call, String project) {
        String id = call.path("repricingId");
        return json(store.find(project, id)
                .orElseThrow(() -> HttpProblem.notFound("Repricing " + id + " not found within authorized project")));
    }

    private static ObjectNode json(Repricing r) {
        ObjectNode json = Json.object()
                .put("id", r.id())
                .put("askedBy", r.askedBy())
                .put("dryRun", r.dryRun())
                .put("from", Json.time(r.from()))
                .put("to", Json.time(r.to()))
                .put("model", r.model())
                .put("state", r.state().name().toLowerCase(Locale.ROOT))
                .put("problem", r.problem())
                .put("startedAt", Json.time(r.startedAt()))
                .put("endedAt", Json.timeOrNull(r.endedAt()));
        BigDecimal before = BigDecimal.ZERO;
        BigDecimal after = BigDecimal.ZERO;
        for (Repricing.Difference each : r.differences()) {
            before = before.add(each.costBefore());
            after = after.add(each.costAfter());
        }
        json.set("models", TraceJson.array(r.differences(), RepricingsResource::json));
        return costs(json, before, after);
    }

    private static ObjectNode json(Repricing.Difference d) {
        ObjectNode json = Json.object()
                .put("model", d.model())
                .put("observations", d.observations())
                .put("provided", d.provided())
                .put("changed", d.changed());
        return costs(json, d.costBefore(), d.costAfter());
    }

    private static ObjectNode costs(ObjectNode json, BigDecimal before, BigDecimal after) {
        return json.put("costBefore", before).put("costAfter", after).put("difference", after.subtract(before));
    }
}
