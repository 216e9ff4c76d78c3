/** {@code java -jar sonde-agent.jar}: what people run to see what the agent would do, and to attach it. */
@NullMarked
package dev.sonde.agent.cli;

import org.jspecify.annotations.NullMarked;
