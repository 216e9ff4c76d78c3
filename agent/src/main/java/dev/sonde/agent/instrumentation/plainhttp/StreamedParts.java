package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import org.jspecify.annotations.Nullable;

/** The parts of a stream, of which one may be an error instead; bounded in what is kept of them. */
final class StreamedParts implements Fold {
    /** In characters of JSON, most of which is not kept. */
    private static final int LIMIT = 32 << 20;

    private final Fold answer;
    private int size;
    private @Nullable String error;

    StreamedParts(Fold answer) {
        this.answer = answer;
    }

    @Override
    public boolean add(Object part) {
        String json = (String) part;
        String said = Refusals.inPart(json);
        if (said != null) {
            error = said;
            return false;
        }
        size += json.length();
        return size <= LIMIT && size > 0 && answer.add(json);
    }

    @Override
    public Answered answered() {
        Answered all = answer.answered();
        return error == null
                ? all
                : new Answered(all.id(), all.model(), all.output(), all.usage(), all.finishReasons(), error);
    }
}
