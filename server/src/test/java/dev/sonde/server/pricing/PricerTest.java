package dev.sonde.server.pricing;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.observation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Level;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.PricedModel;
import dev.sonde.server.model.PricedModel.AttributeCondition;
import dev.sonde.server.model.PricedModel.Condition;
import dev.sonde.server.model.PricedModel.Operator;
import dev.sonde.server.model.PricedModel.Source;
import dev.sonde.server.model.PricedModel.Tier;
import dev.sonde.server.model.PricedModel.UsageCondition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a use costs. */
class PricerTest {

    private static final PriceTable TABLE = PriceTable.builtIn();

    private final List<PricedModel> own = new ArrayList<>();
    private final Models models = new Models(TABLE, project -> own);
    private final Pricer pricer = new Pricer(models);

    @Test
    void price_isExactToTheLastDigit() {
        ModelUse use = priced(use("gpt-4o-mini", Map.of("input", 1L, "input_cached_tokens", 3L, "output", 7L)));

        assertThat(use.cost())
                .isEqualTo(Map.of(
                        "input", new BigDecimal("0.00000015"),
                        "input_cached_tokens", new BigDecimal("0.000000225"),
                        "output", new BigDecimal("0.0000042"),
                        "total", new BigDecimal("0.000004575")));
        assertThat(use.usage()).containsEntry("total", 11L);
    }

    @Test
    void price_ofReasoning_isThatOfOutput() {
        ModelUse use =
                priced(use("o3", Map.of("input", 1_000_000L, "output", 1L, "output_reasoning_tokens", 999_999L)));

        assertThat(use.totalCost()).isEqualByComparingTo("10");
    }

    @Test
    void price_ofManyCalls_sumsWithoutError() {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < 1_000_000; i++) {
            sum = sum.add(new BigDecimal("0.00000015"));
        }

        assertThat(priced(use("gpt-4o-mini", Map.of("input", 1_000_000L))).totalCost())
                .isEqualByComparingTo(sum);
    }

    @Test
    void price_ofAnUnknownModel_isUnknown_neverZero() {
        ModelUse use = priced(use("llama3", Map.of("input", 10L)));

        assertThat(use.cost()).isEmpty();
        assertThat(use.totalCost()).isNull();
        assertThat(use.modelId()).isNull();
        assertThat(use.usage()).isEqualTo(Map.of("input", 10L, "total", 10L));
    }

    @Test
    void price_whereTheClientSaidOne_isThat() {
        Map<String, BigDecimal> said = Map.of("input", new BigDecimal("0.5"), "output", new BigDecimal("0.25"));
        ModelUse use = priced(new ModelUse("gpt-4o", null, null, null, Map.of("input", 10L), said, true));

        assertThat(use.cost())
                .isEqualTo(Map.of(
                        "input", new BigDecimal("0.5"),
                        "output", new BigDecimal("0.25"),
                        "total", new BigDecimal("0.75")));
        assertThat(use.costProvided()).isTrue();
    }

    @Test
    void price_whereTheClientSaidOtherParts_hasNoTotal() {
        Map<String, BigDecimal> said = Map.of("input", BigDecimal.ONE, "search", BigDecimal.ONE);

        assertThat(priced(new ModelUse("gpt-4o", null, null, null, Map.of(), said, true))
                        .totalCost())
                .isNull();
    }

    @Test
    void tokens_areCountedWhereTheClientDidNot() {
        ModelUse use = pricedText("gpt-4", ObservationType.GENERATION, Level.DEFAULT, "hello world", "hello world");

        assertThat(use.usage()).isEqualTo(Map.of("input", 2L, "output", 2L, "total", 4L));
        assertThat(use.totalCost()).isEqualByComparingTo("0.00018");
    }

    @Test
    void tokens_ofAConversation_countWhatFramesTheMessages() {
        String messages = "[{\"role\":\"user\",\"content\":\"hello world\"}]";

        ModelUse use = pricedText("gpt-4", ObservationType.GENERATION, Level.DEFAULT, messages, null);

        // 3 for the conversation, 3 for the message, 1 for "user", 2 for the text
        assertThat(use.usage()).isEqualTo(Map.of("input", 9L, "total", 9L));
    }

    @Test
    void tokens_ofFailedOrEndlessOrUnknown_areNotCounted() {
        String endless = "word ".repeat(100_000);

        assertThat(pricedText("gpt-4", ObservationType.GENERATION, Level.ERROR, "hi", null)
                        .usage())
                .isEmpty();
        assertThat(pricedText("gpt-4", ObservationType.GENERATION, Level.DEFAULT, endless, null)
                        .usage())
                .isEmpty();
        assertThat(pricedText("llama3", ObservationType.GENERATION, Level.DEFAULT, "hi", null)
                        .usage())
                .isEmpty();
    }

    @Test
    void tokens_ofAnEmbedding_areThoseThatWentIn() {
        ModelUse use = pricedText(
                "text-embedding-3-small", ObservationType.EMBEDDING, Level.DEFAULT, "hello world", "[0.1,0.2]");

        assertThat(use.usage()).isEqualTo(Map.of("input", 2L, "total", 2L));
        assertThat(use.totalCost()).isEqualByComparingTo("0.00000004");
    }

    @Test
    void price_aboveAThreshold_isThatTiersForAllUnits() {
        ModelUse below = priced(use("gemini-2.5-pro", Map.of("input", 200_000L, "output", 1_000L)));
        ModelUse above = priced(
                use("gemini-2.5-pro", Map.of("input", 150_000L, "input_cached_tokens", 50_001L, "output", 1_000L)));

        assertThat(below.pricingTierName()).isEqualTo("Standard");
        assertThat(below.totalCost()).isEqualByComparingTo("0.26");
        assertThat(above.pricingTierName()).isEqualTo("Above 200,000 input units");
        assertThat(above.cost().get("input")).isEqualByComparingTo("0.375");
        assertThat(above.cost().get("input_cached_tokens")).isEqualByComparingTo("0.01250025");
        assertThat(above.cost().get("output")).isEqualByComparingTo("0.015");
    }

    @Test
    void price_ofCacheWrites_dependsOnHowLongTheyAreKept() {
        ModelUse use = priced(use(
                "claude-sonnet-4-5-20250929",
                Map.of("input", 10L, "input_cache_creation_5m", 100L, "input_cache_creation_1h", 100L, "output", 1L)));

        assertThat(use.cost())
                .containsEntry("input_cache_creation_5m", new BigDecimal("0.000375"))
                .containsEntry("input_cache_creation_1h", new BigDecimal("0.0006"));
    }

    @Test
    void price_ofTheProjectsOwnModel_comesFirst_latestStartDateFirst() {
        own.add(ownModel("always", null, "1"));
        own.add(ownModel("later", NOON.plusSeconds(1), "2"));
        own.add(ownModel("since", NOON, "3"));

        ModelUse use = priced(use("gpt-4o", Map.of("input", 2L)));

        assertThat(use.modelId()).isEqualTo("since");
        assertThat(use.totalCost()).isEqualByComparingTo("6");
        assertThat(priced(use("gpt-4", Map.of("input", 2L))).modelId()).isEqualTo("gpt-4");
    }

    @Test
    void price_byTheTierWhoseConditionsAllHold_lowestPriorityFirst() {
        Condition flex = new AttributeCondition(Source.MODEL_PARAMETERS, "service_tier", List.of("flex", "batch"));
        Condition vip = new AttributeCondition(Source.METADATA, "plan", List.of("vip"));
        Condition much = new UsageCondition("^INPUT", Operator.GTE, BigDecimal.TEN, false);
        own.add(new PricedModel(
                "tiered",
                "project",
                "m",
                "^m$",
                null,
                null,
                null,
                List.of(
                        tier("Standard", 0, "1"),
                        tier("both", 2, "3", flex, much),
                        tier("vip", 3, "4", vip),
                        tier("flex", 5, "2", flex)),
                NOON));

        assertThat(tierOf(1, "{}", Map.of())).isEqualTo("Standard");
        assertThat(tierOf(99, "{}", Map.of())).isEqualTo("Standard");
        assertThat(tierOf(1, "{\"service_tier\":\"flex\"}", Map.of())).isEqualTo("flex");
        assertThat(tierOf(10, "{\"service_tier\":\"batch\"}", Map.of())).isEqualTo("both");
        assertThat(tierOf(10, "{\"service_tier\":\"batch\"}", Map.of("plan", "vip")))
                .isEqualTo("both");
        assertThat(tierOf(1, "{\"service_tier\":\"flex\"}", Map.of("plan", "vip")))
                .isEqualTo("vip");
        assertThat(tierOf(1, "not json", Map.of("plan", "free"))).isEqualTo("Standard");
    }

    @Test
    void tokens_ofAnOwnModel_areCountedAsItsTokenizerSays() {
        PricedModel model = ownModel("home", null, "1");
        for (PricedModel.Tokenizer tokenizer : List.of(
                new PricedModel.Tokenizer("openai", "{\"tokenizerModel\":\"gpt-4o\"}"),
                new PricedModel.Tokenizer("openai", "{\"tokenizerModel\":\"unheard of\"}"),
                new PricedModel.Tokenizer("openai", null))) {
            own.clear();
            own.add(with(model, tokenizer));
            models.forget(PROJECT);
            assertThat(pricedText("gpt-4o", ObservationType.GENERATION, Level.DEFAULT, "hello world", null)
                            .usage())
                    .containsEntry("input", 2L);
        }
        own.clear();
        own.add(with(model, new PricedModel.Tokenizer("claude", null)));
        models.forget(PROJECT);
        assertThat(pricedText("gpt-4o", ObservationType.GENERATION, Level.DEFAULT, "hello world", null)
                        .usage())
                .isEmpty();
    }

    @Test
    void basis_saysHowACostCameAbout_orWhyThereIsNone() {
        CostBasis computed = CostBasis.of(priced(use("gpt-4o", Map.of("input", 3L, "output", 7L, "thoughts", 5L))));

        assertThat(computed.kind()).isEqualTo(CostBasis.Kind.COMPUTED);
        assertThat(computed.prices())
                .isEqualTo(Map.of("input", new BigDecimal("0.0000025"), "output", new BigDecimal("0.00001")));
        assertThat(computed.unpriced()).containsExactly("thoughts");
        assertThat(CostBasis.of(priced(use("gpt-4o", Map.of("thoughts", 5L)))).kind())
                .isEqualTo(CostBasis.Kind.NO_PRICE);
        assertThat(CostBasis.of(priced(use("gpt-4o", Map.of()))).kind()).isEqualTo(CostBasis.Kind.NO_USAGE);
        assertThat(CostBasis.of(priced(use("home-made", Map.of("input", 5L)))).kind())
                .isEqualTo(CostBasis.Kind.UNKNOWN_MODEL);
        assertThat(CostBasis.of(ModelUse.NONE).kind()).isEqualTo(CostBasis.Kind.NO_MODEL);
        assertThat(CostBasis.of(new ModelUse("m", null, null, null, Map.of(), Map.of("x", BigDecimal.ONE), true))
                        .kind())
                .isEqualTo(CostBasis.Kind.PROVIDED);
    }

    private static PricedModel ownModel(String id, Instant startDate, String price) {
        return new PricedModel(
                id, "project", id, "(?i)^gpt-4o$", startDate, null, null, List.of(tier("Standard", 0, price)), NOON);
    }

    private static PricedModel with(PricedModel model, PricedModel.Tokenizer tokenizer) {
        return new PricedModel(
                model.id(), "project", model.name(), model.pattern(), null, null, tokenizer, model.tiers(), NOON);
    }

    private static Tier tier(String name, int priority, String price, Condition... conditions) {
        return new Tier(
                name, name, priority == 0, priority, List.of(conditions), Map.of("input", new BigDecimal(price)));
    }

    private String tierOf(long input, String parameters, Map<String, String> metadata) {
        ModelUse use = new ModelUse("m", null, null, parameters, Map.of("input", input), Map.of(), false);
        return pricer.price(observation("o", "t")
                        .with(o -> {
                            o.model = use;
                            o.payload = new Payload(null, null, metadata);
                        })
                        .build())
                .model()
                .pricingTierName();
    }

    private static ModelUse use(String model, Map<String, Long> usage) {
        return new ModelUse(model, null, null, null, usage, Map.of(), false);
    }

    private ModelUse priced(ModelUse use) {
        return pricer.price(observation("o", "t").with(o -> o.model = use).build())
                .model();
    }

    private ModelUse pricedText(String model, ObservationType type, Level level, String input, String output) {
        return pricer.price(observation("o", "t")
                        .with(o -> {
                            o.model = use(model, Map.of());
                            o.type = type;
                            o.level = level;
                            o.payload = new Payload(input, output, Map.of());
                        })
                        .build())
                .model();
    }
}
