/** Reads OpenTelemetry exports and maps their attribute dialects onto fragments of traces and observations. */
@NullMarked
package dev.sonde.server.ingest.otlp;

import org.jspecify.annotations.NullMarked;
