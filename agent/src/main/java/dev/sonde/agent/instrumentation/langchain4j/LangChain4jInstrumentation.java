package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.instrumentation.langchain4j.agents.AgentHooks;
import dev.sonde.agent.instrumentation.langchain4j.media.MediaHooks;
import dev.sonde.agent.instrumentation.langchain4j.rag.RagHooks;
import dev.sonde.agent.instrumentation.langchain4j.services.ServiceHooks;
import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;

/** What is hooked in LangChain4j. See the package for what that covers. */
public final class LangChain4jInstrumentation implements LibraryInstrumentation {
    private static final String CHAT = "dev.langchain4j.model.chat.";
    private static final String REQUEST = CHAT + "request.ChatRequest";
    private static final String OPTIONS = CHAT + "ChatRequestOptions";
    private static final String HANDLER = CHAT + "response.StreamingChatResponseHandler";

    @Override
    public String library() {
        return "LangChain4j";
    }

    /** Interfaces' default methods: each model inherits them, and what overrides them calls one in the end. */
    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>(chats());
        methods.addAll(ServiceHooks.methods());
        methods.addAll(RagHooks.methods());
        methods.addAll(AgentHooks.methods());
        methods.addAll(MediaHooks.methods());
        return methods;
    }

    @Override
    public List<LibraryMethod> inherited() {
        List<LibraryMethod> inherited = new ArrayList<>(RagHooks.inherited());
        inherited.addAll(MediaHooks.inherited());
        return inherited;
    }

    private static List<LibraryMethod> chats() {
        return List.of(
                new LibraryMethod(CHAT + "ChatModel", "chat", List.of(REQUEST, OPTIONS), ChatSite::new)
                        .or(new LibraryMethod(CHAT + "ChatModel", "chat", List.of(REQUEST), ChatSite::new)),
                streaming(List.of(REQUEST, OPTIONS, HANDLER)).or(streaming(List.of(REQUEST, HANDLER))));
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod(REQUEST, "messages", List.of()),
                new RequiredMethod(REQUEST, "parameters", List.of()),
                new RequiredMethod(CHAT + "response.ChatResponse", "aiMessage", List.of()));
    }

    private static LibraryMethod streaming(List<String> parameters) {
        return LibraryMethod.replacingLast(CHAT + "StreamingChatModel", "chat", parameters, StreamingChatSite::new);
    }
}
