package dev.sonde.server.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.sonde.server.model.PricedModel;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The models that come with the server. */
class PriceTableTest {

    private static final PriceTable TABLE = PriceTable.builtIn();
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "gpt-4o,gpt-4o,2.5,10",
        "GPT-4o,gpt-4o,2.5,10",
        "openai/gpt-4o-2024-08-06,gpt-4o,2.5,10",
        "gpt-4o-2024-05-13,gpt-4o-2024-05-13,5,15",
        "gpt-4o-mini-2024-07-18,gpt-4o-mini,0.15,0.6",
        "gpt-4.1-2025-04-14,gpt-4.1,2,8",
        "gpt-5,gpt-5,1.25,10",
        "gpt-5-2025-08-07,gpt-5,1.25,10",
        "gpt-5-mini-2099-01-01,gpt-5-mini,0.25,2",
        "o3-mini,o3-mini,1.1,4.4",
        "gpt-35-turbo,gpt-3.5-turbo,0.5,1.5",
        "text-embedding-3-small,text-embedding-3-small,0.02,",
        "claude-sonnet-4-5-20250929,anthropic/claude-sonnet-4-5,3,15",
        "anthropic/claude-sonnet-4.5,anthropic/claude-sonnet-4-5,3,15",
        "claude-3-haiku-20240307,anthropic/claude-3-haiku,0.25,1.25",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0,aws/regional.anthropic.claude-sonnet-4-5-20250929-v1:0,3.3,16.5",
        "bedrock/amazon.nova-pro-v1:0,aws/amazon.nova-pro-v1:0,0.8,3.2",
        "gemini-2.5-pro,google/gemini-2.5-pro,1.25,10",
        "gemini/gemini-2.5-pro,google/gemini-2.5-pro,1.25,10",
        "models/gemini-2.5-pro,google/gemini-2.5-pro,1.25,10",
        "publishers/google/models/gemini-2.5-pro,google/gemini-2.5-pro,1.25,10",
        "mistral-large-latest,mistral/mistral-large,,",
        "mistral/codestral-latest,mistral/codestral,,",
        "command-r-plus,cohere/command-r-plus,,",
        "deepseek-chat,deepseek/deepseek-chat,,",
        "grok-4,x-ai/grok-4-0709,3,15",
        "xai/grok-4,x-ai/grok-4-0709,3,15",
        "sonar-pro,perplexity/sonar-pro,3,15",
        "llama-3.3-70b-versatile,groq/llama-3.3-70b-versatile,0.59,0.79",
        "groq/llama-3.3-70b-versatile,groq/llama-3.3-70b-versatile,0.59,0.79",
        "openrouter/anthropic/claude-3.5-haiku,openrouter/anthropic/claude-3.5-haiku,0.8,4",
        "voyage-3.5,voyageai/voyage-3.5,0.06,"
    })
    void find_knowsTheNamesClientsSend(String sent, String id, String input, String output) {
        PricedModel model = TABLE.find(sent, NOW).orElseThrow();

        assertThat(model.id()).isEqualTo(id);
        if (input != null) {
            assertThat(model.defaultTier().prices().get("input").movePointRight(6))
                    .isEqualByComparingTo(input);
        }
        if (output != null) {
            assertThat(model.defaultTier().prices().get("output").movePointRight(6))
                    .isEqualByComparingTo(output);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "gpt", "gpt-4oo", "my-gpt-4o-finetune", "llama3", "gpt-4x1", "gpt-5-unknown", "/", "a/b/c"})
    void find_takesNothingForAnother(String sent) {
        assertThat(TABLE.find(sent, NOW)).isEmpty();
    }

    @Test
    void find_ofAnEndlessName_isNothing() {
        assertThat(TABLE.find("gpt-4o" + "/".repeat(100_000), NOW)).isEmpty();
    }

    @Test
    void find_takesThePricesOfTheDay() {
        String name = "claude-opus-4-6";

        PricedModel before =
                TABLE.find(name, Instant.parse("2026-03-12T23:59:59Z")).orElseThrow();
        PricedModel after =
                TABLE.find(name, Instant.parse("2026-03-13T00:00:00Z")).orElseThrow();

        assertThat(before.tiers()).hasSize(2);
        assertThat(before.startDate()).isNull();
        assertThat(after.tiers()).hasSize(1);
        assertThat(after.startDate()).isEqualTo("2026-03-13T00:00:00Z");
        assertThat(after.name()).isEqualTo(before.name());
    }

    @Test
    void table_holdsTheLargeProviders_withTheirPrices() {
        List<PricedModel> models = TABLE.models();

        assertThat(models).hasSizeGreaterThan(1_000);
        for (String provider : List.of(
                "anthropic/",
                "aws/",
                "azure/",
                "google/",
                "mistral/",
                "cohere/",
                "deepseek/",
                "x-ai/",
                "groq/",
                "together/",
                "fireworks/",
                "perplexity/",
                "openrouter/")) {
            assertThat(models).as(provider).anyMatch(model -> model.id().startsWith(provider));
        }
        assertThat(models).allSatisfy(model -> {
            assertThat(model.tiers())
                    .allSatisfy(tier -> assertThat(tier.prices()).isNotEmpty());
            assertThat(model.tiers())
                    .flatExtracting(tier -> tier.prices().values())
                    .allMatch(price -> price.signum() >= 0);
            assertThat(model.isBuiltIn()).isTrue();
        });
        Set<String> ids = new HashSet<>();
        assertThat(models).allMatch(model -> ids.add(model.id()));
    }

    @Test
    void patterns_findTheNamesThatTheTableFinds() {
        for (String sent : List.of("gpt-4o", "GPT-4o-2024-08-06", "claude-sonnet-4-5", "gpt-5-2099-01-01")) {
            PricedModel model = TABLE.find(sent, NOW).orElseThrow();
            assertThat(Pattern.compile(model.pattern()).matcher(sent).find())
                    .as(sent)
                    .isTrue();
            assertThat(Pattern.compile(model.pattern()).matcher("my-" + sent).find())
                    .as("my-" + sent)
                    .isFalse();
        }
        assertThat(TABLE.models()).allSatisfy(model -> Pattern.compile(model.pattern()));
    }
}
