package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.List;

/** What is hooked in Spring AI itself. See the package for what that covers. */
public final class SpringAiInstrumentation implements LibraryInstrumentation {

    private static final String CHAT = "org.springframework.ai.chat.";

    @Override
    public String library() {
        return "Spring AI";
    }

    @Override
    public List<LibraryMethod> methods() {
        return List.of(
                new LibraryMethod(
                        CHAT + "model.MessageAggregator",
                        "aggregate",
                        List.of("reactor.core.publisher.Flux", "java.util.function.Consumer"),
                        StreamSite::new),
                new LibraryMethod(
                        CHAT + "client.advisor.api.BaseAdvisor",
                        "adviseStream",
                        List.of(CHAT + "client.ChatClientRequest", CHAT + "client.advisor.api.StreamAdvisorChain"),
                        StreamSite::new),
                new LibraryMethod(
                        "org.springframework.ai.model.tool.DefaultToolCallingManager",
                        "executeToolCalls",
                        List.of(CHAT + "prompt.Prompt", CHAT + "model.ChatResponse"),
                        ToolCalls::new),
                new LibraryMethod(
                        "org.springframework.ai.tool.execution.DefaultToolExecutionExceptionProcessor",
                        "process",
                        List.of("org.springframework.ai.tool.execution.ToolExecutionException"),
                        ToolFailure::new));
    }

    @Override
    public List<String> announcedBy() {
        return List.of("org.springframework.ai.model.Model", "org.springframework.ai.vectorstore.VectorStore");
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod(CHAT + "prompt.Prompt", "getInstructions", List.of()),
                new RequiredMethod(CHAT + "model.ChatResponse", "getResults", List.of()));
    }
}
