package dev.sonde.agent.instrumentation.langchain4j;

/** The library's own decorators that only tell listeners, and hand everything on to what they decorate. */
public final class Listening {
    private Listening() {}

    /** Whether an object is one; what it decorates is observed, and under its own name. */
    public static boolean isListening(Object target) {
        Class<?> type = target.getClass();
        return type.getSimpleName().startsWith("Listening") && type.getName().startsWith("dev.langchain4j.");
    }
}
