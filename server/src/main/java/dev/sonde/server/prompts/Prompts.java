package dev.sonde.server.prompts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.server.model.Prompt;
import dev.sonde.server.storage.PromptStore;
import dev.sonde.server.storage.PromptStore.Deletion;
import dev.sonde.server.storage.PromptStore.Draft;
import dev.sonde.server.storage.PromptStore.Reference;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prompts as their users see them: checked when they are made, put together when they are read. Thread-safe. */
public final class Prompts {

    private final PromptStore store;
    private final Clock clock;

    public Prompts(PromptStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Stores the next version of a name.
     *
     * @param createdBy an account's id, or {@code API}
     * @throws IllegalArgumentException naming the field and its rule
     */
    public Prompt create(String projectId, JsonNode body, String createdBy) {
        Draft draft = PromptBody.draft(projectId, body, createdBy, clock.instant());
        resolver(projectId).resolve("", draft.name(), draft.type(), draft.content());
        return store.create(draft);
    }

    public Optional<Prompt> find(String projectId, Reference wanted) {
        Integer version = wanted.version();
        return version != null
                ? store.find(projectId, wanted.name(), version)
                : store.find(projectId, wanted.name(), String.valueOf(wanted.label()));
    }

    /**
     * A prompt with everything it embeds.
     *
     * @throws IllegalArgumentException when what it embeds is gone, circular, nested too deeply or too large
     */
    public Resolved resolve(Prompt prompt) {
        PromptResolver resolver = resolver(prompt.projectId());
        String content = resolver.resolve(prompt.id(), prompt.name(), prompt.type(), prompt.content());
        return new Resolved(content, resolver.dependencies());
    }

    /**
     * Adds labels to a version; empty when there is no such version.
     *
     * @throws IllegalArgumentException naming the field and its rule
     */
    public Optional<Prompt> addLabels(String projectId, String name, int version, JsonNode body) {
        return store.addLabels(projectId, name, version, PromptBody.newLabels(body), clock.instant());
    }

    /**
     * Deletes versions of a name: all, or those that a version and a label select; answers how many there were.
     *
     * @throws IllegalArgumentException when another prompt embeds one of them; nothing is deleted then
     */
    public int delete(String projectId, String name, @Nullable Integer version, @Nullable String label) {
        Deletion deletion = store.delete(projectId, name, version, label, clock.instant());
        if (!deletion.dependents().isEmpty()) {
            throw new IllegalArgumentException("Other prompts are depending on the prompt you are trying to delete: "
                    + deletion.dependents().stream()
                            .limit(10)
                            .map(Reference::toString)
                            .collect(Collectors.joining(", ")));
        }
        return deletion.versions().size();
    }

    private PromptResolver resolver(String projectId) {
        return new PromptResolver(reference -> find(projectId, reference));
    }

    /**
     * A prompt's content with everything embedded.
     *
     * @param dependencies what each prompt embeds directly, by id; empty when the prompt embeds nothing
     */
    public record Resolved(String content, Map<String, List<Prompt>> dependencies) {}
}
