package dev.sonde.runtime.export;

import org.jspecify.annotations.Nullable;

/**
 * One request to the server.
 *
 * @param kind what it holds
 * @param content the body; the first {@code size} bytes count
 * @param count observations or scores in it
 */
record Packet(Kind kind, Bytes content, int size, int count) {

    /** What a request holds. */
    enum Kind {
        OBSERVATIONS(1, "/api/public/otel/v1/traces", "application/x-protobuf", "observations"),
        SCORES(2, "/api/public/ingestion", "application/json", "scores");

        /** Says on disk which kind it is. */
        final int code;

        final String path;
        final String contentType;
        final String noun;

        Kind(int code, String path, String contentType, String noun) {
            this.code = code;
            this.path = path;
            this.contentType = contentType;
            this.noun = noun;
        }
    }

    /** The kind of a code; null for one that is not known. */
    static @Nullable Kind kindOf(int code) {
        for (Kind kind : Kind.values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }

    /** Bytes that may be reused after the request. */
    interface Bytes {
        byte[] array();
    }

    byte[] bytes() {
        return content.array();
    }
}
