package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.ObservedCall;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** Where Reactor's own context holds ours. */
final class Reactor {

    /** The key in a subscriber's context. */
    static final String KEY = "dev.sonde.context";

    private Reactor() {}

    /** The call as this subscriber sees it: below the observation the subscriber is in, if it is in one. */
    static ObservedCall begin(ObservedCall call, ContextView subscriber) {
        return call.begin(context(subscriber));
    }

    private static @Nullable Context context(ContextView subscriber) {
        return subscriber.getOrDefault(KEY, null) instanceof Context context ? context : null;
    }
}
