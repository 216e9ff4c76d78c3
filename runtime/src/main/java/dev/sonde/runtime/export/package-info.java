/** The one shared exporter: a bounded queue, one thread, OTLP over HTTP. */
@NullMarked
package dev.sonde.runtime.export;

import org.jspecify.annotations.NullMarked;
