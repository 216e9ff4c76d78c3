package dev.sonde.server.inspector;

/**
 * Something that was refused.
 *
 * @param id of the event; empty where the whole request was refused
 * @param status as HTTP would say it
 * @param reason what was wrong
 * @param fix what the sender can do about it
 */
public record Rejection(String id, int status, String reason, String fix) {

    private static final int LONGEST = 300;

    public Rejection {
        id = shortened(id);
        reason = shortened(reason);
    }

    /** A refusal with what is known to help against it. */
    public static Rejection of(String id, int status, String reason) {
        return new Rejection(id, status, reason, Fixes.of(status, reason));
    }

    int weight() {
        return id.length() + reason.length() + fix.length();
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
