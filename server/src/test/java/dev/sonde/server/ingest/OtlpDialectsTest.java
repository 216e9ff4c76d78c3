package dev.sonde.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.ingest.otlp.OtlpMapper;
import dev.sonde.server.model.PromptLink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each dialect of span attributes becomes. */
class OtlpDialectsTest {

    @ParameterizedTest
    @CsvSource({
        "langfuse.observation.type, agent, AGENT",
        "langfuse.observation.type, unheard-of, SPAN",
        "openinference.span.kind, LLM, GENERATION",
        "openinference.span.kind, RETRIEVER, RETRIEVER",
        "openinference.span.kind, RERANKER, SPAN",
        "gen_ai.operation.name, chat, GENERATION",
        "gen_ai.operation.name, text_completion, GENERATION",
        "gen_ai.operation.name, embeddings, EMBEDDING",
        "gen_ai.operation.name, execute_tool, TOOL",
        "gen_ai.operation.name, create_agent, AGENT",
        "ai.operationId, ai.streamText.doStream, GENERATION",
        "ai.operationId, ai.streamText, SPAN",
        "ai.operationId, ai.embed.doEmbed, EMBEDDING",
        "ai.operationId, ai.toolCall, TOOL",
        "traceloop.span.kind, workflow, CHAIN",
        "gen_ai.tool.name, search, TOOL",
        "gen_ai.request.model, gpt-4o, GENERATION",
        "llm.model_name, gpt-4o, GENERATION",
        "other, x, SPAN"
    })
    void type_isWhatTheFirstDialectSays(String attribute, String value, String type) {
        assertThat(observation("any", text(attribute, value)).get(Part.TYPE)).hasToString(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gen_ai.request.model", "llm.model_name", "embedding.model_name"})
    void model_isNamedInEveryDialect(String attribute) {
        assertThat(observation("any", text(attribute, "m")).get(Part.MODEL)).isEqualTo("m");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            langfuse.observation.prompt.name | p | langfuse.observation.prompt.version | 3
            langfuse.prompt.name             | p | langfuse.prompt.version             | 3
            ai.telemetry.metadata.langfusePrompt | {"name":"p","version":3,"isFallback":false} | x | y
            ai.telemetry.metadata.langfusePrompt | {"name":"p","version":"3"}                  | x | y
            """)
    void prompt_isNamedByGenerations(String first, String one, String second, String other) {
        var attributes = List.of(text(first, one), text(second, other));

        assertThat(observation(
                                "ai",
                                text("langfuse.observation.type", "generation"),
                                attributes.get(0),
                                attributes.get(1))
                        .get(Part.PROMPT))
                .isEqualTo(new PromptLink(null, "p", 3));
        assertThat(observation("ai", text("langfuse.observation.type", "span"), attributes.get(0), attributes.get(1)))
                .doesNotContainKey(Part.PROMPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "null", "[]", "{\"name\":\"p\"}", "{\"name\":\"p\",\"version\":\"x\"}"})
    void prompt_thatSaysNothing_isNone(String value) {
        assertThat(observation(
                        "ai",
                        text("langfuse.observation.type", "generation"),
                        text("ai.telemetry.metadata.langfusePrompt", value)))
                .doesNotContainKey(Part.PROMPT);
    }

    @ParameterizedTest
    @CsvSource({
        "langfuse.observation.input, langfuse.observation.output",
        "gcp.vertex.agent.llm_request, gcp.vertex.agent.llm_response",
        "gcp.vertex.agent.tool_call_args, gcp.vertex.agent.tool_response",
        "prompt, all_messages_events",
        "lk.input_text, lk.response.text",
        "lk.user_transcript, lk.function_tool.output",
        "mlflow.spanInputs, mlflow.spanOutputs",
        "traceloop.entity.input, traceloop.entity.output",
        "input.value, output.value",
        "input, output",
        "pydantic_ai.all_messages, final_result",
        "tool_arguments, tool_response",
        "gen_ai.prompt, gen_ai.completion",
        "gen_ai.input.messages, gen_ai.output.messages",
        "gen_ai.tool.call.arguments, gen_ai.tool.call.result"
    })
    void content_isFoundWhole(String input, String output) {
        Map<Part, Object> o = observation("any", text(input, "in"), text(output, "out"), text("kept", "k"));

        assertThat(o).containsEntry(Part.INPUT, "in").containsEntry(Part.OUTPUT, "out");
        assertThat(o.get(Part.METADATA)).isEqualTo(Map.of("kept", "k"));
    }

    @Test
    void content_ofLangfuse_goesBeforeAllOthers() {
        Map<Part, Object> o = observation(
                "any",
                text("input.value", "other"),
                text("output.value", "other"),
                text("langfuse.observation.output", "own"));

        assertThat(o).containsEntry(Part.OUTPUT, "own").doesNotContainKey(Part.INPUT);
    }

    @Test
    void content_ofOpenLlmetry_isRebuilt() {
        Map<Part, Object> o = observation(
                "opentelemetry.instrumentation.openai",
                text("gen_ai.prompt.0.role", "system"),
                text("gen_ai.prompt.0.content", "be brief"),
                text("gen_ai.prompt.10.role", "user"),
                text("gen_ai.prompt.2.role", "assistant"),
                text("gen_ai.prompt.2.tool_calls.0.name", "search"),
                text("gen_ai.completion.0.content", "hello"));

        assertThat(o)
                .containsEntry(
                        Part.INPUT,
                        "[{\"content\":\"be brief\",\"role\":\"system\"},"
                                + "{\"role\":\"assistant\",\"tool_calls\":[{\"name\":\"search\"}]},{\"role\":\"user\"}]")
                .containsEntry(Part.OUTPUT, "[{\"content\":\"hello\"}]");
        assertThat(o.get(Part.METADATA)).isEqualTo(Map.of());
    }

    @Test
    void content_ofOpenInference_isRebuiltWithoutItsWrappers() {
        Map<Part, Object> o = observation(
                "openinference.instrumentation.openai",
                text("llm.input_messages.0.message.role", "user"),
                text("llm.input_messages.0.message.contents.0.message_content.type", "text"),
                text("llm.output_messages.0.message.tool_calls.0.tool_call.function.name", "search"));

        assertThat(o)
                .containsEntry(Part.INPUT, "[{\"contents\":[{\"type\":\"text\"}],\"role\":\"user\"}]")
                .containsEntry(Part.OUTPUT, "[{\"tool_calls\":[{\"function\":{\"name\":\"search\"}}]}]");
    }

    @Test
    void content_ofTheAiSdk_joinsTextAndToolCalls() {
        Map<Part, Object> o = observation(
                "ai",
                text("ai.operationId", "ai.generateText.doGenerate"),
                text("ai.model.id", "gpt-4o"),
                text("ai.prompt.messages", "[]"),
                text("ai.response.text", "hi"),
                text("ai.response.toolCalls", "[1]"),
                number("gen_ai.usage.input_tokens", 100),
                number("gen_ai.usage.output_tokens", 50),
                number("ai.usage.cachedInputTokens", 30),
                number("ai.usage.reasoningTokens", 20));

        assertThat(o)
                .containsEntry(Part.INPUT, "[]")
                .containsEntry(Part.OUTPUT, "{\"role\":\"assistant\",\"content\":\"hi\",\"tool_calls\":[1]}")
                .containsEntry(Part.MODEL, "gpt-4o");
        assertThat(o.get(Part.USAGE))
                .isEqualTo(Map.of(
                        "input", 70L, "input_cached_tokens", 30L, "output", 30L, "output_reasoning_tokens", 20L));
    }

    @Test
    void content_ofMessageEvents_isAConversation() {
        Map<Part, Object> o = mapped(
                "any",
                "'events':["
                        + event("gen_ai.system.message", text("content", "be brief"))
                        + "," + event("gen_ai.user.message", text("content", "hello"))
                        + "," + event("gen_ai.choice", text("message", "hi")) + "],");

        assertThat(o)
                .containsEntry(
                        Part.INPUT,
                        "[{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":\"hello\"}]")
                .containsEntry(Part.OUTPUT, "{\"message\":\"hi\"}");
    }

    @Test
    void content_ofTheDetailsEvent_isThatOfItsAttributes() {
        Map<Part, Object> o = mapped(
                "any",
                "'events':["
                        + event(
                                "gen_ai.client.inference.operation.details",
                                text("gen_ai.input.messages", "[1]"),
                                text("gen_ai.output.messages", "[2]"))
                        + "],");

        assertThat(o).containsEntry(Part.INPUT, "[1]").containsEntry(Part.OUTPUT, "[2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gen_ai.usage.prompt_tokens=10,gen_ai.usage.completion_tokens=5,llm.usage.total_tokens=15|input=10,output=5",
                "gen_ai.usage.input_tokens=10,gen_ai.usage.cache_read_input_tokens=4|input=6,input_cached_tokens=4",
                "gen_ai.usage.input_tokens=3,gen_ai.usage.cache_read_input_tokens=4|input=0,input_cached_tokens=4",
                "gen_ai.usage.output_tokens=10,gen_ai.usage.reasoning.output_tokens=4|output=6,output_reasoning_tokens=4",
                "llm.token_count.prompt=10,llm.token_count.completion=5,llm.token_count.total=15|input=10,output=5,total=15",
                "llm.token_count.prompt=10,llm.token_count.prompt_details.cache_read=4|input=6,input_cached_tokens=4",
                "gen_ai.usage.input_tokens=9,gen_ai.usage.cache_creation.input_tokens=4|input=5,input_cache_creation=4",
                "gen_ai.usage.details.search=2|search=2"
            })
    void usage_isInBucketsThatExcludeEachOther(String sent, String expected) {
        String[] attributes = table(sent).entrySet().stream()
                .map(e -> number(e.getKey(), e.getValue()))
                .toArray(String[]::new);

        assertThat(observation("any", attributes).get(Part.USAGE)).isEqualTo(table(expected));
    }

    @Test
    void attributes_byTheThousand_areRead() {
        String[] many = IntStream.range(0, 20_000)
                .mapToObj(i -> text("gen_ai.prompt." + i + ".content", "x"))
                .toArray(String[]::new);

        assertThat(observation("any", many).get(Part.INPUT)).asString().startsWith("[{\"content\":\"x\"}");
    }

    private static Map<String, Long> table(String text) {
        Map<String, Long> table = new TreeMap<>();
        for (String entry : text.split(",")) {
            table.put(entry.substring(0, entry.indexOf('=')), Long.valueOf(entry.substring(entry.indexOf('=') + 1)));
        }
        return table;
    }

    private static Map<Part, Object> observation(String scope, String... attributes) {
        return mapped(scope, "'attributes':[" + String.join(",", attributes) + "],");
    }

    private static Map<Part, Object> mapped(String scope, String members) {
        String body = ("{'resourceSpans':[{'scopeSpans':[{'scope':{'name':'" + scope + "'},'spans':[{" + members
                        + "'traceId':'4bf92f3577b34da6a3ce929d0e0e4736','spanId':'a1a1a1a1a1a1a1a1',"
                        + "'parentSpanId':'b2b2b2b2b2b2b2b2','name':'n','startTimeUnixNano':1,'endTimeUnixNano':2}]}]}]}")
                .replace('\'', '"');
        return OtlpMapper.map("p", body.getBytes(StandardCharsets.UTF_8), false).fragments().stream()
                .filter(fragment -> fragment.kind() == Fragment.Kind.OBSERVATION)
                .map(Fragment::parts)
                .collect(Collectors.toList())
                .get(0);
    }

    private static String event(String name, String... attributes) {
        return "{'name':'" + name + "','attributes':[" + String.join(",", attributes) + "]}";
    }

    private static String text(String key, String value) {
        return "{'key':'" + key + "','value':{'stringValue':'" + value.replace("\"", "\\\"") + "'}}";
    }

    private static String number(String key, long value) {
        return "{'key':'" + key + "','value':{'intValue':'" + value + "'}}";
    }
}
