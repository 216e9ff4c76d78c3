/** Lets coroutines begin in the observation that launches them. Nothing is observed here. */
@NullMarked
package dev.sonde.agent.instrumentation.kotlin;

import org.jspecify.annotations.NullMarked;
