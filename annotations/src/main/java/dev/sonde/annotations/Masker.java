package dev.sonde.annotations;

import java.util.function.UnaryOperator;

/**
 * Changes a recorded text (input, output, a metadata value, a status message), plain or JSON, before it leaves the
 * process; null drops it. Needs a constructor without parameters; one instance serves all calls. Runs behind the
 * application's threads; when it throws or takes too long, the text is not recorded.
 */
public interface Masker extends UnaryOperator<String> {}
