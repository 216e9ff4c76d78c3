package dev.sonde.agent.instrumentation;

import dev.sonde.agent.instrumentation.adk.AdkInstrumentation;
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
import dev.sonde.agent.instrumentation.jdbc.JdbcInstrumentation;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All instrumentations, written down by hand and alphabetically: start-up scans for nothing, and loads those only of which
 * a class comes.
 */
public final class Libraries {

    /** Libraries by how the names of their hooked classes begin, a library on each line's right. */
    private static final String[][] BEGINNINGS = {
        {"org.apache.hc.", "Apache HttpClient 5"},
        {"tech.amikos.chromadb.", "Chroma client"},
        {"co.elastic.clients.", "Elasticsearch client"},
        {"java.sql.", "JDBC"},
        {"org.postgresql.core.", "JDBC"},
        {"dev.langchain4j.", "LangChain4j"},
        {"io.modelcontextprotocol.", "MCP Java SDK"},
        {"io.milvus.", "Milvus client"},
        {"okhttp3.", "OkHttp"},
        {"org.opensearch.client.", "OpenSearch client"},
        {"io.pinecone.", "Pinecone client"},
        {"io.qdrant.", "Qdrant client"},
        {"org.springframework.ai.", "Spring AI"},
        {"org.springframework.http.", "Spring's HTTP clients"},
        {"org.springframework.web.", "Spring's HTTP clients"},
        {"io.weaviate.", "Weaviate client"},
        {"com.anthropic.", "anthropic-java"},
        {"software.amazon.awssdk.", "aws-sdk-bedrockruntime"},
        {"com.azure.ai.openai.", "azure-ai-openai"},
        {"com.azure.core.", "azure-core"},
        {"com.cohere.", "cohere-java"},
        {"com.alibaba.dashscope.", "dashscope-sdk-java"},
        {"com.google.adk.", "google-adk"},
        {"com.google.genai.", "google-genai"},
        {"jdk.internal.net.http.", "java.net.http"},
        {"io.github.ollama4j.", "ollama4j"},
        {"com.openai.", "openai-java"},
    };

    private static final Map<String, LibraryInstrumentation> MADE = new ConcurrentHashMap<>();

    private Libraries() {}

    /** Those that only pass the context on, or tell when something ends; they are woven later than the others. */
    public static List<LibraryInstrumentation> passingContext() {
        List<LibraryInstrumentation> all = new ArrayList<>(HttpInstrumentation.all());
        all.add(new LaunchedCoroutines());
        all.add(new SpringEmitters());
        all.add(new SpringAiObservations());
        return all;
    }

    /** The instrumentations that may name a class of this binary name; none is loaded before. Always the same objects. */
    public static List<LibraryInstrumentation> naming(String className) {
        for (String[] beginning : BEGINNINGS) {
            if (className.startsWith(beginning[0])) {
                return List.of(made(beginning[1]));
            }
        }
        return List.of();
    }

    /** The instrumentations in alphabetical order of their libraries. */
    public static List<LibraryInstrumentation> all() {
        return Arrays.stream(BEGINNINGS)
                .map(beginning -> beginning[1])
                .distinct()
                .map(Libraries::made)
                .toList();
    }

    private static LibraryInstrumentation made(String library) {
        LibraryInstrumentation made = MADE.get(library);
        if (made == null) {
            LibraryInstrumentation mine = make(library);
            LibraryInstrumentation first = MADE.putIfAbsent(library, mine);
            made = first == null ? mine : first;
        }
        return made;
    }

    private static LibraryInstrumentation make(String library) {
        return switch (library) {
            case "Apache HttpClient 5" -> PlainHttpInstrumentation.apache();
            case "Chroma client" -> new ChromaInstrumentation();
            case "Elasticsearch client" -> new ElasticsearchInstrumentation();
            case "JDBC" -> new JdbcInstrumentation();
            case "LangChain4j" -> new LangChain4jInstrumentation();
            case "MCP Java SDK" -> new McpInstrumentation();
            case "Milvus client" -> new MilvusInstrumentation();
            case "OkHttp" -> PlainHttpInstrumentation.okHttp();
            case "OpenSearch client" -> new OpenSearchInstrumentation();
            case "Pinecone client" -> new PineconeInstrumentation();
            case "Qdrant client" -> new QdrantInstrumentation();
            case "Spring AI" -> new SpringAiInstrumentation();
            case "Spring's HTTP clients" -> PlainHttpInstrumentation.spring();
            case "Weaviate client" -> new WeaviateInstrumentation();
            case "anthropic-java" -> new AnthropicInstrumentation();
            case "aws-sdk-bedrockruntime" -> new BedrockInstrumentation();
            case "azure-ai-openai" -> new AzureOpenAiInstrumentation();
            case "azure-core" -> new AzureCoreInstrumentation();
            case "cohere-java" -> new CohereInstrumentation();
            case "dashscope-sdk-java" -> new DashScopeInstrumentation();
            case "google-adk" -> new AdkInstrumentation();
            case "google-genai" -> new GenAiInstrumentation();
            case "java.net.http" -> PlainHttpInstrumentation.jdk();
            case "ollama4j" -> new OllamaInstrumentation();
            case "openai-java" -> new OpenAiInstrumentation();
            default -> throw new IllegalArgumentException(library);
        };
    }
}
