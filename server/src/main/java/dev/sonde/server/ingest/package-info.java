/** The write path, one step a file: decode, merge, price, commit. */
@NullMarked
package dev.sonde.server.ingest;

import org.jspecify.annotations.NullMarked;
