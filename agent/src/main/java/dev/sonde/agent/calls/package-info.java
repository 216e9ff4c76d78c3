/**
 * What instrumentations share: reading a library's objects and JSON, a model call from its request to the end of its
 * answer, and the rule by which one call that several libraries see is recorded once.
 */
@NullMarked
package dev.sonde.agent.calls;

import org.jspecify.annotations.NullMarked;
