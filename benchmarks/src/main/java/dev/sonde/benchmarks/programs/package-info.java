/** The programs that are measured, each in a JVM of its own: nested calls, a start, a web application, a chat call. */
@NullMarked
package dev.sonde.benchmarks.programs;

import org.jspecify.annotations.NullMarked;
