package dev.sonde.boot;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the facade in the application finds the runtime it cannot see: one function from an operation's name and
 * arguments to its result, JDK types only, so that the two sides may be of different versions.
 */
public final class Bridge {

    /** Null until a runtime has started. */
    public static volatile @Nullable BiFunction<String, Object[], Object> facade;

    private Bridge() {}
}
