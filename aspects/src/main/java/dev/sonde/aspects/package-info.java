/** {@code @Observe} by AspectJ: the same observations as under the agent, for JVMs that may not attach one. */
@NullMarked
package dev.sonde.aspects;

import org.jspecify.annotations.NullMarked;
