package dev.sonde.server.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemasTest {

    private static @Nullable String violation(String schema, @Nullable String value) {
        JsonSchemas.check("inputSchema", schema);
        return JsonSchemas.of("inputSchema", schema).violation(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"object","required":["q"]}                                  | {"q":1}        | true
            {"type":"object","required":["q"]}                                  | {}             | false
            {"type":"object"}                                                   | null           | false
            true                                                                | [1]            | true
            false                                                               | 1              | false
            {"type":"string","format":"date-time"}                              | "yesterday"    | false
            {"type":"string","pattern":"^a+$"}                                  | "aaa"          | true
            {"type":"string","pattern":"^a+$"}                                  | "b"            | false
            {"definitions":{"n":{"type":"number"}},"items":{"$ref":"#/definitions/n"}} | [1,"x"] | false
            {"$schema":"https://json-schema.org/draft/2020-12/schema","prefixItems":[{"type":"null"}]} | [1] | false
            {"$schema":"http://json-schema.org/draft-07/schema#","const":1}     | 1              | true
            {"properties":{"next":{"$ref":"#"},"v":{"type":"null"}}}            | {"next":{"v":1}} | false
            """)
    void violation_saysWhetherAValueFits(String schema, String value, boolean fits) {
        assertThat(violation(schema, value) == null).isEqualTo(fits);
    }

    @Test
    void violation_saysWhere() {
        assertThat(violation("{\"properties\":{\"a\":{\"items\":{\"type\":\"string\"}}}}", "{\"a\":[\"x\",2]}"))
                .contains("/a/1")
                .contains("string");
        assertThat(violation("{\"type\":\"object\"}", null)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "\"x\"",
                "[]",
                "{\"type\":\"nothing\"}",
                "{\"required\":\"q\"}",
                "{\"pattern\":\"(\"}",
                "{\"properties\":{\"a\":{\"minLength\":-1}}}",
                "{\"$schema\":\"http://example.com/own\"}",
                "{\"$schema\":\"file:///etc/passwd\"}"
            })
    void check_refusesWhatIsNoSchema(String schema) {
        assertThatThrownBy(() -> JsonSchemas.check("inputSchema", schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("inputSchema");
    }

    @Test
    void schemas_reachNothingOutside(@TempDir Path directory) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        outside.start();
        Path file = Files.writeString(directory.resolve("any.json"), "true");
        try {
            for (String place : new String[] {
                "http://127.0.0.1:" + outside.getAddress().getPort() + "/any.json",
                file.toUri().toString(),
                "classpath:/draft-07/schema",
                "jar:" + file.toUri() + "!/x"
            }) {
                assertThatThrownBy(() -> violation("{\"$ref\":\"" + place + "\"}", "1"))
                        .as(place)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        } finally {
            outside.stop(0);
        }
        assertThat(requests).hasValue(0);
    }

    @Test
    void schemas_thatNeverEnd_areToldSo() {
        assertThatThrownBy(() -> violation("{\"allOf\":[{\"$ref\":\"#\"}]}", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inputSchema");
    }

    @Test
    void schemas_thatDoubleAtEachStep_areStopped() {
        StringBuilder schema = new StringBuilder("{\"definitions\":{\"d0\":{\"type\":\"number\"}");
        for (int i = 1; i <= 40; i++) {
            String before = "{\"$ref\":\"#/definitions/d" + (i - 1) + "\"}";
            schema.append(",\"d" + i + "\":{\"allOf\":[" + before + "," + before + "]}");
        }
        schema.append("},\"$ref\":\"#/definitions/d40\"}");

        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThatThrownBy(() -> violation(schema.toString(), "1"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("inputSchema: takes more than"));
    }

    @Test
    void violation_ofALargeValue_isNotStopped() {
        String value = "[" + "{\"q\":1},".repeat(50_000) + "{\"q\":1}]";

        assertThat(violation("{\"items\":{\"required\":[\"q\"],\"properties\":{\"q\":{\"type\":\"number\"}}}}", value))
                .isNull();
    }

    @Test
    void patterns_cannotHang() {
        String value = "\"" + "a".repeat(5_000) + "!\"";

        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(violation("{\"pattern\":\"^(a+)+$\"}", value)).isNotNull());
    }
}
