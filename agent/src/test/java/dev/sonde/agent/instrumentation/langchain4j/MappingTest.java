package dev.sonde.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MappingTest {

    static Stream<Arguments> messages() {
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("call_1")
                .name("look")
                .arguments("{\"at\":\"it\"}")
                .build();
        return Stream.of(
                arguments(SystemMessage.from("Be \"brief\""), "{'role':'system','content':'Be \\\"brief\\\"'}"),
                arguments(UserMessage.from("Hello"), "{'role':'user','content':'Hello'}"),
                arguments(UserMessage.from("Ada", "Hello"), "{'role':'user','name':'Ada','content':'Hello'}"),
                arguments(
                        UserMessage.from(
                                TextContent.from("What is it?"),
                                ImageContent.from("aGk=", "image/png"),
                                ImageContent.from("https://example.com/cat.png"),
                                AudioContent.from("aGk=", "audio/wav"),
                                PdfFileContent.from("aGk=", "application/pdf")),
                        "{'role':'user','content':[{'type':'text','text':'What is it?'},"
                                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,aGk='}},"
                                + "{'type':'image_url','image_url':{'url':'https://example.com/cat.png'}},"
                                + "{'type':'input_audio','input_audio':{'data':'data:audio/wav;base64,aGk='}},"
                                + "{'type':'file','file':{'file_data':'data:application/pdf;base64,aGk='}}]}"),
                arguments(
                        UserMessage.from(ImageContent.from("aGk=", "image/png")),
                        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,aGk='}}]}"),
                arguments(AiMessage.from("Hi"), "{'role':'assistant','content':'Hi'}"),
                arguments(
                        AiMessage.builder()
                                .thinking("Let me see")
                                .toolExecutionRequests(List.of(call))
                                .build(),
                        "{'role':'assistant','content':null,'reasoning_content':'Let me see','tool_calls':[{'id':'call_1',"
                                + "'type':'function','function':{'name':'look','arguments':'{\\\"at\\\":\\\"it\\\"}'}}]}"),
                arguments(
                        ToolExecutionResultMessage.from(call, "a cat"),
                        "{'role':'tool','tool_call_id':'call_1','name':'look','content':'a cat'}"),
                arguments(
                        CustomMessage.from(Map.of("kind", List.of(1, true))),
                        "{'role':'custom','content':{'kind':[1,true]}}"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_isThatOfChatCompletions(ChatMessage message, String expected) throws Exception {
        assertJson(Messages.message(message), expected);
    }

    @Test
    void array_ofNoList_isNull() {
        assertThat(Messages.array("no list")).isNull();
        assertThat(Messages.array(null)).isNull();
    }

    @Test
    void tools_areJsonSchemas() throws Exception {
        ToolSpecification tool = ToolSpecification.builder()
                .name("book")
                .description("Books a table")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("name", "for whom")
                        .addEnumProperty("where", List.of("in", "out"))
                        .addProperty(
                                "guests",
                                JsonArraySchema.builder()
                                        .items(JsonReferenceSchema.builder()
                                                .reference("guest")
                                                .build())
                                        .build())
                        .addProperty(
                                "hour",
                                JsonAnyOfSchema.builder()
                                        .anyOf(new JsonIntegerSchema(), new JsonNullSchema())
                                        .build())
                        .required("name")
                        .additionalProperties(false)
                        .definitions(Map.of(
                                "guest",
                                JsonObjectSchema.builder()
                                        .addBooleanProperty("child")
                                        .addNumberProperty("age")
                                        .build()))
                        .build())
                .build();

        assertJson(
                Schemas.tools(List.of(tool)),
                "[{'type':'function','function':{'name':'book','description':'Books a table','parameters':{"
                        + "'type':'object','properties':{'name':{'type':'string','description':'for whom'},"
                        + "'where':{'type':'string','enum':['in','out']},"
                        + "'guests':{'type':'array','items':{'$ref':'#/$defs/guest'}},"
                        + "'hour':{'anyOf':[{'type':'integer'},{'type':'null'}]}},"
                        + "'required':['name'],'additionalProperties':false,'$defs':{'guest':{'type':'object',"
                        + "'properties':{'child':{'type':'boolean'},'age':{'type':'number'}}}}}}}]");
    }

    @Test
    void tools_none_isNull() {
        assertThat(Schemas.tools(List.of())).isNull();
        assertThat(Schemas.tools(null)).isNull();
    }

    @Test
    void responseFormat_isThatOfChatCompletions() throws Exception {
        ResponseFormat schema = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("Person")
                        .rootElement(JsonObjectSchema.builder()
                                .addStringProperty("name")
                                .build())
                        .build())
                .build();

        assertThat(Schemas.responseFormat(ResponseFormat.TEXT)).isNull();
        assertThat(Schemas.responseFormat(null)).isNull();
        assertJson(Schemas.responseFormat(ResponseFormat.JSON), "{'type':'json_object'}");
        assertJson(
                Schemas.responseFormat(schema),
                "{'type':'json_schema','json_schema':{'name':'Person','schema':{'type':'object','properties':"
                        + "{'name':{'type':'string'}}}}}");
    }

    @Test
    void parameters_areThoseThatAreSet() throws Exception {
        OpenAiChatRequestParameters parameters = OpenAiChatRequestParameters.builder()
                .modelName("gpt-4o")
                .temperature(0.5)
                .maxOutputTokens(50)
                .stopSequences("END")
                .toolChoice(ToolChoice.REQUIRED)
                .seed(7)
                .reasoningEffort("low")
                .metadata(Map.of("team", "search"))
                .build();

        assertJson(
                Parameters.of(parameters, "{\"type\":\"json_object\"}", false),
                "{'temperature':0.5,'max_output_tokens':50,'stop_sequences':['END'],'tool_choice':'required',"
                        + "'seed':7,'reasoning_effort':'low','metadata':{'team':'search'},"
                        + "'response_format':{'type':'json_object'}}");
        assertThat(Parameters.of(null, null, false)).isEqualTo("{}");
    }

    static Stream<Arguments> usages() {
        return Stream.of(
                arguments(null, Map.of()),
                arguments(new TokenUsage(null, null), Map.of()),
                arguments(new TokenUsage(12, 7), Map.of("input", 12L, "output", 7L, "total", 19L)),
                arguments(new TokenUsage(12), Map.of("input", 12L, "total", 12L)),
                arguments(
                        OpenAiTokenUsage.builder()
                                .inputTokenCount(12)
                                .inputTokensDetails(OpenAiTokenUsage.InputTokensDetails.builder()
                                        .cachedTokens(4)
                                        .build())
                                .outputTokenCount(7)
                                .outputTokensDetails(OpenAiTokenUsage.OutputTokensDetails.builder()
                                        .reasoningTokens(3)
                                        .build())
                                .totalTokenCount(19)
                                .build(),
                        Map.of(
                                "input",
                                8L,
                                "input_cached_tokens",
                                4L,
                                "output",
                                4L,
                                "output_reasoning_tokens",
                                3L,
                                "total",
                                19L)),
                arguments(
                        new Beside(12, 7, 100, 20),
                        Map.of(
                                "input",
                                12L,
                                "input_cached_tokens",
                                100L,
                                "input_cache_creation",
                                20L,
                                "output",
                                7L,
                                "total",
                                139L)),
                arguments(
                        new Thinking(12, 7, 4, 30, 49),
                        Map.of(
                                "input",
                                8L,
                                "input_cached_tokens",
                                4L,
                                "output",
                                7L,
                                "output_reasoning_tokens",
                                30L,
                                "total",
                                49L)));
    }

    @ParameterizedTest
    @MethodSource("usages")
    void buckets_doNotOverlap(Object usage, Map<String, Long> expected) {
        assertThat(TokenUsages.buckets(usage)).isEqualTo(expected);
    }

    /** Counts as Anthropic's class does. */
    public record Beside(
            Integer inputTokenCount,
            Integer outputTokenCount,
            Integer cacheReadInputTokens,
            Integer cacheCreationInputTokens) {}

    /** Counts as Gemini's class does. */
    public record Thinking(
            Integer inputTokenCount,
            Integer outputTokenCount,
            Integer cachedContentTokenCount,
            Integer thoughtsTokenCount,
            Integer totalTokenCount) {}

    private static void assertJson(String actual, String expected) throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(actual)).isEqualTo(json.readTree(expected.replace('\'', '"')));
    }
}
