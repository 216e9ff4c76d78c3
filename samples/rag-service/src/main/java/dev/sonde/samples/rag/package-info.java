/** A small service that answers questions about a group of islands from a corpus of its own. */
@NullMarked
package dev.sonde.samples.rag;

import org.jspecify.annotations.NullMarked;
