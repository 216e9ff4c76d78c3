package dev.sonde.agent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The library classes that instrumentations weave, known here by name so that start-up need not load them. A test holds
 * this list against what the instrumentations declare.
 */
final class LibraryClasses {

    /** The facade: when an application loads it, the runtime must be there. */
    static final String FACADE = "dev/sonde/Sonde";

    private static final String ADK = "com/google/adk/";
    private static final String ANTHROPIC = "com/anthropic/";
    private static final String APACHE = "org/apache/hc/client5/http/impl/";
    private static final String COHERE = "com/cohere/api/";
    private static final String GENAI = "com/google/genai/";

    private static final String LANGCHAIN4J = "dev/langchain4j/";
    private static final String AZURE = "com/azure/";
    private static final String MCP = "io/modelcontextprotocol/";
    private static final String DASHSCOPE = "com/alibaba/dashscope/";
    private static final String BEDROCK = "software/amazon/awssdk/services/bedrockruntime/";
    private static final String OLLAMA4J = "io/github/ollama4j/";
    private static final String OPENAI = "com/openai/services/";

    private static final String SPRING_AI = "org/springframework/ai/";

    /** Internal names of classes that are woven themselves. */
    static final Set<String> NAMES = new HashSet<>(Arrays.asList(
            ADK + "agents/BaseAgent",
            ADK + "flows/llmflows/Functions",
            ANTHROPIC + "helpers/BetaToolRunner",
            ANTHROPIC + "services/async/MessageServiceAsyncImpl$WithRawResponseImpl",
            ANTHROPIC + "services/async/beta/MessageServiceAsyncImpl$WithRawResponseImpl",
            ANTHROPIC + "services/blocking/MessageServiceImpl$WithRawResponseImpl",
            ANTHROPIC + "services/blocking/beta/MessageServiceImpl$WithRawResponseImpl",
            COHERE + "core/Stream",
            COHERE + "resources/v2/AsyncRawV2Client",
            COHERE + "resources/v2/RawV2Client",
            COHERE + "resources/v2/V2Client",
            GENAI + "AfcUtil",
            GENAI + "AsyncModels",
            GENAI + "Models",
            GENAI + "ResponseStream",
            GENAI + "ResponseStream$ResponseStreamIterator",
            "jdk/internal/net/http/HttpClientImpl",
            LANGCHAIN4J + "agentic/internal/AbstractAgentInvocationHandler",
            LANGCHAIN4J + "agentic/internal/AgentInvoker",
            LANGCHAIN4J + "agentic/internal/PlannerBasedInvocationHandler",
            LANGCHAIN4J + "guardrail/AbstractGuardrailExecutor",
            LANGCHAIN4J + "mcp/client/DefaultMcpClient",
            LANGCHAIN4J + "model/chat/ChatModel",
            LANGCHAIN4J + "model/chat/StreamingChatModel",
            LANGCHAIN4J + "model/embedding/EmbeddingModel",
            LANGCHAIN4J + "model/moderation/ModerationModel",
            LANGCHAIN4J + "service/AiServiceTokenStream",
            LANGCHAIN4J + "service/DefaultAiServices$1",
            LANGCHAIN4J + "service/tool/DefaultToolExecutor",
            LANGCHAIN4J + "service/tool/ToolService",
            LANGCHAIN4J + "store/embedding/EmbeddingStore",
            LANGCHAIN4J + "store/embedding/EmbeddingStoreIngestor",
            MCP + "client/McpAsyncClient",
            MCP + "server/McpAsyncServer",
            MCP + "server/McpStatelessAsyncServer",
            "okhttp3/internal/connection/Exchange",
            "okhttp3/internal/connection/RealCall",
            OLLAMA4J + "Ollama",
            OLLAMA4J + "OllamaAPI",
            OLLAMA4J + "agent/Agent",
            OLLAMA4J + "models/generate/OllamaGenerateResponseModel",
            OLLAMA4J + "models/request/OllamaChatEndpointCaller",
            OLLAMA4J + "models/request/OllamaGenerateEndpointCaller",
            OLLAMA4J + "models/response/OllamaAsyncResultStreamer",
            OLLAMA4J + "tools/ToolRegistry",
            OLLAMA4J + "tools/Tools$Tool",
            OPENAI + "async/CompletionServiceAsyncImpl$WithRawResponseImpl",
            OPENAI + "async/EmbeddingServiceAsyncImpl$WithRawResponseImpl",
            OPENAI + "async/ImageServiceAsyncImpl$WithRawResponseImpl",
            OPENAI + "async/ModerationServiceAsyncImpl$WithRawResponseImpl",
            OPENAI + "async/ResponseServiceAsyncImpl$WithRawResponseImpl",
            OPENAI + "async/audio/SpeechServiceAsyncImpl$WithRawResponseImpl",
            OPENAI + "async/audio/TranscriptionServiceAsyncImpl$WithRawResponseImpl",
            OPENAI + "async/audio/TranslationServiceAsyncImpl$WithRawResponseImpl",
            OPENAI + "async/chat/ChatCompletionServiceAsyncImpl$WithRawResponseImpl",
            OPENAI + "blocking/CompletionServiceImpl$WithRawResponseImpl",
            OPENAI + "blocking/EmbeddingServiceImpl$WithRawResponseImpl",
            OPENAI + "blocking/ImageServiceImpl$WithRawResponseImpl",
            OPENAI + "blocking/ModerationServiceImpl$WithRawResponseImpl",
            OPENAI + "blocking/ResponseServiceImpl$WithRawResponseImpl",
            OPENAI + "blocking/audio/SpeechServiceImpl$WithRawResponseImpl",
            OPENAI + "blocking/audio/TranscriptionServiceImpl$WithRawResponseImpl",
            OPENAI + "blocking/audio/TranslationServiceImpl$WithRawResponseImpl",
            OPENAI + "blocking/chat/ChatCompletionServiceImpl$WithRawResponseImpl",
            "co/elastic/clients/transport/ElasticsearchTransportBase",
            "co/elastic/clients/transport/rest_client/RestClientTransport",
            "io/milvus/v2/client/MilvusClientV2",
            "io/pinecone/clients/AsyncIndex",
            "io/pinecone/clients/Index",
            "io/qdrant/client/QdrantClient",
            DASHSCOPE + "aigc/generation/Generation$1",
            DASHSCOPE + "aigc/generation/Generation$2",
            DASHSCOPE + "aigc/multimodalconversation/MultiModalConversation$1",
            DASHSCOPE + "aigc/multimodalconversation/MultiModalConversation$2",
            DASHSCOPE + "embeddings/TextEmbedding$1",
            DASHSCOPE + "protocol/okhttp/OkHttpHttpClient",
            AZURE + "ai/openai/OpenAIAsyncClient",
            AZURE + "ai/openai/OpenAIClient",
            AZURE + "core/util/IterableStream",
            "io/weaviate/client6/v1/api/collections/query/WeaviateQueryClient",
            "io/weaviate/client6/v1/api/collections/query/WeaviateQueryClientAsync",
            BEDROCK + "DefaultBedrockRuntimeAsyncClient",
            BEDROCK + "DefaultBedrockRuntimeClient",
            SPRING_AI + "chat/client/advisor/api/BaseAdvisor",
            SPRING_AI + "chat/model/MessageAggregator",
            SPRING_AI + "model/Model",
            SPRING_AI + "model/tool/DefaultToolCallingManager",
            SPRING_AI + "tool/execution/DefaultToolExecutionExceptionProcessor",
            SPRING_AI + "vectorstore/VectorStore",
            "org/opensearch/client/transport/aws/AwsSdk2Transport",
            "org/opensearch/client/transport/httpclient5/ApacheHttpClient5Transport",
            "org/opensearch/client/transport/rest_client/RestClientTransport",
            "tech/amikos/chromadb/Collection",
            APACHE + "async/AbstractMinimalHttpAsyncClientBase",
            APACHE + "async/InternalAbstractHttpAsyncClient",
            APACHE + "classic/CloseableHttpResponse",
            APACHE + "classic/InternalHttpClient",
            "org/springframework/http/client/AbstractClientHttpRequest",
            "org/springframework/web/reactive/function/client/ExchangeFunctions$DefaultExchangeFunction",
            FACADE));

    /** Types that many classes implement, by internal name: each of these classes may be woven. */
    static final Set<String> TYPES = new HashSet<>(Arrays.asList(
            ADK + "models/BaseLlm",
            LANGCHAIN4J + "model/embedding/DimensionAwareEmbeddingModel",
            LANGCHAIN4J + "model/embedding/EmbeddingModel",
            LANGCHAIN4J + "model/image/ImageModel",
            LANGCHAIN4J + "model/moderation/ModerationModel",
            LANGCHAIN4J + "model/scoring/ScoringModel",
            LANGCHAIN4J + "rag/RetrievalAugmentor",
            LANGCHAIN4J + "rag/content/retriever/ContentRetriever",
            LANGCHAIN4J + "store/embedding/EmbeddingStore"));

    /** The same, only with the option {@code jdbc-vectors}: else no class is looked at for their sake. */
    static final Set<String> JDBC_TYPES = new HashSet<>(Arrays.asList(
            "java/sql/Connection",
            "java/sql/PreparedStatement",
            "java/sql/ResultSet",
            "java/sql/Statement",
            "org/postgresql/core/BaseConnection"));

    private LibraryClasses() {}

    /**
     * The names of these types as {@link #isType} looks for them: by their length, for most texts of a class file are of
     * another.
     *
     * @param jdbc whether those of JDBC are among them
     */
    static byte[][][] types(boolean jdbc) {
        byte[][][] byLength = new byte[128][0][];
        for (String type : TYPES) {
            add(byLength, type);
        }
        if (jdbc) {
            for (String type : JDBC_TYPES) {
                add(byLength, type);
            }
        }
        return byLength;
    }

    private static void add(byte[][][] byLength, String type) {
        byte[] name = type.getBytes(StandardCharsets.UTF_8);
        byte[][] others = byLength[name.length];
        byLength[name.length] = Arrays.copyOf(others, others.length + 1);
        byLength[name.length][others.length] = name;
    }

    /** Whether {@code length} bytes from {@code start} are the internal name of one of these {@link #types}. */
    static boolean isType(byte[][][] types, byte[] classFile, int start, int length) {
        if (length >= types.length) {
            return false;
        }
        for (byte[] type : types[length]) {
            if (Arrays.equals(classFile, start, start + length, type, 0, length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the class with this internal name may be woven for a library. */
    static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
