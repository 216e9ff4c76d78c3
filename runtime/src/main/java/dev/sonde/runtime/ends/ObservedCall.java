package dev.sonde.runtime.ends;

import dev.sonde.runtime.context.Context;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One observed call that has returned and whose outcome is still to come. The first of {@link #returned}, {@link #failed}
 * and {@link #stopped} ends its observation; later ones do nothing. Any thread may call any method.
 */
public interface ObservedCall {

    /** The observation, to be current while code of the call runs. */
    Context context();

    /** Whether the outcome is recorded; where it is not, nobody need keep it. */
    boolean capturesOutput();

    /** Makes the recorded output of the list of streamed items; null for the text or the list that they are. */
    @Nullable
    Function<@Nullable Object, @Nullable Object> aggregator();

    /** One item of a stream is here, in order. */
    default void item(@Nullable Object item) {}

    /** The first item of a stream is here. Only the first call counts. */
    void firstItem();

    /** Ends it with its outcome. */
    void returned(@Nullable Object value);

    /**
     * Ends it as an error.
     *
     * @param partial what had come until then, null for nothing
     */
    void failed(Throwable error, @Nullable Object partial);

    /**
     * Ends it as a warning, because nobody wants its outcome any more.
     *
     * @param why {@link #CANCELLED} or {@link #ABANDONED}
     * @param partial what had come until then, null for nothing
     */
    void stopped(String why, @Nullable Object partial);

    /**
     * The call as one subscriber sees it, begun now. The first subscriber takes over the observation of the call itself, so
     * that what the method did before it returned is below it; each further one has an observation of its own.
     *
     * @param around what the subscriber is in, null to use what is current on this thread, or was at the call
     */
    ObservedCall begin(@Nullable Context around);

    /** Whether the method observed something else before it returned. */
    boolean hasObservationsBelow();

    /** Unless it has begun: nobody will ever subscribe. Its observation is not recorded, unless something was observed below it. */
    void neverBegun();

    /** Reason of {@link #stopped}: somebody said so. */
    String CANCELLED = "cancelled";

    /** Reason of {@link #stopped}: it was let go of before its end. */
    String ABANDONED = "abandoned";
}
