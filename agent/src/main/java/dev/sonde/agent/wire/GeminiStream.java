package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The answer of a content stream, folded response by response, so that what came is there when the stream breaks off. */
public final class GeminiStream implements Fold {
    /** The fields of a response that say something of the whole; the last to say it holds. */
    private static final List<String> WHOLE = List.of("responseId", "modelVersion", "usageMetadata", "promptFeedback");

    private final Map<String, String> whole = new LinkedHashMap<>();
    private final TreeMap<Long, Candidate> candidates = new TreeMap<>();

    /** @param part the JSON text of a response */
    @Override
    public boolean add(Object part) {
        Map<String, String> response = JsonText.fields((String) part);
        for (String field : WHOLE) {
            String value = response.get(field);
            if (value != null && !value.equals("null")) {
                whole.put(field, value);
            }
        }
        boolean content = false;
        for (String candidate : JsonText.elements(response.get("candidates"))) {
            Map<String, String> fields = JsonText.fields(candidate);
            content |= candidates
                    .computeIfAbsent(JsonText.number(fields.get("index")), missing -> new Candidate())
                    .add(fields);
        }
        return content;
    }

    @Override
    public Answered answered() {
        List<String> contents = new ArrayList<>();
        List<String> finishReasons = new ArrayList<>();
        for (Candidate candidate : candidates.values()) {
            contents.add(candidate.content());
            if (candidate.finishReason != null) {
                finishReasons.add(candidate.finishReason);
            }
        }
        return GeminiContent.answered(whole, GeminiContent.output(contents, whole), finishReasons);
    }

    /** One candidate: pieces of text that follow each other are one part, all else stays a part of its own. */
    private static final class Candidate {
        private final List<String> parts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private boolean thought;
        private String role = "model";
        private @Nullable String finishReason;

        boolean add(Map<String, String> candidate) {
            String reason = JsonText.stringOrNull(candidate.get("finishReason"));
            finishReason = reason == null ? finishReason : reason;
            Map<String, String> content = JsonText.fields(candidate.get("content"));
            String newRole = JsonText.stringOrNull(content.get("role"));
            role = newRole == null ? role : newRole;
            boolean added = false;
            for (String part : JsonText.elements(content.get("parts"))) {
                added |= addPart(part);
            }
            return added;
        }

        private boolean addPart(String partJson) {
            Map<String, String> part = JsonText.fields(partJson);
            String piece = JsonText.stringOrNull(part.get("text"));
            if (piece == null) {
                flush();
                parts.add(GeminiContent.partWithDataUri(partJson));
                return true;
            }
            boolean ofThought = "true".equals(part.get("thought"));
            if (ofThought != thought) {
                flush();
                thought = ofThought;
            }
            text.append(piece);
            return !piece.isEmpty();
        }

        private void flush() {
            if (!text.isEmpty()) {
                parts.add(textPart());
                text.setLength(0);
            }
        }

        private String textPart() {
            StringBuilder json = JsonText.appendQuoted(new StringBuilder("{\"text\":"), text);
            return json.append(thought ? ",\"thought\":true}" : "}").toString();
        }

        String content() {
            List<String> all = new ArrayList<>(parts);
            if (!text.isEmpty()) {
                all.add(textPart());
            }
            StringBuilder json = new StringBuilder("{\"parts\":[").append(String.join(",", all));
            return JsonText.appendQuoted(json.append("],\"role\":"), role)
                    .append('}')
                    .toString();
        }
    }
}
