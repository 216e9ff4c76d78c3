package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.LibraryObjects;
import java.util.Set;

/**
 * The advisors that Spring AI puts into each chain by itself: the last one, which only calls the model, and in Spring AI 2
 * the one that runs tools. They say nothing that the chat client, the model and the tools do not.
 */
final class Wiring {

    private static final Set<String> LAST = Set.of("call", "stream");
    private static final String TOOLS = "Tool Calling Advisor";

    private Wiring() {}

    static boolean is(Kind kind, Object context) {
        if (kind != Kind.ADVISOR || !(LibraryObjects.get(context, "getAdvisorName") instanceof String name)) {
            return false;
        }
        return name.equals(TOOLS)
                || (LAST.contains(name)
                        && Integer.valueOf(Integer.MAX_VALUE).equals(LibraryObjects.get(context, "getOrder")));
    }
}
