package dev.sonde.runtime.ends;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Results that somebody else fills later: Spring's emitters and {@code DeferredResult}. They end when the application says
 * that they are complete, which woven code of theirs tells; one that is let go of before ends as abandoned. Their own
 * callbacks stay the application's. For any thread.
 */
public final class Emitters implements Ending {

    static final Ending ENDING = new Emitters();

    private static final Set<String> TYPES = Set.of(
            "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
            "org.springframework.web.context.request.async.DeferredResult");

    private static final Map<Object, Open> OPEN = Collections.synchronizedMap(new WeakHashMap<>());

    private static final ClassValue<Boolean> KNOWN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> parent = type; parent != null; parent = parent.getSuperclass()) {
                if (TYPES.contains(parent.getName())) {
                    return true;
                }
            }
            return false;
        }
    };

    /** Whether their code is woven; without, nobody would tell of their end. */
    private static volatile boolean told;

    private Emitters() {}

    /** One emitter: what was sent through it, and the call that returned it, in either order. */
    private static final class Open {
        private final Items items = new Items(null);
        private boolean some;
        private boolean over;
        private @Nullable Object result;
        private @Nullable Throwable error;
        private @Nullable ObservedCall call;

        synchronized void add(@Nullable Object item) {
            some = true;
            if (call == null) {
                items.add(item);
                return;
            }
            call.firstItem();
            if (call.capturesOutput()) {
                items.add(item);
            }
        }

        synchronized void end(@Nullable Object ended, @Nullable Throwable failure) {
            over = true;
            result = ended;
            error = failure;
            tell();
        }

        synchronized void returnedBy(ObservedCall returning) {
            call = returning;
            if (some) {
                returning.firstItem();
            }
            tell();
        }

        synchronized void abandoned() {
            if (call != null) {
                call.stopped(ObservedCall.ABANDONED, items.output());
            }
        }

        private void tell() {
            if (!over || call == null) {
                return;
            }
            if (error != null) {
                call.failed(error, items.output());
            } else {
                call.returned(result == null ? items.output() : result);
            }
        }
    }

    /** Woven code will tell of their ends. */
    public static void areTold() {
        told = true;
    }

    /** Something was sent through an emitter. */
    public static void sent(Object emitter, @Nullable Object item) {
        open(emitter).add(item);
    }

    /** An emitter is complete, or a result is set. */
    public static void completed(Object emitter, @Nullable Object result) {
        open(emitter).end(result, null);
    }

    /** An emitter or a result ends as an error. */
    public static void failed(Object emitter, Throwable error) {
        open(emitter).end(null, error);
    }

    private static Open open(Object emitter) {
        return OPEN.computeIfAbsent(emitter, key -> new Open());
    }

    static boolean follows(Object result) {
        return told && KNOWN.get(result.getClass());
    }

    @Override
    public Object follow(Object result, ObservedCall call) {
        Open open = open(result);
        open.returnedBy(call);
        Abandonment.watch(result, open::abandoned);
        return result;
    }
}
