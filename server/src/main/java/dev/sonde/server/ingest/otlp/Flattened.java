package dev.sonde.server.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Structure that was sent as one attribute a leaf: {@code llm.input_messages.0.message.role}. */
final class Flattened {

    private static final int DEEPEST = 12;
    private static final int MOST_NODES = 10_000;
    private static final Pattern INDEX = Pattern.compile("\\d{1,6}");

    private final Map<String, Flattened> children = new TreeMap<>(Flattened::compare);
    private @Nullable JsonNode leaf;

    private Flattened() {}

    /** What stands below {@code prefix}, as JSON; null when nothing does. Numbered parts become arrays, without gaps. */
    static @Nullable JsonNode read(Map<String, JsonNode> attributes, String prefix) {
        Flattened root = new Flattened();
        int nodes = 0;
        for (Map.Entry<String, JsonNode> attribute : attributes.entrySet()) {
            String key = attribute.getKey();
            if (key.startsWith(prefix + ".")) {
                String[] path = key.substring(prefix.length() + 1).split("\\.", DEEPEST);
                nodes += path.length;
                if (nodes > MOST_NODES) {
                    break;
                }
                root.put(path, attribute.getValue());
            }
        }
        return root.children.isEmpty() ? null : root.json();
    }

    private void put(String[] path, JsonNode value) {
        Flattened at = this;
        for (String part : path) {
            at = at.children.computeIfAbsent(part, k -> new Flattened());
        }
        at.leaf = value;
    }

    private JsonNode json() {
        if (children.isEmpty()) {
            return leaf == null ? JsonNodeFactory.instance.nullNode() : leaf;
        }
        if (children.keySet().stream().allMatch(key -> INDEX.matcher(key).matches())) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            children.values().forEach(child -> array.add(child.unwrapped().json()));
            return array;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        children.forEach((key, child) -> object.set(key, child.json()));
        return object;
    }

    /** OpenInference wraps each element: {@code message}, {@code message_content}, {@code tool_call}. */
    private Flattened unwrapped() {
        if (children.size() == 1) {
            Map.Entry<String, Flattened> only = children.entrySet().iterator().next();
            if (only.getKey().equals("message")
                    || only.getKey().equals("message_content")
                    || only.getKey().equals("tool_call")) {
                return only.getValue();
            }
        }
        return this;
    }

    /** Numbers by value, before and apart from names. */
    private static int compare(String one, String other) {
        boolean number = INDEX.matcher(one).matches();
        if (number && INDEX.matcher(other).matches()) {
            int byValue = Integer.compare(Integer.parseInt(one), Integer.parseInt(other));
            return byValue == 0 ? one.compareTo(other) : byValue;
        }
        return number ? -1 : INDEX.matcher(other).matches() ? 1 : one.compareTo(other);
    }
}
