/** The libraries that are observed without annotations: one package each, none knows another. */
@NullMarked
package dev.sonde.agent.instrumentation;

import org.jspecify.annotations.NullMarked;
