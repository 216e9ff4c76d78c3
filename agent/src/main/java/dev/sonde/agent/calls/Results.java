package dev.sonde.agent.calls;

import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.Ends;
import dev.sonde.runtime.ends.ObservedCall;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Ends calls with results that are complete now or later. */
final class Results {
    private static final Map<String, Ends> ENDS = new ConcurrentHashMap<>();

    private Results() {}

    /** What the hooked method shall return; the call ends when that is complete. */
    static @Nullable Object follow(@Nullable Object result, String declaredType, ObservedCall call) {
        Ending ending = result == null
                ? null
                : ENDS.computeIfAbsent(declaredType, Ends::of).endingOf(result);
        if (result == null || ending == null) {
            call.returned(result);
            return result;
        }
        return Ends.follow(ending, result, call);
    }
}
