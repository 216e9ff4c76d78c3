package dev.sonde.runtime.capture;

import java.util.Locale;
import java.util.Set;

/** Which keys hold secrets, by their name: letters only, case ignored. */
final class Secrets {

    private static final Set<String> PARTS =
            Set.of("password", "passwd", "secret", "apikey", "authorization", "privatekey", "credential");

    private Secrets() {}

    static boolean isSecret(String key) {
        StringBuilder letters = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (Character.isLetter(c)) {
                letters.append(c);
            }
        }
        String name = letters.toString().toLowerCase(Locale.ROOT);
        // "token" at the end is a credential; "tokens" and "tokenCount" are usage
        return name.endsWith("token") || PARTS.stream().anyMatch(name::contains);
    }
}
