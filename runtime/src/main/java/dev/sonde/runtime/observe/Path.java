package dev.sonde.runtime.observe;

import dev.sonde.runtime.capture.Properties;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path from a call to a value: a parameter, {@code this}, {@code return}, {@code error} or a constant, then properties
 * and indexes, as in {@code request.messages[0].text}. {@code [*]} takes every element. What is not there is null.
 */
public final class Path {

    private static final String EVERY = "[*]";

    /** What a path begins with. */
    private enum Root {
        ARGUMENT,
        THIS,
        RETURN,
        ERROR,
        CONSTANT
    }

    private final Root root;
    private final int argument;
    private final @Nullable Object constant;

    /** Property names, {@code [n]} and {@code [*]}. */
    private final List<String> steps;

    private Path(Root root, int argument, @Nullable Object constant, List<String> steps) {
        this.root = root;
        this.argument = argument;
        this.constant = constant;
        this.steps = List.copyOf(steps);
    }

    /**
     * Reads a path.
     *
     * @param parameters names in order; {@code arg0}, {@code arg1} … are understood as well
     * @throws IllegalArgumentException when it cannot be read, or begins with nothing known
     */
    public static Path parse(String text, List<String> parameters) {
        String path = text.strip();
        if (path.length() >= 2 && path.startsWith("'") && path.endsWith("'")) {
            return constant(path.substring(1, path.length() - 1));
        }
        if (path.equals("true") || path.equals("false")) {
            return constant(Boolean.valueOf(path));
        }
        if (path.matches("-?\\d+(\\.\\d+)?")) {
            return path.indexOf('.') < 0 ? constant(Long.valueOf(path)) : constant(Double.valueOf(path));
        }
        List<String> steps = split(path);
        String first = steps.remove(0);
        return switch (first) {
            case "this" -> new Path(Root.THIS, 0, null, steps);
            case "return" -> new Path(Root.RETURN, 0, null, steps);
            case "error" -> new Path(Root.ERROR, 0, null, steps);
            default -> new Path(Root.ARGUMENT, indexOf(first, parameters, path), null, steps);
        };
    }

    /** The path of a parameter and, where {@code rest} is not empty, on from there. */
    static Path ofArgument(int index, String rest) {
        return new Path(Root.ARGUMENT, index, null, rest.isBlank() ? List.of() : split(rest.strip()));
    }

    private static Path constant(Object value) {
        return new Path(Root.CONSTANT, 0, value, List.of());
    }

    private static int indexOf(String name, List<String> parameters, String path) {
        int index = parameters.indexOf(name);
        for (int i = 0; i < parameters.size() && index < 0; i++) {
            index = name.equals("arg" + i) ? i : -1;
        }
        if (index < 0) {
            throw new IllegalArgumentException(path + ": there is no parameter " + name + " (there are "
                    + String.join(", ", parameters) + ", this, return, error)");
        }
        return index;
    }

    private static List<String> split(String path) {
        List<String> steps = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            int end;
            if (path.charAt(at) == '[') {
                end = path.indexOf(']', at) + 1;
                String step = path.substring(at, Math.max(at, end));
                if (!step.equals(EVERY) && !step.matches("\\[\\d{1,9}]")) {
                    throw new IllegalArgumentException(path + ": expected [number] or [*]");
                }
                steps.add(step);
            } else {
                at = path.charAt(at) == '.' ? at + 1 : at;
                end = at;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                String step = path.substring(at, end);
                if (step.isEmpty() || !step.chars().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '-')) {
                    throw new IllegalArgumentException(path + ": expected a name");
                }
                steps.add(step);
            }
            at = end;
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path is empty");
        }
        return steps;
    }

    /** Whether it can be read only when the call has ended. */
    public boolean needsEnd() {
        return root == Root.RETURN || root == Root.ERROR;
    }

    /** The value now; null where the path leads nowhere. Throws nothing that an accessor throws. */
    public @Nullable Object in(Invocation call) {
        Object value = switch (root) {
            case ARGUMENT -> argument < call.arguments().length ? call.arguments()[argument] : null;
            case THIS -> call.self();
            case RETURN -> call.result();
            case ERROR -> call.error();
            case CONSTANT -> constant;
        };
        return follow(value, 0);
    }

    private @Nullable Object follow(@Nullable Object from, int step) {
        Object value = from;
        for (int i = step; i < steps.size(); i++) {
            value = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            if (value == null) {
                return null;
            }
            String name = steps.get(i);
            if (name.equals(EVERY)) {
                return every(value, i + 1);
            }
            value = name.charAt(0) == '['
                    ? element(value, Integer.parseInt(name.substring(1, name.length() - 1)))
                    : Properties.read(value, name);
        }
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    private @Nullable Object every(Object many, int step) {
        if (!(many instanceof Collection<?>) && !many.getClass().isArray()) {
            return null;
        }
        List<@Nullable Object> found = new ArrayList<>();
        if (many instanceof Collection<?> collection) {
            for (Object element : collection) {
                found.add(follow(element, step));
            }
        } else {
            for (int i = 0; i < Array.getLength(many); i++) {
                found.add(follow(Array.get(many, i), step));
            }
        }
        return found;
    }

    private static @Nullable Object element(Object many, int index) {
        if (many instanceof List<?> list) {
            return index < list.size() ? list.get(index) : null;
        }
        return many.getClass().isArray() && index < Array.getLength(many) ? Array.get(many, index) : null;
    }
}
