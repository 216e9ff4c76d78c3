package dev.sonde.benchmarks.programs;

import java.io.IOException;

/** A root that calls ten children, observed by one contestant. Many threads may call it. */
public interface Calls extends AutoCloseable {

    /** Children of one root. */
    int CHILDREN = 10;

    /** Spans that one call makes. */
    int SPANS = CHILDREN + 1;

    /** Makes those of a class with that name. */
    static Calls of(String className) throws ReflectiveOperationException {
        return Class.forName(className)
                .asSubclass(Calls.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    /** Calls all children, one after another, each with the result of the one before. */
    int root(int seed);

    /** Sends what waits. Nothing to do for an agent, which does it when the JVM ends. */
    @Override
    default void close() throws IOException {}
}
