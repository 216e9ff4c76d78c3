package com.example.cohere;

import com.cohere.api.Cohere;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.OkHttpClient;

/**
 * An application that reads the name of a scenario from each line of its input, plays it against the server whose address
 * is its argument, and prints how it went on one line.
 */
public final class CohereApp {
    /** Complains about connections that nobody closes, which is what one scenario does. */
    private static final Logger CONNECTIONS = Logger.getLogger(OkHttpClient.class.getName());

    private CohereApp() {}

    /** How the application uses one line of versions of the library. */
    interface Calls {
        String play(String scenario) throws Exception;
    }

    public static void main(String[] arguments) throws IOException {
        CONNECTIONS.setLevel(Level.OFF);
        System.setErr(withoutComplaints(System.err));
        Calls calls = calls(arguments[0]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
            System.out.println("> " + play(calls, scenario).replace('\n', ' '));
        }
        System.exit(0);
    }

    /** The library prints a line for the mark that comes behind the last event of each stream. */
    private static PrintStream withoutComplaints(PrintStream errors) {
        return new PrintStream(errors, true) {
            @Override
            public void println(String line) {
                if (!line.startsWith("Failed to parse SSE event: ")) {
                    super.println(line);
                }
            }
        };
    }

    private static Calls calls(String baseUrl) {
        try {
            Class.forName("com.cohere.api.resources.v2.RawV2Client");
            return new CurrentCalls(baseUrl);
        } catch (ClassNotFoundException e) {
            return new OldCalls(baseUrl);
        }
    }

    private static String play(Calls calls, String scenario) {
        try {
            return calls.play(scenario);
        } catch (CompletionException e) {
            return "threw CompletionException of " + e.getCause();
        } catch (Exception e) {
            return "threw " + e;
        }
    }

    /** Every version retries requests by its own HTTP client only. */
    static Cohere withoutRetries(String baseUrl) {
        return Cohere.builder()
                .url(baseUrl)
                .token("test")
                .httpClient(new OkHttpClient())
                .build();
    }
}
