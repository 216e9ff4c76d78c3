/** The first class behind the isolated loader: puts runtime, weaver and instrumentations together. */
@NullMarked
package dev.sonde.agent.isolated;

import org.jspecify.annotations.NullMarked;
