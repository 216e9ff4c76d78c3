package dev.sonde.agent.instrumentation;

import dev.sonde.agent.instrumentation.anthropic.AnthropicInstrumentation;
import dev.sonde.agent.instrumentation.azure.AzureCoreInstrumentation;
import dev.sonde.agent.instrumentation.azure.AzureOpenAiInstrumentation;
import dev.sonde.agent.instrumentation.bedrock.BedrockInstrumentation;
import dev.sonde.agent.instrumentation.chroma.ChromaInstrumentation;
import dev.sonde.agent.instrumentation.cohere.CohereInstrumentation;
import dev.sonde.agent.instrumentation.dashscope.DashScopeInstrumentation;
import dev.sonde.agent.instrumentation.elastic.ElasticsearchInstrumentation;
import dev.sonde.agent.instrumentation.elastic.OpenSearchInstrumentation;
import dev.sonde.agent.instrumentation.genai.GenAiInstrumentation;
import dev.sonde.agent.instrumentation.http.HttpInstrumentation;
import dev.sonde.agent.instrumentation.kotlin.LaunchedCoroutines;
import dev.sonde.agent.instrumentation.langchain4j.LangChain4jInstrumentation;
import dev.sonde.agent.instrumentation.mcp.McpInstrumentation;
import dev.sonde.agent.instrumentation.milvus.MilvusInstrumentation;
import dev.sonde.agent.instrumentation.ollama4j.OllamaInstrumentation;
import dev.sonde.agent.instrumentation.openai.OpenAiInstrumentation;
import dev.sonde.agent.instrumentation.pinecone.PineconeInstrumentation;
import dev.sonde.agent.instrumentation.plainhttp.PlainHttpInstrumentation;
import dev.sonde.agent.instrumentation.qdrant.QdrantInstrumentation;
import dev.sonde.agent.instrumentation.spring.SpringEmitters;
import dev.sonde.agent.instrumentation.springai.SpringAiInstrumentation;
import dev.sonde.agent.instrumentation.springai.SpringAiObservations;
import dev.sonde.agent.instrumentation.weaviate.WeaviateInstrumentation;
import dev.sonde.agent.tooling.LibraryInstrumentation;
import java.util.ArrayList;
import java.util.List;

/** All instrumentations, written down by hand and alphabetically: start-up scans for nothing. */
public final class Libraries {

    private static final List<LibraryInstrumentation> ALL = List.of(
            PlainHttpInstrumentation.apache(),
            new ChromaInstrumentation(),
            new ElasticsearchInstrumentation(),
            new LangChain4jInstrumentation(),
            new McpInstrumentation(),
            new MilvusInstrumentation(),
            PlainHttpInstrumentation.okHttp(),
            new OpenSearchInstrumentation(),
            new PineconeInstrumentation(),
            new QdrantInstrumentation(),
            new SpringAiInstrumentation(),
            PlainHttpInstrumentation.spring(),
            new WeaviateInstrumentation(),
            new AnthropicInstrumentation(),
            new BedrockInstrumentation(),
            new AzureOpenAiInstrumentation(),
            new AzureCoreInstrumentation(),
            new CohereInstrumentation(),
            new DashScopeInstrumentation(),
            new GenAiInstrumentation(),
            PlainHttpInstrumentation.jdk(),
            new OllamaInstrumentation(),
            new OpenAiInstrumentation());

    private Libraries() {}

    /** Those that only pass the context on, or tell when something ends; they are woven later than the others. */
    public static List<LibraryInstrumentation> passingContext() {
        List<LibraryInstrumentation> all = new ArrayList<>(HttpInstrumentation.all());
        all.add(new LaunchedCoroutines());
        all.add(new SpringEmitters());
        all.add(new SpringAiObservations());
        return all;
    }

    /** The instrumentations in alphabetical order of their libraries. */
    public static List<LibraryInstrumentation> all() {
        return ALL;
    }
}
