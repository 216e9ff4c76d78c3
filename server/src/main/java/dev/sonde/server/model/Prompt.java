package dev.sonde.server.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a prompt. Content, configuration and commit message never change; labels move and tags are set anew.
 *
 * @param version from 1
 * @param content the text, or a JSON array of messages, by {@code type}
 * @param config any JSON, as text
 * @param labels what this version is known by, in the order given; a label stands at one version of a name
 * @param tags of all versions of the name, in the order given
 * @param commitMessage why there is this version, null when nobody said
 * @param createdBy an account's id, or {@code API}
 * @param updatedAt when it was made, or its labels or tags changed last
 */
public record Prompt(
        String id,
        String projectId,
        String name,
        int version,
        PromptType type,
        String content,
        String config,
        List<String> labels,
        List<String> tags,
        @Nullable String commitMessage,
        String createdBy,
        Instant createdAt,
        Instant updatedAt) {

    /** The label that the server keeps at the highest version of a name. */
    public static final String LATEST = "latest";

    /** The label that is read when none is named. */
    public static final String PRODUCTION = "production";

    public Prompt {
        labels = List.copyOf(labels);
        tags = List.copyOf(tags);
    }
}
