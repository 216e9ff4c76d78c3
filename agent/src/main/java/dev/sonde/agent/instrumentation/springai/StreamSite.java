package dev.sonde.agent.instrumentation.springai;

import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.library.LibraryResults;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where Spring AI puts the parts of a stream together: {@code MessageAggregator.aggregate(…)}, which models, chat clients
 * and advisors call next after they have started their observation. In Spring AI 1.0 advisors do not, but go on at once
 * with {@code BaseAdvisor.adviseStream(…)}. What is subscribed to there is below that observation.
 */
final class StreamSite implements SiteHandler {

    private static final String FLUX = "reactor.core.publisher.Flux";

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        Run run = Runs.begun();
        if (run != null) {
            run.streams();
        }
        return run;
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Run run = (Run) scope;
        Context inside = run.inside();
        if (error != null || result == null || inside == null) {
            return result;
        }
        Ending ending = LibraryResults.of(result, FLUX);
        return ending == null ? result : ending.follow(result, new Subscribed(run, inside));
    }

    /** Micrometer tells the end, but neither the parts nor that the application cancelled or forgot the stream. */
    private record Subscribed(Run run, Context context) implements ObservedCall {

        @Override
        public void item(@Nullable Object item) {
            run.part(Objects.requireNonNull(item));
        }

        @Override
        public void stopped(String why, @Nullable Object partial) {
            if (why.equals(CANCELLED)) {
                run.cancelled();
            } else {
                Runs.forget(run);
                run.abandoned();
            }
        }

        @Override
        public ObservedCall begin(@Nullable Context around) {
            return this;
        }

        @Override
        public boolean capturesOutput() {
            return false;
        }

        @Override
        public @Nullable Function<@Nullable Object, @Nullable Object> aggregator() {
            return null;
        }

        @Override
        public void firstItem() {}

        @Override
        public void returned(@Nullable Object value) {}

        @Override
        public void failed(Throwable error, @Nullable Object partial) {}

        @Override
        public boolean hasObservationsBelow() {
            return false;
        }

        @Override
        public void neverBegun() {}
    }
}
