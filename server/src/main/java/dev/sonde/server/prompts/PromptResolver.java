package dev.sonde.server.prompts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.Prompt;
import dev.sonde.server.model.PromptType;
import dev.sonde.server.storage.PromptStore.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts embedded prompts in the place of their tags, once for one prompt. Only texts can be embedded. What is missing,
 * embeds itself, is nested too deeply or grows too large is an exception that says so.
 */
final class PromptResolver {

    /** Prompts on one path, the outermost included. */
    private static final int MOST_DEEP = 5;

    private static final int MOST_PROMPTS = 1_000;
    private static final int MOST_CHARS = 8 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<Reference, Optional<Prompt>> store;
    private final Map<Reference, Embedded> done = new HashMap<>();
    private final Map<String, List<Prompt>> dependencies = new LinkedHashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private int chars;

    PromptResolver(Function<Reference, Optional<Prompt>> store) {
        this.store = store;
    }

    /**
     * The content of a prompt with everything embedded.
     *
     * @param id of the prompt, by which {@link #dependencies()} names it
     */
    String resolve(String id, String name, PromptType type, String content) {
        path.push(name);
        String resolved = type == PromptType.TEXT ? resolve(id, content) : resolveMessages(id, content);
        path.pop();
        return resolved;
    }

    /** What each prompt embeds directly, by id; without those that embed nothing. */
    Map<String, List<Prompt>> dependencies() {
        return dependencies;
    }

    private String resolve(String id, String content) {
        return DependencyTags.replace(content, reference -> {
            Embedded embedded = embed(id, reference);
            chars = Math.addExact(chars, embedded.text().length());
            if (chars > MOST_CHARS) {
                throw new IllegalArgumentException(
                        "prompt: embedded prompts make it larger than " + (MOST_CHARS >> 20) + " million characters");
            }
            return embedded.text();
        });
    }

    private String resolveMessages(String id, String content) {
        try {
            JsonNode messages = JSON.readTree(content);
            replaceTexts(id, messages);
            return messages.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored messages of prompt " + id + " are no JSON", e);
        }
    }

    private void replaceTexts(String id, JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(replaced(id, entry.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, replaced(id, array.get(i)));
            }
        }
    }

    private JsonNode replaced(String id, JsonNode value) {
        if (value.isTextual()) {
            return JSON.getNodeFactory().textNode(resolve(id, value.asText()));
        }
        replaceTexts(id, value);
        return value;
    }

    private Embedded embed(String parentId, Reference reference) {
        if (path.contains(reference.name())) {
            throw new IllegalArgumentException("prompt: circular dependency: " + circle(reference.name()));
        }
        Embedded known = done.get(reference);
        Embedded embedded = known == null ? load(reference) : known;
        if (path.size() + embedded.height() > MOST_DEEP) {
            throw new IllegalArgumentException(
                    "prompt: maximum nesting depth exceeded (" + MOST_DEEP + ") at " + reference);
        }
        List<Prompt> children = dependencies.computeIfAbsent(parentId, k -> new ArrayList<>());
        if (!children.contains(embedded.prompt())) {
            children.add(embedded.prompt());
        }
        return embedded;
    }

    private Embedded load(Reference reference) {
        if (path.size() >= MOST_DEEP || done.size() >= MOST_PROMPTS) {
            throw new IllegalArgumentException(
                    "prompt: maximum nesting depth exceeded (" + MOST_DEEP + ") at " + reference);
        }
        Prompt prompt = store.apply(reference)
                .orElseThrow(() -> new IllegalArgumentException("prompt: Prompt dependency not found: " + reference));
        if (prompt.type() != PromptType.TEXT) {
            throw new IllegalArgumentException("prompt: Prompt dependency is not a text prompt: " + reference);
        }
        String text = resolve(prompt.id(), prompt.name(), PromptType.TEXT, prompt.content());
        int height = 1;
        for (Reference child : DependencyTags.in(prompt.content())) {
            Embedded below = done.get(child);
            height = Math.max(height, below == null ? 1 : below.height() + 1);
        }
        Embedded embedded = new Embedded(prompt, text, height);
        done.put(reference, embedded);
        return embedded;
    }

    private String circle(String name) {
        List<String> names = new ArrayList<>(path);
        Collections.reverse(names);
        names.add(name);
        return String.join(" → ", names);
    }

    /**
     * A prompt with everything embedded in it.
     *
     * @param height prompts on the longest path downwards, itself included
     */
    private record Embedded(Prompt prompt, String text, int height) {}
}
