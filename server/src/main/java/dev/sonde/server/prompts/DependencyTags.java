package dev.sonde.server.prompts;

import dev.sonde.server.storage.PromptStore.Reference;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tags in a prompt's text that stand for another prompt: {@code @@@langfusePrompt:name=n|version=2@@@}, or with
 * {@code label=} in the place of the version. What only looks like a tag is text.
 */
final class DependencyTags {

    private static final Pattern TAG = Pattern.compile("@@@langfusePrompt:(.*?)@@@");
    private static final Pattern PARTS = Pattern.compile("name=([^|]+)\\|(version|label)=([^|]+)");
    private static final int MOST_DIGITS = 9;

    private DependencyTags() {}

    /** What a text embeds, each once, in order of appearance. */
    static Set<Reference> in(String text) {
        Set<Reference> found = new LinkedHashSet<>();
        Matcher tags = TAG.matcher(text);
        while (tags.find()) {
            reference(tags.group(1)).ifPresent(found::add);
        }
        return found;
    }

    /** The text with each tag replaced by what it stands for. */
    static String replace(String text, Function<Reference, String> content) {
        Matcher tags = TAG.matcher(text);
        return tags.replaceAll(tag ->
                Matcher.quoteReplacement(reference(tag.group(1)).map(content).orElse(tag.group())));
    }

    private static Optional<Reference> reference(String inner) {
        Matcher parts = PARTS.matcher(inner);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String name = parts.group(1).strip();
        String value = parts.group(3).strip();
        if (name.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        if (parts.group(2).equals("label")) {
            return Optional.of(new Reference(name, null, value));
        }
        boolean number = value.length() <= MOST_DIGITS && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(new Reference(name, Integer.valueOf(value), null)) : Optional.empty();
    }
}
