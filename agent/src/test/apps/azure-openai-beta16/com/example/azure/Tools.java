package com.example.azure;

import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinition;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinitionFunction;
import com.azure.ai.openai.models.ChatCompletionsToolDefinition;
import com.azure.core.util.BinaryData;

/** Tools as this version of the library defines them. */
final class Tools {
    private Tools() {}

    static ChatCompletionsToolDefinition function(String name, BinaryData parameters) {
        return new ChatCompletionsFunctionToolDefinition(
                new ChatCompletionsFunctionToolDefinitionFunction(name).setParameters(parameters));
    }
}
