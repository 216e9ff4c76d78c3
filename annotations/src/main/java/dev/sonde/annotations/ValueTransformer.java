package dev.sonde.annotations;

import java.util.function.Function;

/**
 * Makes what is recorded from a value. Needs a constructor without parameters; one instance serves all calls, on any
 * thread. When it throws, the value is not recorded.
 */
public interface ValueTransformer extends Function<Object, Object> {}
