package dev.sonde.agent.instrumentation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.RuntimeConfig;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import dev.sonde.runtime.context.Context;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** On records with the names of the library's, which are all that is read. */
class McpMappingTest {
    private static final String PLACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Tracer TRACER =
            SondeRuntime.tracer(RuntimeConfig.read(Map.of("public-key", "pk", "secret-key", "sk")));

    public record Call(
            String name,
            Map<String, Object> arguments,
            @Nullable Map<String, Object> meta) {}

    public record Content(
            String type,
            @Nullable String text,
            @Nullable String data,
            @Nullable String mimeType) {}

    public record Embedded(String type, Resource resource) {}

    public record Resource(
            String uri,
            String mimeType,
            @Nullable String text,
            @Nullable String blob) {}

    public record Result(
            List<Object> content,
            @Nullable Boolean isError,
            @Nullable Object structuredContent) {}

    static Stream<Arguments> results() {
        Content text = new Content("text", "sunny", null, null);
        Content picture = new Content("image", null, "aGk=", "image/png");
        Embedded file = new Embedded("resource", new Resource("file:/a", "text/csv", null, "aGk="));
        Map<String, String> sunny = Map.of("type", "text", "text", "sunny");
        Map<String, String> seen =
                Map.of("type", "image", "mimeType", "image/png", "data", "data:image/png;base64,aGk=");
        return Stream.of(
                arguments(result(), null),
                arguments(result(text), "sunny"),
                arguments(result(picture), seen),
                arguments(result(text, picture), List.of(sunny, seen)),
                arguments(
                        result(file),
                        Map.of("uri", "file:/a", "mimeType", "text/csv", "blob", "data:text/csv;base64,aGk=")),
                arguments(
                        new Result(List.of(text), false, Map.of("sky", "clear")),
                        Map.of("content", "sunny", "structuredContent", Map.of("sky", "clear"))));
    }

    @ParameterizedTest
    @MethodSource("results")
    void tool_isTextOrParts(Result result, @Nullable Object expected) {
        assertThat(McpRequest.CALL_TOOL.output(result)).isEqualTo(expected);
        assertThat(McpContent.failure(result)).isNull();
    }

    @Test
    void failure_isWhatTheToolSays() {
        Content text = new Content("text", "no such place", null, null);

        assertThat(McpContent.failure(new Result(List.of(text), true, null))).isEqualTo("no such place");
        assertThat(McpContent.failure(new Result(List.of(), true, null))).isEqualTo("The tool failed.");
    }

    @Test
    void title_isTheToolsNameOrTheMethodsWithIt() {
        Call named = new Call("forecast", Map.of(), null);

        assertThat(McpRequest.CALL_TOOL.title(named)).isEqualTo("forecast");
        assertThat(McpRequest.GET_PROMPT.title(Map.of("name", "advise"))).isEqualTo("prompts/get advise");
        assertThat(McpRequest.LIST_TOOLS.title("page 2")).isEqualTo("tools/list");
        assertThat(McpRequest.LIST_TOOLS.input("page 2")).isEqualTo("page 2");
        assertThat(McpRequest.INITIALIZE.title(null)).isEqualTo("initialize");
    }

    @Test
    void with_addsThePlaceAndKeepsTheRest() {
        LiveObservation observation = TRACER.startUnder(null, "TOOL", "forecast");
        Map<String, Object> meta = new HashMap<>(Map.of("progressToken", 7));
        Call request = new Call("forecast", Map.of("place", "Rome"), meta);

        Call placed = (Call) McpMeta.with(request, observation);

        assertThat(placed.meta()).isEqualTo(Map.of("progressToken", 7, "traceparent", observation.traceparent()));
        assertThat(placed.name()).isEqualTo("forecast");
        assertThat(placed.arguments()).isSameAs(request.arguments());
        assertThat(meta).isEqualTo(Map.of("progressToken", 7));
        assertThat(((Call) McpMeta.with(new Call("forecast", Map.of(), null), observation)).meta())
                .isEqualTo(Map.of("traceparent", observation.traceparent()));
    }

    @Test
    void with_leavesWhatHasAPlaceOrIsNoRecord() {
        LiveObservation observation = TRACER.startUnder(null, "TOOL", "forecast");
        Call placed = new Call("forecast", Map.of(), Map.of("traceparent", PLACE));

        assertThat(McpMeta.with(placed, observation)).isSameAs(placed);
        assertThat(McpMeta.with("no record", observation)).isEqualTo("no record");
    }

    @Test
    void place_isWhatTheRequestSaysElseWhereWeAre() {
        LiveObservation here = TRACER.startUnder(null, "SPAN", "here");

        Context place = McpMeta.place(Map.of("_meta", Map.of("traceparent", PLACE)), here);

        assertThat(place).isNotNull();
        assertThat(place.observation()).isNotNull();
        assertThat(place.observation().trace().id()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(Long.toHexString(place.observation().id())).isEqualTo("b7ad6b7169203331");
        for (Map<String, ?> without : List.<Map<String, ?>>of(
                Map.of(), Map.of("_meta", Map.of()), Map.of("_meta", Map.of("traceparent", "nonsense")))) {
            assertThat(McpMeta.place(without, here)).isSameAs(here);
        }
    }

    private static Result result(Object... content) {
        return new Result(Arrays.asList(content), null, null);
    }
}
