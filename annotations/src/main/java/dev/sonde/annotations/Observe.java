package dev.sonde.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Records each call of the method or constructor as an observation, nested in the one that is current when the call
 * begins. Visibility, {@code static}, {@code final} and self-invocation make no difference. On a type it holds for the
 * type's public methods that carry no annotation of their own, except those with {@link ObserveIgnore}. On an annotation
 * it makes a stereotype: what carries that annotation is observed as said here.
 *
 * <p>Arguments and result are recorded as they are at that moment. A single argument is recorded bare, several as an
 * object by parameter name. An exception makes the level ERROR and is rethrown untouched. A result that is asynchronous
 * or streamed ends the observation when it ends.
 *
 * <p>Two kinds of attribute values read from the call. A <b>path</b> begins with a parameter's name, {@code this}, {@code
 * return}, {@code error} or a constant ({@code 'text'}, a number, {@code true}, {@code false}) and goes on with
 * properties and indexes: {@code request.messages[0].text}. Properties are record components, getters, map keys or fields;
 * {@code [*]} takes every element. A <b>text</b> is taken as it is, except that {@code {path}} in it is replaced. What a
 * path does not find is null, and a null is not recorded. An accessor that throws is a null.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface Observe {

    /** Same as {@link #name()}, which wins. */
    String value() default "";

    /** The observation's name, a text; empty means the simple class name and the method's, as in {@code Search.find}. */
    String name() default "";

    /** What kind of work this is. */
    ObservationType type() default ObservationType.SPAN;

    /** Whether arguments are recorded. */
    Capture captureInput() default Capture.DEFAULT;

    /** Whether the result is recorded. */
    Capture captureOutput() default Capture.DEFAULT;

    /** Path of what is recorded as the input instead of the arguments. */
    String input() default "";

    /** Path of what is recorded as the output instead of the result. */
    String output() default "";

    /** Makes the recorded input from the input. */
    Class<? extends ValueTransformer> inputTransform() default ValueTransformer.class;

    /** Makes the recorded output from the output. */
    Class<? extends ValueTransformer> outputTransform() default ValueTransformer.class;

    /** Makes the recorded output of the elements of a streamed result; by default texts are joined, others listed. */
    Class<? extends StreamAggregator> stream() default StreamAggregator.class;

    /** The model that was called, a text. */
    String model() default "";

    /** The request's parameters, each {@code name=path}. */
    String[] modelParameters() default {};

    /** Units by usage type, each {@code type=path}, as in {@code input=return.usage.promptTokens}. */
    String[] usage() default {};

    /** USD by usage type, each {@code type=path}. */
    String[] cost() default {};

    /** The prompt version this was made from: a text of the form {@code name@version}. */
    String prompt() default "";

    /** Metadata of the observation, each {@code key=path}. */
    String[] metadata() default {};

    /** Who asks, a text; for this observation and all below. */
    String userId() default "";

    /** The conversation this belongs to, a text; for this observation and all below. */
    String sessionId() default "";

    /** The trace's name, a text. */
    String traceName() default "";

    /** Tags of the trace, each a text. */
    String[] tags() default {};

    /** Metadata of the trace, each {@code key=path}. */
    String[] traceMetadata() default {};

    /** The version of what is observed, a text; for this observation and all below. */
    String version() default "";

    /** Where this runs, a text; for this observation and all below. */
    String environment() default "";

    /** The level of a call that does not fail. */
    Level level() default Level.DEFAULT;

    /** How much of an exception is recorded. */
    ErrorDetail onError() default ErrorDetail.STACK;

    /** Exceptions that are no errors here, with their subclasses. */
    Class<? extends Throwable>[] ignore() default {};

    /** Changes recorded texts before they leave the process. */
    Class<? extends Masker> mask() default Masker.class;

    /** Characters of recorded input and of output at most; negative for the configured limit. */
    int maxChars() default -1;

    /** Share of calls that are observed, with all below them, 0 to 1; negative for all. */
    double sampleRate() default -1;

    /** Begins a trace of its own instead of nesting; user, session and the like are kept. */
    boolean newTrace() default false;

    /** Path of what to nest in instead of the current observation: a {@code traceparent}, or a trace's id. */
    String parent() default "";

    /** Path, or {@code !path}: only calls for which it is true, not zero and not empty are observed. */
    String when() default "";

    /** Name of the configured project that receives it, with all below; empty for the current one. */
    String project() default "";

    /** On a method of an interface or superclass: implementing and overriding methods are observed too. */
    boolean inherited() default false;
}
