/** Tells when Spring's emitters and deferred results end, for observed methods that return one. Nothing is observed here. */
@NullMarked
package dev.sonde.agent.instrumentation.spring;

import org.jspecify.annotations.NullMarked;
