package dev.sonde.runtime;

import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.library.Coroutines;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What happens around an observed suspending function of Kotlin, whose last parameter is its continuation. It is entered
 * again each time it goes on behind a suspension, which is no new call; it ends when its continuation is resumed.
 */
public final class SuspendSite implements SiteHandler {

    private final ObserveSite site;

    /** @param site of the function without its continuation */
    public SuspendSite(ObserveSite site) {
        this.site = site;
    }

    /** A call under way; framed when its continuation will end it. */
    private static final class Call {
        private final Object scope;
        private final Coroutines kotlin;
        private final LaterOutcome outcome;
        private boolean framed;

        Call(Object scope, Coroutines kotlin, LaterOutcome outcome) {
            this.scope = scope;
            this.kotlin = kotlin;
            this.outcome = outcome;
        }
    }

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        Object[] all = Objects.requireNonNull(arguments, "arguments");
        Object continuation = all[all.length - 1];
        Coroutines kotlin = continuation == null ? null : Coroutines.of(continuation);
        if (kotlin == null || continuation == null || kotlin.isResumption(continuation)) {
            return null;
        }
        Context around = Context.current();
        Object scope = site.enter(self, Arrays.copyOf(all, all.length - 1));
        return scope == null ? null : new Call(scope, kotlin, new LaterOutcome(site, scope, around));
    }

    @Override
    public @Nullable Object argument(Object scope, @Nullable Object continuation) {
        Call call = (Call) scope;
        if (continuation == null) {
            return null;
        }
        Object frame = call.kotlin.frame(continuation, call.outcome);
        call.framed = true;
        return frame;
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Call call = (Call) scope;
        site.observation(call.scope).leave();
        if (error instanceof CancellationException) {
            call.outcome.stopped(ObservedCall.CANCELLED, null);
        } else if (error != null) {
            call.outcome.failed(error, null);
        } else if (result == null || !call.kotlin.isSuspended(result)) {
            call.outcome.returned(call.kotlin.isUnit(result) ? null : result);
        } else if (!call.framed) {
            call.outcome.returned(null); // nobody will tell
        }
        return result;
    }
}
