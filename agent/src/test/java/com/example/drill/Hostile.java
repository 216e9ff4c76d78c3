package com.example.drill;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Arguments that do harm to whoever looks at them. */
final class Hostile {

    private Hostile() {}

    /** One of each, by name. */
    static Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("accessors", new Accessors());
        all.put("recursion", new Recursion());
        all.put("text", new Text());
        all.put("iterator", new EndlessCollection());
        all.put("brokenIterator", new BrokenCollection());
        all.put("entries", new NoEntries());
        all.put("keys", Map.of(new Text(), "value"));
        all.put("number", new Amount());
        all.put("characters", new Characters());
        all.put("enumeration", Colour.RED);
        List<Object> list = new ArrayList<>();
        list.add(list);
        all.put("cyclicList", list);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("self", map);
        all.put("cyclicMap", map);
        Ring ring = new Ring();
        ring.next = new Ring();
        ring.next.next = ring;
        all.put("ring", ring);
        Object deep = "bottom";
        for (int i = 0; i < 100_000; i++) {
            deep = List.of(deep);
        }
        all.put("deep", List.of(deep));
        return all;
    }

    /** Every accessor fails in another way. */
    public static final class Accessors {
        public String getException() {
            throw new IllegalStateException("accessor");
        }

        public String getAssertion() {
            throw new AssertionError("accessor");
        }

        public String getLinkage() {
            throw new NoClassDefFoundError("accessor");
        }

        public String getMemory() {
            throw new OutOfMemoryError("accessor");
        }

        public String getGood() {
            return "good";
        }

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }
    }

    /** Calls itself for ever. */
    public static final class Recursion {
        public String getSelf() {
            return getSelf() + getSelf();
        }

        @Override
        public String toString() {
            return "again " + this;
        }
    }

    /** Has nothing but a toString that fails with an error. */
    static final class Text {
        @Override
        public String toString() {
            throw new AssertionError("toString");
        }
    }

    /** Never comes to an end. */
    static final class EndlessCollection extends AbstractCollection<Integer> {
        @Override
        public Iterator<Integer> iterator() {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Integer next() {
                    return 1;
                }
            };
        }

        @Override
        public int size() {
            return Integer.MAX_VALUE;
        }
    }

    /** Fails half way. */
    static final class BrokenCollection extends AbstractCollection<Integer> {
        @Override
        public Iterator<Integer> iterator() {
            throw new NoSuchMethodError("iterator");
        }

        @Override
        public int size() {
            throw new UnsupportedOperationException("size");
        }
    }

    /** Breaks the contract of a map. */
    static final class NoEntries extends AbstractMap<String, String> {
        @Override
        @SuppressWarnings("NullAway")
        public Set<Entry<String, String>> entrySet() {
            return null;
        }
    }

    /** A number without a value. */
    static final class Amount extends Number {
        private static final long serialVersionUID = 1;

        @Override
        public int intValue() {
            throw new ArithmeticException("intValue");
        }

        @Override
        public long longValue() {
            throw new ArithmeticException("longValue");
        }

        @Override
        public float floatValue() {
            throw new ArithmeticException("floatValue");
        }

        @Override
        public double doubleValue() {
            throw new ArithmeticException("doubleValue");
        }

        @Override
        public String toString() {
            throw new ArithmeticException("toString");
        }
    }

    /** Text that cannot be read. */
    static final class Characters implements CharSequence {
        @Override
        public int length() {
            throw new IllegalStateException("length");
        }

        @Override
        public char charAt(int index) {
            throw new IllegalStateException("charAt");
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            throw new IllegalStateException("subSequence");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }
    }

    /** A constant that fails to name itself. */
    enum Colour {
        RED;

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }
    }

    /** Two of them point at each other. */
    static final class Ring {
        Ring next = this;
    }

    /** Fails when it is described; its identity is what the application looks at. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure() {
            super("hidden");
        }

        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage");
        }

        @Override
        public void printStackTrace(java.io.PrintWriter writer) {
            throw new StackOverflowError("printStackTrace");
        }
    }

    /** Takes its time the first times it is looked at, and swallows an interrupt meanwhile. */
    public static final class Slow {
        private final long millis;

        Slow(long millis) {
            this.millis = millis;
        }

        public String getReport() {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                return "swallowed";
            }
            return "late";
        }
    }
}
