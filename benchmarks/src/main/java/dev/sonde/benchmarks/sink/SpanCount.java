package dev.sonde.benchmarks.sink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How many spans a request carries: OTLP as protobuf, Datadog's msgpack, Zipkin's JSON. Nothing is decoded, only skipped. */
final class SpanCount {

    private static final byte[] ZIPKIN_SPAN = "\"traceId\":".getBytes(StandardCharsets.US_ASCII);

    /** In an export request, resource spans, and scope spans in them. */
    private static final int RESOURCE_SPANS = 1;

    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;

    private SpanCount() {}

    /** Zero for a path that carries no spans. */
    static long of(String path, byte[] body) {
        if (path.endsWith("/v1/traces")) {
            return protobuf(ByteBuffer.wrap(body), RESOURCE_SPANS, SCOPE_SPANS, SPANS);
        }
        if (path.equals("/v0.4/traces")) {
            return datadog(ByteBuffer.wrap(body));
        }
        return path.equals("/api/v2/spans") ? occurrences(body, ZIPKIN_SPAN) : 0;
    }

    /** Counts the fields that {@code path} leads to; each of its numbers is a field of the message above. */
    private static long protobuf(ByteBuffer message, int... path) {
        return protobuf(message, 0, path);
    }

    private static long protobuf(ByteBuffer message, int depth, int[] path) {
        long found = 0;
        while (message.hasRemaining()) {
            long tag = varint(message);
            int type = (int) (tag & 7);
            int length = switch (type) {
                case 0 -> {
                    varint(message);
                    yield 0;
                }
                case 1 -> Long.BYTES;
                case 2 -> Math.toIntExact(varint(message));
                case 5 -> Integer.BYTES;
                default -> throw new IllegalArgumentException("protobuf wire type " + type);
            };
            if (type == 2 && tag >>> 3 == path[depth]) {
                found += depth == path.length - 1
                        ? 1
                        : protobuf(message.slice(message.position(), length), depth + 1, path);
            }
            message.position(message.position() + length);
        }
        return found;
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = message.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("varint longer than ten bytes");
    }

    /** A list of traces, each a list of spans. */
    private static long datadog(ByteBuffer traces) {
        long found = 0;
        int count = arrayLength(traces);
        for (int trace = 0; trace < count; trace++) {
            int spans = arrayLength(traces);
            found += spans;
            for (int span = 0; span < spans; span++) {
                skip(traces);
            }
        }
        return found;
    }

    private static int arrayLength(ByteBuffer packed) {
        int head = packed.get() & 0xff;
        if ((head & 0xf0) == 0x90) {
            return head & 0x0f;
        }
        return switch (head) {
            case 0xdc -> packed.getShort() & 0xffff;
            case 0xdd -> packed.getInt();
            default -> throw new IllegalArgumentException("no msgpack array: " + head);
        };
    }

    private static void skip(ByteBuffer packed) {
        int head = packed.get() & 0xff;
        if (head < 0x80 || head >= 0xe0 || (head >= 0xc0 && head <= 0xc3)) {
            return;
        }
        if (head < 0x90) {
            skipValues(packed, 2 * (head & 0x0f));
        } else if (head < 0xa0) {
            skipValues(packed, head & 0x0f);
        } else if (head < 0xc0) {
            packed.position(packed.position() + (head & 0x1f));
        } else {
            skipLong(packed, head);
        }
    }

    private static void skipLong(ByteBuffer packed, int head) {
        switch (head) {
            case 0xdc -> skipValues(packed, packed.getShort() & 0xffff);
            case 0xdd -> skipValues(packed, packed.getInt());
            case 0xde -> skipValues(packed, 2 * (packed.getShort() & 0xffff));
            case 0xdf -> skipValues(packed, 2 * packed.getInt());
            default -> {
                int bytes = switch (head) {
                    case 0xc4, 0xd9 -> packed.get() & 0xff;
                    case 0xc5, 0xda -> packed.getShort() & 0xffff;
                    case 0xc6, 0xdb -> packed.getInt();
                    case 0xcc, 0xd0 -> 1;
                    case 0xcd, 0xd1 -> 2;
                    case 0xca, 0xce, 0xd2 -> 4;
                    case 0xcb, 0xcf, 0xd3 -> 8;
                    default -> throw new IllegalArgumentException("msgpack type " + head);
                };
                packed.position(packed.position() + bytes);
            }
        }
    }

    private static void skipValues(ByteBuffer packed, int count) {
        for (int i = 0; i < count; i++) {
            skip(packed);
        }
    }

    private static long occurrences(byte[] body, byte[] word) {
        long found = 0;
        for (int at = 0; at <= body.length - word.length; at++) {
            int same = 0;
            while (same < word.length && body[at + same] == word[same]) {
                same++;
            }
            if (same == word.length) {
                found++;
                at += word.length - 1;
            }
        }
        return found;
    }
}
