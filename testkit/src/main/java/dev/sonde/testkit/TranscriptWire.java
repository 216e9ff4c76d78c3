package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Renders one message as what was heard in a file, in the forms of the audio API. */
final class TranscriptWire implements Wire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String HEARD = "Good evening.";
    private static final int BYTES_A_SECOND = 16_000;
    private static final int TOKENS_A_SECOND = 10;

    private final JsonNode body;
    private final Tokens tokens;

    TranscriptWire(JsonNode body, Tokens tokens) {
        this.body = body;
        this.tokens = tokens;
    }

    /** What is answered unless a test says otherwise. */
    static Answer.Scripted heard() {
        return (Answer.Scripted) Answer.text(HEARD);
    }

    @Override
    public ObjectNode whole(Answer.Scripted message) {
        ObjectNode root = JSON.objectNode();
        if (body.path("response_format").asText().equals("verbose_json")) {
            root.put("task", "transcribe").put("language", "english").put("duration", duration());
            root.put("text", text(message));
            root.putArray("segments")
                    .addObject()
                    .put("id", 0)
                    .put("seek", 0)
                    .put("start", 0.0)
                    .put("end", duration())
                    .put("text", text(message))
                    .put("temperature", 0.0)
                    .put("avg_logprob", -0.25)
                    .put("compression_ratio", 1.25)
                    .put("no_speech_prob", 0.01)
                    .putArray("tokens")
                    .add(50364);
        } else {
            root.put("text", text(message));
        }
        root.set("usage", usage(message));
        return root;
    }

    @Override
    public List<String> events(Answer.Scripted message) {
        List<String> events = new ArrayList<>();
        for (String piece : tokens.split(model(), text(message))) {
            events.add(
                    event(JSON.objectNode().put("type", "transcript.text.delta").put("delta", piece)));
        }
        ObjectNode done = JSON.objectNode().put("type", "transcript.text.done").put("text", text(message));
        done.set("usage", usage(message));
        events.add(event(done));
        return events;
    }

    @Override
    public String failure(Answer.Failure failure) {
        return "data: " + OpenAiProvider.error(failure) + "\n\n";
    }

    private static String event(ObjectNode data) {
        return "event: " + data.path("type").asText() + "\ndata: " + data + "\n\n";
    }

    private String model() {
        return body.path("model").asText();
    }

    private static String text(Answer.Scripted message) {
        return message.content() == null ? "" : message.content();
    }

    private double duration() {
        return body.path("file").path("size").asInt() / (double) BYTES_A_SECOND;
    }

    /** The old model is paid by seconds, the others by tokens. */
    private ObjectNode usage(Answer.Scripted message) {
        int seconds = (int) Math.ceil(duration());
        if (model().startsWith("whisper")) {
            return JSON.objectNode().put("type", "duration").put("seconds", seconds);
        }
        int audio = TOKENS_A_SECOND * seconds;
        int told = tokens.count(model(), body.path("prompt").asText());
        int output = tokens.count(model(), text(message));
        ObjectNode usage = JSON.objectNode().put("type", "tokens").put("input_tokens", audio + told);
        usage.putObject("input_token_details").put("text_tokens", told).put("audio_tokens", audio);
        return usage.put("output_tokens", output).put("total_tokens", audio + told + output);
    }
}
