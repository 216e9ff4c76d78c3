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
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Retrieval: embeddings, stores, retrievers, scoring, and what of it an AI service does. */
@ParameterizedClass(name = "LangChain4j {0}")
@ValueSource(strings = {LangChain4jApps.NEWEST, LangChain4jApps.OLDEST})
class LangChain4jRagIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUESTION = "Which tea do cats like?";

    @RegisterExtension
    static final LibraryBench BENCH = LangChain4jApps.bench("RagApp", PROVIDER);

    @Parameter
    private String version;

    @Test
    void embedText_recordsModelTextUseAndTheVectorsLength() throws Exception {
        assertThat(BENCH.play(version, "embedText")).isEqualTo("64");

        assertEmbedding(BENCH.take(), "\"Cats like tea\"", 1);
    }

    @Test
    void embedAll_isOneObservation() throws Exception {
        assertThat(BENCH.play(version, "embedAll")).isEqualTo("2");

        assertEmbedding(BENCH.take(), "[\"Cats like valerian tea\",\"Dogs run after balls\"]", 2);
    }

    @Test
    void embeddingModelOfTheApplication_thatAsksAnother_isOneObservation() throws Exception {
        assertThat(BENCH.play(version, "embedOwn")).isEqualTo("64");

        assertEmbedding(BENCH.take(), "\"Cats\"", 1);
    }

    @Test
    void embed_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        assertThat(BENCH.play(version, "embedText")).contains("RateLimitException");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.type()).isEqualTo("embedding");
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 429: ");
    }

    @Test
    void changesOfAStore_areRecordedOnceEach() throws Exception {
        assertThat(BENCH.play(version, "add")).isEqualTo("true");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(all)
                .extracting(CollectedObservation::name)
                .containsExactly(
                        "InMemoryEmbeddingStore.add", "InMemoryEmbeddingStore.add", "InMemoryEmbeddingStore.removeAll");
        assertThat(all).extracting(CollectedObservation::type).containsOnly("span");
        assertThat(all.get(0).inputJson()).isEqualTo(json("{'dimensions':64,'text':'Cats like valerian tea'}"));
        assertThat(all.get(0).outputJson().asText()).hasSize(36);
        assertThat(all.get(1).inputJson()).isEqualTo(json("{'id':'fixed','dimensions':64}"));
        assertThat(all.get(2).inputJson()).isEqualTo(json("{'ids':['fixed']}"));
        assertThat(all).extracting(CollectedObservation::level).containsOnly("DEFAULT");
    }

    @Test
    void search_recordsWhatIsAskedAndFound() throws Exception {
        fill();

        assertThat(BENCH.play(version, "search")).isEqualTo("Cats like valerian tea");

        CollectedObservation search = BENCH.take();
        assertThat(search.type()).isEqualTo("retriever");
        assertThat(search.name()).isEqualTo("InMemoryEmbeddingStore.search");
        assertThat(search.inputJson()).isEqualTo(json("{'dimensions':64,'max_results':1,'min_score':0.5}"));
        assertThat(search.outputJson()).hasSize(1);
        assertThat(search.outputJson().at("/0/content").asText()).isEqualTo("Cats like valerian tea");
        assertThat(search.outputJson().at("/0/metadata")).isEqualTo(json("{'source':'cats.txt'}"));
        assertThat(search.outputJson().at("/0/score").asDouble()).isBetween(0.99, 1.01);
        assertThat(search.outputJson().at("/0/embedding_id").asText()).hasSize(36);
    }

    @Test
    void retriever_isOneObservationWithItsStore_andTheEmbeddingIsBelow() throws Exception {
        fill();

        BENCH.play(version, "retrieve");

        List<CollectedObservation> both = BENCH.take(2);
        CollectedObservation retriever = both.get(0);
        assertThat(retriever.type()).isEqualTo("retriever");
        assertThat(retriever.name()).isEqualTo("EmbeddingStoreContentRetriever.retrieve");
        assertThat(retriever.parentId()).isNull();
        assertThat(retriever.input()).isEqualTo(QUESTION);
        assertThat(retriever.outputJson()).hasSize(2);
        assertThat(retriever.outputJson().findValuesAsText("content"))
                .containsExactlyInAnyOrder("Cats like valerian tea", "Dogs run after balls");
        assertThat(retriever.outputJson().findValues("score")).hasSize(2);
        assertThat(retriever.attributes())
                .containsEntry("gen_ai.operation.name", "retrieval")
                .containsEntry("db.operation.name", "search")
                .containsEntry("langfuse.observation.metadata.max_results", "2");
        assertThat(both.get(1).parentId()).isEqualTo(retriever.id());
        assertEmbedding(both.get(1), "\"" + QUESTION + "\"", 1);
    }

    @Test
    void retrieverOfTheApplication_isRecorded() throws Exception {
        assertThat(BENCH.play(version, "retrieveOwn")).isEqualTo("Cats like valerian tea");

        assertShelf(BENCH.take());
    }

    @Test
    void retriever_thatFails_isAnError() throws Exception {
        assertThat(BENCH.play(version, "retrieveFails")).contains("locked");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.name()).isEqualTo("Locked.retrieve");
        assertThat(retriever.level()).isEqualTo("ERROR");
        assertThat(retriever.message()).isEqualTo("IllegalStateException: locked");
    }

    @Test
    void ingestor_isAChainOfEmbeddingAndStore() throws Exception {
        assertThat(BENCH.play(version, "ingest")).isEqualTo("done");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(all).extracting(CollectedObservation::type).containsExactly("chain", "embedding", "span");
        assertThat(all.get(0).name()).isEqualTo("EmbeddingStoreIngestor.ingest");
        assertThat(all.get(0).inputJson()).isEqualTo(json("{'documents':2}"));
        assertThat(all.get(1).parentId()).isEqualTo(all.get(0).id());
        assertThat(all.get(2).parentId()).isEqualTo(all.get(0).id());
        assertThat(all.get(2).name()).isEqualTo("InMemoryEmbeddingStore.addAll");
        assertThat(all.get(2).inputJson().at("/texts")).isEqualTo(json("['Cats like tea','Dogs like balls']"));
        assertThat(all.get(2).inputJson().at("/embeddings")).isEqualTo(json("{'vectors':2,'dimensions':64}"));
    }

    @Test
    void service_retrievesWithinItsChain_beforeItAsksTheModel() throws Exception {
        PROVIDER.answerNext(Answer.text("Valerian."));

        assertThat(BENCH.play(version, "service")).isEqualTo("Valerian.");

        List<CollectedObservation> all = BENCH.take(4);
        assertThat(all)
                .extracting(CollectedObservation::name)
                .containsExactly(
                        "Librarian.ask", "DefaultRetrievalAugmentor.augment", "Shelf.retrieve", "chat gpt-4o-mini");
        assertThat(all)
                .extracting(CollectedObservation::parentId)
                .containsExactly(
                        null, all.get(0).id(), all.get(1).id(), all.get(0).id());
        CollectedObservation augmentor = all.get(1);
        assertThat(augmentor.type()).isEqualTo("chain");
        assertThat(augmentor.input()).isEqualTo(QUESTION);
        assertThat(augmentor.outputJson().findValuesAsText("content"))
                .containsExactly("Cats like valerian tea", "Tea is a plant");
        assertThat(all.get(2).input()).isEqualTo(QUESTION);
        assertThat(all.get(3).inputJson().at("/0/content").asText()).contains("Cats like valerian tea");
    }

    @Test
    void severalRetrievers_onThreadsOfTheLibrary_areWithinTheAugmentor_andScoredThere() throws Exception {
        fill();
        PROVIDER.answerNext(Answer.extractive(), Answer.text("Valerian."));

        assertThat(BENCH.play(version, "rerank")).isEqualTo("Valerian.");

        List<CollectedObservation> all = BENCH.take(7);
        Map<String, CollectedObservation> byName =
                all.stream().collect(Collectors.toMap(CollectedObservation::name, observation -> observation));
        CollectedObservation augmentor = byName.get("DefaultRetrievalAugmentor.augment");
        assertThat(augmentor.parentId()).isEqualTo(byName.get("Librarian.ask").id());
        assertThat(byName.get("Shelf.retrieve").parentId()).isEqualTo(augmentor.id());
        CollectedObservation stored = byName.get("EmbeddingStoreContentRetriever.retrieve");
        assertThat(stored.parentId()).isEqualTo(augmentor.id());
        assertThat(byName.get("embeddings text-embedding-3-small").parentId()).isEqualTo(stored.id());
        CollectedObservation scoring = byName.get("rerank");
        assertThat(scoring.type()).isEqualTo("retriever");
        assertThat(scoring.parentId()).isEqualTo(augmentor.id());
        assertThat(scoring.inputJson().at("/query").asText()).isEqualTo(QUESTION);
        assertThat(scoring.inputJson().at("/documents")).hasSize(3);
        assertThat(scoring.outputJson().findValues("relevance_score")).hasSize(3);
        assertThat(augmentor.outputJson().findValuesAsText("content")).containsExactly("Cats like valerian tea");
        assertThat(augmentor.outputJson().at("/0/reranked_score").asDouble()).isEqualTo(0.6);
    }

    private void fill() throws Exception {
        assertThat(BENCH.play(version, "fill")).isEqualTo("2");
        CollectedObservation added = BENCH.take();
        assertThat(added.name()).isEqualTo("InMemoryEmbeddingStore.addAll");
        assertThat(added.outputJson()).hasSize(2);
    }

    private static void assertShelf(CollectedObservation retriever) throws IOException {
        assertThat(retriever.type()).isEqualTo("retriever");
        assertThat(retriever.name()).isEqualTo("Shelf.retrieve");
        assertThat(retriever.level()).isEqualTo("DEFAULT");
        assertThat(retriever.input()).isEqualTo(QUESTION);
        assertThat(retriever.outputJson())
                .isEqualTo(json("[{'content':'Cats like valerian tea','metadata':{'source':'cats.txt'}},"
                        + "{'content':'Tea is a plant'}]"));
    }

    private static void assertEmbedding(CollectedObservation observation, String input, int vectors)
            throws IOException {
        assertThat(observation.type()).isEqualTo("embedding");
        assertThat(observation.name()).isEqualTo("embeddings text-embedding-3-small");
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.model()).isEqualTo("text-embedding-3-small");
        assertThat(observation.inputJson()).isEqualTo(JSON.readTree(input));
        assertThat(observation.outputJson()).isEqualTo(json("{'vectors':" + vectors + ",'dimensions':64}"));
        assertThat(observation.usage()).containsOnlyKeys("input", "total");
        assertThat(observation.usage().get("input"))
                .isPositive()
                .isEqualTo(observation.usage().get("total"));
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", "embeddings")
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "text-embedding-3-small");
    }

    private static JsonNode json(String singleQuoted) throws IOException {
        return JSON.readTree(singleQuoted.replace('\'', '"'));
    }
}
