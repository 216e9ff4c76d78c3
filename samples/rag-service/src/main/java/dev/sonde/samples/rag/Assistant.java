package dev.sonde.samples.rag;

import dev.sonde.Scope;
import dev.sonde.Score;
import dev.sonde.Sonde;
import dev.sonde.annotations.ObservationType;
import dev.sonde.annotations.Observe;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers a question: checks it and retrieves passages at the same time, then asks the model. */
class Assistant implements AutoCloseable {
    private static final int PASSAGES = 4;
    private static final Pattern WORD_BREAK = Pattern.compile("[^\\p{L}\\p{N}]+");

    /**
     * What the service says.
     *
     * @param sources titles of the passages the model was given, nearest first
     * @param groundedness share of the answer's words that the passages, the tools or the question contain, from 0 to 1
     * @param trace where this answer's trace can be seen; null when nothing is observed
     */
    record Answer(
            String answer,
            List<String> sources,
            double groundedness,
            @Nullable String trace) {}

    private final Retriever retriever;
    private final QuestionCheck check;
    private final ChatModel model;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    Assistant(Retriever retriever, QuestionCheck check, ChatModel model) {
        this.retriever = retriever;
        this.check = check;
        this.model = model;
    }

    @SuppressWarnings("try") // the scope only has to be open
    Answer ask(String question, String user, String session) {
        try (Scope scope =
                Sonde.propagate().userId(user).sessionId(session).tags("rag").start()) {
            return answer(question);
        }
    }

    @Observe(name = "answer-question", type = ObservationType.AGENT)
    private Answer answer(String question) {
        CompletableFuture<QuestionCheck.Verdict> verdict =
                CompletableFuture.supplyAsync(() -> check.check(question), threads);
        CompletableFuture<List<Retriever.Hit>> retrieved =
                CompletableFuture.supplyAsync(() -> retriever.retrieve(question, PASSAGES), threads);
        List<Retriever.Hit> hits = retrieved.join();
        if (!verdict.join().allowed()) {
            return new Answer(verdict.join().reason(), List.of(), 1, trace());
        }
        ChatModel.Reply reply = model.answer(question, hits);
        double groundedness = groundedness(reply, question, hits);
        Sonde.score(Score.of("groundedness", groundedness).onTrace());
        return new Answer(reply.text(), hits.stream().map(Retriever.Hit::title).toList(), groundedness, trace());
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private static @Nullable String trace() {
        return Sonde.traceUrl().orElse(null);
    }

    private static double groundedness(ChatModel.Reply reply, String question, List<Retriever.Hit> hits) {
        Set<String> known = words(question);
        reply.evidence().forEach(result -> known.addAll(words(result)));
        hits.forEach(hit -> known.addAll(words(hit.title() + " " + hit.text())));
        Set<String> said = words(reply.text());
        long grounded = said.stream().filter(known::contains).count();
        return said.isEmpty() ? 0 : (double) grounded / said.size();
    }

    private static Set<String> words(String text) {
        return WORD_BREAK
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
    }
}
