package com.example.shop;

import dev.sonde.Sonde;
import dev.sonde.annotations.Observe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Answers each line it is given, until there is no more. */
public final class Counter {

    private Counter() {}

    @Observe
    static String answer(String line) {
        return shout(line) + Sonde.traceId().isPresent();
    }

    /** Another class, so that more than one must be woven. */
    static final class Voice {
        private Voice() {}

        @Observe
        static String shout(String line) {
            return line.toUpperCase(Locale.ROOT);
        }
    }

    private static String shout(String line) {
        return Voice.shout(line);
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(answer(line));
        }
    }
}
