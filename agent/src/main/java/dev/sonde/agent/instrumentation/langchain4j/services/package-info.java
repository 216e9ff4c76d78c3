/**
 * AI services of LangChain4j: their methods, also such that stream or return later, the tools they run, guardrails, and
 * the library's own client for the Model Context Protocol.
 */
@NullMarked
package dev.sonde.agent.instrumentation.langchain4j.services;

import org.jspecify.annotations.NullMarked;
