/** The runtime's side of the facade. Public for the agent's sake; no API. */
@NullMarked
package dev.sonde.runtime.internal;

import org.jspecify.annotations.NullMarked;
