package dev.sonde.agent.instrumentation.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.IOException;

/** What both clients' tests expect of a search. */
final class Elastic {
    private Elastic() {}

    static void assertFound(CollectedObservation retriever, String system) throws IOException {
        assertThat(retriever.type()).isEqualTo("retriever");
        assertThat(retriever.name()).isEqualTo("search docs");
        assertThat(retriever.level()).isEqualTo("DEFAULT");
        assertThat(retriever.outputJson()).isEqualTo(json("""
                                [{"id":"1","score":1.0,
                                  "source":{"text":"It rains in Paris.","embedding":{"dimension":20}}},
                                 {"id":"2","score":0.5,
                                  "source":{"text":"Il pleut.","embedding":{"dimension":20}}}]"""));
        assertThat(retriever.attributes())
                .containsEntry("db.system.name", system)
                .containsEntry("db.operation.name", "search")
                .containsEntry("db.collection.name", "docs")
                .containsEntry("db.response.returned_rows", 2L)
                .containsEntry("gen_ai.operation.name", "retrieval")
                .containsEntry("gen_ai.retrieval.top_k", 2L)
                .containsEntry("server.address", "localhost")
                .containsKey("server.port");
    }

    static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
