/**
 * Lets a trace go on in other processes: the W3C header {@code traceparent} is read where a servlet container hands over a
 * request, and written where a client sends one. Nothing is observed here.
 */
@NullMarked
package dev.sonde.agent.instrumentation.http;

import org.jspecify.annotations.NullMarked;
