package dev.sonde.agent.instrumentation.plainhttp;

/** Where JSON text ends, and where it would. By one thread at a time. */
final class JsonEnds {
    private final String json;
    /** What closes all that is open, the outermost first. */
    private final StringBuilder open = new StringBuilder();

    private boolean inString;
    /** The end of what may be kept of a string. */
    private int stringEnd;
    /** The end of the last whole value or opening. */
    private int valueEnd;

    private char structure = ' ';

    private JsonEnds(String json) {
        this.json = json;
        for (int i = 0; i < json.length(); i++) {
            i = inString ? withinString(i) : outside(i);
        }
    }

    /** The text of a value that was cut off, with all that is open in it closed: a string says so by an ellipsis. */
    static String closed(String json) {
        JsonEnds ends = new JsonEnds(json);
        if (ends.open.isEmpty()) {
            return json;
        }
        boolean valueOpen = ends.inString && (ends.structure == ':' || ends.open.charAt(ends.open.length() - 1) == ']');
        String kept = valueOpen ? json.substring(0, ends.stringEnd) + "…\"" : json.substring(0, ends.valueEnd);
        return kept + ends.open.reverse();
    }

    /** Whether the text is an object to its end. */
    static boolean isWhole(String json) {
        return json.startsWith("{") && new JsonEnds(json).open.isEmpty();
    }

    private int withinString(int i) {
        char c = json.charAt(i);
        int last = c != '\\' ? i : i + 1 < json.length() && json.charAt(i + 1) == 'u' ? i + 5 : i + 1;
        if (last < json.length()) {
            stringEnd = last + 1;
        }
        inString = c != '"';
        return last;
    }

    private int outside(int i) {
        char c = json.charAt(i);
        switch (c) {
            case '"' -> {
                inString = true;
                stringEnd = i + 1;
            }
            case '{', '[' -> {
                open.append(c == '{' ? '}' : ']');
                structure = c;
                valueEnd = i + 1;
            }
            case '}', ']' -> {
                open.setLength(Math.max(0, open.length() - 1));
                structure = c;
                valueEnd = i + 1;
            }
            case ',' -> {
                structure = c;
                valueEnd = i;
            }
            case ':' -> structure = c;
            default -> {}
        }
        return i;
    }
}
