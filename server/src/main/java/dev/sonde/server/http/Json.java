package dev.sonde.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** JSON in and out: one mapper with limits, and the formats every resource shares. */
final class Json {

    /** ISO-8601 in UTC with milliseconds, as every client parses it. */
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(200)
                        .maxStringLength(32 << 20)
                        .build());
    }

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static com.fasterxml.jackson.databind.node.ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** Any record, map or list as a tree. */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** As {@link #tree}; null becomes JSON's null. */
    static JsonNode treeOrNull(@Nullable Object value) {
        return value == null ? MAPPER.nullNode() : tree(value);
    }

    static String time(Instant instant) {
        return MILLIS.format(instant);
    }

    static @Nullable String timeOrNull(@Nullable Instant instant) {
        return instant == null ? null : time(instant);
    }

    /** A request's body; anything but one JSON value is a problem. */
    static JsonNode parse(byte[] body) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            if (tree == null || tree.isMissingNode()) {
                throw HttpProblem.invalid("The body is empty; expected JSON");
            }
            return tree;
        } catch (IOException e) {
            throw HttpProblem.invalid("The body is no valid JSON");
        }
    }

    /** As {@link #parse}, with every digit of numbers kept. */
    static JsonNode exact(byte[] body) {
        try {
            JsonNode tree = MAPPER.reader(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(body);
            return tree == null || tree.isMissingNode() ? parse(body) : tree;
        } catch (IOException e) {
            throw HttpProblem.invalid("The body is no valid JSON");
        }
    }

    /**
     * Stored text as clients of the first generation read it: JSON where it parses, the text itself where it does not;
     * integers that a double cannot hold stay text.
     */
    static @Nullable JsonNode stored(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        char first = text.charAt(0);
        boolean maybeJson = "{[\"-0123456789tfn \t\r\n".indexOf(first) >= 0;
        if (maybeJson) {
            try {
                JsonNode tree = MAPPER.readTree(text);
                if (tree != null && !tree.isMissingNode() && !(tree.isIntegralNumber() && !exact(tree))) {
                    return tree;
                }
            } catch (JsonProcessingException e) {
                return MAPPER.getNodeFactory().textNode(text); // text that only looks like JSON
            }
        }
        return MAPPER.getNodeFactory().textNode(text);
    }

    static HttpResponse ok(JsonNode body) {
        return of(HttpStatus.OK, body);
    }

    static HttpResponse of(HttpStatus status, JsonNode body) {
        return HttpResponse.of(
                ResponseHeaders.builder(status)
                        .contentType(MediaType.JSON_UTF_8)
                        .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                        .build(),
                HttpData.wrap(bytes(body)));
    }

    static byte[] bytes(JsonNode body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a tree", e);
        }
    }

    private static boolean exact(JsonNode number) {
        return number.canConvertToLong() && Math.abs(number.asLong()) <= 1L << 53;
    }
}
