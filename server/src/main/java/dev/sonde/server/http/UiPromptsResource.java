package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sonde.server.model.Account;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Prompt;
import dev.sonde.server.model.PromptType;
import dev.sonde.server.prompts.Prompts;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.PromptStore;
import dev.sonde.server.storage.PromptStore.Reference;
import dev.sonde.server.storage.Storage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prompts for the web pages. Names may contain slashes, so they are parameters here. */
final class UiPromptsResource {

    /** The pages show folders, for which they need all names. */
    private static final int MOST_NAMES = 5_000;

    private static final Duration RECENT = Duration.ofDays(7);

    private final Storage storage;
    private final Prompts prompts;
    private final BrowserAuthentication browsers;
    private final UiQueries queries;
    private final Clock clock;

    UiPromptsResource(Storage storage, BrowserAuthentication browsers, UiQueries queries, Clock clock) {
        this.storage = storage;
        this.prompts = new Prompts(storage.prompts(), clock);
        this.browsers = browsers;
        this.queries = queries;
        this.clock = clock;
    }

    /** All names, each with what stands at it and how often it was used in the last seven days. */
    JsonNode list(Call call) {
        String project = browsers.member(call).project().id();
        PromptStore.Query all = new PromptStore.Query(project, null, null, null, null, null, null);
        Map<String, Long> uses = storage.promptUses()
                .counts(project, new TimeRange(clock.instant().minus(RECENT), null));
        Map<String, Integer> production = storage.prompts().labelled(project, Prompt.PRODUCTION);
        ObjectNode json = Json.object();
        ArrayNode rows = json.putArray("rows");
        for (PromptStore.Summary summary : storage.prompts().list(all, Slice.first(MOST_NAMES))) {
            List<Integer> versions = summary.versions();
            ObjectNode row = rows.addObject()
                    .put("name", summary.name())
                    .put("type", name(summary.type()))
                    .put("versions", versions.size())
                    .put("latest", versions.get(versions.size() - 1))
                    .put("production", production.get(summary.name()))
                    .put("updatedAt", Json.time(summary.lastUpdatedAt()))
                    .put("uses", uses.getOrDefault(summary.name(), 0L));
            row.set("labels", Json.tree(summary.labels()));
            row.set("tags", Json.tree(summary.tags()));
        }
        return json.put("total", storage.prompts().count(all));
    }

    /** A name with all its versions, highest first, without their content. */
    JsonNode versions(Call call) {
        String project = browsers.member(call).project().id();
        String name = required(call, "name");
        List<Prompt> versions = storage.prompts().versions(project, name);
        if (versions.isEmpty()) {
            throw HttpProblem.notFound("There is no prompt " + name + " in this project");
        }
        ObjectNode json =
                Json.object().put("name", name).put("type", name(versions.get(0).type()));
        json.set("tags", Json.tree(versions.get(0).tags()));
        Map<String, String> authors = new TreeMap<>();
        json.set(
                "versions",
                TraceJson.array(
                        versions,
                        prompt ->
                                meta(prompt).put("author", authors.computeIfAbsent(prompt.createdBy(), this::author))));
        return json;
    }

    /** One version with its content, and that with everything it embeds put in place. */
    JsonNode version(Call call) {
        String project = browsers.member(call).project().id();
        String name = required(call, "name");
        int version = Call.number("version", required(call, "version"), 1, Integer.MAX_VALUE);
        return json(prompts.find(project, new Reference(name, version, null))
                .orElseThrow(() -> HttpProblem.notFound("Prompt " + name + " has no version " + version)));
    }

    HttpResponse create(Call call) {
        Account.Membership member = browsers.member(call, Account.Role.MEMBER);
        String by = browsers.signedIn(call).account().id();
        return Json.of(HttpStatus.CREATED, json(prompts.create(member.project().id(), call.declaredJson(), by)));
    }

    /** Puts labels on a version, off whichever has them. */
    HttpResponse label(Call call) {
        Account.Membership member = browsers.member(call, Account.Role.MEMBER);
        JsonNode body = call.declaredJson();
        String name = body.path("name").asText();
        int version = body.path("version").asInt();
        return Json.ok(json(prompts.addLabels(member.project().id(), name, version, body)
                .orElseThrow(() -> HttpProblem.notFound("Prompt " + name + " has no version " + version))));
    }

    /** Deletes a version, or with none named the whole prompt. */
    HttpResponse delete(Call call) {
        Account.Membership member = browsers.member(call, Account.Role.MEMBER);
        String name = required(call, "name");
        String version = call.query("version");
        int deleted = prompts.delete(
                member.project().id(),
                name,
                version == null ? null : Call.number("version", version, 1, Integer.MAX_VALUE),
                null);
        if (deleted == 0) {
            throw HttpProblem.notFound("There is no such version of " + name);
        }
        return Json.ok(Json.object().put("deleted", deleted));
    }

    /** What the generations made from each version took, cost and were judged. */
    JsonNode uses(Call call) {
        String project = browsers.member(call).project().id();
        TimeRange range = new TimeRange(call.queryTime("from"), call.queryTime("to"));
        ObjectNode json = Json.object();
        json.set("uses", TraceJson.array(storage.promptUses().uses(project, required(call, "name"), range), use -> {
            ObjectNode row = Json.object()
                    .put("version", use.version())
                    .put("uses", use.uses())
                    .put("failed", use.failed())
                    .put("lastUsed", Json.time(use.lastUsed()))
                    .put("medianMs", use.medianMillis())
                    .put("inputUsage", use.inputUsage())
                    .put("outputUsage", use.outputUsage())
                    .put("cost", use.cost())
                    .put("priced", use.priced());
            row.set("scores", Json.tree(new TreeMap<>(use.scores())));
            return row;
        }));
        return json;
    }

    /** Generations made from a prompt, or from one version of it, newest first. */
    JsonNode generations(Call call) {
        int limit = call.queryInt("limit", 50, 1, 200);
        Slice slice = UiQueries.slice(call.query("cursor"), limit + 1);
        List<Filter> filters = new ArrayList<>();
        filters.add(
                new Filter.TextIs(Field.of(Column.PROMPT_NAME), Filter.TextMatch.EQUAL, required(call, "name"), false));
        String version = call.query("version");
        if (version != null) {
            filters.add(new Filter.NumberIs(
                    Field.of(Column.PROMPT_VERSION),
                    Filter.Comparison.EQUAL,
                    BigDecimal.valueOf(Call.number("version", version, 1, Integer.MAX_VALUE))));
        }
        EventQuery query = queries.of(call, new Filter.And(filters), Order.NEWEST_FIRST, slice, true);
        List<Observation> found = storage.observations().find(query);
        List<Observation> page = found.subList(0, Math.min(limit, found.size()));
        ObjectNode json = Json.object();
        json.set("rows", TraceJson.array(page, UiJson::observationRow));
        Observation last = page.isEmpty() ? null : page.get(page.size() - 1);
        return json.put(
                "cursor", last == null || found.size() <= limit ? null : UiQueries.after(last.startTime(), last.id()));
    }

    private JsonNode json(Prompt prompt) {
        ObjectNode inner = meta(prompt)
                .put("name", prompt.name())
                .put("type", name(prompt.type()))
                .put("author", author(prompt.createdBy()));
        inner.set("prompt", content(prompt.type(), prompt.content()));
        inner.set("config", Json.parse(prompt.config().getBytes(StandardCharsets.UTF_8)));
        addResolved(inner, prompt);
        ObjectNode json = Json.object();
        json.set("prompt", inner);
        return json;
    }

    /** What is embedded may be gone or circular by now: the page then says so, and shows the rest. */
    private void addResolved(ObjectNode json, Prompt prompt) {
        try {
            Prompts.Resolved resolved = prompts.resolve(prompt);
            boolean embeds = !resolved.dependencies().isEmpty();
            json.set("resolved", embeds ? content(prompt.type(), resolved.content()) : null);
        } catch (IllegalArgumentException e) {
            json.put("unresolved", e.getMessage());
        }
    }

    private static ObjectNode meta(Prompt prompt) {
        ObjectNode json = Json.object().put("version", prompt.version());
        json.set("labels", Json.tree(prompt.labels()));
        json.put("commitMessage", prompt.commitMessage())
                .put("createdAt", Json.time(prompt.createdAt()))
                .put("updatedAt", Json.time(prompt.updatedAt()));
        return json;
    }

    private String author(String createdBy) {
        return storage.control()
                .findAccount(createdBy)
                .map(account -> account.name().isBlank() ? account.email() : account.name())
                .orElse(createdBy);
    }

    private static JsonNode content(PromptType type, String content) {
        return type == PromptType.TEXT ? Json.tree(content) : Json.parse(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String required(Call call, String name) {
        @Nullable String value = call.query(name);
        if (value == null) {
            throw HttpProblem.invalid(name + ": missing");
        }
        return value;
    }

    private static String name(PromptType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
