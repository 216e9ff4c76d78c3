package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import dev.sonde.server.model.PricedModel;
import dev.sonde.server.model.PricedModel.AttributeCondition;
import dev.sonde.server.model.PricedModel.Condition;
import dev.sonde.server.model.PricedModel.Tier;
import dev.sonde.server.model.PricedModel.UsageCondition;
import dev.sonde.server.pricing.ModelBody;
import dev.sonde.server.pricing.Models;
import dev.sonde.server.storage.ModelStore;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** {@code /api/public/models} and {@code /models/{id}}; ids of the price table's models contain slashes. */
final class ModelsResource {

    private static final Comparator<PricedModel> BY_NAME = Comparator.comparing(PricedModel::name)
            .thenComparing(PricedModel::unit, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(PricedModel::startDate, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(PricedModel::id);

    private static final int LONGEST_ID = 255;

    private final ModelStore store;
    private final Models models;
    private final Clock clock;

    ModelsResource(ModelStore store, Models models, Clock clock) {
        this.store = store;
        this.models = models;
        this.clock = clock;
    }

    JsonNode list(Call call, Caller caller) {
        Page page = Page.of(call);
        List<PricedModel> all = new ArrayList<>(store.list(caller.project().id()));
        all.addAll(models.table().models());
        all.sort(BY_NAME);
        List<PricedModel> shown =
                all.stream().skip(page.slice().offset()).limit(page.limit()).toList();
        return page.answer(TraceJson.array(shown, ModelsResource::json), all.size());
    }

    JsonNode get(Call call, Caller caller) {
        String id = call.path("id");
        return json(models.get(caller.project().id(), id).orElseThrow(() -> notFound(id)));
    }

    HttpResponse create(Call call, Caller caller) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String project = caller.project().id();
        return saved(ModelBody.read(project, UUID.randomUUID().toString(), Json.exact(call.body()), now), project);
    }

    /** Makes the model where the project has none with this id. */
    HttpResponse replace(Call call, Caller caller) {
        String project = caller.project().id();
        String id = call.path("id");
        if (models.table().get(id).isPresent() || id.length() > LONGEST_ID || id.indexOf('\0') >= 0) {
            throw notFound(id);
        }
        Instant createdAt = store.find(project, id)
                .map(PricedModel::createdAt)
                .orElse(clock.instant().truncatedTo(ChronoUnit.MICROS));
        return saved(ModelBody.read(project, id, Json.exact(call.body()), createdAt), project);
    }

    private HttpResponse saved(PricedModel model, String project) {
        store.save(model);
        models.forget(project);
        return Json.ok(json(model));
    }

    HttpResponse delete(Call call, Caller caller) {
        String id = call.path("id");
        if (!store.delete(caller.project().id(), id)) {
            throw notFound(id);
        }
        models.forget(caller.project().id());
        return Json.ok(Json.object().put("message", "Model successfully deleted"));
    }

    private static HttpProblem notFound(String id) {
        return HttpProblem.notFound("Model " + id + " not found within authorized project");
    }

    private static ObjectNode json(PricedModel model) {
        Map<String, BigDecimal> prices = new TreeMap<>(model.defaultTier().prices());
        PricedModel.Tokenizer tokenizer = model.tokenizer();
        ObjectNode json = Json.object()
                .put("id", model.id())
                .put("modelName", model.name())
                .put("matchPattern", model.pattern())
                .put("startDate", Json.timeOrNull(model.startDate()))
                .put("unit", model.unit() == null ? null : model.unit().name())
                .put("inputPrice", prices.get("input"))
                .put("outputPrice", prices.get("output"))
                .put("totalPrice", prices.get("total"))
                .put("tokenizerId", tokenizer == null ? null : tokenizer.id())
                .put("isLangfuseManaged", model.isBuiltIn())
                .put("createdAt", Json.time(model.createdAt()));
        json.set("tokenizerConfig", tokenizer == null ? null : Json.stored(tokenizer.config()));
        ObjectNode flat = json.putObject("prices");
        prices.forEach((type, price) -> flat.putObject(type).put("price", price));
        ArrayNode tiers = json.putArray("pricingTiers");
        model.tiers().forEach(tier -> tiers.add(json(tier)));
        return json;
    }

    private static ObjectNode json(Tier tier) {
        ObjectNode json = Json.object()
                .put("id", tier.id())
                .put("name", tier.name())
                .put("isDefault", tier.isDefault())
                .put("priority", tier.priority());
        json.set("conditions", TraceJson.array(tier.conditions(), ModelsResource::json));
        ObjectNode prices = json.putObject("prices");
        new TreeMap<>(tier.prices()).forEach(prices::put);
        return json;
    }

    private static JsonNode json(Condition condition) {
        if (condition instanceof UsageCondition of) {
            return Json.object()
                    .put("usageDetailPattern", of.usageDetailPattern())
                    .put("operator", of.operator().name().toLowerCase(Locale.ROOT))
                    .put("value", of.value())
                    .put("caseSensitive", of.caseSensitive());
        }
        AttributeCondition in = (AttributeCondition) condition;
        ObjectNode json = Json.object()
                .put("source", in.source().name().toLowerCase(Locale.ROOT))
                .put("key", in.key())
                .put("operator", "in");
        return json.set("values", Json.tree(in.values()));
    }
}
