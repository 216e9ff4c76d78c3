package dev.sonde.runtime.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A text in which each {@code {path}} is replaced by what it leads to. */
final class Text {

    /** Literals and paths, in order. */
    private final List<Object> parts;

    private Text(List<Object> parts) {
        this.parts = parts;
    }

    /** @throws IllegalArgumentException when a path in it cannot be read */
    static Text parse(String text, List<String> parameters) {
        List<Object> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                parts.add(text.substring(at));
                break;
            }
            if (open > at) {
                parts.add(text.substring(at, open));
            }
            parts.add(Path.parse(text.substring(open + 1, close), parameters));
            at = close + 1;
        }
        return new Text(parts);
    }

    static Text of(Path path) {
        return new Text(List.of(path));
    }

    boolean isConstant() {
        return parts.stream().noneMatch(Path.class::isInstance);
    }

    boolean needsEnd() {
        return parts.stream().anyMatch(part -> part instanceof Path path && path.needsEnd());
    }

    /** The text for one call; null when it is nothing but a path that leads nowhere. */
    @Nullable
    String in(Invocation call) {
        if (parts.size() == 1 && parts.get(0) instanceof Path path) {
            return Objects.toString(path.in(call), null);
        }
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(part instanceof Path path ? Objects.toString(path.in(call), "") : part);
        }
        return text.toString();
    }
}
