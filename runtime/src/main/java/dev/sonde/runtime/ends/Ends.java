package dev.sonde.runtime.ends;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Finds how the results of one method end their calls' observations. Immutable, for any thread. */
public final class Ends {

    /** Declared types of frequent results that are complete when the method returns. */
    private static final Set<String> COMPLETE = Set.of(
            "java.lang.String",
            "java.lang.Boolean",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Double",
            "java.util.List",
            "java.util.Map",
            "java.util.Set",
            "java.util.Optional");

    /** Results of a method whose declared type is not known: only those that need not be replaced are followed. */
    public static final Ends UNREPLACED = new Ends("");

    private final String declaredType;
    private final boolean follows;

    private Ends(String declaredType) {
        this.declaredType = declaredType;
        this.follows = !COMPLETE.contains(declaredType);
    }

    /** @param declaredType name of the method's return type, as {@link Class#getName()} writes it */
    public static Ends of(String declaredType) {
        return new Ends(declaredType);
    }

    /** Whether a result may be replaced by another object of the declared type. */
    public boolean mayReplace() {
        return false;
    }

    /** How this result ends its call; null when it is complete already. */
    public @Nullable Ending of(Object result) {
        return follows && result instanceof CompletionStage<?> ? Stages.ENDING : null;
    }

    @Override
    public String toString() {
        return "Ends[" + declaredType + "]";
    }
}
