/** Questions asked of the store and their answers, as records that every engine compiles to its own language. */
@NullMarked
package dev.sonde.server.query;

import org.jspecify.annotations.NullMarked;
