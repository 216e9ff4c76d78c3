package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A local server with Anthropic's wire for messages (plain and streamed, with tools, thoughts and prompt caching) and
 * token counts, on the loopback interface. See {@link LocalProvider} for what it answers. Tokens are counted by a
 * tokeniser that is not Anthropic's, so counts are plausible, not equal.
 */
public final class AnthropicProvider extends LocalProvider<AnthropicProvider> {
    private static final String MESSAGES = "/v1/messages";
    private static final String COUNT_TOKENS = "/v1/messages/count_tokens";

    private AnthropicProvider(int port) {
        super(port, List.of(MESSAGES, COUNT_TOKENS));
    }

    /** Starts on a free port; ready when this returns. */
    public static AnthropicProvider start() {
        return start(0);
    }

    /** Starts on this port, or on a free one for 0; ready when this returns. */
    public static AnthropicProvider start(int port) {
        return new AnthropicProvider(port).listen();
    }

    /** What clients take as base URL: no path, for they add {@code /v1} themselves. */
    public URI baseUrl() {
        return origin();
    }

    @Override
    protected AnthropicProvider self() {
        return this;
    }

    @Override
    protected HttpResponse respond(ServiceRequestContext context, ReceivedRequest request) {
        JsonNode body = request.body();
        boolean counting = request.path().startsWith(COUNT_TOKENS);
        Map<String, String> headers = request.headers();
        if (!headers.containsKey("x-api-key") && !headers.containsKey("authorization")) {
            return refuse(new Answer.Failure(401, "x-api-key header is required", null));
        }
        if (!headers.containsKey("anthropic-version")) {
            return refuse(new Answer.Failure(400, "anthropic-version: header is required", null));
        }
        for (String field : counting ? List.of("model", "messages") : List.of("model", "messages", "max_tokens")) {
            if (!body.has(field)) {
                return refuse(new Answer.Failure(400, field + ": Field required", null));
            }
        }
        ChatRequest chat = MessagesWire.chatRequest(body);
        MessagesWire wire = new MessagesWire(chat, tokens, "msg_" + nextId());
        Answer answer = nextAnswer();
        if (counting && !(answer instanceof Answer.Failure || answer instanceof Answer.Recorded)) {
            return json(HttpStatus.OK, wire.tokenCount());
        }
        return send(context, chat, wire, answer);
    }

    @Override
    protected HttpResponse refuse(Answer.Failure failure) {
        return refusal(failure, error(failure).put("request_id", "req_" + nextId()));
    }

    /** What an error says, as a body and as an event. */
    static ObjectNode error(Answer.Failure failure) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "error");
        body.putObject("error").put("type", errorType(failure.status())).put("message", failure.message());
        return body;
    }

    private static String errorType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 500 -> "api_error";
            case 529 -> "overloaded_error";
            default -> "invalid_request_error";
        };
    }

    @Override
    protected void addHeaders(ResponseHeadersBuilder headers, long id) {
        headers.add("request-id", "req_" + id).add("anthropic-organization-id", "00000000-0000-0000-0000-000000000000");
    }
}
