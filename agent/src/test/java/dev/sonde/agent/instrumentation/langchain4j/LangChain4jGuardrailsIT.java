package dev.sonde.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guardrails of AI services, which 1.0 has not. */
class LangChain4jGuardrailsIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final LibraryBench BENCH = LangChain4jApps.bench("GuardApp", PROVIDER);

    @Test
    void guardrailsThatPass_areAroundTheModel() throws Exception {
        PROVIDER.answerNext(Answer.text("Fine"));

        assertThat(play("passes")).isEqualTo("Fine");

        List<CollectedObservation> all = BENCH.take(4);
        assertThat(all)
                .extracting(CollectedObservation::name)
                .containsExactly("Guarded.ask", "NoSecrets", "chat gpt-4o-mini", "Brief");
        assertThat(all)
                .extracting(CollectedObservation::type)
                .containsExactly("chain", "guardrail", "generation", "guardrail");
        assertThat(all.subList(1, 4))
                .extracting(CollectedObservation::parentId)
                .containsOnly(all.get(0).id());
        assertThat(all.get(1).input()).isEqualTo("How are you?");
        assertThat(all.get(1).outputJson()).isEqualTo(json("{'result':'success'}"));
        assertThat(all.get(1).attributes()).containsEntry("langfuse.observation.metadata.guards", "input");
        assertThat(all.get(3).input()).isEqualTo("Fine");
        assertThat(all.get(3).attributes()).containsEntry("langfuse.observation.metadata.guards", "output");
        assertThat(all).extracting(CollectedObservation::level).containsOnly("DEFAULT");
    }

    @Test
    void inputGuardrailThatRefuses_isAWarning_andNoModelIsAsked() throws Exception {
        assertThat(play("refused")).contains("InputGuardrailException").contains("That is a secret.");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::level).containsExactly("ERROR", "WARNING");
        assertThat(both.get(1).message()).isEqualTo("That is a secret.");
        assertThat(both.get(1).outputJson()).isEqualTo(json("{'result':'fatal','failures':['That is a secret.']}"));
    }

    @Test
    void outputGuardrailThatAsksAgain_isAWarning_andTheNextAnswerIsGuardedToo() throws Exception {
        PROVIDER.answerNext(Answer.text("I am very well, thank you"), Answer.text("Fine."));

        assertThat(play("passes")).isEqualTo("Fine");

        List<CollectedObservation> all = BENCH.take(6);
        assertThat(all)
                .extracting(CollectedObservation::type)
                .containsExactly("chain", "guardrail", "generation", "guardrail", "generation", "guardrail");
        assertThat(all.subList(1, 6))
                .extracting(CollectedObservation::parentId)
                .containsOnly(all.get(0).id());
        assertThat(all.get(3).level()).isEqualTo("WARNING");
        assertThat(all.get(3).message()).isEqualTo("Too long.");
        assertThat(all.get(3).outputJson())
                .isEqualTo(json("{'result':'fatal','failures':['Too long.'],'retry':true,'reprompt':'Be brief.'}"));
        assertThat(all.get(5).outputJson()).isEqualTo(json("{'result':'success_with_result','text':'Fine'}"));
    }

    @Test
    void guardrailThatThrows_isAnError() throws Exception {
        assertThat(play("broken")).contains("no text");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::level).containsExactly("ERROR", "ERROR");
        assertThat(both.get(1).message()).isEqualTo("IllegalStateException: no text");
    }

    private static String play(String scenario) throws Exception {
        return BENCH.play(LangChain4jApps.NEWEST, scenario);
    }

    private static JsonNode json(String singleQuoted) throws IOException {
        return JSON.readTree(singleQuoted.replace('\'', '"'));
    }
}
