package dev.sonde.runtime.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes two requests of one that is too large and only known by its bytes, as {@link OtlpEncoder} and scores write them. */
final class PacketHalves {

    private static final JsonFactory JSON = new JsonFactory();

    private PacketHalves() {}

    /**
     * Both halves; one element, the request itself, where it holds only one item.
     *
     * @throws IOException when the bytes are not what we write
     */
    static List<Packet> of(Packet packet) throws IOException {
        if (packet.count() < 2) {
            return List.of(packet);
        }
        return packet.kind() == Packet.Kind.SCORES ? scores(packet) : observations(packet);
    }

    private static List<Packet> scores(Packet packet) throws IOException {
        String text = new String(packet.bytes(), 0, packet.size(), StandardCharsets.UTF_8);
        List<String> events = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            while (parser.nextToken() != null && parser.currentToken() != JsonToken.START_ARRAY) {
                // up to the batch
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                int to = (int) parser.currentLocation().getCharOffset();
                events.add(text.substring(from, to));
            }
        }
        if (events.size() < 2) {
            throw new IOException("a batch of scores has " + events.size());
        }
        int half = events.size() / 2;
        return List.of(scores(events.subList(0, half)), scores(events.subList(half, events.size())));
    }

    /** The request that holds these events, each JSON text. */
    static Packet scores(List<String> events) {
        byte[] body = ("{\"batch\":[" + String.join(",", events) + "],\"metadata\":{\"sdk_name\":\"sonde-java\"}}")
                .getBytes(StandardCharsets.UTF_8);
        return new Packet(Packet.Kind.SCORES, () -> body, body.length, events.size());
    }

    /** A part of protobuf text: where it begins with its tag, and where its content begins and ends. */
    private record Field(int number, int start, int from, int to) {}

    /** ResourceSpans is field 1; in it the resource is 1 and ScopeSpans 2; in that the scope is 1 and a span 2. */
    private static List<Packet> observations(Packet packet) throws IOException {
        byte[] bytes = packet.bytes();
        Field resourceSpans = only(fields(bytes, 0, packet.size()), 1);
        List<Field> inResource = fields(bytes, resourceSpans.from(), resourceSpans.to());
        Field scopeSpans = only(inResource, 2);
        List<Field> inScope = fields(bytes, scopeSpans.from(), scopeSpans.to());
        List<Field> spans =
                inScope.stream().filter(field -> field.number() == 2).toList();
        byte[] resource = copy(bytes, inResource, 1);
        byte[] scope = copy(bytes, inScope, 1);
        int half = spans.size() / 2;
        return List.of(
                observations(bytes, resource, scope, spans.subList(0, half)),
                observations(bytes, resource, scope, spans.subList(half, spans.size())));
    }

    private static Packet observations(byte[] bytes, byte[] resource, byte[] scope, List<Field> spans) {
        ByteArrayOutputStream scopeSpans = new ByteArrayOutputStream();
        scopeSpans.writeBytes(scope);
        for (Field span : spans) {
            scopeSpans.write(bytes, span.start(), span.to() - span.start());
        }
        ByteArrayOutputStream resourceSpans = new ByteArrayOutputStream();
        resourceSpans.writeBytes(resource);
        message(resourceSpans, 2, scopeSpans.toByteArray());
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        message(request, 1, resourceSpans.toByteArray());
        byte[] made = request.toByteArray();
        return new Packet(Packet.Kind.OBSERVATIONS, () -> made, made.length, spans.size());
    }

    private static void message(ByteArrayOutputStream out, int field, byte[] content) {
        out.write((field << 3) | 2);
        int length = content.length;
        while (length > 0x7F) {
            out.write((length & 0x7F) | 0x80);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(content);
    }

    private static byte[] copy(byte[] bytes, List<Field> fields, int number) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Field field : fields) {
            if (field.number() == number) {
                out.write(bytes, field.start(), field.to() - field.start());
            }
        }
        return out.toByteArray();
    }

    private static Field only(List<Field> fields, int number) throws IOException {
        List<Field> found =
                fields.stream().filter(field -> field.number() == number).toList();
        if (found.size() != 1) {
            throw new IOException("a request has " + found.size() + " of what it has one of");
        }
        return found.get(0);
    }

    /** Fields of a message that has only messages in it. */
    private static List<Field> fields(byte[] bytes, int from, int to) throws IOException {
        List<Field> fields = new ArrayList<>();
        int at = from;
        while (at < to) {
            int start = at;
            int tag = bytes[at++];
            int length = 0;
            int shift = 0;
            int next;
            do {
                if (at >= to || shift > 28 || (tag & 7) != 2) {
                    throw new IOException("a request is not of the form it was written in");
                }
                next = bytes[at++];
                length |= (next & 0x7F) << shift;
                shift += 7;
            } while (next < 0);
            if (length < 0 || length > to - at) {
                throw new IOException("a request is cut off");
            }
            fields.add(new Field(tag >>> 3, start, at, at + length));
            at += length;
        }
        return fields;
    }
}
