/**
 * Follows results of libraries, written against the libraries themselves. Never loaded by the runtime's own loader but
 * once for each copy of a library, see {@code dev.sonde.runtime.ends.library}.
 */
@NullMarked
package dev.sonde.runtime.ends.bridge;

import org.jspecify.annotations.NullMarked;
