package dev.sonde.server.pricing;

import static dev.sonde.server.storage.TestEvents.observation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Level;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.Payload;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricerTest {

    private final PriceTable table = PriceTable.builtIn();
    private final Pricer pricer = new Pricer(table);

    @ParameterizedTest
    @CsvSource({
        "gpt-4o,gpt-4o",
        "GPT-4o,gpt-4o",
        "openai/gpt-4o-2024-08-06,gpt-4o",
        "gpt-4o-2024-05-13,gpt-4o-2024-05-13",
        "chatgpt-4o-latest,gpt-4o",
        "gpt-4o-mini-2024-07-18,gpt-4o-mini",
        "azure/openai/gpt-4.1-mini,gpt-4.1-mini",
        "gpt-4.1-2025-04-14,gpt-4.1",
        "gpt-5,gpt-5",
        "gpt-5-2025-08-07,gpt-5",
        "gpt-5-mini,gpt-5-mini",
        "gpt-5.1,gpt-5.1",
        "gpt-5.1-codex-mini,gpt-5.1-codex-mini",
        "gpt-5.2,gpt-5.2",
        "o1-preview-2024-09-12,o1",
        "o3-2025-04-16,o3",
        "o3-mini,o3-mini",
        "o4-mini-deep-research,o4-mini-deep-research",
        "gpt-4-1106-preview,gpt-4-turbo",
        "gpt-35-turbo,gpt-3.5-turbo",
        "gpt-4o-mini-transcribe,gpt-4o-mini-transcribe",
        "text-embedding-3-small,text-embedding-3-small"
    })
    void find_knowsTheNamesClientsSend(String sent, String id) {
        assertThat(table.find(sent).map(PriceTable.Model::id)).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpt", "gpt-4oo", "my-gpt-4o-finetune", "llama3", "gpt-4x1", "gpt-5-unknown"})
    void find_takesNothingForAnother(String sent) {
        assertThat(table.find(sent)).isEmpty();
    }

    @Test
    void find_ofAnEndlessName_isNothing() {
        assertThat(table.find("gpt-4o" + "/".repeat(100_000))).isEmpty();
    }

    @Test
    void table_hasAPriceOfEveryModel_andEachIdOnce() {
        assertThat(table.models()).isNotEmpty().allSatisfy(model -> {
            assertThat(model.prices()).containsKey("input");
            assertThat(model.prices().values()).allMatch(price -> price.signum() > 0);
            assertThat(table.find(model.id()).map(PriceTable.Model::id)).contains(model.id());
        });
        assertThat(table.models().stream().map(PriceTable.Model::id).collect(Collectors.toSet()))
                .hasSameSizeAs(table.models());
    }

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
