/** What the jar does besides being a server: commands that talk to a running one, and to a Langfuse. */
@NullMarked
package dev.sonde.server.cli;

import org.jspecify.annotations.NullMarked;
