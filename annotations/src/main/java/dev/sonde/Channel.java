package dev.sonde;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The way to the runtime: one function of JDK types, found by name; operations answer null while there is none. */
final class Channel {

    private static final String BRIDGE = "dev.sonde.boot.Bridge";

    /** Asked again until it answers: the agent may open its runtime after the facade was first used. */
    private static volatile @Nullable BiFunction<String, @Nullable Object[], @Nullable Object> found;

    private static volatile long nextLookNanos = System.nanoTime();

    private Channel() {}

    static boolean isOpen() {
        return function() != null;
    }

    /** Never throws: what goes wrong behind the channel is the runtime's to report. */
    static @Nullable Object call(String operation, @Nullable Object... arguments) {
        BiFunction<String, @Nullable Object[], @Nullable Object> function = function();
        if (function == null) {
            return null;
        }
        try {
            return function.apply(operation, arguments);
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }

    private static @Nullable BiFunction<String, @Nullable Object[], @Nullable Object> function() {
        BiFunction<String, @Nullable Object[], @Nullable Object> known = found;
        if (known == null && System.nanoTime() - nextLookNanos >= 0) {
            known = look();
            found = known;
            nextLookNanos = System.nanoTime() + 10_000_000;
        }
        return known;
    }

    @SuppressWarnings("unchecked") // the bridge holds exactly this
    private static @Nullable BiFunction<String, @Nullable Object[], @Nullable Object> look() {
        try {
            Class<?> bridge = Class.forName(BRIDGE, true, Channel.class.getClassLoader());
            return (BiFunction<String, @Nullable Object[], @Nullable Object>)
                    bridge.getField("facade").get(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null; // no runtime: the facade does nothing
        }
    }
}
