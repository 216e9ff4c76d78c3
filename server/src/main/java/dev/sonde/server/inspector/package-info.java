/** What became of the requests that clients sent: who sent them, what was taken, what was refused and why. */
@NullMarked
package dev.sonde.server.inspector;

import org.jspecify.annotations.NullMarked;
