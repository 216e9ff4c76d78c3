package dev.sonde.agent.instrumentation;

import dev.sonde.agent.instrumentation.openai.OpenAiInstrumentation;
import dev.sonde.agent.tooling.LibraryInstrumentation;
import java.util.List;

/** All instrumentations, written down by hand and alphabetically: start-up scans for nothing. */
public final class Libraries {

    private static final List<LibraryInstrumentation> ALL = List.of(new OpenAiInstrumentation());

    private Libraries() {}

    /** The instrumentations in alphabetical order of their libraries. */
    public static List<LibraryInstrumentation> all() {
        return ALL;
    }
}
