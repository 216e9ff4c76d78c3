/** A back-end for tests: takes what an exporter sends and hands it out as records. */
@NullMarked
package dev.sonde.testkit.collector;

import org.jspecify.annotations.NullMarked;
