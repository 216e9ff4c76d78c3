package dev.sonde.boot;

import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that takes the context along to the thread it runs on. Wrapping answers the work itself when the context is empty
 * or the work carries one already, so an application without observations pays one look into the slot.
 *
 * <p>Named classes and no lambdas: they are used inside JDK classes that lambdas themselves depend on.
 */
@SuppressWarnings("overloads") // every caller passes a value whose type says which one is meant
public final class Carriers {

    private Carriers() {}

    public static @Nullable Runnable wrap(@Nullable Runnable work) {
        Object context = contextFor(work);
        return context == null || work == null ? work : new CarriedRunnable(context, work);
    }

    public static <T> @Nullable Callable<T> wrap(@Nullable Callable<T> work) {
        Object context = contextFor(work);
        return context == null || work == null ? work : new CarriedCallable<>(context, work);
    }

    public static <T> @Nullable Supplier<T> wrap(@Nullable Supplier<T> work) {
        Object context = contextFor(work);
        return context == null || work == null ? work : new CarriedSupplier<>(context, work);
    }

    public static <T, R> @Nullable Function<T, R> wrap(@Nullable Function<T, R> work) {
        Object context = contextFor(work);
        return context == null || work == null ? work : new CarriedFunction<>(context, work);
    }

    public static <T, U, R> @Nullable BiFunction<T, U, R> wrap(@Nullable BiFunction<T, U, R> work) {
        Object context = contextFor(work);
        return context == null || work == null ? work : new CarriedBiFunction<>(context, work);
    }

    public static <T> @Nullable Consumer<T> wrap(@Nullable Consumer<T> work) {
        Object context = contextFor(work);
        return context == null || work == null ? work : new CarriedConsumer<>(context, work);
    }

    public static <T, U> @Nullable BiConsumer<T, U> wrap(@Nullable BiConsumer<T, U> work) {
        Object context = contextFor(work);
        return context == null || work == null ? work : new CarriedBiConsumer<>(context, work);
    }

    /** Work that runs with an empty context, whatever the context is now. */
    static @Nullable Runnable detached(@Nullable Runnable work) {
        return work == null || ContextSlot.get() == null ? work : new CarriedRunnable(null, work);
    }

    /** What {@link #wrap(Runnable)} was given for {@code work}; anything else as it is. */
    static @Nullable Runnable original(@Nullable Runnable work) {
        return work instanceof CarriedRunnable carried ? carried.work : work;
    }

    /** The context that {@code work} should carry, or null when it should stay as it is. */
    private static @Nullable Object contextFor(@Nullable Object work) {
        return work == null || work instanceof Carried ? null : ContextSlot.get();
    }

    /** Has a context already. */
    private abstract static class Carried {
        private final @Nullable Object context;

        Carried(@Nullable Object context) {
            this.context = context;
        }

        final @Nullable Object enter() {
            return ContextSlot.swap(context);
        }

        final void leave(@Nullable Object before) {
            ContextSlot.swap(before);
        }
    }

    private static final class CarriedRunnable extends Carried implements Runnable {
        private final Runnable work;

        CarriedRunnable(@Nullable Object context, Runnable work) {
            super(context);
            this.work = work;
        }

        @Override
        public void run() {
            Object before = enter();
            try {
                work.run();
            } finally {
                leave(before);
            }
        }
    }

    private static final class CarriedCallable<T> extends Carried implements Callable<T> {
        private final Callable<T> work;

        CarriedCallable(Object context, Callable<T> work) {
            super(context);
            this.work = work;
        }

        @Override
        public T call() throws Exception {
            Object before = enter();
            try {
                return work.call();
            } finally {
                leave(before);
            }
        }
    }

    private static final class CarriedSupplier<T> extends Carried implements Supplier<T> {
        private final Supplier<T> work;

        CarriedSupplier(Object context, Supplier<T> work) {
            super(context);
            this.work = work;
        }

        @Override
        public T get() {
            Object before = enter();
            try {
                return work.get();
            } finally {
                leave(before);
            }
        }
    }

    private static final class CarriedFunction<T, R> extends Carried implements Function<T, R> {
        private final Function<T, R> work;

        CarriedFunction(Object context, Function<T, R> work) {
            super(context);
            this.work = work;
        }

        @Override
        public R apply(T value) {
            Object before = enter();
            try {
                return work.apply(value);
            } finally {
                leave(before);
            }
        }
    }

    private static final class CarriedBiFunction<T, U, R> extends Carried implements BiFunction<T, U, R> {
        private final BiFunction<T, U, R> work;

        CarriedBiFunction(Object context, BiFunction<T, U, R> work) {
            super(context);
            this.work = work;
        }

        @Override
        public R apply(T first, U second) {
            Object before = enter();
            try {
                return work.apply(first, second);
            } finally {
                leave(before);
            }
        }
    }

    private static final class CarriedConsumer<T> extends Carried implements Consumer<T> {
        private final Consumer<T> work;

        CarriedConsumer(Object context, Consumer<T> work) {
            super(context);
            this.work = work;
        }

        @Override
        public void accept(T value) {
            Object before = enter();
            try {
                work.accept(value);
            } finally {
                leave(before);
            }
        }
    }

    private static final class CarriedBiConsumer<T, U> extends Carried implements BiConsumer<T, U> {
        private final BiConsumer<T, U> work;

        CarriedBiConsumer(Object context, BiConsumer<T, U> work) {
            super(context);
            this.work = work;
        }

        @Override
        public void accept(T first, U second) {
            Object before = enter();
            try {
                work.accept(first, second);
            } finally {
                leave(before);
            }
        }
    }
}
