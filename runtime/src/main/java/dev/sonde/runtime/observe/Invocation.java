package dev.sonde.runtime.observe;

import org.jspecify.annotations.Nullable;

/** One call of an observed method, as paths see it. Immutable; the arguments are those of the call and not a copy. */
public final class Invocation {

    private final @Nullable Object self;
    private final @Nullable Object[] arguments;
    private final @Nullable Object result;
    private final @Nullable Throwable error;

    private Invocation(
            @Nullable Object self, @Nullable Object[] arguments, @Nullable Object result, @Nullable Throwable error) {
        this.self = self;
        this.arguments = arguments;
        this.result = result;
        this.error = error;
    }

    /** A call that has just begun. */
    public static Invocation begun(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        return new Invocation(self, arguments == null ? new Object[0] : arguments, null, null);
    }

    /** This call, ended. */
    public Invocation ended(@Nullable Object endedResult, @Nullable Throwable endedError) {
        return new Invocation(self, arguments, endedResult, endedError);
    }

    /** The receiver; null for static methods and constructors. */
    @Nullable
    Object self() {
        return self;
    }

    /** In order; not to be changed. */
    public @Nullable Object[] arguments() {
        return arguments;
    }

    /** Null before the call has ended, and for void methods. */
    @Nullable
    Object result() {
        return result;
    }

    /** What the method threw, or null. */
    @Nullable
    Throwable error() {
        return error;
    }
}
