package dev.sonde.runtime.ends;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has given so far, within bounds: pieces of text as one text, anything else as a list. What does not fit is
 * left out and the stream goes on. For any thread; parallel streams add from several.
 */
final class Items {

    /** Characters of text at most. */
    static final int MAX_CHARS = 1 << 20;

    /** Items of a list at most. */
    static final int MAX_ITEMS = 10_000;

    private final @Nullable Function<@Nullable Object, @Nullable Object> aggregator;

    // Both guarded by this.
    private @Nullable StringBuilder text;
    private @Nullable List<@Nullable Object> list;

    /** @param aggregator makes the output of the list of items; null for text or list */
    Items(@Nullable Function<@Nullable Object, @Nullable Object> aggregator) {
        this.aggregator = aggregator;
    }

    synchronized void add(@Nullable Object item) {
        if (list == null && aggregator == null && item instanceof CharSequence piece) {
            StringBuilder joined = text == null ? new StringBuilder() : text;
            text = joined;
            joined.append(piece, 0, Math.min(piece.length(), MAX_CHARS - joined.length()));
            return;
        }
        List<@Nullable Object> all = list == null ? new ArrayList<>() : list;
        list = all;
        if (text != null) {
            all.add(text.toString());
            text = null;
        }
        if (all.size() < MAX_ITEMS) {
            all.add(item);
        }
    }

    /** Text, list, or what the aggregator made of them; null when there was no item. */
    @Nullable
    Object output() {
        Object all = taken();
        return all == null || aggregator == null ? all : aggregator.apply(all);
    }

    private synchronized @Nullable Object taken() {
        return text != null ? text.toString() : list == null ? null : new ArrayList<>(list);
    }
}
