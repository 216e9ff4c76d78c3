/** The server: configuration, wiring and the command line. */
@NullMarked
package dev.sonde.server;

import org.jspecify.annotations.NullMarked;
