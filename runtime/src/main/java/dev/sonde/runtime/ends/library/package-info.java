/**
 * Results of libraries that the runtime cannot see: which of their types it knows, and the loader that lets {@code
 * dev.sonde.runtime.ends.bridge} see both sides.
 */
@NullMarked
package dev.sonde.runtime.ends.library;

import org.jspecify.annotations.NullMarked;
