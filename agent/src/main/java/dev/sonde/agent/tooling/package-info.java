/**
 * All that knows the weaver: reads annotated methods, writes the calls to {@code dev.sonde.boot} into them, into library
 * methods and into the JDK's hand-overs between threads. Instrumentations only declare what they want.
 */
@NullMarked
package dev.sonde.agent.tooling;

import org.jspecify.annotations.NullMarked;
