package com.example.later;

import dev.sonde.annotations.Observe;
import java.util.concurrent.CancellationException;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.TimeoutKt;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;
import org.jspecify.annotations.Nullable;

/** Suspending functions in the shape that the Kotlin compiler gives them, and flows. */
public final class KotlinResults {

    private static final int RESUMED = Integer.MIN_VALUE;

    @Observe
    static String leaf(String word) {
        return word + "!";
    }

    /** {@code suspend fun ask(word: String): String { delay(1); delay(1); return leaf(word) } }. */
    @Observe
    static @Nullable Object ask(String word, Continuation<Object> continuation) {
        Asking state;
        if (continuation instanceof Asking own && (own.label & RESUMED) != 0) {
            state = own;
            state.label -= RESUMED;
        } else {
            state = new Asking(continuation, word);
        }
        ResultKt.throwOnFailure(state.result == null ? Unit.INSTANCE : state.result);
        if (state.label < 2) {
            state.label++;
            if (DelayKt.delay(1, state) == IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
                return IntrinsicsKt.getCOROUTINE_SUSPENDED();
            }
        }
        if (state.word.equals("bad")) {
            throw new IllegalStateException("bad word");
        }
        return leaf(state.word);
    }

    /** Keeps where {@link #ask} is. */
    private static final class Asking extends ContinuationImpl {
        private static final long serialVersionUID = 1;
        private final transient String word;
        private transient @Nullable Object result;
        int label;

        Asking(Continuation<Object> caller, String word) {
            super(caller);
            this.word = word;
        }

        @Override
        protected @Nullable Object invokeSuspend(Object given) {
            result = given;
            label |= RESUMED;
            return ask(word, this);
        }
    }

    /** {@code suspend fun pause() = delay(1)}, without a place of its own. */
    @Observe
    @SuppressWarnings("unchecked") // a continuation takes what its function returns
    static @Nullable Object pause(Continuation<Object> continuation) {
        return DelayKt.delay(1, (Continuation<Unit>) (Continuation<?>) continuation);
    }

    /** Never suspends. */
    @Observe
    static Object direct(String word, Continuation<Object> continuation) {
        return leaf(word);
    }

    @Observe
    static @Nullable Object sleepy(Continuation<Object> continuation) {
        return DelayKt.awaitCancellation(continuation);
    }

    @Observe
    static Flow<String> flow() {
        return FlowKt.flow((collector, continuation) -> collector.emit(leaf("flow"), continuation));
    }

    @Observe
    static Flow<Integer> many() {
        return FlowKt.flowOf(1, 2, 3);
    }

    @Observe
    static void root() throws InterruptedException {
        say("" + run((scope, continuation) -> ask("word", continuation)));
        say("" + run((scope, continuation) -> direct("direct", continuation)));
    }

    public static void main(String[] arguments) throws InterruptedException {
        root();
        say("" + run((scope, continuation) -> pause(continuation)));
        try {
            run((scope, continuation) -> ask("bad", continuation));
        } catch (IllegalStateException e) {
            say(e.getMessage());
        }
        try {
            run((scope, continuation) ->
                    TimeoutKt.withTimeout(20, (inner, sleeping) -> sleepy(sleeping), continuation));
        } catch (CancellationException e) {
            say(e.getMessage());
        }
        say("" + run((scope, continuation) -> FlowKt.toList(flow(), new java.util.ArrayList<>(), continuation)));
        say("" + run((scope, continuation) -> FlowKt.first(many(), continuation)));
    }

    private static @Nullable Object run(
            kotlin.jvm.functions.Function2<kotlinx.coroutines.CoroutineScope, Continuation<Object>, Object> block)
            throws InterruptedException {
        return BuildersKt.runBlocking(
                EmptyCoroutineContext.INSTANCE.plus(Dispatchers.getDefault()),
                (scope, continuation) -> block.invoke(scope, erased(continuation)));
    }

    @SuppressWarnings("unchecked") // a continuation takes what its function returns
    private static Continuation<Object> erased(Continuation<?> continuation) {
        return (Continuation<Object>) continuation;
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
