package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers a question with the sentences of the prompt that share the most words with it. No language model: it cannot
 * paraphrase, count or reason, and says so when nothing in the prompt fits. The same request always gets the same
 * answer.
 */
final class ExtractiveModel {
    static final String NOTHING_FOUND = "The context does not answer that.";

    private static final int MAX_SENTENCES = 2;
    /** A second sentence must share more than this part of the words that the best one shares. */
    private static final double GOOD_ENOUGH = 0.5;

    private static final int MIN_STEM = 4;
    private static final Pattern QUESTION = Pattern.compile("(?is)question:\\s*(.+)$");
    private static final Pattern QUESTION_LABEL = Pattern.compile("(?im)^question:\\s*$");
    private static final Pattern CONTEXT = Pattern.compile("(?is)context:\\s*(.+)$");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+|\\n+");
    /** Headings are no answers, unless there is nothing else. */
    private static final Pattern SENTENCE = Pattern.compile("[.!?]\"?$");

    private static final Pattern WORD_BREAK = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
    private static final Pattern PROPER_NAME =
            Pattern.compile("(?<=\\s)\\p{Lu}[\\p{L}\\p{N}]*(?: \\p{Lu}[\\p{L}\\p{N}]*)*");
    private static final Set<String> STOP_WORDS = Set.of(
            ("a an and are as at be by can do does did for from had has have how i in is it its me my of on or our "
                            + "that the their there this to was we were what when where which who why will with you your "
                            + "please tell get current")
                    .split(" "));

    /** What the prompt asks, and everything in it that may hold the answer. */
    private record Reading(String question, String context) {}

    /** A message without usage: either text or tool calls. */
    Answer.Scripted answer(ChatRequest request) {
        Reading reading = read(request);
        List<Answer.ToolCall> calls = toolCalls(request, reading.question());
        return calls.isEmpty()
                ? new Answer.Scripted(extract(reading), List.of(), null)
                : new Answer.Scripted(null, calls, null);
    }

    private static Reading read(ChatRequest request) {
        StringBuilder marked = new StringBuilder();
        StringBuilder unmarked = new StringBuilder();
        String question = "";
        for (ChatRequest.Message message : request.messages()) {
            String text = message.text();
            switch (message.role()) {
                case "user" -> {
                    Matcher asked = QUESTION.matcher(text);
                    question = asked.find() ? asked.group(1).strip() : lastParagraph(text);
                    addContext(text.substring(0, text.length() - question.length()), marked, unmarked);
                }
                case "tool" -> marked.append(text).append('\n');
                case "system", "developer" -> addContext(text, marked, unmarked);
                default -> {}
            }
        }
        return new Reading(
                question,
                QUESTION_LABEL.matcher(marked.isEmpty() ? unmarked : marked).replaceAll(""));
    }

    /** Text behind the word {@code Context:} is passages; without the word anywhere, all text may be. */
    private static void addContext(String text, StringBuilder marked, StringBuilder unmarked) {
        Matcher label = CONTEXT.matcher(text);
        if (label.find()) {
            marked.append(label.group(1)).append('\n');
        } else {
            unmarked.append(text).append('\n');
        }
    }

    private static String lastParagraph(String text) {
        int blank = text.stripTrailing().lastIndexOf("\n\n");
        return blank < 0 ? text.strip() : text.substring(blank).strip();
    }

    private static String extract(Reading reading) {
        Set<String> asked = words(reading.question());
        List<String> fitting = SENTENCE_END
                .splitAsStream(reading.context())
                .map(String::strip)
                .filter(line -> overlap(asked, words(line)) > 0)
                .toList();
        List<String> whole =
                fitting.stream().filter(line -> SENTENCE.matcher(line).find()).toList();
        List<String> sentences = whole.isEmpty() ? fitting : whole;
        int most = sentences.stream()
                .mapToInt(line -> overlap(asked, words(line)))
                .max()
                .orElse(0);
        List<String> best = sentences.stream()
                .filter(line -> overlap(asked, words(line)) > most * GOOD_ENOUGH)
                .sorted(Comparator.comparingInt((String s) -> overlap(asked, words(s)))
                        .reversed())
                .limit(MAX_SENTENCES)
                .toList();
        // In the order of the context, so that the answer reads as the passage does.
        List<String> ordered =
                sentences.stream().filter(best::contains).distinct().toList();
        return ordered.isEmpty() ? NOTHING_FOUND : String.join(" ", ordered);
    }

    /** A tool is called once a turn: never again after its results are in the messages. */
    private static List<Answer.ToolCall> toolCalls(ChatRequest request, String question) {
        List<ChatRequest.Message> messages = request.messages();
        boolean answered =
                !messages.isEmpty() && messages.get(messages.size() - 1).role().equals("tool");
        String choice = request.toolChoice();
        if (answered || choice.equals("none")) {
            return List.of();
        }
        Set<String> asked = words(question);
        for (JsonNode function : request.functions()) {
            String name = function.path("name").asText();
            boolean forced = choice.equals("required") || choice.equals(name);
            Set<String> offered =
                    words(name + " " + function.path("description").asText(""));
            if (forced || overlap(asked, words(name)) > 0 || overlap(asked, offered) > 1) {
                return List.of(new Answer.ToolCall(
                        name, arguments(function.path("parameters"), question).toString()));
            }
        }
        return List.of();
    }

    private static ObjectNode arguments(JsonNode schema, String question) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        schema.path("properties").properties().forEach(property -> {
            JsonNode definition = property.getValue();
            switch (definition.path("type").asText("string")) {
                case "integer" -> arguments.put(property.getKey(), (long) number(question));
                case "number" -> arguments.put(property.getKey(), number(question));
                case "boolean" -> arguments.put(property.getKey(), true);
                case "string" -> arguments.put(property.getKey(), phrase(definition, question));
                default -> {}
            }
        });
        return arguments;
    }

    private static double number(String question) {
        Matcher number = NUMBER.matcher(question);
        return number.find() ? Double.parseDouble(number.group()) : 0;
    }

    /** An allowed value that the question names, else its longest proper name, else the whole question. */
    private static String phrase(JsonNode definition, String question) {
        for (JsonNode allowed : definition.path("enum")) {
            if (question.toLowerCase(Locale.ROOT).contains(allowed.asText().toLowerCase(Locale.ROOT))) {
                return allowed.asText();
            }
        }
        if (definition.path("enum").size() > 0) {
            return definition.path("enum").get(0).asText();
        }
        String longest = "";
        Matcher name = PROPER_NAME.matcher(question);
        while (name.find()) {
            longest = name.group().length() > longest.length() ? name.group() : longest;
        }
        return longest.isEmpty() ? question : longest;
    }

    /** Words in lower case without the common ones, cut to six letters so that endings matter less. */
    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (String word : WORD_BREAK.splitAsStream(text).toList()) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (!lower.isEmpty() && !STOP_WORDS.contains(lower)) {
                words.add(lower.substring(0, Math.min(6, lower.length())));
            }
        }
        return words;
    }

    /** How many words of the one are in the other; one that begins the other counts, as in open and opening. */
    private static int overlap(Set<String> left, Set<String> right) {
        int shared = 0;
        for (String word : left) {
            shared += right.stream().anyMatch(other -> alike(word, other)) ? 1 : 0;
        }
        return shared;
    }

    private static boolean alike(String left, String right) {
        return left.equals(right)
                || (Math.min(left.length(), right.length()) >= MIN_STEM
                        && (left.startsWith(right) || right.startsWith(left)));
    }
}
