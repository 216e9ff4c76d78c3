/**
 * LangChain4j's agentic module ({@code dev.langchain4j:langchain4j-agentic}), 1.3 to 1.x: workflows and the agents that
 * they run, one observation each. An agent that is an AI service is recorded by that service's hook, as an agent.
 */
@NullMarked
package dev.sonde.agent.instrumentation.langchain4j.agents;

import org.jspecify.annotations.NullMarked;
