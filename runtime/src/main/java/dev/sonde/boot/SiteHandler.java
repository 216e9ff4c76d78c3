package dev.sonde.boot;

import org.jspecify.annotations.Nullable;

/** What happens at one woven place: an observed method, or a library's method. Called by many threads at once. */
public interface SiteHandler {

    /**
     * Called before the method's own code.
     *
     * @param self the receiver; null for static methods and constructors
     * @param arguments null where the site does not want them
     * @return a scope to be handed to {@link #exit}, or null when there is nothing to end
     */
    @Nullable
    Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments);

    /**
     * Called after the method's own code, for every scope once, on the same thread.
     *
     * @param result the method's result, boxed; null for void, on an exception, or where the site does not want it
     * @param error what the method threw, or null
     * @return the result the caller shall see: {@code result} itself or an equivalent wrapper
     */
    @Nullable
    Object exit(Object scope, @Nullable Object result, @Nullable Throwable error);

    /**
     * Called behind {@link #enter} for each argument that may be replaced.
     *
     * @return what the method's own code shall see instead of {@code value}: an equivalent wrapper, or null for itself
     */
    default @Nullable Object argument(Object scope, @Nullable Object value) {
        return null;
    }
}
