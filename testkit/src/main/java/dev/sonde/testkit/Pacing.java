package dev.sonde.testkit;

import java.time.Duration;

/**
 * How fast an answer arrives.
 *
 * @param beforeFirst wait before a streamed answer's first chunk, or before the whole of a plain one
 * @param betweenChunks wait between two chunks of a stream
 */
public record Pacing(Duration beforeFirst, Duration betweenChunks) {
    /** As fast as the connection takes it. */
    public static final Pacing NONE = new Pacing(Duration.ZERO, Duration.ZERO);

    /** The same wait before the first chunk and between chunks. */
    public static Pacing every(Duration pause) {
        return new Pacing(pause, pause);
    }
}
