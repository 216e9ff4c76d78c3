package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.calls.JsonText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text put together from the text of its parts. */
final class Parts {
    private Parts() {}

    /** An object of these members. */
    static String object(Map<String, String> members) {
        StringBuilder json = new StringBuilder("{");
        members.forEach((name, value) -> {
            if (!value.equals("null")) {
                JsonText.appendQuoted(json.append(json.length() == 1 ? "" : ","), name)
                        .append(':')
                        .append(value);
            }
        });
        return json.append('}').toString();
    }

    static String array(Collection<String> elements) {
        return "[" + String.join(",", elements) + "]";
    }

    static String quoted(CharSequence text) {
        return JsonText.appendQuoted(new StringBuilder(), text).toString();
    }

    /** A message of the model with this content, which is JSON text. */
    static String message(String content) {
        return "{\"role\":\"assistant\",\"content\":" + content + "}";
    }

    /** One message by itself, several as an array; null for none. */
    static @Nullable String output(List<String> messages) {
        return switch (messages.size()) {
            case 0 -> null;
            case 1 -> messages.get(0);
            default -> array(messages);
        };
    }

    /** Whether the text is a JSON object from its beginning to its end, and not only the beginning of one. */
    static boolean isWhole(CharSequence json) {
        int depth = 0;
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString) {
                i += c == '\\' ? 1 : 0;
                inString = c != '"';
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else {
                inString = c == '"';
            }
        }
        return depth == 0 && !inString && json.length() > 1 && json.charAt(0) == '{';
    }
}
