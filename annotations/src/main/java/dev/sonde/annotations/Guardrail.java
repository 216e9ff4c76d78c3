package dev.sonde.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Observes the method as {@link ObservationType#GUARDRAIL}; short for {@code @Observe(type = GUARDRAIL)}. */
@Documented
@Observe(type = ObservationType.GUARDRAIL)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Guardrail {

    /** The observation's name, a text as in {@link Observe#name()}. */
    String value() default "";
}
