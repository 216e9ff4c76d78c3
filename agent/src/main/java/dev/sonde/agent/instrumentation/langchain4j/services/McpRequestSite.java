package dev.sonde.agent.instrumentation.langchain4j.services;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.instrumentation.langchain4j.Json;
import dev.sonde.agent.instrumentation.langchain4j.StepSite;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A prompt or a resource that the library's own client for the Model Context Protocol asks a server for. */
final class McpRequestSite extends StepSite {
    private final String method;
    private final String target;

    /**
     * A kind of request.
     *
     * @param method the protocol's name for it
     * @param target the attribute that holds what is asked for, the first argument
     */
    McpRequestSite(String method, String target) {
        this.method = method;
        this.target = target;
    }

    @Override
    protected @Nullable Step started(Object self, @Nullable Object[] arguments) {
        String name = String.valueOf(arguments[0]);
        Object input = arguments.length > 1 && arguments[1] instanceof Map<?, ?> given ? given : name;
        Step step = Step.start("SPAN", method + " " + name, input);
        return step == null
                ? null
                : step.note(observation -> observation
                        .attribute("mcp.method.name", method)
                        .attribute(target, name)
                        .metadata("mcp_client", LibraryObjects.text(self, "key")));
    }

    @Override
    protected @Nullable String output(Object result) {
        Object messages = LibraryObjects.get(result, "messages");
        Object contents = messages == null ? LibraryObjects.get(result, "contents") : messages;
        if (!(contents instanceof List<?> list)) {
            return null;
        }
        StringBuilder array = new StringBuilder("[");
        for (Object content : list) {
            array.append(array.length() == 1 ? "" : ",").append(one(content));
        }
        return array.append(']').toString();
    }

    /** A message of a prompt or a part of a resource; of what is not text, only its type. */
    private static Json one(@Nullable Object content) {
        Object body = LibraryObjects.get(content, "content");
        Object role = LibraryObjects.get(content, "role");
        String text = LibraryObjects.text(body == null ? content : body, "text");
        return new Json()
                .value("role", role)
                .text("uri", LibraryObjects.text(content, "uri"))
                .text("mime_type", LibraryObjects.text(content, "mimeType"))
                .text("type", text == null ? LibraryObjects.text(body == null ? content : body, "type") : null)
                .text("text", text);
    }
}
