package dev.sonde.agent.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoreJsonTest {

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(null, "null"),
                arguments("say \"hi\"", "\"say \\\"hi\\\"\""),
                arguments(true, "true"),
                arguments(0.25f, "0.25"),
                arguments(Double.NaN, "\"NaN\""),
                arguments(Float.NEGATIVE_INFINITY, "\"-Infinity\""),
                arguments(UUID.fromString("0-0-0-0-1"), "\"00000000-0000-0000-0000-000000000001\""),
                arguments(List.of(1, "a", List.of()), "[1,\"a\",[]]"),
                arguments(new int[] {1, 2}, "[1,2]"),
                arguments(new float[17], "{\"dimension\":17}"),
                arguments(Collections.nCopies(17, 0.5), "{\"dimension\":17}"),
                arguments(Map.of("page", 3), "{\"page\":3}"),
                arguments(Map.of("embedding", new double[1536]), "{\"embedding\":{\"dimension\":1536}}"),
                arguments(string("a"), "\"a\""),
                arguments(Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build(), "null"),
                arguments(Value.getDefaultInstance(), "null"),
                arguments(Struct.getDefaultInstance(), "{}"),
                arguments(Struct.newBuilder().putFields("a", string("b")).build(), "{\"a\":\"b\"}"),
                arguments(ListValue.newBuilder().addValues(string("x")).build(), "[\"x\"]"),
                arguments(ByteString.copyFromUtf8("four"), "{\"bytes\":4}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void of_isTheValueAsJson(Object value, String json) {
        assertThat(StoreJson.of(value)).isEqualTo(json);
    }

    @Test
    void vector_isToldByItsDimension_howeverSmall() {
        assertThat(StoreJson.vector(List.of(1f, 2f))).isEqualTo("{\"dimension\":2}");
        assertThat(StoreJson.vector(new float[][] {{1}, {1, 2}})).isEqualTo("[{\"dimension\":1},{\"dimension\":2}]");
        assertThat(StoreJson.vector("a text")).isEqualTo("\"a text\"");
        assertThat(StoreJson.vector(null)).isEqualTo("null");
        assertThat(StoreJson.vector(List.of())).isEqualTo("[]");
    }

    @Test
    void of_longTexts_keepsTheirBeginning() throws IOException {
        String text = "x".repeat(3_999) + "\uD83D\uDE00" + "y".repeat(1_000);

        String json = json(StoreJson.of(text)).asText();

        assertThat(json).isEqualTo("x".repeat(3_999) + "… (1002 more)");
    }

    @Test
    void of_longLists_keepsTheirFirstItems() throws IOException {
        JsonNode list = json(
                StoreJson.of(IntStream.range(0, 250).mapToObj(i -> "id" + i).toList()));

        assertThat(list).hasSize(101);
        assertThat(list.get(99).asText()).isEqualTo("id99");
        assertThat(list.get(100).asText()).isEqualTo("… (150 more)");
    }

    @Test
    void of_largeMaps_keepsTheirFirstMembers() throws IOException {
        Map<String, Integer> map = new LinkedHashMap<>();
        IntStream.range(0, 103).forEach(i -> map.put("k" + i, i));

        JsonNode object = json(StoreJson.of(map));

        assertThat(object).hasSize(101);
        assertThat(object.get("…").asText()).isEqualTo("3 more");
    }

    @Test
    void of_whatHoldsItself_ends() throws IOException {
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertThat(json(StoreJson.of(list)).isArray()).isTrue();
    }

    @Test
    void answer_ofHits_isWhatTheyTell() {
        Answer answer = Answer.of(Arrays.asList(
                new Answer.Hit("a", 0.5, Map.of("text", "\"hello\"")), new Answer.Hit(null, null, Map.of())));

        assertThat(answer).isEqualTo(new Answer("[{\"id\":\"a\",\"score\":0.5,\"text\":\"hello\"},{}]", 2));
        assertThat(Answer.ofAll(List.of(answer, Answer.of(List.of()))).json()).isEqualTo("[" + answer.json() + ",[]]");
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
