/** A receiver that counts the spans of every contestant's wire, as cheaply as it can. */
@NullMarked
package dev.sonde.benchmarks.sink;

import org.jspecify.annotations.NullMarked;
