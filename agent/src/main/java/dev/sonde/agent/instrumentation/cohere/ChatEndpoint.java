package dev.sonde.agent.instrumentation.cohere;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chat: messages in, one message out, in one or in parts. */
final class ChatEndpoint implements Endpoint {
    private final boolean streaming;

    ChatEndpoint(boolean streaming) {
        this.streaming = streaming;
    }

    @Override
    public String observationType() {
        return "GENERATION";
    }

    /** The input is the messages, or an object of messages, tools and documents when there are such. */
    @Override
    public Asked asked(@Nullable String bodyJson) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String model = JsonText.stringOrNull(body.remove("model"));
        String input = CohereJson.takeInput(body, "messages", "tools", "documents");
        return new Asked("chat", model, input, CohereJson.parameters(body));
    }

    @Override
    public Answered answered(Mapper mapper, Object response) {
        return answered(mapper.json(response));
    }

    @Override
    public @Nullable Parts parts(Mapper mapper) {
        return streaming ? new ChatEvents(mapper) : null;
    }

    static Answered answered(@Nullable String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        String message = response.get("message");
        return new Answered(
                JsonText.stringOrNull(response.get("id")),
                null,
                message == null ? null : CohereJson.message(message),
                CohereJson.chatUsage(response.get("usage")),
                CohereJson.reasons(JsonText.stringOrNull(response.get("finish_reason"))),
                null);
    }
}
