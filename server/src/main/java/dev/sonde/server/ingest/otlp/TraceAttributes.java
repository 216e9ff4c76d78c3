package dev.sonde.server.ingest.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a span says about its trace, and the metadata of both. */
final class TraceAttributes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE_METADATA = "langfuse.trace.metadata";
    private static final String OBSERVATION_METADATA = "langfuse.observation.metadata";
    private static final String METADATA = "langfuse.metadata";

    /** Any of these makes a span say something about its trace. */
    private static final List<String> TRIGGERS = List.of(
            "langfuse.trace.name",
            "user.id",
            "langfuse.user.id",
            "session.id",
            "langfuse.session.id",
            "langfuse.trace.tags",
            "tag.tags",
            "langfuse.trace.public",
            "langfuse.trace.input",
            "langfuse.trace.output",
            "ai.telemetry.metadata.userId",
            "ai.telemetry.metadata.sessionId",
            "ai.telemetry.metadata.tags");

    private final OtlpSpan span;

    TraceAttributes(OtlpSpan span) {
        this.span = span;
    }

    boolean saysSomething() {
        return span.firstText(TRIGGERS.toArray(String[]::new)) != null
                || span.attributes().keySet().stream().anyMatch(key -> key.startsWith(TRACE_METADATA));
    }

    @Nullable
    String userId() {
        return span.firstText(
                "langfuse.user.id",
                "user.id",
                OBSERVATION_METADATA + ".langfuse_user_id",
                TRACE_METADATA + ".langfuse_user_id",
                "ai.telemetry.metadata.userId");
    }

    @Nullable
    String sessionId() {
        return span.firstText(
                "langfuse.session.id",
                "session.id",
                "gen_ai.conversation.id",
                OBSERVATION_METADATA + ".langfuse_session_id",
                TRACE_METADATA + ".langfuse_session_id",
                "ai.telemetry.metadata.sessionId");
    }

    @Nullable
    String version() {
        String own = span.text("langfuse.version");
        return own != null ? own : OtlpSpan.text(span.source().resource().get("service.version"));
    }

    @Nullable
    String release() {
        String own = span.text("langfuse.release");
        return own != null ? own : OtlpSpan.text(span.source().resource().get("langfuse.release"));
    }

    @Nullable
    Boolean isPublic() {
        String said = span.firstText("langfuse.trace.public", "langfuse.public");
        return said == null ? null : said.equals("true");
    }

    /** Whether the client's application begins here, whatever called it; null when nothing was said. */
    @Nullable
    Boolean isAppRoot() {
        String said = span.firstText("langfuse.internal.is_app_root", "langfuse.internal.as_root");
        return said == null ? null : said.equals("true");
    }

    /** Sorted, distinct; null when nothing was said. */
    @Nullable
    List<String> tags() {
        for (String key : List.of(
                "langfuse.trace.tags",
                "langfuse.tags",
                "tag.tags",
                "ai.telemetry.metadata.tags",
                OBSERVATION_METADATA + ".langfuse_tags",
                TRACE_METADATA + ".langfuse_tags")) {
            JsonNode said = span.attributes().get(key);
            if (said != null) {
                return tags(said);
            }
        }
        return null;
    }

    /** The trace's own metadata. */
    Map<String, String> metadata() {
        Map<String, String> all = new LinkedHashMap<>();
        gather(all, METADATA);
        gather(all, TRACE_METADATA);
        return all;
    }

    /**
     * The observation's metadata; where no Langfuse client named it, also the attributes that mean nothing else here.
     *
     * @param consumed attributes that became input or output
     */
    Map<String, String> observationMetadata(Set<String> consumed) {
        Map<String, String> all = new LinkedHashMap<>();
        gather(all, METADATA);
        gather(all, OBSERVATION_METADATA);
        if (!span.source().scope().startsWith("langfuse-sdk")) {
            span.attributes().forEach((key, value) -> {
                String text = OtlpSpan.text(value);
                if (text != null && !isKnown(key, consumed)) {
                    all.put(key, text);
                }
            });
        }
        return all;
    }

    private static boolean isKnown(String key, Set<String> consumed) {
        return consumed.contains(key)
                || key.startsWith("langfuse.")
                || key.equals("user.id")
                || key.equals("session.id")
                || key.startsWith("gen_ai.prompt")
                || key.startsWith("gen_ai.completion")
                || key.startsWith("llm.input_messages")
                || key.startsWith("llm.output_messages")
                || key.startsWith("gen_ai.usage.");
    }

    /** An object under the name itself, and single entries under the name and a dot. */
    private void gather(Map<String, String> all, String name) {
        String whole = span.text(name);
        if (whole != null && whole.startsWith("{")) {
            try {
                JSON.readTree(whole).properties().forEach(entry -> put(all, entry.getKey(), entry.getValue()));
            } catch (JsonProcessingException e) {
                all.put("metadata", whole);
            }
        }
        span.attributes().forEach((key, value) -> {
            if (key.startsWith(name + ".")) {
                put(all, key.substring(name.length() + 1), value);
            }
        });
    }

    private static void put(Map<String, String> all, String key, JsonNode value) {
        String text = OtlpSpan.text(value);
        if (text != null) {
            all.put(key, text);
        }
    }

    private static List<String> tags(JsonNode said) {
        TreeSet<String> tags = new TreeSet<>();
        JsonNode tree = said;
        if (said.isTextual() && said.asText().startsWith("[")) {
            try {
                tree = JSON.readTree(said.asText());
            } catch (JsonProcessingException e) {
                tree = said; // a tag that begins with a bracket
            }
        }
        if (tree.isArray()) {
            tree.forEach(tag -> tags.add(tag.asText()));
        } else {
            Arrays.stream(tree.asText().split(",")).map(String::strip).forEach(tags::add);
        }
        tags.remove("");
        return List.copyOf(tags);
    }
}
