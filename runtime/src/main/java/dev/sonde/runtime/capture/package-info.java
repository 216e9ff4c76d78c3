/** Turns any object into JSON as it is at that moment, within limits. */
@NullMarked
package dev.sonde.runtime.capture;

import org.jspecify.annotations.NullMarked;
