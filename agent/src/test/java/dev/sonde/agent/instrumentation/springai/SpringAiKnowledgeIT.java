package dev.sonde.agent.instrumentation.springai;

import static dev.sonde.agent.instrumentation.springai.SpringAiApps.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Embeddings, vector stores, answers from them, and images, in a Spring Boot application. */
@ParameterizedClass(name = "Spring AI {0}")
@ValueSource(
        strings = {SpringAiApps.NEWEST, SpringAiApps.NEWEST_ACTUATED, SpringAiApps.MIDDLE_ACTUATED, SpringAiApps.OLDEST
        })
class SpringAiKnowledgeIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = SpringAiApps.bench(PROVIDER);

    private static final String EMBEDDING = "embedding embeddings text-embedding-3-small";

    @Parameter
    private String version;

    @Test
    void embedding_recordsTextsAndUseButNoVectors() throws Exception {
        assertThat(BENCH.play(version, "embed")).isEqualTo("embedded");

        CollectedObservation observation = BENCH.take();
        assertThat(tree(List.of(observation))).containsExactly(EMBEDDING);
        assertThat(observation.inputJson().toString()).contains("red fox");
        assertThat(observation.outputJson().findValuesAsText("dimensions")).containsExactly("1536");
        assertThat(observation.usage()).isEqualTo(Map.of("input", 2L, "total", 2L));
        assertThat(observation.attributes()).containsEntry("gen_ai.operation.name", "embeddings");
    }

    @Test
    void embedding_refused_isAnError() throws Exception {
        PROVIDER.answerNext(Answer.failure(400, "No such thing."));

        assertThat(BENCH.play(version, "embed")).startsWith("threw ");

        assertThat(BENCH.take().level()).isEqualTo("ERROR");
    }

    @Test
    void vectorStore_isARetrieverAboveItsEmbedding() throws Exception {
        learn();

        assertThat(BENCH.play(version, "search")).isEqualTo("The fox is red.");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(tree(both)).containsExactly("retriever query simple", "  " + EMBEDDING);
        JsonNode query = both.get(0).inputJson();
        assertThat(query.path("query").asText()).isEqualTo("fox");
        assertThat(query.path("top_k").asInt()).isEqualTo(1);
        JsonNode found = both.get(0).outputJson();
        assertThat(found).hasSize(1);
        assertThat(found.at("/0/text").asText()).isEqualTo("The fox is red.");
        assertThat(found.at("/0/score").asDouble()).isBetween(0.1, 1.0);
        assertThat(both.get(0).attributes())
                .containsEntry("db.operation.name", "query")
                .containsEntry("db.system.name", "simple");
    }

    @Test
    void answer_fromDocuments_isOneTreeWithTheRetrieverBelowItsAdvisor() throws Exception {
        learn();
        PROVIDER.answerAlways(Answer.text("It is red."));

        assertThat(BENCH.play(version, "answer")).isEqualTo("It is red.");
        assertAnswered(BENCH.take(5));

        assertThat(BENCH.play(version, "answerStream")).isEqualTo("It is red.");
        assertAnswered(BENCH.take(5));
    }

    @Test
    void image_isAGenerationWithThePicture() throws Exception {
        assertThat(BENCH.play(version, "draw")).isEqualTo("1 image");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo("image gpt-image-1");
        if (version.startsWith("2")) { // draws with openai-java, which knows the exact wire
            assertThat(observation.inputJson()).hasToString("\"A red fox\"");
            assertThat(observation.output()).contains("data:image/png;base64,");
            assertThat(observation.modelParameters()).hasToString("{\"size\":\"1024x1024\"}");
        } else {
            assertThat(observation.inputJson()).hasToString("[{\"role\":\"user\",\"content\":\"A red fox\"}]");
            assertThat(observation.outputJson().at("/0/image_url/url").asText()).contains("image/png");
            assertThat(observation.modelParameters()).hasToString("{\"width\":1024,\"height\":1024}");
        }
    }

    @Test
    void meters_countWhatTheyCountWithoutTheAgent() throws Exception {
        boolean actuated = version.endsWith("Actuator");
        String before = BENCH.play(version, "meters");
        assertThat(BENCH.play(version, "embed")).isEqualTo("embedded");
        BENCH.take();

        String after = BENCH.play(version, "meters");

        if (actuated) {
            assertThat(Long.parseLong(after)).isEqualTo(Long.parseLong(before) + 1);
        } else {
            assertThat(after).isEqualTo("none");
        }
    }

    /** Spring AI 1 asks for each document by itself, and once for the length of vectors. */
    private void learn() throws Exception {
        assertThat(BENCH.play(version, "learn")).isEqualTo("learned");

        int asked = PROVIDER.requests().size();
        List<CollectedObservation> all = BENCH.take(1 + asked);
        assertThat(tree(all)).contains("span add simple", "  " + EMBEDDING);
        assertThat(all).filteredOn(each -> each.type().equals("embedding")).hasSize(asked);
    }

    private static void assertAnswered(List<CollectedObservation> all) {
        assertThat(tree(all))
                .containsExactly(
                        "chain chat client",
                        "  span QuestionAnswerAdvisor",
                        "    retriever query simple",
                        "      " + EMBEDDING,
                        "    generation chat gpt-4o-mini");
        assertThat(all.get(2).outputJson().at("/0/text").asText()).isEqualTo("The fox is red.");
        assertThat(all.get(4).inputJson().toString()).contains("The fox is red.");
    }
}
