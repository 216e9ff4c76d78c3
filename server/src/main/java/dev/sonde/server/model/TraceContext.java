package dev.sonde.server.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an observation knows of the trace around it, as found on that observation itself.
 *
 * @param tags sorted, distinct
 * @param appRoot whether the client marked it as where its application begins, though something outside called it
 */
public record TraceContext(
        @Nullable String traceName,
        @Nullable String userId,
        @Nullable String sessionId,
        @Nullable String release,
        List<String> tags,
        boolean appRoot) {

    /** Nothing known. */
    public static final TraceContext NONE = new TraceContext(null, null, null, null, List.of(), false);

    public TraceContext {
        tags = List.copyOf(tags);
    }
}
