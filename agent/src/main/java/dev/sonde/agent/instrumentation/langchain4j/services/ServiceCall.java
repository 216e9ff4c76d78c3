package dev.sonde.agent.instrumentation.langchain4j.services;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Reaper;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.instrumentation.langchain4j.Messages;
import dev.sonde.runtime.context.Context;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One call of an AI service's method. A method that streams returns before anything is asked; its call ends when the
 * last of its streams has ended and the handler of that one has begun no other, as it does after tools. For any thread.
 */
public final class ServiceCall {
    /** Calls that are not over, by what is current while their code runs. */
    private static final Map<Object, ServiceCall> OPEN = new ConcurrentHashMap<>();

    /** Calls whose stream is handed out and not started, by that stream. */
    private static final Map<Object, ServiceCall> WAITING = Collections.synchronizedMap(new WeakHashMap<>());

    private final Step step;
    private final Object lock = new Object();
    // Guarded by lock.
    private int underWay;
    private boolean streamed;

    ServiceCall(Step step) {
        this.step = step;
        OPEN.put(step.context(), this);
    }

    /** The call whose own code runs on this thread, or null. */
    public static @Nullable ServiceCall here() {
        Context context = Context.current();
        Object observation = context == null ? null : context.observation();
        return observation == null ? null : OPEN.get(observation);
    }

    /** The call that a stream, which is about to be started, was handed out by; null for one that is known already. */
    static @Nullable ServiceCall waiting(Object tokenStream) {
        return WAITING.remove(tokenStream);
    }

    Step step() {
        return step;
    }

    /** The method has returned this stream. */
    void handedOut(Object tokenStream) {
        WAITING.put(tokenStream, this);
        var unused = Reaper.watch(tokenStream, this::dropped);
    }

    /** A model begins to answer in a stream. */
    public void opened() {
        synchronized (lock) {
            underWay++;
            streamed = true;
        }
    }

    /** Whether the call ends with its streams, and not with its method. */
    boolean streams() {
        synchronized (lock) {
            return streamed;
        }
    }

    /** A stream ended with this response, and its handler has returned. */
    public void closed(@Nullable Object response) {
        if (lastClosed()) {
            Object message = LibraryObjects.get(response, "aiMessage");
            String text = LibraryObjects.text(message, "text");
            forget();
            if (text != null) {
                step.ended(text);
            } else {
                step.endedJson(message == null ? null : Messages.message(message));
            }
        }
    }

    /** A stream failed, and its handler has returned. */
    public void closedWith(Throwable error) {
        if (lastClosed()) {
            failed(error);
        }
    }

    /** The application stopped a stream, or forgot it. */
    public void stopped(String why) {
        forget();
        step.stopped(why);
    }

    /** The method or its stream failed. */
    void failed(Throwable error) {
        forget();
        step.failed(error);
    }

    /** The method returned what it has to say; now, or when that completes. */
    @Nullable
    Object returned(@Nullable Object result, String declaredType) {
        forget();
        return step.follow(result, declaredType, ServiceCall::output);
    }

    /** What the library wraps with its sources and counts, and anything else as it is. */
    private static @Nullable Object output(Object value) {
        return value.getClass().getName().equals("dev.langchain4j.service.Result")
                ? LibraryObjects.get(value, "content")
                : value;
    }

    private void dropped() {
        if (!streams()) {
            stopped("The stream was never started.");
        }
    }

    private boolean lastClosed() {
        synchronized (lock) {
            underWay--;
            return underWay == 0;
        }
    }

    private void forget() {
        OPEN.remove(step.context());
    }
}
