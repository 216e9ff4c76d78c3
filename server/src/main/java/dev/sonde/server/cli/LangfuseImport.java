package dev.sonde.server.cli;

import static dev.sonde.server.cli.RemoteServer.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Copies a project page by page. Whatever is written is written under its own id, so a page that was cut short is done
 * once more without doubling anything.
 */
final class LangfuseImport {

    private static final int PAGE = 50;
    private static final int MOST_EVENTS = 200;
    private static final int MOST_BYTES = 1_500_000;
    private static final String PLACEHOLDER = "stands for a version that was deleted";

    private final RemoteServer from;
    private final RemoteServer into;
    private final ImportState state;
    private final PrintStream out;
    private final List<ObjectNode> events = new ArrayList<>();
    private int bytes;
    private long refused;

    LangfuseImport(RemoteServer from, RemoteServer into, ImportState state, PrintStream out) {
        this.from = from;
        this.into = into;
        this.state = state;
        this.out = out;
    }

    /** Copies what is left to copy; whether all of it was taken. */
    boolean run() {
        oldestFirst("models", "/models?", this::model);
        oldestFirst("score-configs", "/score-configs?", this::scoreConfig);
        oldestFirst("prompts", "/v2/prompts?", this::prompt);
        oldestFirst("datasets", "/v2/datasets?", this::dataset);
        String until = "toTimestamp=" + segment(state.until()) + "&";
        inOrder("traces", "/traces?orderBy=timestamp.asc&fields=core&" + until, this::trace);
        inOrder("scores", "/v2/scores?" + until, score -> add(ImportedEvents.score(score, state::idOf)));
        oldestFirst("archived score-configs", "/score-configs?", this::archive);
        out.printf("done%s%n", refused == 0 ? "" : "; " + refused + " events were refused");
        return refused == 0;
    }

    /** From the last page to the first: lists are newest first, and what is made later should be later here, too. */
    private void oldestFirst(String part, String path, Consumer<JsonNode> each) {
        if (state.isDone(part)) {
            return;
        }
        int last = from.get(path + "limit=" + PAGE + "&page=1")
                .at("/meta/totalPages")
                .asInt();
        for (int page = Math.min(last, state.page(part, last)); page >= 1; page--) {
            List<JsonNode> data = new ArrayList<>();
            page(path, page).path("data").forEach(data::add);
            Collections.reverse(data);
            data.forEach(each);
            state.next(part, page - 1);
        }
        end(part);
    }

    private void inOrder(String part, String path, Consumer<JsonNode> each) {
        if (state.isDone(part)) {
            return;
        }
        int last = Integer.MAX_VALUE;
        for (int page = state.page(part, 1); page <= last; page++) {
            JsonNode answer = page(path, page);
            last = answer.at("/meta/totalPages").asInt();
            answer.path("data").forEach(each);
            flush();
            state.next(part, page + 1);
            out.printf("%s: page %d of %d%n", part, page, Math.max(page, last));
        }
        end(part);
    }

    private void end(String part) {
        state.done(part);
        out.printf("%s: done%n", part);
    }

    private JsonNode page(String path, int page) {
        return from.get(path + "limit=" + PAGE + "&page=" + page);
    }

    private void model(JsonNode model) {
        if (model.path("isLangfuseManaged").asBoolean()) {
            return;
        }
        ObjectNode body =
                copy(model, "modelName", "matchPattern", "startDate", "unit", "tokenizerId", "tokenizerConfig");
        if (model.path("pricingTiers").isEmpty()) {
            body.setAll(copy(model, "inputPrice", "outputPrice", "totalPrice"));
        } else {
            ArrayNode tiers = body.putArray("pricingTiers");
            model.path("pricingTiers")
                    .forEach(tier -> tiers.add(copy(tier, "name", "isDefault", "priority", "conditions", "prices")));
        }
        into.send("PUT", "/models/" + segment(model.path("id").asText()), body);
    }

    /** Configs get ids of their own, and take scores until the end; one with the same name and type is taken for the same. */
    private void scoreConfig(JsonNode config) {
        for (int page = 1, last = 1; page <= last; page++) {
            JsonNode known = into.get("/score-configs?limit=100&page=" + page);
            last = known.at("/meta/totalPages").asInt();
            for (JsonNode each : known.path("data")) {
                if (each.path("name").equals(config.path("name"))
                        && each.path("dataType").equals(config.path("dataType"))) {
                    state.id(config.path("id").asText(), each.path("id").asText());
                    archive(each.path("id").asText(), false);
                    return;
                }
            }
        }
        ObjectNode body = copy(config, "name", "dataType", "minValue", "maxValue", "description");
        if (!config.path("dataType").asText().equals("BOOLEAN")) {
            body.setAll(copy(config, "categories"));
        }
        state.id(
                config.path("id").asText(),
                into.send("POST", "/score-configs", body).path("id").asText());
    }

    /** Only when all scores are there: an archived config takes none. */
    private void archive(JsonNode config) {
        if (config.path("isArchived").asBoolean()) {
            archive(state.idOf(config.path("id").asText()), true);
        }
    }

    private void archive(String id, boolean archived) {
        into.send(
                "PATCH",
                "/score-configs/" + segment(id),
                JsonNodeFactory.instance.objectNode().put("isArchived", archived));
    }

    /** Every version under its number; deleted ones are made and deleted again. */
    private void prompt(JsonNode prompt) {
        String name = prompt.path("name").asText();
        String path = "/v2/prompts/" + segment(name);
        TreeSet<Integer> versions = new TreeSet<>();
        prompt.path("versions").forEach(version -> versions.add(version.asInt()));
        NavigableSet<Integer> there = versionsHere(name);
        List<Integer> gaps = new ArrayList<>();
        for (int version = 1; version <= versions.last(); version++) {
            boolean gap = !versions.contains(version);
            if (gap) {
                gaps.add(version);
            }
            if (there.contains(version) || (gap && there.higher(version) != null)) {
                continue;
            }
            if (there.higher(version) != null) {
                throw new CliException("prompt " + name + ": version " + version
                        + " cannot be made, for there is another prompt of this name with later ones");
            }
            ObjectNode body = gap
                    ? copy(from.get(path + "?resolve=false&version=" + versions.first()), "name", "type", "prompt")
                            .put("commitMessage", PLACEHOLDER)
                    : version(from.get(path + "?resolve=false&version=" + version));
            int made = into.send("POST", "/v2/prompts", body).path("version").asInt();
            if (made != version) {
                throw new CliException("prompt " + name + ": version " + version + " became " + made
                        + ", for somebody else makes versions of it");
            }
        }
        for (int gap : gaps) {
            RemoteServer.Answer placed = into.ask("GET", path + "?resolve=false&version=" + gap, null);
            if (placed.json().path("commitMessage").asText().equals(PLACEHOLDER)) {
                into.send("DELETE", path + "?version=" + gap, JsonNodeFactory.instance.objectNode());
            }
        }
    }

    private NavigableSet<Integer> versionsHere(String name) {
        TreeSet<Integer> versions = new TreeSet<>();
        into.get("/v2/prompts?limit=100&name=" + segment(name)).path("data").forEach(prompt -> {
            if (prompt.path("name").asText().equals(name)) {
                prompt.path("versions").forEach(version -> versions.add(version.asInt()));
            }
        });
        return versions;
    }

    private static ObjectNode version(JsonNode prompt) {
        ObjectNode body = copy(prompt, "name", "type", "prompt", "config", "tags", "commitMessage");
        ArrayNode labels = body.putArray("labels");
        for (JsonNode label : prompt.path("labels")) {
            if (!label.asText().equals("latest")) {
                labels.add(label);
            }
        }
        return body;
    }

    private void dataset(JsonNode dataset) {
        String name = dataset.path("name").asText();
        into.send(
                "POST",
                "/v2/datasets",
                copy(dataset, "name", "description", "metadata", "inputSchema", "expectedOutputSchema"));
        oldestFirst(
                "items of dataset " + name,
                "/dataset-items?datasetName=" + segment(name) + "&",
                item -> into.send(
                        "POST",
                        "/dataset-items",
                        copy(
                                        item,
                                        "id",
                                        "input",
                                        "expectedOutput",
                                        "metadata",
                                        "status",
                                        "sourceTraceId",
                                        "sourceObservationId")
                                .put("datasetName", name)));
    }

    private void trace(JsonNode listed) {
        RemoteServer.Answer answer =
                from.ask("GET", "/traces/" + segment(listed.path("id").asText()), null);
        if (answer.status() == 404) {
            return; // deleted meanwhile
        }
        if (answer.status() != 200) {
            throw new CliException("trace " + listed.path("id").asText() + " was answered with " + answer.status());
        }
        add(ImportedEvents.trace(answer.json()));
        answer.json().path("observations").forEach(o -> add(ImportedEvents.observation(o)));
    }

    private void add(ObjectNode event) {
        int size = event.toString().getBytes(StandardCharsets.UTF_8).length;
        if (events.size() >= MOST_EVENTS || bytes + size > MOST_BYTES) {
            flush();
        }
        events.add(event);
        bytes += size;
    }

    private void flush() {
        if (events.isEmpty()) {
            return;
        }
        ObjectNode batch = JsonNodeFactory.instance.objectNode();
        batch.putArray("batch").addAll(events);
        RemoteServer.Answer answer = into.ask("POST", "/ingestion", batch);
        if (answer.status() == 413 && events.size() == 1) {
            refuse(events.get(0), "too large");
        } else if (answer.status() != 207) {
            throw new CliException("a batch was answered with " + answer.status() + ": "
                    + answer.json().path("message").asText());
        }
        answer.json()
                .path("errors")
                .forEach(error -> events.stream()
                        .filter(event -> event.path("id").equals(error.path("id")))
                        .findFirst()
                        .ifPresent(event -> refuse(event, error.path("error").asText())));
        events.clear();
        bytes = 0;
    }

    private void refuse(ObjectNode event, String reason) {
        refused++;
        out.printf(
                "refused: %s %s: %s%n",
                event.path("type").asText(), event.at("/body/id").asText(), reason);
    }

    private static ObjectNode copy(JsonNode from, String... fields) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (String field : fields) {
            if (from.hasNonNull(field)) {
                copy.set(field, from.get(field));
            }
        }
        return copy;
    }
}
