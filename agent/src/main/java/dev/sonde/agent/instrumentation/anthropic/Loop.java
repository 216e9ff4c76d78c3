package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import org.jspecify.annotations.Nullable;

/** The observation of one loop over turns and tools. Holds nothing of the iterator, so that a dropped one is noticed. */
final class Loop {
    final Step step;
    private final @Nullable Object clientOptions;
    /** The last message's JSON; null before the first, and while turns are streams. */
    private volatile @Nullable String last;

    private Loop(Step step, @Nullable Object clientOptions) {
        this.step = step;
        this.clientOptions = clientOptions;
    }

    /** Null where nothing is running. */
    static @Nullable Loop start(Object runner) {
        Object options = ToolRunnerSite.clientOptions(runner);
        Object request = LibraryObjects.get(runner, "params");
        String body = LibraryObjects.json(options, LibraryObjects.get(request, "_body"));
        Step step = Step.startJson(
                "AGENT", "BetaToolRunner", Messages.asked(body, false).input());
        return step == null ? null : new Loop(step, options);
    }

    void turn(@Nullable Object turn) {
        String said =
                turn == null ? null : Messages.answered(clientOptions, turn).output();
        last = said == null ? last : said;
    }

    void over() {
        step.endedJson(last);
    }

    void failed(Throwable error) {
        step.failed(error);
    }

    void left() {
        step.stopped("The loop was left before its last turn.");
    }
}
