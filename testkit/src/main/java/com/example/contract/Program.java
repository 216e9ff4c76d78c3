package com.example.contract;

import java.util.HashMap;
import java.util.Map;

/** Runs everything once and prints what came out, which must be the same whether it is observed or not. */
public final class Program {

    private Program() {}

    public static void main(String... arguments) {
        run(new Made());
    }

    /** Runs with objects of a container. */
    public static void run(Beans beans) {
        System.out.println("named " + beans.get(Named.class).run(beans));
        System.out.println("captured " + beans.get(Captured.class).run(beans));
        System.out.println("traced " + beans.get(Traced.class).run(beans));
    }

    /** Classes that a container must know. */
    public static Class<?>[] types() {
        return new Class<?>[] {Named.class, Named.Whole.class, Named.Shelves.class, Captured.class, Traced.class};
    }

    /** Objects by their constructors. */
    private static final class Made implements Beans {
        private final Map<Class<?>, Object> made = new HashMap<>();

        @Override
        public <T> T get(Class<T> type) {
            return type.cast(made.computeIfAbsent(type, Made::construct));
        }

        private static Object construct(Class<?> type) {
            try {
                return type.getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
