package dev.sonde.annotations;

import java.util.List;
import java.util.function.Function;

/**
 * Makes one recorded output from the elements of a streamed result, in their order. Needs a constructor without
 * parameters; one instance serves all calls, on any thread. When it throws, the output is not recorded.
 */
public interface StreamAggregator extends Function<List<Object>, Object> {}
