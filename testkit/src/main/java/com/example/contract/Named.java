package com.example.contract;

import dev.sonde.annotations.Agent;
import dev.sonde.annotations.Chain;
import dev.sonde.annotations.Embedding;
import dev.sonde.annotations.Evaluator;
import dev.sonde.annotations.Generation;
import dev.sonde.annotations.Guardrail;
import dev.sonde.annotations.ObservationType;
import dev.sonde.annotations.Observe;
import dev.sonde.annotations.ObserveIgnore;
import dev.sonde.annotations.Retriever;
import dev.sonde.annotations.Tool;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Names, types, stereotypes, observed types and inherited annotations. */
class Named {

    /** An annotation of the application's own. */
    @Observe(type = ObservationType.RETRIEVER, metadata = "shelf='top'")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Looked {
        String value() default "";
    }

    /** What implementing classes are observed for. */
    interface Shelf<T> {
        @Observe(type = ObservationType.TOOL, inherited = true)
        String put(T thing);

        @Observe
        default String bare() {
            return "bare";
        }
    }

    /** Carries no annotation itself. */
    static class Shelves implements Shelf<String> {
        @Override
        public String put(String thing) {
            return "put " + thing;
        }

        @Override
        public String bare() {
            return "not observed";
        }
    }

    /** Every public method is observed, one is not. */
    @Observe(type = ObservationType.CHAIN, name = "not used")
    static class Whole {
        public String first() {
            return second() + hidden();
        }

        public String second() {
            return "second";
        }

        @ObserveIgnore
        public String third() {
            return "third";
        }

        @Observe(name = "own")
        public String fourth() {
            return "fourth";
        }

        String hidden() {
            return " hidden";
        }
    }

    record Item(String id, int count) {}

    String run(Beans beans) {
        Named self = beans.get(Named.class);
        Whole whole = beans.get(Whole.class);
        Shelves shelves = beans.get(Shelves.class);
        return String.join(
                ",",
                self.plain(1),
                self.value(),
                self.greet("Ada", new Item("i1", 2)),
                String.valueOf(self.made()),
                self.stereotyped("q"),
                self.looked("x"),
                self.generation()
                        + self.agent()
                        + self.tool()
                        + self.chain()
                        + self.retriever()
                        + self.embedding()
                        + self.evaluator()
                        + self.guardrail(),
                self.event(),
                whole.first(),
                whole.third(),
                whole.fourth(),
                shelves.put("book"),
                shelves.bare(),
                self.hidden(),
                fixed());
    }

    @Observe
    String plain(int number) {
        return "plain" + number;
    }

    @Observe("by value")
    String value() {
        return "v";
    }

    @Observe(name = "greet {who}, {item.id} of {item.count}")
    String greet(String who, Item item) {
        return who + item.id();
    }

    @Observe(name = "made {return.id}")
    Item made() {
        return new Item("new", 1);
    }

    @Retriever("named stereotype")
    String stereotyped(String query) {
        return query;
    }

    @Looked("looked up")
    String looked(String query) {
        return query;
    }

    @Generation
    String generation() {
        return "g";
    }

    @Agent
    String agent() {
        return "a";
    }

    @Tool
    String tool() {
        return "t";
    }

    @Chain
    String chain() {
        return "c";
    }

    @Retriever
    String retriever() {
        return "r";
    }

    @Embedding
    String embedding() {
        return "e";
    }

    @Evaluator
    String evaluator() {
        return "v";
    }

    @Guardrail
    String guardrail() {
        return "u";
    }

    @Observe(type = ObservationType.EVENT)
    String event() {
        return "e";
    }

    String hidden() {
        return secret();
    }

    @Observe
    private String secret() {
        return "private";
    }

    @Observe
    static String fixed() {
        return "static";
    }
}
