package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of text that stands for an input or an output in a list: what a person said, where it is a conversation. */
final class Previews {

    private static final int MOST = 300;
    private static final int LARGEST_PARSED = 200_000;

    /** Fields that hold what was said, in messages of all providers and in objects of applications. */
    private static final List<String> SAYING = List.of(
            "content",
            "text",
            "messages",
            "choices",
            "message",
            "output",
            "parts",
            "answer",
            "question",
            "query",
            "result");

    private Previews() {}

    static @Nullable String of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String shown = text;
        if (text.length() <= LARGEST_PARSED && (text.startsWith("{") || text.startsWith("["))) {
            JsonNode tree = Json.stored(text);
            String said = tree == null ? null : said(tree, 0);
            shown = said == null ? text : said;
        }
        String line = shown.strip().replaceAll("\\s+", " ");
        return line.length() <= MOST ? line : line.substring(0, MOST - 1) + "…";
    }

    /** The last thing said in it, or null where it is no conversation. */
    private static @Nullable String said(JsonNode node, int depth) {
        if (depth > 6 || node.isNull()) {
            return null;
        }
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.isArray()) {
            for (int i = node.size() - 1; i >= 0; i--) {
                String said = said(node.get(i), depth + 1);
                if (said != null) {
                    return said;
                }
            }
            return null;
        }
        for (String key : SAYING) {
            String said = node.has(key) ? said(node.get(key), depth + 1) : null;
            if (said != null) {
                return said;
            }
        }
        return node.size() == 1 && node.elements().next().isTextual()
                ? node.elements().next().asText()
                : null;
    }
}
