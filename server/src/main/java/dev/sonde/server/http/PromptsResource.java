package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sonde.server.model.Prompt;
import dev.sonde.server.model.PromptType;
import dev.sonde.server.prompts.Prompts;
import dev.sonde.server.storage.PromptStore;
import dev.sonde.server.storage.PromptStore.Reference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/v2/prompts}, and {@code /api/public/prompts} for clients of the first generation. */
final class PromptsResource {

    private static final Pattern VERSION_PATH = Pattern.compile("(.+)/versions/([^/]+)");
    private static final int DEFAULT_LIMIT = 10;
    private static final String API = "API";

    private final PromptStore store;
    private final Prompts prompts;

    PromptsResource(PromptStore store, Prompts prompts) {
        this.store = store;
        this.prompts = prompts;
    }

    JsonNode list(Call call, Caller caller) {
        Page page = Page.of(call, DEFAULT_LIMIT);
        PromptStore.Query query = new PromptStore.Query(
                caller.project().id(),
                call.query("name"),
                version(call),
                call.query("label"),
                call.query("tag"),
                call.queryTime("fromUpdatedAt"),
                call.queryTime("toUpdatedAt"));
        ArrayNode data = Json.array();
        store.list(query, page.slice()).forEach(summary -> data.add(meta(summary)));
        ObjectNode answer = page.answer(data, store.count(query));
        answer.set("pagination", answer.get("meta"));
        return answer;
    }

    JsonNode get(Call call, Caller caller) {
        return read(call, caller, call.path("name"));
    }

    /** The first generation names the prompt in the query and asks whether it is active. */
    JsonNode getActive(Call call, Caller caller) {
        String name = call.query("name");
        if (name == null) {
            throw HttpProblem.invalid("name: missing");
        }
        return withActive(read(call, caller, name));
    }

    HttpResponse create(Call call, Caller caller) {
        return Json.of(HttpStatus.CREATED, created(call, caller));
    }

    HttpResponse createActive(Call call, Caller caller) {
        return Json.of(HttpStatus.CREATED, withActive(created(call, caller)));
    }

    /** {@code PATCH …/{name}/versions/{version}}: names may contain slashes, so the path is taken apart here. */
    HttpResponse label(Call call, Caller caller) {
        Matcher path = VERSION_PATH.matcher(call.path("name"));
        if (!path.matches()) {
            throw HttpProblem.methodNotAllowed();
        }
        int version = Call.number("version", path.group(2), 1, Integer.MAX_VALUE);
        JsonNode body = call.json();
        String project = caller.project().id();
        String name = path.group(1);
        Prompt prompt = prompts.addLabels(project, name, version, body)
                .or(() -> PathNames.decoded(name).flatMap(again -> prompts.addLabels(project, again, version, body)))
                .orElseThrow(() -> notFound(new Reference(name, version, null)));
        return Json.ok(json(prompt, prompt.content(), Map.of()));
    }

    HttpResponse delete(Call call, Caller caller) {
        String project = caller.project().id();
        String name = call.path("name");
        Integer version = version(call);
        String label = call.query("label");
        int deleted = prompts.delete(project, name, version, label);
        if (deleted == 0) {
            deleted = PathNames.decoded(name)
                    .map(again -> prompts.delete(project, again, version, label))
                    .orElse(0);
        }
        if (deleted == 0) {
            throw HttpProblem.notFound("Prompt not found: '" + name + "'"
                    + (version == null ? "" : " with version " + version)
                    + (label == null ? "" : " with label '" + label + "'"));
        }
        return HttpResponse.of(HttpStatus.NO_CONTENT);
    }

    private ObjectNode read(Call call, Caller caller, String name) {
        Integer version = version(call);
        String label = call.query("label");
        if (version != null && label != null) {
            throw HttpProblem.invalid("Cannot specify both version and label");
        }
        boolean resolve = call.queryBoolean("resolve", true);
        Reference wanted =
                new Reference(name, version, version != null ? null : label == null ? Prompt.PRODUCTION : label);
        Prompt prompt = find(caller.project().id(), wanted).orElseThrow(() -> notFound(wanted));
        if (!resolve) {
            return json(prompt, prompt.content(), Map.of());
        }
        Prompts.Resolved resolved = prompts.resolve(prompt);
        return json(prompt, resolved.content(), resolved.dependencies());
    }

    private ObjectNode created(Call call, Caller caller) {
        Prompt prompt = prompts.create(caller.project().id(), call.json(), API);
        return json(prompt, prompt.content(), Map.of());
    }

    /** Some clients encode a name twice; one that is stored with a percent sign comes first. */
    private Optional<Prompt> find(String project, Reference wanted) {
        return prompts.find(project, wanted)
                .or(() -> PathNames.decoded(wanted.name())
                        .flatMap(name -> prompts.find(project, new Reference(name, wanted.version(), wanted.label()))));
    }

    private static @Nullable Integer version(Call call) {
        String version = call.query("version");
        return version == null ? null : Call.number("version", version, 1, Integer.MAX_VALUE);
    }

    private static HttpProblem notFound(Reference wanted) {
        return HttpProblem.notFound("Prompt not found: " + wanted);
    }

    private static ObjectNode json(Prompt prompt, String content, Map<String, List<Prompt>> dependencies) {
        ObjectNode json = Json.object()
                .put("id", prompt.id())
                .put("projectId", prompt.projectId())
                .put("name", prompt.name())
                .put("version", prompt.version())
                .put("type", name(prompt.type()));
        if (prompt.type() == PromptType.TEXT) {
            json.put("prompt", content);
        } else {
            json.set("prompt", parsed(content));
        }
        json.set("config", parsed(prompt.config()));
        json.set("labels", Json.tree(prompt.labels()));
        json.set("tags", Json.tree(prompt.tags()));
        json.put("commitMessage", prompt.commitMessage())
                .put("createdBy", prompt.createdBy())
                .put("createdAt", Json.time(prompt.createdAt()))
                .put("updatedAt", Json.time(prompt.updatedAt()));
        json.set("resolutionGraph", graph(prompt, dependencies));
        return json;
    }

    private static @Nullable JsonNode graph(Prompt root, Map<String, List<Prompt>> dependencies) {
        if (dependencies.isEmpty()) {
            return null;
        }
        ObjectNode graph = Json.object();
        graph.set("root", graphNode(root));
        ObjectNode edges = graph.putObject("dependencies");
        dependencies.forEach((id, children) -> {
            ArrayNode list = edges.putArray(id);
            children.forEach(child -> list.add(graphNode(child)));
        });
        return graph;
    }

    private static ObjectNode graphNode(Prompt prompt) {
        return Json.object()
                .put("name", prompt.name())
                .put("version", prompt.version())
                .put("id", prompt.id());
    }

    private static ObjectNode meta(PromptStore.Summary summary) {
        ObjectNode json = Json.object().put("name", summary.name()).put("type", name(summary.type()));
        json.set("versions", Json.tree(summary.versions()));
        json.set("labels", Json.tree(summary.labels()));
        json.set("tags", Json.tree(summary.tags()));
        json.put("lastUpdatedAt", Json.time(summary.lastUpdatedAt()));
        json.set("lastConfig", parsed(summary.lastConfig()));
        return json;
    }

    private static ObjectNode withActive(ObjectNode prompt) {
        boolean active = false;
        for (JsonNode label : prompt.path("labels")) {
            active |= label.asText().equals(Prompt.PRODUCTION);
        }
        return prompt.put("isActive", active);
    }

    private static JsonNode parsed(String stored) {
        return Json.parse(stored.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(PromptType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
