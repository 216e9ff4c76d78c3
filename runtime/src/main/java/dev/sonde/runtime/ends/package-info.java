/** When the observation of a call ends whose result is a promise or a stream: one file for each kind of result. */
@NullMarked
package dev.sonde.runtime.ends;

import org.jspecify.annotations.NullMarked;
