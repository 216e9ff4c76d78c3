package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import dev.sonde.runtime.context.Attributes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is recorded of chat clients, advisors, tools and vector stores. */
final class Steps {

    /** The conversation in a chat client's parameters, by which memory finds it. */
    private static final String CONVERSATION = "chat_memory_conversation_id";

    /** Wire attributes by the parameters that applications know from Langfuse's other libraries. */
    private static final Map<String, String> BY_PARAMETER = Map.of(
            "langfuse_session_id", "session.id",
            "langfuse_user_id", "user.id",
            "langfuse_trace_name", "langfuse.trace.name");

    private Steps() {}

    /**
     * What is known at the start.
     *
     * @param type upper-case wire name
     * @param input JSON text; null for nothing
     * @param attributes wire attributes
     */
    record Described(String type, String name, @Nullable String input, Map<String, Object> attributes) {}

    static Described described(Kind kind, Object context) {
        return switch (kind) {
            case CLIENT -> client(context);
            case ADVISOR -> advisor(context);
            case TOOL -> tool(context);
            default -> store(context);
        };
    }

    /** What holds for all below it: the session of a conversation, the user. */
    static Attributes attributes(Kind kind, Object context) {
        Attributes attributes = Attributes.NONE;
        if (kind == Kind.CLIENT
                && LibraryObjects.get(LibraryObjects.get(context, "getRequest"), "context")
                        instanceof Map<?, ?> given) {
            if (given.get(CONVERSATION) instanceof String conversation && !conversation.isEmpty()) {
                attributes = attributes.with("session.id", conversation);
            }
            for (Map.Entry<String, String> parameter : BY_PARAMETER.entrySet()) {
                if (given.get(parameter.getKey()) instanceof String value && !value.isEmpty()) {
                    attributes = attributes.with(parameter.getValue(), value);
                }
            }
            if (given.get("langfuse_tags") instanceof List<?> tags && !tags.isEmpty()) {
                attributes = attributes.with(
                        "langfuse.trace.tags",
                        tags.stream().map(String::valueOf).toList());
            }
        }
        return attributes;
    }

    /** What came of it, as JSON text; null for nothing. */
    static @Nullable String output(Kind kind, Object context) {
        return switch (kind) {
            case CLIENT -> said(LibraryObjects.get(context, "getResponse"));
            case ADVISOR -> said(LibraryObjects.get(context, "getChatClientResponse"));
            case TOOL -> text(LibraryObjects.text(context, "getToolCallResult"));
            default -> documents(LibraryObjects.get(context, "getQueryResponse"));
        };
    }

    private static Described client(Object context) {
        Object prompt = LibraryObjects.get(LibraryObjects.get(context, "getRequest"), "prompt");
        boolean tools = !Options.tools(LibraryObjects.get(prompt, "getOptions")).isEmpty();
        return new Described(tools ? "AGENT" : "CHAIN", "chat client", Messages.list(prompt), Map.of());
    }

    private static Described advisor(Object context) {
        String name = String.valueOf(LibraryObjects.text(context, "getAdvisorName"));
        Object prompt = LibraryObjects.get(LibraryObjects.get(context, "getChatClientRequest"), "prompt");
        String type = name.toLowerCase(Locale.ROOT).contains("guard") ? "GUARDRAIL" : "SPAN";
        return new Described(type, name, Messages.list(prompt), Map.of());
    }

    private static Described tool(Object context) {
        Object definition = LibraryObjects.get(context, "getToolDefinition");
        String name = String.valueOf(LibraryObjects.text(definition, "name"));
        Map<String, Object> attributes = new TreeMap<>(Map.of("gen_ai.tool.name", name));
        putText(attributes, "gen_ai.tool.description", LibraryObjects.text(definition, "description"));
        putText(attributes, "gen_ai.tool.call.id", LibraryObjects.text(context, "getToolCallId"));
        return new Described("TOOL", name, text(LibraryObjects.text(context, "getToolCallArguments")), attributes);
    }

    private static Described store(Object context) {
        String operation = String.valueOf(LibraryObjects.text(context, "getOperationName"));
        String system = String.valueOf(LibraryObjects.text(context, "getDatabaseSystem"));
        Map<String, Object> attributes =
                new TreeMap<>(Map.of("db.system.name", system, "db.operation.name", operation));
        putText(attributes, "db.collection.name", LibraryObjects.text(context, "getCollectionName"));
        Object query = LibraryObjects.get(context, "getQueryRequest");
        return new Described(
                operation.equals("query") ? "RETRIEVER" : "SPAN", operation + " " + system, search(query), attributes);
    }

    private static @Nullable String search(@Nullable Object query) {
        if (query == null) {
            return null;
        }
        StringBuilder json = new StringBuilder("{\"query\":");
        JsonText.appendQuoted(json, String.valueOf(LibraryObjects.text(query, "getQuery")));
        json.append(",\"top_k\":").append(LibraryObjects.get(query, "getTopK"));
        if (LibraryObjects.get(query, "getSimilarityThreshold") instanceof Double threshold && threshold > 0) {
            json.append(",\"similarity_threshold\":").append(threshold);
        }
        String filter = LibraryObjects.text(query, "getFilterExpression");
        if (filter != null) {
            JsonText.appendQuoted(json.append(",\"filter\":"), filter);
        }
        return json.append('}').toString();
    }

    private static @Nullable String documents(@Nullable Object found) {
        if (!(found instanceof List<?> documents)) {
            return null;
        }
        StringBuilder json = new StringBuilder("[");
        for (Object document : documents) {
            json.append(json.length() == 1 ? "" : ",").append("{\"id\":");
            JsonText.appendQuoted(json, String.valueOf(LibraryObjects.text(document, "getId")));
            String content = LibraryObjects.text(document, "getText");
            if (content != null) {
                JsonText.appendQuoted(json.append(",\"text\":"), content);
            }
            if (LibraryObjects.get(document, "getScore") instanceof Double score) {
                json.append(",\"score\":").append(score);
            }
            Tracer tracer = SondeRuntime.tracerIfRunning();
            Object metadata = LibraryObjects.get(document, "getMetadata");
            if (tracer != null && metadata instanceof Map<?, ?> map && !map.isEmpty()) {
                json.append(",\"metadata\":").append(tracer.capture(metadata));
            }
            json.append('}');
        }
        return json.append(']').toString();
    }

    private static @Nullable String said(@Nullable Object clientResponse) {
        return Messages.output(LibraryObjects.get(clientResponse, "chatResponse"));
    }

    /** JSON objects and arrays as they are; any other text as it is too. */
    private static @Nullable String text(@Nullable String text) {
        return text;
    }

    private static void putText(Map<String, Object> attributes, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(name, value);
        }
    }
}
