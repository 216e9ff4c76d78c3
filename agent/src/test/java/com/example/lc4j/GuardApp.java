package com.example.lc4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.guardrail.InputGuardrail;
import dev.langchain4j.guardrail.InputGuardrailResult;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.guardrail.InputGuardrails;
import dev.langchain4j.service.guardrail.OutputGuardrails;

/** Guards what goes to a model and comes from it, which newer versions of the library can. */
public final class GuardApp {
    private GuardApp() {}

    interface Guarded {
        @InputGuardrails(NoSecrets.class)
        @OutputGuardrails(Brief.class)
        String ask(String question);
    }

    /** Refuses questions with secrets. */
    public static final class NoSecrets implements InputGuardrail {
        @Override
        public InputGuardrailResult validate(UserMessage message) {
            String text = message.singleText();
            if (text.contains("null")) {
                throw new IllegalStateException("no text");
            }
            return text.contains("secret") ? fatal("That is a secret.") : success();
        }
    }

    /** Asks for shorter answers, and cuts off a full stop. */
    public static final class Brief implements OutputGuardrail {
        @Override
        public OutputGuardrailResult validate(AiMessage answer) {
            String text = answer.text();
            if (text.length() > 10) {
                return reprompt("Too long.", "Be brief.");
            }
            return text.endsWith(".") ? successWith(text.substring(0, text.length() - 1)) : success();
        }
    }

    public static void main(String[] arguments) throws Exception {
        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(arguments[0])
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();
        Guarded guarded = AiServices.create(Guarded.class, model);
        Scenarios.play(scenario -> switch (scenario) {
            case "passes" -> guarded.ask("How are you?");
            case "refused" -> guarded.ask("Tell me a secret");
            case "broken" -> guarded.ask("null");
            default -> "unknown scenario";
        });
    }
}
