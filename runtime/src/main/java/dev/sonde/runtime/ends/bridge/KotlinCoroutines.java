package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.StreamedCall;
import dev.sonde.runtime.ends.library.Coroutines;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import org.jspecify.annotations.Nullable;

/** Suspending functions as the Kotlin compiler makes them. */
public final class KotlinCoroutines implements Coroutines {

    /** The field in which a function's own continuation keeps where it is. */
    private static final String LABEL = "label";

    /** By class of a continuation; an empty array where it keeps no place. */
    private static final ClassValue<Field[]> LABELS = new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            return label(type);
        }
    };

    /** A function that goes on is called with its own continuation, whose place is marked by the sign until it is read. */
    @Override
    public boolean isResumption(Object continuation) {
        Field[] label = LABELS.get(continuation.getClass());
        try {
            return label.length == 1 && label[0].getInt(continuation) < 0;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // it was made accessible
        }
    }

    @Override
    public Object frame(Object continuation, ObservedCall call) {
        return frame((Continuation<?>) continuation, StreamedCall.single(call));
    }

    @Override
    public Object with(Object coroutineContext, Object context) {
        CoroutineContext coroutine = (CoroutineContext) coroutineContext;
        return KotlinContext.current(coroutine) == context && KotlinContext.isIn(coroutine)
                ? coroutine
                : coroutine.plus(new KotlinContext(context));
    }

    @SuppressWarnings("unchecked") // a continuation takes what its function returns
    static KotlinFrame frame(Continuation<?> continuation, StreamedCall call) {
        return new KotlinFrame((Continuation<Object>) continuation, call);
    }

    @Override
    public boolean isSuspended(Object result) {
        return result == IntrinsicsKt.getCOROUTINE_SUSPENDED();
    }

    @Override
    public boolean isUnit(@Nullable Object result) {
        return result == Unit.INSTANCE;
    }

    private static Field[] label(Class<?> type) {
        try {
            Field label = ContinuationImpl.class.isAssignableFrom(type) ? type.getDeclaredField(LABEL) : null;
            if (label != null && label.getType() == int.class && !Modifier.isStatic(label.getModifiers())) {
                label.setAccessible(true);
                return new Field[] {label};
            }
        } catch (NoSuchFieldException e) {
            return new Field[0]; // another kind of continuation
        }
        return new Field[0];
    }

    /** The error that a Kotlin result stands for; null for a value. */
    static @Nullable Throwable error(@Nullable Object result) {
        return result instanceof kotlin.Result.Failure failure ? failure.exception : null;
    }
}
