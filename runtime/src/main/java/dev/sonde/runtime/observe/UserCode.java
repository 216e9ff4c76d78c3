package dev.sonde.runtime.observe;

import dev.sonde.runtime.export.Log;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function of a class that the application names, made when it is first needed. The runtime cannot see the application's
 * types; what it calls is the JDK interface {@link Function} that they extend.
 */
public final class UserCode {

    private final String className;
    private final WeakReference<ClassLoader> loader;
    private volatile @Nullable Function<@Nullable Object, @Nullable Object> function;
    private volatile boolean failed;

    /** @param loader where the class is found; null for the system's */
    public UserCode(String className, @Nullable ClassLoader loader) {
        this.className = className;
        this.loader = new WeakReference<>(loader == null ? ClassLoader.getSystemClassLoader() : loader);
    }

    /** A function that the application gave. */
    @SuppressWarnings("unchecked") // any function takes and gives objects
    public UserCode(Function<?, ?> given) {
        this.className = given.getClass().getName();
        this.loader = new WeakReference<>(null);
        this.function = (Function<@Nullable Object, @Nullable Object>) given;
    }

    /** What the application makes of the value; null also where its code fails, which is said. */
    @SuppressWarnings("IllegalCatch") // the application's code may throw anything
    public @Nullable Object apply(@Nullable Object value) {
        try {
            Function<@Nullable Object, @Nullable Object> made = function;
            made = made == null ? make() : made;
            return made == null ? null : made.apply(value);
        } catch (Throwable e) {
            Log.warn("user-code " + className, className + " failed, what it was given is not recorded: " + e);
            return null;
        }
    }

    /** Makes the function once; null when that failed before. */
    @SuppressWarnings("unchecked") // any function takes and gives objects
    private synchronized @Nullable Function<@Nullable Object, @Nullable Object> make()
            throws ReflectiveOperationException {
        if (function == null && !failed) {
            failed = true;
            Constructor<?> constructor =
                    Class.forName(className, true, loader.get()).getDeclaredConstructor();
            constructor.setAccessible(true);
            function = (Function<@Nullable Object, @Nullable Object>) constructor.newInstance();
            failed = false;
        }
        return function;
    }
}
