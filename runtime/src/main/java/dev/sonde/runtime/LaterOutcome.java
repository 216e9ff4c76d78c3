package dev.sonde.runtime;

import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.ObservedCall;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call of an observed method that goes on after the method has returned. For any thread. */
final class LaterOutcome implements ObservedCall {

    private final ObserveSite site;
    private final Object scope;

    /** What was current where the method was called. */
    private final @Nullable Context around;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Whether an item of the stream has come; written again for each, which no reader can tell. */
    private boolean flowing;

    /** @param scope what the site's {@code enter} answered, no longer current */
    LaterOutcome(ObserveSite site, Object scope, @Nullable Context around) {
        this.site = site;
        this.scope = scope;
        this.around = around;
    }

    @Override
    public Context context() {
        return observation();
    }

    @Override
    public boolean capturesOutput() {
        return site.capturesOutput();
    }

    @Override
    public @Nullable Function<@Nullable Object, @Nullable Object> aggregator() {
        return site.aggregator();
    }

    @Override
    public void firstItem() {
        if (!flowing) {
            flowing = true;
            if (!over.get() && observation().type().equals("GENERATION")) {
                observation().firstToken();
            }
        }
    }

    @Override
    public void returned(@Nullable Object value) {
        if (over.compareAndSet(false, true)) {
            site.ended(scope, value, null);
        }
    }

    @Override
    public void failed(Throwable error, @Nullable Object partial) {
        if (over.compareAndSet(false, true)) {
            keep(partial);
            site.ended(scope, null, error);
        }
    }

    @Override
    public void stopped(String why, @Nullable Object partial) {
        if (over.compareAndSet(false, true)) {
            observation().level("WARNING").statusMessage(why);
            keep(partial);
            observation().end();
        }
    }

    @Override
    public ObservedCall begin(@Nullable Context subscriber) {
        Context current = subscriber == null ? Context.current() : subscriber;
        Context parent = current == null ? around : current;
        if (begun.compareAndSet(false, true)) {
            if (observation().isBelow(parent)) {
                observation().startAgain();
                return this;
            }
            discard();
        }
        return new LaterOutcome(site, site.again(scope, parent), parent);
    }

    @Override
    public boolean hasObservationsBelow() {
        return observation().hasObservationsBelow();
    }

    @Override
    public void neverBegun() {
        if (begun.compareAndSet(false, true)) {
            discard();
        }
    }

    /** Leaves the observation out, unless others refer to it. */
    private void discard() {
        if (hasObservationsBelow()) {
            stopped(ABANDONED, null);
        } else {
            over.set(true);
        }
    }

    private LiveObservation observation() {
        return site.observation(scope);
    }

    private void keep(@Nullable Object partial) {
        if (partial != null && site.capturesOutput()) {
            observation().output(partial);
        }
    }
}
