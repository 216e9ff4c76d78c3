/** The rules of datasets: what may be stored, how items follow their schemas, what runs and experiments are. */
@NullMarked
package dev.sonde.server.datasets;

import org.jspecify.annotations.NullMarked;
