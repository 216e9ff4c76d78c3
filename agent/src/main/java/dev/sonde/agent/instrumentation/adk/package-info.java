/**
 * Agents made with Google's Agent Development Kit ({@code com.google.adk:google-adk}), 0.1 to 1.x, tested with 0.1.0 and
 * 1.8.0.
 *
 * <p>Hooked are {@code BaseAgent.runAsync}, through which every agent runs, transfers and agents of agents included; {@code
 * generateContent} of every class that extends {@code BaseLlm}; and the one place where ADK runs a tool. An agent and a
 * model call are observed from their subscription to their end, failure or disposal. Session and user of the run are those
 * of all below it. ADK never cancels a model call of a run that is left: it ends when it ends, or with the interruption of
 * the thread that reads it. What the provider's own client sends for a model call is the same observation.
 *
 * <p>Not covered: live runs, over which model and tools speak at the same time; a tool whose result a callback has
 * replaced; a run that fails before its agent begins, as one in a session that does not exist.
 */
@NullMarked
package dev.sonde.agent.instrumentation.adk;

import org.jspecify.annotations.NullMarked;
