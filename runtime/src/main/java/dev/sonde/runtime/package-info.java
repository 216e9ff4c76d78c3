/** The tracer: what weavers, instrumentations and the facade call. */
@NullMarked
package dev.sonde.runtime;

import org.jspecify.annotations.NullMarked;
