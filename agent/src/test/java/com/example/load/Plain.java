package com.example.load;

import dev.sonde.Sonde;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Carries no annotation of ours; what is observed here, the configuration says. */
public final class Plain {

    /** Another tracer's annotation. */
    @Retention(RetentionPolicy.CLASS)
    @interface Foreign {
        String value() default "";
    }

    /** Hides numbers, by configuration. */
    public static final class NoNumbers implements UnaryOperator<String> {
        @Override
        public String apply(String text) {
            return text.replaceAll("[0-9]", "#");
        }
    }

    /** Drops what is called so, and marks the rest, by configuration. */
    public static final class Marks implements UnaryOperator<Map<String, Object>> {
        @Override
        public Map<String, Object> apply(Map<String, Object> fields) {
            if (fields.get("name").equals("Plain.unwanted")) {
                return null;
            }
            fields.put("langfuse.observation.metadata.marked", "yes");
            fields.put("name", fields.get("name") + "!");
            return fields;
        }
    }

    private Plain() {}

    static String ask(String question) {
        return question + tool(question.length());
    }

    @Foreign("not read")
    static String tool(int length) {
        return " " + length;
    }

    static String unwanted() {
        return "unwanted";
    }

    static String quiet() {
        return "quiet";
    }

    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            Sonde.mask(text -> text.replace("secret", "***"));
            Sonde.mask(text -> {
                throw new IllegalStateException("a mask that fails: " + text.length());
            });
        }
        for (int i = 0; i < 200; i++) {
            if (!ask("secret 42").equals("secret 42 9")) {
                throw new AssertionError("an observed call answers something else");
            }
        }
        System.out.println(unwanted() + quiet());
    }
}
