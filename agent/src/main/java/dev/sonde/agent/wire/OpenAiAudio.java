package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The audio API: speech of a text, and the text of speech. */
public final class OpenAiAudio {
    /** What is heard and what is told about it, in the order in which it is recorded. */
    private static final List<String> HEARD =
            List.of("file", "prompt", "known_speaker_names", "known_speaker_references");

    private OpenAiAudio() {}

    /** Reads what is to be spoken: the input is the text, or an object of it and how it shall be said. */
    public static Asked askedToSpeak(@Nullable String bodyJson) {
        Map<String, String> body = JsonText.fields(bodyJson);
        return asked("speech", body, List.of("input", "instructions"), "input", false);
    }

    /** Reads what is to be written down: the input is what is known of the file, and what is told beside it. */
    public static Asked askedToWrite(String operation, @Nullable String bodyJson, boolean streaming) {
        return asked(operation, JsonText.fields(bodyJson), HEARD, "", streaming);
    }

    private static Asked asked(
            String operation, Map<String, String> body, List<String> parts, String alone, boolean streaming) {
        String model = JsonText.stringOrNull(body.remove("model"));
        Map<String, String> input = new LinkedHashMap<>();
        for (String part : parts) {
            String value = body.remove(part);
            if (value != null && !value.equals("null")) {
                input.put(part, value);
            }
        }
        String only = input.size() == 1 ? input.get(alone) : null;
        String asked = input.isEmpty() ? null : JsonText.object(input);
        return new Asked(operation, model, only == null ? asked : only, OpenAiChat.parameters(body, streaming));
    }

    /** The output is the text, or the object that has more than it, such as times and speakers. */
    public static Answered answered(@Nullable String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        if (response.isEmpty()) {
            return new Answered(null, null, responseJson, Map.of(), List.of(), null);
        }
        Map<String, Long> usage = usage(response.remove("usage"), response.get("duration"));
        response.values().removeIf("null"::equals);
        response.remove("logprobs");
        String text = response.get("text");
        String output = response.size() == 1 && text != null ? text : JsonText.object(response);
        return new Answered(null, null, output, usage, List.of(), null);
    }

    /**
     * Tokens, or seconds of audio, begun ones counted whole, where the model is paid by them.
     *
     * @param usageJson null when there was none
     * @param durationJson how long the audio is; null when unknown
     */
    public static Map<String, Long> usage(@Nullable String usageJson, @Nullable String durationJson) {
        Map<String, String> usage = JsonText.fields(usageJson);
        if (usage.isEmpty() || usage.containsKey("seconds")) {
            long seconds = seconds(usage.getOrDefault("seconds", durationJson == null ? "" : durationJson));
            return seconds > 0 ? Map.of("input_audio_seconds", seconds) : Map.of();
        }
        return OpenAiUsage.buckets(usageJson);
    }

    private static long seconds(String json) {
        try {
            return new BigDecimal(JsonText.string(json))
                    .setScale(0, RoundingMode.CEILING)
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return 0; // no number of seconds
        }
    }
}
