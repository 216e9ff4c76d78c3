/** What Sonde and its peers cost an application, measured side by side in interleaved rounds. */
@NullMarked
package dev.sonde.benchmarks;

import org.jspecify.annotations.NullMarked;
