package dev.sonde.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.collector.CollectedObservation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents, and what lets them work together. */
@ParameterizedClass(name = "LangChain4j {0}")
@ValueSource(strings = {LangChain4jApps.NEWEST, LangChain4jApps.FIRST_WITH_AGENTS})
class LangChain4jAgentsIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LangChain4jApps.bench("AgentsApp", PROVIDER);

    @Parameter
    private String version;

    @Test
    void agent_isAnAgentAndNoChain() throws Exception {
        PROVIDER.answerNext(Answer.text("Cats purr."));

        assertThat(BENCH.play(version, "agent")).isEqualTo("Cats purr.");

        List<CollectedObservation> both = BENCH.take(2);
        assertWriter(both.get(0));
        assertThat(both.get(0).parentId()).isNull();
        assertThat(both.get(1).type()).isEqualTo("generation");
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
    }

    @Test
    void sequence_isAnAgentOfItsAgents() throws Exception {
        PROVIDER.answerNext(Answer.text("Cats purr."), Answer.text("Cats purr softly."));

        assertThat(BENCH.play(version, "sequence")).isEqualTo("Cats purr softly.");

        List<CollectedObservation> all = BENCH.take(5);
        assertThat(all)
                .extracting(CollectedObservation::name)
                .containsExactly(
                        "Newsroom.produce", "Writer.write", "chat gpt-4o-mini", "Editor.edit", "chat gpt-4o-mini");
        assertThat(all)
                .extracting(CollectedObservation::type)
                .containsExactly("agent", "agent", "generation", "agent", "generation");
        String room = all.get(0).id();
        assertThat(all)
                .extracting(CollectedObservation::parentId)
                .containsExactly(null, room, all.get(1).id(), room, all.get(3).id());
        assertThat(all.get(0).input()).isEqualTo("cats");
        assertThat(all.get(0).output()).isEqualTo("Cats purr softly.");
        assertWriter(all.get(1));
        assertThat(all.get(3).input()).isEqualTo("Cats purr.");
        assertThat(all.get(3).attributes()).containsEntry("gen_ai.agent.name", "editor");
        assertThat(all).extracting(CollectedObservation::level).containsOnly("DEFAULT");
    }

    @Test
    void sequence_ofAModelThatRefuses_failsAsAWhole() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        assertThat(BENCH.play(version, "sequence")).startsWith("threw ");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(all).extracting(CollectedObservation::type).containsExactly("agent", "agent", "generation");
        assertThat(all).extracting(CollectedObservation::level).containsOnly("ERROR");
        assertThat(all)
                .extracting(CollectedObservation::message)
                .allSatisfy(message -> assertThat(message).contains("Slow down."));
    }

    @Test
    void agentOfPlainCode_isAnAgent() throws Exception {
        BENCH.play(version, "plain");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::type).containsOnly("agent");
        assertThat(both.get(0).inputJson().at("/story").asText()).isEqualTo("Cats purr");
        CollectedObservation titles = both.get(1);
        assertThat(titles.name()).isEqualTo("Titles.title");
        assertThat(titles.parentId()).isEqualTo(both.get(0).id());
        assertThat(titles.input()).isEqualTo("Cats purr");
        assertThat(titles.output()).isEqualTo("On Cats");
    }

    @Test
    void agentOfPlainCode_thatThrows_isAnErrorWithItsCause() throws Exception {
        assertThat(BENCH.play(version, "plainFails")).startsWith("threw ");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::level).containsOnly("ERROR");
        assertThat(both.get(1).message()).isEqualTo("IllegalStateException: nothing to name");
    }

    @Test
    void parallelAgents_onOtherThreads_areWithinTheWorkflow() throws Exception {
        PROVIDER.answerNext(Answer.text("Cats purr."));

        assertThat(BENCH.play(version, "parallel")).isEqualTo("done");

        List<CollectedObservation> all = BENCH.take(4);
        CollectedObservation workflow = all.get(0);
        assertThat(workflow.type()).isEqualTo("agent");
        assertThat(workflow.parentId()).isNull();
        assertThat(workflow.output()).isEqualTo("done");
        assertThat(all.subList(1, 4))
                .filteredOn(observation -> observation.type().equals("agent"))
                .extracting(CollectedObservation::name)
                .containsExactlyInAnyOrder("Writer.write", "Titles.title");
        assertThat(all.subList(1, 4))
                .filteredOn(observation -> observation.type().equals("agent"))
                .extracting(CollectedObservation::parentId)
                .containsOnly(workflow.id());
    }

    @Test
    void workflowInAWorkflow_isOneAgentThere() throws Exception {
        PROVIDER.answerNext(Answer.text("Cats purr."));

        BENCH.play(version, "nested");

        List<CollectedObservation> all = BENCH.take(5);
        assertThat(all.subList(1, 5))
                .extracting(CollectedObservation::name)
                .containsExactly("Newsroom.produce", "Writer.write", "chat gpt-4o-mini", "Titles.title");
        assertThat(all)
                .extracting(CollectedObservation::parentId)
                .containsExactly(
                        null,
                        all.get(0).id(),
                        all.get(1).id(),
                        all.get(2).id(),
                        all.get(0).id());
    }

    @Test
    void supervisor_isAnAgentOfItsPlansAndAgents() throws Exception {
        PROVIDER.answerNext(
                Answer.text("{\"agentName\":\"write\",\"arguments\":{\"topic\":\"cats\"}}"),
                Answer.text("Cats purr."),
                Answer.text("{\"agentName\":\"done\",\"arguments\":{\"response\":\"Written.\"}}"));

        BENCH.play(version, "supervisor");

        List<CollectedObservation> all = BENCH.take(7);
        assertThat(all)
                .extracting(CollectedObservation::name)
                .containsExactly(
                        "SupervisorAgent.invoke",
                        "PlannerAgent.plan",
                        "chat gpt-4o-mini",
                        "Writer.write",
                        "chat gpt-4o-mini",
                        "PlannerAgent.plan",
                        "chat gpt-4o-mini");
        String supervisor = all.get(0).id();
        assertThat(List.of(all.get(1), all.get(3), all.get(5)))
                .extracting(CollectedObservation::parentId)
                .containsOnly(supervisor);
        assertThat(all.get(0).input()).isEqualTo("Write about cats");
        assertThat(all.get(0).type()).isEqualTo("agent");
        assertThat(all.get(0).output()).isNotBlank();
        assertThat(all).extracting(CollectedObservation::level).containsOnly("DEFAULT");
    }

    private static void assertWriter(CollectedObservation writer) {
        assertThat(writer.type()).isEqualTo("agent");
        assertThat(writer.name()).isEqualTo("Writer.write");
        assertThat(writer.input()).isEqualTo("cats");
        assertThat(writer.output()).isEqualTo("Cats purr.");
        assertThat(writer.attributes())
                .containsEntry("gen_ai.operation.name", "invoke_agent")
                .containsEntry("gen_ai.agent.name", "write");
    }
}
