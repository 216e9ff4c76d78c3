package dev.sonde.samples.rag;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.io.IOException;
import java.util.Optional;

/**
 * Runs the service, or asks one question and ends. Reads {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL}, {@code
 * OPENAI_MODEL} and {@code PORT} from the environment.
 */
public final class RagService {
    private static final String DEFAULT_MODEL = "gpt-4o-mini";
    private static final String DEFAULT_PORT = "8080";

    private RagService() {}

    /** {@code ask <question> [<user> [<session>]]} asks and ends; no arguments serve. */
    public static void main(String[] arguments) throws IOException {
        // The JDK's server otherwise waits for acknowledgements that the other side delays by 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        OpenAIClient client = OpenAIOkHttpClient.fromEnv();
        Assistant assistant = new Assistant(
                new Retriever(Passage.corpus()),
                new QuestionCheck(),
                new ChatModel(client, setting("OPENAI_MODEL", DEFAULT_MODEL), new OpeningHours()));
        if (arguments.length > 1 && arguments[0].equals("ask")) {
            try (assistant) {
                ask(assistant, arguments);
            } finally {
                client.close();
            }
        } else {
            HttpApi api = new HttpApi(assistant, Integer.parseInt(setting("PORT", DEFAULT_PORT)));
            System.out.println("listening on http://127.0.0.1:" + api.port());
        }
    }

    private static void ask(Assistant assistant, String[] arguments) {
        Assistant.Answer answer = assistant.ask(
                arguments[1],
                arguments.length > 2 ? arguments[2] : "visitor",
                arguments.length > 3 ? arguments[3] : "command-line");
        System.out.println(answer.answer());
        if (answer.trace() != null) {
            System.out.println("trace: " + answer.trace());
        }
    }

    private static String setting(String name, String otherwise) {
        return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
    }
}
