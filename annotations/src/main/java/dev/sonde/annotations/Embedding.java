package dev.sonde.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Observes the method as {@link ObservationType#EMBEDDING}; short for {@code @Observe(type = EMBEDDING)}. */
@Documented
@Observe(type = ObservationType.EMBEDDING)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Embedding {

    /** The observation's name, a text as in {@link Observe#name()}. */
    String value() default "";
}
