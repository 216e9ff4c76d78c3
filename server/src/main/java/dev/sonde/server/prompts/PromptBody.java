package dev.sonde.server.prompts;

import static dev.sonde.server.prompts.PromptRules.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.Prompt;
import dev.sonde.server.model.PromptType;
import dev.sonde.server.storage.PromptStore.Draft;
import dev.sonde.server.storage.PromptStore.Reference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what clients send to make or label a prompt. Absent and null are the same. */
public final class PromptBody {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z][A-Za-z0-9_]*)\\s*}}");
    private static final int MOST_COMMIT_CHARS = 500;
    private static final int MOST_NAMES = 100;

    private PromptBody() {}

    /**
     * A version to be.
     *
     * @throws IllegalArgumentException naming the field and its rule
     */
    public static Draft draft(String projectId, JsonNode body, String createdBy, Instant now) {
        require(body.isObject(), "body", "expected an object");
        JsonNode prompt = body.path("prompt");
        PromptType type = type(body);
        String content = type == PromptType.CHAT ? messages(prompt) : text(body, "prompt");
        Set<String> labels = new LinkedHashSet<>(texts(body, "labels"));
        if (body.path("isActive").asBoolean()) {
            labels.add(Prompt.PRODUCTION);
        }
        int place = 0;
        for (String label : labels) {
            PromptRules.label("labels[" + place++ + "]", label);
        }
        labels.remove(Prompt.LATEST);
        Set<Reference> embeds = DependencyTags.in(content);
        require(embeds.size() <= MOST_NAMES, "prompt", "embeds more than " + MOST_NAMES + " prompts");
        return new Draft(
                projectId,
                PromptRules.name("name", text(body, "name")),
                type,
                content,
                body.hasNonNull("config") ? clean(body.get("config").toString()) : "{}",
                List.copyOf(labels),
                tags(body),
                commitMessage(body),
                createdBy,
                now,
                List.copyOf(embeds));
    }

    /**
     * {@code newLabels} for an existing version.
     *
     * @throws IllegalArgumentException naming the field and its rule
     */
    public static List<String> newLabels(JsonNode body) {
        require(body.path("newLabels").isArray(), "newLabels", "expected a list of labels");
        return PromptRules.newLabels("newLabels", texts(body, "newLabels"));
    }

    private static PromptType type(JsonNode body) {
        String type = body.hasNonNull("type") ? body.get("type").asText() : "text";
        return switch (type) {
            case "text" -> PromptType.TEXT;
            case "chat" -> PromptType.CHAT;
            default -> throw new IllegalArgumentException("type: expected 'text' or 'chat'");
        };
    }

    /** Messages as they are stored; their optional type says nothing and is left out. */
    private static String messages(JsonNode prompt) {
        require(prompt.isArray(), "prompt", "expected a list of messages, for the type is chat");
        ArrayNode messages = ((ArrayNode) prompt).arrayNode();
        Set<String> placeholders = new HashSet<>();
        Set<String> variables = new HashSet<>();
        for (int i = 0; i < prompt.size(); i++) {
            String field = "prompt[" + i + "]";
            JsonNode message = prompt.get(i);
            require(message.isObject(), field, "expected an object");
            if (message.path("type").asText().equals("placeholder")) {
                require(message.path("name").isTextual(), field + ".name", "expected a text");
                PromptRules.placeholder(field + ".name", message.get("name").asText());
                placeholders.add(message.get("name").asText());
                messages.add(message);
            } else {
                messages.add(message(field, message));
                Matcher found = VARIABLE.matcher(message.get("content").asText());
                while (found.find()) {
                    variables.add(found.group(1));
                }
            }
        }
        placeholders.retainAll(variables);
        require(placeholders.isEmpty(), "prompt", "used both as variable and as placeholder: " + placeholders);
        return clean(messages.toString());
    }

    private static ObjectNode message(String field, JsonNode message) {
        JsonNode type = message.path("type");
        require(
                type.isMissingNode() || type.isNull() || type.asText().equals("chatmessage"),
                field + ".type",
                "expected 'chatmessage' or 'placeholder'");
        require(message.path("role").isTextual(), field + ".role", "expected a text");
        require(message.path("content").isTextual(), field + ".content", "expected a text");
        ObjectNode stored = message.deepCopy();
        stored.remove("type");
        return stored;
    }

    private static @Nullable List<String> tags(JsonNode body) {
        return body.hasNonNull("tags") ? List.copyOf(new LinkedHashSet<>(texts(body, "tags"))) : null;
    }

    private static @Nullable String commitMessage(JsonNode body) {
        if (!body.hasNonNull("commitMessage")) {
            return null;
        }
        String message = text(body, "commitMessage");
        require(
                message.length() <= MOST_COMMIT_CHARS,
                "commitMessage",
                "longer than " + MOST_COMMIT_CHARS + " characters");
        return message;
    }

    private static String text(JsonNode body, String field) {
        require(body.path(field).isTextual(), field, "expected a text");
        return clean(body.get(field).asText());
    }

    private static List<String> texts(JsonNode body, String field) {
        JsonNode list = body.path(field);
        List<String> texts = new ArrayList<>();
        if (list.isMissingNode() || list.isNull()) {
            return texts;
        }
        require(list.isArray(), field, "expected a list of texts");
        require(list.size() <= MOST_NAMES, field, "more than " + MOST_NAMES);
        for (int i = 0; i < list.size(); i++) {
            require(list.get(i).isTextual(), field + "[" + i + "]", "expected a text");
            texts.add(clean(list.get(i).asText()));
        }
        return texts;
    }

    /** Half a surrogate pair, which JSON can say and UTF-8 cannot, becomes a question mark. */
    private static String clean(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
