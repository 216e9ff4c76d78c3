/** The facade: what user code may say about the observations around it. Does nothing until a runtime is present. */
@NullMarked
package dev.sonde;

import org.jspecify.annotations.NullMarked;
