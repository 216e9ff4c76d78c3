package dev.sonde.agent.instrumentation.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.wire.AnthropicJson;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnthropicObservationsTest {
    private static final JsonMapper JSON = ObjectMappers.jsonMapper();

    /** What the instrumentation finds in a service's field. */
    public static final class Options {
        public JsonMapper jsonMapper() {
            return JSON;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void asked_readsTheBody(String name, String body, boolean streaming, Asked expected) {
        assertThat(Messages.asked(body, streaming)).isEqualTo(expected);
    }

    static Stream<Arguments> requests() {
        String messages = "[{\"role\":\"user\",\"content\":\"a, \\\"b\\\" }]\"}]";
        return Stream.of(
                Arguments.of(
                        "messages only",
                        "{\"max_tokens\":5,\"messages\":" + messages + ",\"model\":\"claude-opus-4-1\"}",
                        false,
                        new Asked("chat", "claude-opus-4-1", messages, "{\"max_tokens\":5}")),
                Arguments.of(
                        "system, tools and servers stand beside the messages",
                        "{\"tools\":[1],\"messages\":[2],\"mcp_servers\":[3],\"system\":[4],\"tool_choice\":{\"a\":1}}",
                        false,
                        new Asked(
                                "chat",
                                null,
                                "{\"system\":[4],\"messages\":[2],\"tools\":[1],\"mcp_servers\":[3]}",
                                "{\"tool_choice\":{\"a\":1}}")),
                Arguments.of(
                        "parameters as they are written, nulls left out",
                        "{\"model\":\"m\",\"temperature\":0.2,\"top_k\":null,\"system\":null,\"messages\":[]}",
                        true,
                        new Asked("chat", "m", "[]", "{\"temperature\":0.2,\"stream\":true}")),
                Arguments.of("a body that could not be written", null, false, new Asked("chat", null, null, "{}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("responses")
    void answered_readsTheMessage(String name, String response, Answered expected) throws Exception {
        Message parsed = JSON.readValue(response, Message.class);

        assertThat(Messages.answered(new Options(), parsed)).isEqualTo(expected);
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                Arguments.of(
                        "text",
                        """
                        {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929",
                         "content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","stop_sequence":null,
                         "usage":{"input_tokens":10,"output_tokens":5}}""",
                        new Answered(
                                "msg_1",
                                "claude-sonnet-4-5-20250929",
                                "{\"role\":\"assistant\",\"content\":[{\"text\":\"Hi\",\"type\":\"text\"}]}",
                                Map.of("input", 10L, "output", 5L, "total", 15L),
                                List.of("end_turn"),
                                null)),
                Arguments.of(
                        "a tool's call",
                        """
                        {"id":"m","model":"m","stop_reason":"tool_use","content":[
                         {"type":"tool_use","id":"t","name":"greet","input":{"name":"Ada"}}]}""",
                        new Answered(
                                "m",
                                "m",
                                "{\"role\":\"assistant\",\"content\":[{\"id\":\"t\",\"input\":{\"name\":\"Ada\"},"
                                        + "\"name\":\"greet\",\"type\":\"tool_use\"}]}",
                                Map.of(),
                                List.of("tool_use"),
                                null)),
                Arguments.of("nothing", "{}", new Answered(null, null, null, Map.of(), List.of(), null)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {}",
                "{\"input_tokens\":3,\"output_tokens\":4} | {input=3, output=4, total=7}",
                "{\"input_tokens\":3,\"cache_read_input_tokens\":5,\"cache_creation_input_tokens\":0,"
                        + "\"output_tokens\":4} | {input=3, input_cached_tokens=5, output=4, total=12}",
                "{\"input_tokens\":3,\"cache_creation_input_tokens\":9,\"cache_creation\":"
                        + "{\"ephemeral_5m_input_tokens\":7,\"ephemeral_1h_input_tokens\":2},\"output_tokens\":4}"
                        + " | {input=3, input_cache_creation=7, input_cache_creation_1h=2, output=4, total=16}",
                "{\"input_tokens\":3,\"output_tokens\":40,\"output_tokens_details\":{\"thinking_tokens\":30}}"
                        + " | {input=3, output=10, output_reasoning_tokens=30, total=43}",
            })
    void buckets_putEachTokenInOne(String usage, String expected) throws Exception {
        Map<String, String> fields = JsonText.fields(usage);

        assertThat(AnthropicJson.buckets(fields)).hasToString(expected);
    }

    @Test
    void fold_putsBlocksTogether() throws Exception {
        MessageEvents fold = new MessageEvents(new Options());

        boolean[] carried = add(
                fold,
                RawMessageStreamEvent.class,
                START,
                "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'Hm. '}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'Yes.'}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'abc'}}",
                "{'type':'content_block_stop','index':0}",
                "{'type':'content_block_start','index':1,'content_block':{'type':'text','text':'','citations':[]}}",
                "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'Say \\'Hi\\''}}",
                "{'type':'content_block_delta','index':1,'delta':{'type':'citations_delta','citation':"
                        + "{'type':'char_location','cited_text':'x','document_index':0,'start_char_index':1,"
                        + "'end_char_index':2}}}",
                "{'type':'content_block_stop','index':1}",
                "{'type':'content_block_start','index':2,'content_block':"
                        + "{'type':'tool_use','id':'t','name':'greet','input':{}}}",
                "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':''}}",
                "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':'{\\'a\\':'}}",
                "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':'1}'}}",
                "{'type':'content_block_stop','index':2}",
                "{'type':'message_delta','delta':{'stop_reason':'tool_use','stop_sequence':null},"
                        + "'usage':{'output_tokens':9,'cache_read_input_tokens':null}}",
                "{'type':'message_stop'}");

        Answered answered = fold.answered();
        assertThat(carried)
                .containsExactly(
                        false, false, true, true, false, false, false, true, false, false, true, false, true, true,
                        false, false, false);
        assertThat(answered.id()).isEqualTo("msg_1");
        assertThat(answered.model()).isEqualTo("claude-sonnet-4-5");
        assertThat(answered.finishReasons()).containsExactly("tool_use");
        assertThat(answered.usage()).hasToString("{input=3, input_cached_tokens=5, output=9, total=17}");
        assertThat(content(answered))
                .isEqualTo(content("[{'type':'thinking','thinking':'Hm. Yes.','signature':'abc'},"
                        + "{'type':'text','text':'Say \\'Hi\\'','citations':[{'type':'char_location','cited_text':'x',"
                        + "'document_index':0,'start_char_index':1,'end_char_index':2}]},"
                        + "{'type':'tool_use','id':'t','name':'greet','input':{'a':1}}]"));
    }

    @Test
    void fold_thatBreaksOff_keepsHalfAnInputAsText() throws Exception {
        MessageEvents fold = new MessageEvents(new Options());

        add(
                fold,
                RawMessageStreamEvent.class,
                START,
                "{'type':'content_block_start','index':0,'content_block':"
                        + "{'type':'tool_use','id':'t','name':'greet','input':{}}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{\\'a\\':'}}");

        assertThat(content(fold.answered()))
                .isEqualTo(content("[{'type':'tool_use','id':'t','name':'greet','input':'{\\'a\\':'}]"));
        assertThat(fold.answered().finishReasons()).isEmpty();
        assertThat(fold.answered().usage()).containsEntry("input", 3L).containsEntry("output", 1L);
    }

    @Test
    void fold_ofBetaEvents_andOfNothing() throws Exception {
        MessageEvents fold = new MessageEvents(new Options());
        assertThat(fold.answered()).isEqualTo(Answered.NOTHING);

        add(
                fold,
                BetaRawMessageStreamEvent.class,
                START,
                "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'Hi'}}");

        assertThat(content(fold.answered())).isEqualTo(content("[{'type':'text','text':'Hi'}]"));
    }

    private static final String START = "{'type':'message_start','message':{'id':'msg_1','type':'message',"
            + "'role':'assistant','model':'claude-sonnet-4-5','content':[],'stop_reason':null,"
            + "'usage':{'input_tokens':3,'cache_read_input_tokens':5,'output_tokens':1}}}";

    private static boolean[] add(MessageEvents fold, Class<?> type, String... events) throws Exception {
        boolean[] carried = new boolean[events.length];
        for (int i = 0; i < events.length; i++) {
            carried[i] = fold.add(JSON.readValue(quoted(events[i]), type));
        }
        return carried;
    }

    private static Object content(Answered answered) throws Exception {
        assertThat(answered.output()).isNotNull();
        return JSON.readValue(answered.output(), new TypeReference<Map<String, Object>>() {})
                .get("content");
    }

    private static Object content(String json) throws Exception {
        return JSON.readValue(quoted(json), Object.class);
    }

    /** JSON with quotes that need no escaping in Java; one within a string is behind a backslash. */
    private static String quoted(String json) {
        return json.replace("\\'", "\\\"").replace('\'', '"');
    }
}
