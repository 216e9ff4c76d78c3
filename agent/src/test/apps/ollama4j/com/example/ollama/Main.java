package com.example.ollama;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * An application that reads the name of a scenario from each line of its input, plays it against the server whose address
 * is its argument, and prints how it went on one line.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        Client client = new Client(arguments[0]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
            System.out.println("> " + play(client, scenario).replace('\n', ' '));
        }
        System.exit(0);
    }

    private static String play(Client client, String scenario) {
        try {
            return client.play(scenario);
        } catch (Exception e) {
            return "threw " + e;
        } finally {
            Thread.interrupted(); // the scenario is over
        }
    }
}
