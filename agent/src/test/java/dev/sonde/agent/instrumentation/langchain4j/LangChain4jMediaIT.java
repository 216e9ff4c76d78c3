package dev.sonde.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.collector.CollectedObservation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that draw and models that moderate. */
@ParameterizedClass(name = "LangChain4j {0}")
@ValueSource(strings = {LangChain4jApps.NEWEST, LangChain4jApps.OLDEST})
class LangChain4jMediaIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LangChain4jApps.bench("MediaApp", PROVIDER);

    @Parameter
    private String version;

    @Test
    void image_isAGenerationThatCountsImages() throws Exception {
        assertThat(BENCH.play(version, "draw")).isEqualTo("image/png");

        CollectedObservation image = BENCH.take();
        assertThat(image.type()).isEqualTo("generation");
        assertThat(image.name()).isEqualTo("generate_images");
        assertThat(image.inputJson().asText()).isEqualTo("blue");
        assertThat(image.outputJson()).hasSize(1);
        assertThat(image.outputJson().at("/0/image_url/url").asText()).isNotEmpty();
        assertThat(image.usage()).isEqualTo(Map.of("output_images", 1L));
    }

    @Test
    void images_thatAModelDrawsOneByOne_areAChainOfGenerations() throws Exception {
        assertThat(BENCH.play(version, "drawTwo")).isEqualTo("2");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(all).extracting(CollectedObservation::type).containsExactly("chain", "generation", "generation");
        assertThat(all.get(0).outputJson()).hasSize(2);
        assertThat(all.get(0).usage()).isEmpty();
        assertThat(all.subList(1, 3)).extracting(CollectedObservation::usage).containsOnly(Map.of("output_images", 1L));
    }

    @Test
    void image_thatIsRefused_isAnError() throws Exception {
        assertThat(BENCH.play(version, "drawFails")).contains("which colour?");

        CollectedObservation image = BENCH.take();
        assertThat(image.level()).isEqualTo("ERROR");
        assertThat(image.message()).contains("which colour?");
    }

    @Test
    void moderation_isAGuardrail() throws Exception {
        assertThat(BENCH.play(version, "moderate")).isEqualTo("true");

        CollectedObservation moderation = BENCH.take();
        assertThat(moderation.type()).isEqualTo("guardrail");
        assertThat(moderation.name()).isEqualTo("moderation");
        assertThat(moderation.inputJson().asText()).isEqualTo("You fool");
        assertThat(moderation.outputJson())
                .isEqualTo(new ObjectMapper().readTree("{\"flagged\":true,\"flagged_text\":\"You fool\"}"));
        assertThat(moderation.level()).isEqualTo("DEFAULT");
    }

    @Test
    void moderation_thatGoesThroughSeveralMethods_isOneGuardrail() throws Exception {
        assertThat(BENCH.play(version, "moderateMessage")).isEqualTo("false");

        CollectedObservation moderation = BENCH.take();
        assertThat(moderation.name()).isEqualTo("moderation");
        assertThat(moderation.outputJson()).isEqualTo(new ObjectMapper().readTree("{\"flagged\":false}"));
    }

    @Test
    void moderationOfAService_isInItsChain() throws Exception {
        PROVIDER.answerNext(Answer.text("How rude."));

        assertThat(BENCH.play(version, "service")).contains("ModerationException");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(all)
                .extracting(CollectedObservation::type)
                .containsExactlyInAnyOrder("chain", "guardrail", "generation");
        CollectedObservation chain = all.get(0);
        assertThat(chain.level()).isEqualTo("ERROR");
        assertThat(all.subList(1, 3)).extracting(CollectedObservation::parentId).containsOnly(chain.id());
    }
}
