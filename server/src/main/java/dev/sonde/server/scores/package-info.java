/** The rules of score configs. */
@NullMarked
package dev.sonde.server.scores;

import org.jspecify.annotations.NullMarked;
