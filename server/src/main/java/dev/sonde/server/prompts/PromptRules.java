package dev.sonde.server.prompts;

import dev.sonde.server.model.Prompt;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How prompts, labels and placeholders may be called. What breaks a rule is an exception that names the field. */
final class PromptRules {

    private static final Pattern MARKUP = Pattern.compile("<[^>]*>");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_\\-.]{1,36}");
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    /** Paths of pages about prompts, which a prompt's own page would hide. */
    private static final Set<String> RESERVED_NAMES = Set.of("new", "metrics", "prompt-detail");

    private PromptRules() {}

    /** A name without the white space around it. */
    static String name(String field, String given) {
        String name = given.strip();
        require(!name.isEmpty(), field, "is empty");
        require(!name.contains("|"), field, "contains a '|'");
        require(!MARKUP.matcher(name).find(), field, "contains HTML tags");
        require(
                !name.startsWith("/") && !name.endsWith("/") && !name.contains("//"),
                field,
                "starts or ends with a slash, or has two in a row");
        require(!RESERVED_NAMES.contains(name), field, "is reserved");
        return name;
    }

    static String label(String field, String label) {
        require(LABEL.matcher(label).matches(), field, "expected 1 to 36 lower-case letters, digits, '_', '-' and '.'");
        return label;
    }

    /** Labels for a version that may not be the latest one. */
    static List<String> newLabels(String field, List<String> labels) {
        for (int i = 0; i < labels.size(); i++) {
            String place = field + "[" + i + "]";
            label(place, labels.get(i));
            require(!labels.get(i).equals(Prompt.LATEST), place, "'latest' is always at the highest version");
        }
        return labels;
    }

    static void placeholder(String field, String name) {
        require(PLACEHOLDER.matcher(name).matches(), field, "expected a letter, then letters, digits and underscores");
    }

    static void require(boolean held, String field, String otherwise) {
        if (!held) {
            throw new IllegalArgumentException(field + ": " + otherwise);
        }
    }
}
