package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a request's JSON object. Absent and null are the same; one that breaks its rule is a problem naming it. */
record Body(JsonNode json) {

    static Body of(Call call) {
        JsonNode json = call.json();
        if (!json.isObject()) {
            throw HttpProblem.invalid("body: expected an object");
        }
        return new Body(json);
    }

    /** Refuses fields of other names. */
    Body only(Collection<String> names) {
        json.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw HttpProblem.invalid(name + ": is not known here (expected: " + names + ")");
            }
        });
        return this;
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    /** Text that must be there: 1 to {@code longest} characters, not all blank, none of them NUL. */
    String text(String field, int longest) {
        String text = textOrNull(field, longest);
        if (text == null || text.isBlank()) {
            throw HttpProblem.invalid(field + ": expected text that is not empty");
        }
        return text;
    }

    /** Text that may be missing. */
    @Nullable
    String textOrNull(String field, int longest) {
        if (!has(field)) {
            return null;
        }
        JsonNode said = json.get(field);
        if (!said.isTextual()) {
            throw HttpProblem.invalid(field + ": expected text");
        }
        return checked(field, said.asText(), longest);
    }

    /** Texts in their order; none when absent. */
    List<String> texts(String field, int most, int longest) {
        if (!has(field)) {
            return List.of();
        }
        JsonNode said = json.get(field);
        if (!said.isArray() || said.size() > most) {
            throw HttpProblem.invalid(field + ": expected a list of at most " + most + " texts");
        }
        return Stream.iterate(0, i -> i < said.size(), i -> i + 1)
                .map(i -> {
                    JsonNode one = said.get(i);
                    if (!one.isTextual() || one.asText().isBlank()) {
                        throw HttpProblem.invalid(field + "[" + i + "]: expected text that is not empty");
                    }
                    return checked(field + "[" + i + "]", one.asText(), longest);
                })
                .toList();
    }

    boolean flag(String field, boolean byDefault) {
        if (!has(field)) {
            return byDefault;
        }
        if (!json.get(field).isBoolean()) {
            throw HttpProblem.invalid(field + ": expected true or false");
        }
        return json.get(field).asBoolean();
    }

    /** One of a few names; empty when absent. */
    <E extends Enum<E>> Optional<E> findOne(String field, List<E> choices) {
        return Optional.ofNullable(textOrNull(field, Integer.MAX_VALUE)).map(name -> one(field, name, choices));
    }

    /** One of a few names. */
    <E extends Enum<E>> E one(String field, List<E> choices) {
        return findOne(field, choices).orElseThrow(() -> HttpProblem.invalid(field + ": expected one of " + choices));
    }

    /** One of a few names, in a parameter too. */
    static <E extends Enum<E>> E one(String field, String name, List<E> choices) {
        return choices.stream()
                .filter(choice -> choice.name().equals(name))
                .findFirst()
                .orElseThrow(() -> HttpProblem.invalid(field + ": expected one of " + choices));
    }

    private static String checked(String field, String text, int longest) {
        if (text.length() > longest) {
            throw HttpProblem.invalid(field + ": longer than " + longest + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            throw HttpProblem.invalid(field + ": has a NUL character");
        }
        return text;
    }
}
