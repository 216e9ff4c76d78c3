package dev.sonde.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Records each call of the method or constructor as an observation, nested in the one that is current when the call
 * begins. Visibility, {@code static}, {@code final} and self-invocation make no difference.
 *
 * <p>Arguments and result are recorded as they are at that moment. A single argument is recorded bare, several as an
 * object by parameter name. An exception makes the level ERROR and is rethrown untouched. When the method returns a {@link
 * java.util.concurrent.CompletionStage}, the observation ends when that completes.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Observe {

    /** The observation's name; empty means the simple class name and the method's, as in {@code Search.find}. */
    String name() default "";

    /** What kind of work this is. */
    ObservationType type() default ObservationType.SPAN;

    /** Whether arguments are recorded. */
    Capture captureInput() default Capture.DEFAULT;

    /** Whether the result is recorded. */
    Capture captureOutput() default Capture.DEFAULT;
}
