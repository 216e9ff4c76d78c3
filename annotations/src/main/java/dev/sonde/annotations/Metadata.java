package dev.sonde.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** This argument is an entry of the observation's metadata. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Metadata {

    /** The key; empty for the parameter's name. */
    String value() default "";

    /** Path within the argument; empty for the argument itself. */
    String path() default "";
}
