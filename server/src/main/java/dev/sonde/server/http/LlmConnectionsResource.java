package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sonde.server.accounts.SealedSecrets;
import dev.sonde.server.model.LlmConnection;
import dev.sonde.server.model.LlmConnection.Adapter;
import dev.sonde.server.storage.LlmConnectionStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/llm-connections}. Keys and headers go in sealed, and never come out again. */
final class LlmConnectionsResource {

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]{0,8000}");
    private static final List<String> ADAPTERS =
            Stream.of(Adapter.values()).map(Adapter::wireName).toList();
    private static final Map<Adapter, String> CONFIGS = Map.of(
            Adapter.BEDROCK, "{\"region\": \"…\"}",
            Adapter.VERTEX_AI, "{\"location\": \"…\"} or nothing",
            Adapter.OPENAI, "{\"useResponsesApi\": true or false} or nothing");
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_SECRET = 20_000;
    private static final int LONGEST_URL = 2_000;
    private static final int MOST_MODELS = 1_000;
    private static final int MOST_HEADERS = 50;
    private static final int LONGEST_CONFIG = 10_000;
    private static final int SHOWN = 4;

    private final LlmConnectionStore store;
    private final SealedSecrets secrets;
    private final Clock clock;

    LlmConnectionsResource(LlmConnectionStore store, SealedSecrets secrets, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
    }

    JsonNode list(Call call, Caller caller) {
        Page page = Page.of(call);
        String project = caller.project().id();
        return page.answer(
                TraceJson.array(store.list(project, page.slice()), LlmConnectionsResource::json), store.count(project));
    }

    /** Takes the place of the project's connection to the same provider as a whole. */
    HttpResponse save(Call call, Caller caller) {
        Body body = Body.of(call);
        String project = caller.project().id();
        String provider = body.text("provider", LONGEST_NAME).strip();
        Adapter adapter = adapter(body.textOrNull("adapter", LONGEST_NAME));
        String secret = body.text("secretKey", LONGEST_SECRET);
        ObjectNode headers = headers(body);
        List<String> names = new ArrayList<>();
        headers.fieldNames().forEachRemaining(names::add);
        String owner = project + "\0" + provider;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LlmConnectionStore.Saved saved = store.save(new LlmConnection(
                UUID.randomUUID().toString(),
                project,
                provider,
                adapter,
                shown(secret),
                secrets.seal(owner, secret),
                url(body.textOrNull("baseURL", LONGEST_URL)),
                body.texts("customModels", MOST_MODELS, LONGEST_NAME),
                body.flag("withDefaultModels", true),
                names,
                names.isEmpty() ? null : secrets.seal(owner, headers.toString()),
                config(adapter, body),
                now,
                now));
        return Json.of(saved.created() ? HttpStatus.CREATED : HttpStatus.OK, json(saved.connection()));
    }

    HttpResponse delete(Call call, Caller caller) {
        String id = call.path("id");
        if (!store.delete(caller.project().id(), id)) {
            throw HttpProblem.notFound("LLM connection " + id + " not found within authorized project");
        }
        return Json.ok(Json.object().put("message", "LLM connection successfully deleted"));
    }

    private static Adapter adapter(@Nullable String said) {
        return Stream.of(Adapter.values())
                .filter(adapter -> adapter.wireName().equals(said))
                .findFirst()
                .orElseThrow(() -> HttpProblem.invalid("adapter: expected one of " + ADAPTERS));
    }

    /** Where it may lead is decided when it is called; here it has to be an address. */
    private static @Nullable String url(@Nullable String said) {
        if (said == null) {
            return null;
        }
        try {
            URI uri = new URI(said);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return said;
            }
        } catch (URISyntaxException e) {
            throw HttpProblem.invalid("baseURL: is no URL");
        }
        throw HttpProblem.invalid("baseURL: expected http or https with a host, without user and fragment");
    }

    private static ObjectNode headers(Body body) {
        if (!body.has("extraHeaders")) {
            return Json.object();
        }
        JsonNode said = body.json().get("extraHeaders");
        if (!(said instanceof ObjectNode headers) || headers.size() > MOST_HEADERS) {
            throw HttpProblem.invalid("extraHeaders: expected an object of at most " + MOST_HEADERS + " headers");
        }
        headers.properties().forEach(header -> {
            if (!HEADER_NAME.matcher(header.getKey()).matches()) {
                throw HttpProblem.invalid("extraHeaders: has a name that no header can have");
            }
            JsonNode value = header.getValue();
            if (!value.isTextual() || !HEADER_VALUE.matcher(value.asText()).matches()) {
                throw HttpProblem.invalid("extraHeaders." + header.getKey() + ": expected text on one line");
            }
        });
        return headers;
    }

    /** Each adapter knows one setting at most, and Bedrock cannot do without. */
    private static @Nullable String config(Adapter adapter, Body body) {
        JsonNode said = body.json().path("config");
        boolean given = body.has("config");
        boolean right = switch (adapter) {
            case BEDROCK -> isOnly(said, "region") && said.path("region").isTextual();
            case VERTEX_AI ->
                !given || (isOnly(said, "location") && said.path("location").isTextual());
            case OPENAI ->
                !given
                        || (isOnly(said, "useResponsesApi")
                                && said.path("useResponsesApi").isBoolean());
            default -> !given;
        };
        String text = given ? said.toString() : null;
        if (!right || (text != null && text.length() > LONGEST_CONFIG)) {
            throw HttpProblem.invalid("config: expected " + CONFIGS.getOrDefault(adapter, "nothing")
                    + " for the adapter " + adapter.wireName());
        }
        return text;
    }

    private static boolean isOnly(JsonNode said, String field) {
        return said.isObject() && said.size() == 1 && said.has(field);
    }

    /** The last characters, where they leave enough unsaid. */
    private static String shown(String secret) {
        return secret.length() < 3 * SHOWN ? "..." : "..." + secret.substring(secret.length() - SHOWN);
    }

    private static ObjectNode json(LlmConnection connection) {
        ObjectNode json = Json.object()
                .put("id", connection.id())
                .put("provider", connection.provider())
                .put("adapter", connection.adapter().wireName())
                .put("displaySecretKey", connection.displaySecret())
                .put("baseURL", connection.baseUrl());
        json.set("customModels", Json.tree(connection.customModels()));
        json.put("withDefaultModels", connection.withDefaultModels());
        json.set("extraHeaderKeys", Json.tree(connection.extraHeaderNames()));
        json.set("config", Json.stored(connection.config()));
        return json.put("createdAt", Json.time(connection.createdAt()))
                .put("updatedAt", Json.time(connection.updatedAt()));
    }
}
