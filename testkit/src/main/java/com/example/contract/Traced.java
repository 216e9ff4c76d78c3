package com.example.contract;

import dev.sonde.Scope;
import dev.sonde.Score;
import dev.sonde.Sonde;
import dev.sonde.annotations.ErrorDetail;
import dev.sonde.annotations.Level;
import dev.sonde.annotations.Model;
import dev.sonde.annotations.ObservationType;
import dev.sonde.annotations.Observe;
import dev.sonde.annotations.SessionId;
import dev.sonde.annotations.Tag;
import dev.sonde.annotations.UserId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Traces, attributes for all below, errors, sampling, futures and the facade. */
class Traced {

    private Traced self = this;

    record User(String id, String team) {}

    record Usage(int promptTokens, int completionTokens) {}

    record Answer(String text, String model, Usage usage, double price) {}

    String run(Beans beans) {
        self = beans.get(Traced.class);
        StringBuilder said = new StringBuilder();
        said.append(self.attributed(new User("u1", "blue"), "s1"));
        said.append(self.companions(new User("u2", "red"), "s2", List.of("t1", "t2"), "gpt-x"));
        said.append(self.generate("hi", 0.5).text());
        said.append(self.outer());
        said.append(self.adopted("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        said.append(self.adopted("not a parent"));
        said.append(self.never("unsampled"));
        said.append(self.when(true)).append(self.when(false));
        said.append(self.warning());
        said.append(failing("stack"))
                .append(failing("message"))
                .append(failing("none"))
                .append(failing("ignored"));
        said.append(self.elsewhere());
        said.append(future(new CompletableFuture<>()));
        said.append(facade());
        return said.toString();
    }

    @Observe(
            userId = "{user.id}",
            sessionId = "{session}",
            traceName = "attributed trace",
            tags = {"fixed", "team-{user.team}"},
            traceMetadata = "team=user.team",
            version = "v3",
            environment = "contract")
    String attributed(User user, String session) {
        return self.leaf("below attributed");
    }

    @Observe
    String companions(@UserId("id") User user, @SessionId String session, @Tag List<String> tags, @Model String model) {
        return self.leaf("below companions");
    }

    @Observe
    String leaf(String which) {
        return which + ";";
    }

    @Observe(
            type = ObservationType.GENERATION,
            model = "{return.model}",
            modelParameters = "temperature=temperature",
            usage = {"input=return.usage.promptTokens", "output=return.usage.completionTokens"},
            cost = "total=return.price",
            prompt = "greeting@4",
            output = "return.text")
    Answer generate(String prompt, double temperature) {
        return new Answer(prompt + " there", "gpt-9", new Usage(3, 5), 0.25);
    }

    @Observe
    String outer() {
        return self.apart() + self.leaf("beside apart");
    }

    @Observe(newTrace = true)
    String apart() {
        return self.leaf("below apart");
    }

    @Observe(parent = "traceparent")
    String adopted(String traceparent) {
        return traceparent.length() + ";";
    }

    @Observe(sampleRate = 0)
    String never(String which) {
        return self.leaf(which);
    }

    @Observe(when = "!skip")
    String when(boolean skip) {
        return skip + ";";
    }

    @Observe(level = Level.WARNING)
    String warning() {
        return "warned;";
    }

    private String failing(String how) {
        try {
            return switch (how) {
                case "stack" -> self.stack();
                case "message" -> self.message();
                case "none" -> self.none();
                default -> self.ignored();
            };
        } catch (RuntimeException e) {
            return e.getMessage() + ";";
        }
    }

    @Observe
    String stack() {
        return refuse(new IllegalStateException("with stack"));
    }

    @Observe(onError = ErrorDetail.MESSAGE)
    String message() {
        return refuse(new IllegalStateException("with message"));
    }

    @Observe(onError = ErrorDetail.NONE)
    String none() {
        return refuse(new IllegalStateException("without message"));
    }

    @Observe(ignore = IllegalArgumentException.class)
    String ignored() {
        return refuse(new NumberFormatException("control flow"));
    }

    private static String refuse(RuntimeException refusal) {
        if (refusal.getMessage() != null) {
            throw refusal;
        }
        return "";
    }

    @Observe(project = "other")
    String elsewhere() {
        return self.leaf("below elsewhere");
    }

    private String future(CompletableFuture<String> later) {
        CompletableFuture<String> observed = self.later(later);
        later.complete("now");
        CompletableFuture<String> failed = self.later(new CompletableFuture<>());
        failed.completeExceptionally(new CompletionException(new IllegalStateException("late failure")));
        CompletableFuture<String> cancelled = self.later(new CompletableFuture<>());
        cancelled.cancel(true);
        return (observed == later) + observed.join() + failed.isCompletedExceptionally() + cancelled.isCancelled();
    }

    @Observe
    CompletableFuture<String> later(CompletableFuture<String> given) {
        return given;
    }

    private String facade() {
        try (Scope scope = Sonde.propagate().userId("u9").tags("facade").start()) {
            String found = Sonde.supply(ObservationType.AGENT, "by hand", () -> {
                Sonde.current().metadata("from", "the facade");
                Sonde.event("something happened", Map.of("n", 1));
                Sonde.score(Score.of("right", true).id("score-1").comment("why not"));
                return self.leaf("below by hand");
            });
            try (Scope nothing = Sonde.suppress()) {
                self.leaf("suppressed");
            }
            try (Scope elsewhere = Sonde.continueTrace(Sonde.createTraceId("seed"), null)) {
                self.leaf("continued");
            }
            return found;
        }
    }
}
