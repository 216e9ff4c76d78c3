/** What is current on a thread, and the attributes that flow from a trace to its observations. */
@NullMarked
package dev.sonde.runtime.context;

import org.jspecify.annotations.NullMarked;
