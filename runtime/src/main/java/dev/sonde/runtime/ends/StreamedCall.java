package dev.sonde.runtime.ends;

import dev.sonde.boot.ContextSlot;
import org.jspecify.annotations.Nullable;

/**
 * A call whose result comes in items: gathers them and ends the call once. For any thread. It must not refer to what the
 * application holds, or nobody could tell that the application let go of it.
 */
public final class StreamedCall {

    private final ObservedCall call;
    private final @Nullable Items items;
    private final boolean single;

    /** What was current where the items go to. */
    private final @Nullable Object outside;

    private volatile boolean some;
    private volatile @Nullable Object value;

    private StreamedCall(ObservedCall call, boolean single) {
        this.call = call;
        this.single = single;
        this.outside = ContextSlot.get();
        this.items = call.capturesOutput() && !single ? new Items(call.aggregator()) : null;
    }

    /** A call that gives any number of items. */
    public static StreamedCall many(ObservedCall call) {
        return new StreamedCall(call, false);
    }

    /** A call that gives one value or none. */
    public static StreamedCall single(ObservedCall call) {
        return new StreamedCall(call, true);
    }

    /** Makes the observation current and answers what was so before, for {@link #leave}. */
    public @Nullable Object enter() {
        return ContextSlot.swap(call.context());
    }

    /** Makes current what was so where the call began, for whoever gets an item, and answers what was so before. */
    public @Nullable Object enterOutside() {
        return ContextSlot.swap(outside);
    }

    /** Makes current again what was so before {@link #enter} or {@link #enterOutside}. */
    public static void leave(@Nullable Object before) {
        ContextSlot.swap(before);
    }

    /** The observation as a context, for {@link ContextSlot}. */
    public Object context() {
        return call.context();
    }

    /** One more item is here. */
    public void item(@Nullable Object item) {
        some = true;
        if (single) {
            value = item;
            return;
        }
        call.firstItem();
        call.item(item);
        if (items != null) {
            items.add(item);
        }
    }

    /** There will be no more. */
    public void completed() {
        call.returned(soFar());
    }

    /** It broke. */
    public void failed(Throwable error) {
        call.failed(error, soFar());
    }

    /** Nobody wants more; whoever has the only value has all. */
    public void cancelled() {
        if (single && some) {
            completed();
            return;
        }
        call.stopped(ObservedCall.CANCELLED, soFar());
    }

    /** Ends the call when {@code seen}, which the application holds, is gone before the end. */
    public void endWith(Object seen) {
        Abandonment.watch(seen, () -> call.stopped(ObservedCall.ABANDONED, soFar()));
    }

    private @Nullable Object soFar() {
        return items == null ? value : items.output();
    }
}
