package dev.sonde.samples.rag;

import dev.sonde.annotations.ObservationType;
import dev.sonde.annotations.Observe;
import java.util.regex.Pattern;

/** Turns away questions that are too long or carry what looks like a payment card number. */
class QuestionCheck {
    private static final int MAX_LENGTH = 2_000;
    private static final Pattern CARD_NUMBER = Pattern.compile("\\b\\d(?:[ -]?\\d){12,18}\\b");

    /** Whether the question may be answered, and why not; the reason is empty when it may. */
    record Verdict(boolean allowed, String reason) {}

    @Observe(name = "check-question", type = ObservationType.GUARDRAIL)
    Verdict check(String question) {
        if (question.isBlank()) {
            return new Verdict(false, "The question is empty.");
        }
        if (question.length() > MAX_LENGTH) {
            return new Verdict(false, "The question is longer than " + MAX_LENGTH + " characters.");
        }
        if (CARD_NUMBER.matcher(question).find()) {
            return new Verdict(false, "The question seems to contain a card number.");
        }
        return new Verdict(true, "");
    }
}
