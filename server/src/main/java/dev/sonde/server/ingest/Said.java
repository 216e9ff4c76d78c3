package dev.sonde.server.ingest;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When each part of one trace or observation was said, so that what arrives late does not undo what was said after it.
 * Times are those of {@link Fragment#order}. Used by the committer's thread.
 */
final class Said {

    private final boolean whole;
    private final Map<Part, Long> parts;
    private final Map<String, Long> metadata;

    /** Nothing known yet. {@code whole} holds when nothing was stored before: then what has no time was never said. */
    Said(boolean whole) {
        this(whole, new EnumMap<>(Part.class), new HashMap<>());
    }

    private Said(boolean whole, Map<Part, Long> parts, Map<String, Long> metadata) {
        this.whole = whole;
        this.parts = parts;
        this.metadata = metadata;
    }

    Said copy() {
        return new Said(whole, new EnumMap<>(parts), new HashMap<>(metadata));
    }

    /** Whether the stored value of this part is but a default. */
    boolean isUnsaid(Part part) {
        return whole && !parts.containsKey(part);
    }

    /** Whether the stored value was said after {@code order}. */
    boolean isLater(Part part, long order) {
        return isLater(parts.get(part), order);
    }

    boolean isLater(String metadataKey, long order) {
        return isLater(metadata.get(metadataKey), order);
    }

    void note(Part part, long order) {
        parts.merge(part, order, part.keepsFirst() ? Math::min : Math::max);
    }

    void note(String metadataKey, long order) {
        metadata.merge(metadataKey, order, Math::max);
    }

    private static boolean isLater(@Nullable Long said, long order) {
        return said != null && said > order;
    }
}
