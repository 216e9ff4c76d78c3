package dev.sonde;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Makes ids in lower-case hex digits. */
final class Ids {

    private Ids() {}

    static String random(int digits) {
        byte[] bytes = new byte[digits / 2];
        ThreadLocalRandom.current().nextBytes(bytes);
        bytes[bytes.length - 1] |= 1; // all zeros is no id
        return HexFormat.of().formatHex(bytes);
    }

    static String seeded(String seed, int digits) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, digits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
