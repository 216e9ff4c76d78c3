package dev.sonde.agent.instrumentation.cohere;

import dev.sonde.agent.calls.JsonText;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What observations take from the JSON text of requests and answers. */
final class CohereJson {
    private CohereJson() {}

    /**
     * Takes the parts of the question out of a body. The input is the first of them, or an object of all when there are
     * several.
     */
    static @Nullable String takeInput(Map<String, String> body, String first, String... others) {
        Map<String, String> input = new LinkedHashMap<>();
        String main = body.remove(first);
        for (String other : others) {
            String value = body.remove(other);
            if (value != null && !value.equals("null")) {
                input.put(other, value);
            }
        }
        if (input.isEmpty()) {
            return main;
        }
        Map<String, String> all = new LinkedHashMap<>();
        if (main != null) {
            all.put(first, main);
        }
        all.putAll(input);
        return JsonText.object(all);
    }

    /** What is left of a body. */
    static String parameters(Map<String, String> body) {
        body.remove("stream", "false");
        body.values().removeIf("null"::equals);
        return JsonText.object(body);
    }

    /** The message, in which the library writes some members twice. */
    static String message(String messageJson) {
        Map<String, String> message = JsonText.fields(messageJson);
        String calls = message.get("tool_calls");
        if (calls != null && !calls.equals("null")) {
            StringJoiner once = new StringJoiner(",", "[", "]");
            JsonText.elements(calls).forEach(call -> once.add(JsonText.object(JsonText.fields(call))));
            message.put("tool_calls", once.toString());
        }
        return JsonText.object(message);
    }

    /**
     * What is billed of a chat, in buckets that do not overlap; what the model read and wrote where nothing is billed.
     *
     * @param usageJson null when there was none
     */
    static Map<String, Long> chatUsage(@Nullable String usageJson) {
        Map<String, String> usage = JsonText.fields(usageJson);
        Map<String, String> counted = JsonText.fields(usage.get("billed_units"));
        if (count(counted, "input_tokens") + count(counted, "output_tokens") == 0) {
            counted = JsonText.fields(usage.get("tokens"));
        }
        Map<String, Long> buckets = new LinkedHashMap<>();
        if (counted.isEmpty()) {
            return buckets;
        }
        long input = count(counted, "input_tokens");
        long output = count(counted, "output_tokens");
        long cached = Math.min(input, count(usage, "cached_tokens"));
        buckets.put("input", input - cached);
        if (cached > 0) {
            buckets.put("input_cached_tokens", cached);
        }
        buckets.put("output", output);
        buckets.put("total", input + output);
        return buckets;
    }

    /**
     * What is billed of a call that generates no text.
     *
     * @param metaJson null when there was none
     */
    static Map<String, Long> metaUsage(@Nullable String metaJson) {
        Map<String, String> billed = JsonText.fields(JsonText.fields(metaJson).get("billed_units"));
        long tokens = count(billed, "input_tokens");
        long images = count(billed, "images");
        long searches = count(billed, "search_units");
        Map<String, Long> buckets = new LinkedHashMap<>();
        if (tokens > 0) {
            buckets.put("input", tokens);
        }
        if (images > 0) {
            buckets.put("input_images", images);
        }
        if (searches > 0) {
            buckets.put("search_units", searches);
        }
        if (tokens > 0) {
            buckets.put("total", tokens);
        }
        return buckets;
    }

    /** One finish reason, or none. */
    static List<String> reasons(@Nullable String reason) {
        return reason == null ? List.of() : List.of(reason);
    }

    /** The library writes counts with a decimal point. */
    private static long count(Map<String, String> counts, String name) {
        String text = counts.get(name);
        if (text == null || text.equals("null")) {
            return 0;
        }
        try {
            return new BigDecimal(text).longValue();
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
