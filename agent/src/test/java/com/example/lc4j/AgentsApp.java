package com.example.lc4j;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.lang.reflect.Method;
import java.util.Map;

/** Lets agents work together. Uses only what every version of the library with agents has. */
public final class AgentsApp {
    private final OpenAiChatModel model;

    private AgentsApp(String baseUrl) {
        model = OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();
    }

    /** Writes. */
    public interface Writer {
        @UserMessage("Write one sentence about {{topic}}")
        @Agent("Writes about a topic")
        String write(@V("topic") String topic);
    }

    /** Improves. */
    public interface Editor {
        @UserMessage("Improve: {{story}}")
        @Agent(name = "editor", description = "Improves a story")
        String edit(@V("story") String story);
    }

    /** Gives a story a title without asking any model. */
    public static final class Titles {
        @Agent("Gives a story a title")
        public String title(@V("story") String story) {
            if (story.isEmpty()) {
                throw new IllegalStateException("nothing to name");
            }
            return "On " + story.split(" ")[0];
        }
    }

    /** A workflow with a type. */
    public interface Newsroom {
        @Agent("Writes and improves")
        String produce(@V("topic") String topic);
    }

    public static void main(String[] arguments) throws Exception {
        AgentsApp app = new AgentsApp(arguments[0]);
        Scenarios.play(app::play);
    }

    private String play(String scenario) throws Exception {
        return switch (scenario) {
            case "agent" -> writer().write("cats");
            case "sequence" ->
                named(AgenticServices.sequenceBuilder(Newsroom.class).subAgents(writer(), editor()), "story")
                        .build()
                        .produce("cats");
            case "plain" ->
                (String) named(AgenticServices.sequenceBuilder().subAgents(titled()), "title")
                        .build()
                        .invoke(Map.of("story", "Cats purr"));
            case "plainFails" ->
                (String) named(AgenticServices.sequenceBuilder().subAgents(titled()), "title")
                        .build()
                        .invoke(Map.of("story", ""));
            case "parallel" -> parallel();
            case "nested" -> nested();
            case "supervisor" ->
                AgenticServices.supervisorBuilder()
                        .chatModel(model)
                        .subAgents(writer())
                        .build()
                        .invoke("Write about cats");
            default -> "unknown scenario";
        };
    }

    private String parallel() throws Exception {
        UntypedAgent both = named(
                        AgenticServices.parallelBuilder()
                                .subAgents(writer(), titled())
                                .output(scope -> "done"),
                        "both")
                .build();
        return (String) both.invoke(Map.of("topic", "cats", "story", "Cats purr"));
    }

    private String nested() throws Exception {
        Newsroom inner = named(AgenticServices.sequenceBuilder(Newsroom.class).subAgents(writer()), "story")
                .build();
        return (String) named(AgenticServices.sequenceBuilder().subAgents(inner, titled()), "title")
                .build()
                .invoke(Map.of("topic", "cats"));
    }

    private Writer writer() throws Exception {
        return named(AgenticServices.agentBuilder(Writer.class).chatModel(model), "story")
                .build();
    }

    private Editor editor() throws Exception {
        return named(AgenticServices.agentBuilder(Editor.class).chatModel(model), "story")
                .build();
    }

    private static Object titled() {
        return new Titles();
    }

    /** Names what an agent's answer is to others; older versions call that the output's name. */
    private static <B> B named(B builder, String output) throws Exception {
        for (Method method : builder.getClass().getMethods()) {
            if ((method.getName().equals("outputKey") || method.getName().equals("outputName"))
                    && method.getParameterTypes()[0] == String.class) {
                method.setAccessible(true);
                method.invoke(builder, output);
                return builder;
            }
        }
        throw new IllegalStateException("no name for the output of " + builder);
    }
}
