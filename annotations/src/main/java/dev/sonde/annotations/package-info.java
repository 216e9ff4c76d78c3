/** Annotations that say what to observe; they do nothing until an agent or an aspect reads them. */
@NullMarked
package dev.sonde.annotations;

import org.jspecify.annotations.NullMarked;
