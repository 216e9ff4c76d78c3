/** LangChain4j's models that draw and that moderate, whoever implements them. */
@NullMarked
package dev.sonde.agent.instrumentation.langchain4j.media;

import org.jspecify.annotations.NullMarked;
