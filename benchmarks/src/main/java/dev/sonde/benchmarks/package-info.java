/** What Sonde costs, each question with its baseline in the same run. */
@NullMarked
package dev.sonde.benchmarks;

import org.jspecify.annotations.NullMarked;
