package dev.sonde.agent.calls;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts JSON text into the text of its parts without parsing it into objects, so that what was sent is recorded as it
 * was sent. Expects the output of a JSON writer; on anything else the cuts are wrong but nothing is thrown for text
 * that is at least balanced.
 */
public final class JsonText {
    private static final int LONG_STRING = 2_000;
    private static final int KEPT_OF_LONG_STRING = 200;

    private JsonText() {}

    /** The members of an object in order, names unescaped, values as text; empty for anything but an object. */
    public static Map<String, String> fields(@Nullable String json) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (json == null || json.length() < 2 || json.charAt(0) != '{') {
            return fields;
        }
        int end = json.length() - 1;
        for (int start = skipSpace(json, 1, end); start < end; ) {
            int next = partEnd(json, start, end);
            int nameEnd = stringEnd(json, start);
            int colon = nameEnd < next ? json.indexOf(':', nameEnd) : -1;
            if (colon > 0 && colon < next) {
                fields.put(
                        string(json.substring(start, nameEnd)),
                        json.substring(colon + 1, next).strip());
            }
            start = skipSpace(json, next + 1, end);
        }
        return fields;
    }

    private static int skipSpace(String json, int from, int end) {
        int at = from;
        while (at < end && json.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    /** The elements of an array in order as text; empty for anything but an array. */
    public static List<String> elements(@Nullable String json) {
        return parts(json, '[');
    }

    /** The content of a JSON string; any other value as it is written. */
    public static String string(String json) {
        if (json.length() < 2 || json.charAt(0) != '"') {
            return json;
        }
        if (json.indexOf('\\') < 0) {
            return json.substring(1, json.length() - 1);
        }
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 1; i < json.length() - 1; i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = json.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'u' -> {
                    text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }

    /** The content of a JSON string, null for a missing value or JSON's null. */
    public static @Nullable String stringOrNull(@Nullable String json) {
        return json == null || json.equals("null") ? null : string(json);
    }

    /** The number, 0 for anything that is no whole number. */
    public static long number(@Nullable String json) {
        if (json == null || json.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if ((c < '0' || c > '9') && !(i == 0 && c == '-' && json.length() > 1)) {
                return 0;
            }
        }
        return json.length() > 18 ? 0 : Long.parseLong(json);
    }

    /**
     * The JSON text in at most so many characters: as it is when it fits, else with its long strings, such as images in
     * base64, shortened to their beginning, else only a note of its length.
     */
    public static String within(String json, int maxChars) {
        if (json.length() <= maxChars) {
            return json;
        }
        StringBuilder shortened = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < json.length(); i++) {
            if (json.charAt(i) != '"') {
                continue;
            }
            int end = stringEnd(json, i);
            if (end - i > LONG_STRING) {
                int cut = escapeSafe(json, i + 1, i + KEPT_OF_LONG_STRING);
                shortened
                        .append(json, copied, cut)
                        .append("… (")
                        .append(end - 1 - cut)
                        .append(" more)\"");
                copied = end;
            }
            i = end - 1;
        }
        shortened.append(json, copied, json.length());
        return shortened.length() <= maxChars ? shortened.toString() : "\"" + json.length() + " characters\"";
    }

    /** The first position from the limit on that is not within an escape sequence. */
    private static int escapeSafe(String json, int start, int limit) {
        int i = start;
        while (i < limit) {
            if (json.charAt(i) == '\\') {
                i += json.charAt(i + 1) == 'u' ? 6 : 2;
            } else {
                i += Character.isHighSurrogate(json.charAt(i)) ? 2 : 1;
            }
        }
        return i;
    }

    /** An object of these members, whose values are JSON text. */
    public static String object(Map<String, String> members) {
        StringBuilder json = new StringBuilder("{");
        members.forEach((name, value) -> appendQuoted(json.append(json.length() == 1 ? "" : ","), name)
                .append(':')
                .append(value));
        return json.append('}').toString();
    }

    /** The text as a JSON string. */
    public static String quoted(CharSequence text) {
        return appendQuoted(new StringBuilder(text.length() + 2), text).toString();
    }

    /** Appends the text as a JSON string. */
    public static StringBuilder appendQuoted(StringBuilder target, CharSequence text) {
        target.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                target.append('\\').append(c);
            } else if (c >= 0x20) {
                target.append(c);
            } else if (c == '\n') {
                target.append("\\n");
            } else {
                target.append("\\u00").append(c < 0x10 ? '0' : '1').append(Character.forDigit(c & 0xF, 16));
            }
        }
        return target.append('"');
    }

    private static List<String> parts(@Nullable String json, char opening) {
        List<String> parts = new ArrayList<>();
        if (json == null || json.length() < 2 || json.charAt(0) != opening) {
            return parts;
        }
        int start = 1;
        int end = json.length() - 1;
        while (start < end) {
            int next = partEnd(json, start, end);
            String part = json.substring(start, next).strip();
            if (!part.isEmpty()) {
                parts.add(part);
            }
            start = next + 1;
        }
        return parts;
    }

    /** The position of the comma that ends the part, or the limit. */
    private static int partEnd(String json, int start, int limit) {
        int depth = 0;
        for (int i = start; i < limit; i++) {
            switch (json.charAt(i)) {
                case '"' -> i = stringEnd(json, i) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return limit;
    }

    /** The position behind the string that begins here. */
    private static int stringEnd(String json, int quote) {
        for (int i = quote + 1; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        return json.length();
    }
}
