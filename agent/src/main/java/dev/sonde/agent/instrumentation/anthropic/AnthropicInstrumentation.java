package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;

/** What is hooked in anthropic-java. See the package for what that covers. */
public final class AnthropicInstrumentation implements LibraryInstrumentation {
    private static final String TOOL_RUNNER = "com.anthropic.helpers.BetaToolRunner";
    private static final String TOOL_USE = "com.anthropic.models.beta.messages.BetaToolUseBlockParam";

    @Override
    public String library() {
        return "anthropic-java";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        for (String beta : List.of("", "beta.")) {
            List<String> parameters = List.of(
                    "com.anthropic.models." + beta + "messages.MessageCreateParams",
                    "com.anthropic.core.RequestOptions");
            for (String service :
                    List.of("blocking." + beta + "MessageService", "async." + beta + "MessageServiceAsync")) {
                String className = "com.anthropic.services." + service + "Impl$WithRawResponseImpl";
                methods.add(new LibraryMethod(className, "create", parameters, () -> new MessagesSite(false)));
                methods.add(new LibraryMethod(className, "createStreaming", parameters, () -> new MessagesSite(true)));
            }
        }
        methods.add(new LibraryMethod(TOOL_RUNNER, "iterator", List.of(), ToolRunnerSite::new));
        methods.add(new LibraryMethod(TOOL_RUNNER, "streaming", List.of(), ToolRunnerSite::new));
        methods.add(toolUse("java.util.Map", "java.util.Set").or(toolUse("java.util.Map")));
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod("com.anthropic.core.ClientOptions", "jsonMapper", List.of()),
                new RequiredMethod("com.anthropic.core.http.HttpResponseFor", "parse", List.of()),
                new RequiredMethod("com.anthropic.models.messages.MessageCreateParams", "_body", List.of()));
    }

    /** Newer versions know beside the tools that can be run those that are on offer. */
    private static LibraryMethod toolUse(String... more) {
        List<String> parameters = new ArrayList<>(List.of(TOOL_USE));
        parameters.addAll(List.of(more));
        return new LibraryMethod(TOOL_RUNNER, "generateToolUseResult", parameters, ToolUseSite::new);
    }
}
