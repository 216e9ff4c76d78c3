package com.example.plain;

import dev.sonde.annotations.Observe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** Reads scenarios, a way to call, a wire and an address on one line, and says on one line each how it went. */
public final class Scenarios {
    private Scenarios() {}

    /** One client's ways to call. */
    interface Client {
        /** What came, behind the status. */
        String call(String way, Ask ask) throws Exception;
    }

    static void run(Client client) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ");
            System.out.println("> " + play(client, words[0], words[1], words[2]).replace('\n', ' '));
        }
        System.exit(0);
    }

    private static String play(Client client, String way, String wire, String base) {
        boolean streams = way.startsWith("stream");
        Ask ask = Ask.of(wire, base, streams);
        try {
            return way.equals("observed") ? observed(() -> client.call("blocking", ask)) : client.call(way, ask);
        } catch (Exception e) {
            return "threw " + e;
        }
    }

    @Observe(name = "outer")
    private static String observed(Callable<String> call) throws Exception {
        return call.call();
    }

    /** Reads to the end, or only until the model says something. */
    static String read(InputStream body, boolean toTheEnd) throws IOException {
        StringBuilder all = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.append(line).append('\n');
                if (!toTheEnd && !Ask.said(all.toString()).isEmpty()) {
                    break;
                }
            }
        }
        return Ask.said(all.toString());
    }
}
