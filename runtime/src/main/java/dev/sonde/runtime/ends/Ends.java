package dev.sonde.runtime.ends;

import dev.sonde.runtime.ends.library.LibraryResults;
import dev.sonde.runtime.export.Log;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds how the results of one method end their calls' observations. A result is replaced only where the method declares
 * the very interface that another object can stand for. Immutable, for any thread.
 */
public final class Ends {

    /** Declared types of frequent results that are complete when the method returns. */
    private static final Set<String> COMPLETE = Set.of(
            "java.lang.String",
            "java.lang.Boolean",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Double",
            "java.util.Collection",
            "java.util.List",
            "java.util.Map",
            "java.util.Set",
            "java.util.Optional");

    /** By declared type, which the result is known to be of. */
    private static final Map<String, Ending> REPLACING = Map.of(
            "java.util.stream.Stream", Streams.ENDING,
            "java.util.stream.IntStream", Streams.ENDING,
            "java.util.stream.LongStream", Streams.ENDING,
            "java.util.stream.DoubleStream", Streams.ENDING,
            "java.util.Iterator", Iterators.OF_ITERATOR,
            "java.lang.Iterable", Iterators.OF_ITERABLE,
            "java.util.concurrent.Flow$Publisher", FlowPublishers.ENDING);

    /** Results of a method whose declared type is not known: only those that need not be replaced are followed. */
    public static final Ends UNREPLACED = new Ends("");

    private final String declaredType;
    private final boolean follows;
    private final @Nullable Ending replacing;

    private Ends(String declaredType) {
        this.declaredType = declaredType;
        this.follows = !COMPLETE.contains(declaredType);
        this.replacing = REPLACING.get(declaredType);
    }

    /** @param declaredType name of the method's return type, as {@link Class#getName()} writes it */
    public static Ends of(String declaredType) {
        return new Ends(declaredType);
    }

    /** Whether a result may be replaced by another object of the declared type. */
    public boolean mayReplace() {
        return replacing != null || LibraryResults.mayReplace(declaredType);
    }

    /** How this result ends its call; null when it is complete already. */
    public @Nullable Ending endingOf(Object result) {
        if (!follows) {
            return null;
        }
        if (result instanceof CompletionStage<?>) {
            return Stages.ENDING;
        }
        if (Emitters.follows(result)) {
            return Emitters.ENDING;
        }
        return replacing != null && canStandFor(result) ? replacing : LibraryResults.of(result, declaredType);
    }

    /** Sees to it that the call ends with its result, and answers what the caller gets. */
    public static Object follow(Ending ending, Object result, ObservedCall call) {
        try {
            return ending.follow(result, call);
        } catch (RuntimeException | LinkageError e) {
            String type = result.getClass().getName();
            Log.warn("ends " + type, "a " + type + " could not be followed to its end: " + e);
            call.returned(null);
            return result;
        }
    }

    /** Whether nobody can tell the result from what stands for it. */
    private static boolean canStandFor(Object result) {
        if (result instanceof Iterator) {
            return Iterators.isPlain(result);
        }
        if (result instanceof Iterable) {
            return Iterators.isPlainIterable(result);
        }
        return result instanceof BaseStream || result instanceof Flow.Publisher;
    }
}
