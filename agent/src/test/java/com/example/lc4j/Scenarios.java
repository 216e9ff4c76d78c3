package com.example.lc4j;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reads the name of a scenario from each line of the input, and prints how it went on one line. */
final class Scenarios {
    private Scenarios() {}

    interface Player {
        String play(String scenario) throws Exception;
    }

    static void play(Player player) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
            String said;
            try {
                said = String.valueOf(player.play(scenario));
            } catch (Exception e) {
                said = "threw " + e;
            }
            System.out.println("> " + said.replace('\n', ' '));
        }
        System.exit(0);
    }
}
