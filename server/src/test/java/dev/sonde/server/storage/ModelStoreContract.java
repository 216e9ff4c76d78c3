package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.PricedModel;
import dev.sonde.server.model.PricedModel.AttributeCondition;
import dev.sonde.server.model.PricedModel.Operator;
import dev.sonde.server.model.PricedModel.Source;
import dev.sonde.server.model.PricedModel.Tier;
import dev.sonde.server.model.PricedModel.UsageCondition;
import dev.sonde.server.model.Project;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link ModelStore} promises. */
public abstract class ModelStoreContract extends StorageContract {

    @BeforeEach
    final void saveProjects() {
        for (String id : List.of(PROJECT, "project-2")) {
            storage.control().saveProject(new Project(id, id, new Project.Organisation("o", "o"), NOON));
        }
    }

    @Test
    final void save_isFoundAsItWas_afterReopeningToo() {
        PricedModel full = new PricedModel(
                "m1",
                PROJECT,
                "mine",
                "(?i)^mine$",
                NOON,
                PricedModel.Unit.CHARACTERS,
                new PricedModel.Tokenizer("openai", "{\"tokenizerModel\":\"gpt-4o\"}"),
                List.of(
                        new Tier(
                                "t0",
                                "Standard",
                                true,
                                0,
                                List.of(),
                                Map.of("input", new BigDecimal("0.000000000001"))),
                        new Tier(
                                "t1",
                                "Much",
                                false,
                                3,
                                List.of(
                                        new UsageCondition("input", Operator.NEQ, new BigDecimal("0.5"), true),
                                        new AttributeCondition(Source.METADATA, "k", List.of("a", "b"))),
                                Map.of("input", new BigDecimal("12345678.9")))),
                NOON);
        PricedModel bare = bare("m2", PROJECT, "bare");

        storage.models().save(full);
        storage.models().save(bare);
        reopen();

        assertThat(storage.models().find(PROJECT, "m1")).contains(full);
        assertThat(storage.models().list(PROJECT)).containsExactly(bare, full);
    }

    @Test
    final void models_areTheirProjectsAlone() {
        storage.models().save(bare("m1", PROJECT, "one"));

        assertThat(storage.models().find("project-2", "m1")).isEmpty();
        assertThat(storage.models().list("project-2")).isEmpty();
        assertThat(storage.models().delete("project-2", "m1")).isFalse();
        storage.models().save(bare("m1", "project-2", "other"));
        assertThat(storage.models().find(PROJECT, "m1")).contains(bare("m1", PROJECT, "one"));
        assertThat(storage.models().find("project-2", "m1")).contains(bare("m1", "project-2", "other"));
    }

    @Test
    final void save_takesThePlaceOfTheOneBefore() {
        storage.models().save(bare("m1", PROJECT, "one"));
        storage.models().save(bare("m1", PROJECT, "two"));

        assertThat(storage.models().list(PROJECT)).containsExactly(bare("m1", PROJECT, "two"));
    }

    @Test
    final void delete_leavesTheOthers() {
        storage.models().save(bare("m1", PROJECT, "one"));
        storage.models().save(bare("m2", PROJECT, "two"));

        assertThat(storage.models().delete(PROJECT, "m1")).isTrue();
        assertThat(storage.models().delete(PROJECT, "m1")).isFalse();
        assertThat(storage.models().list(PROJECT)).extracting(PricedModel::id).containsExactly("m2");
    }

    private static PricedModel bare(String id, String project, String name) {
        return new PricedModel(
                id,
                project,
                name,
                "^" + name + "$",
                null,
                null,
                null,
                List.of(new Tier("t", "Standard", true, 0, List.of(), Map.of("total", BigDecimal.ONE))),
                NOON);
    }
}
