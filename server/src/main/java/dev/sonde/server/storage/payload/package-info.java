/** The payload log: append-only daily segments of compressed blocks that hold all large text and every row. */
@NullMarked
package dev.sonde.server.storage.payload;

import org.jspecify.annotations.NullMarked;
