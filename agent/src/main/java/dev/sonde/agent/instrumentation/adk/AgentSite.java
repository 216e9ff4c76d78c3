package dev.sonde.agent.instrumentation.adk;

import dev.sonde.agent.calls.ColdStep;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.calls.StepOutcome;
import dev.sonde.boot.ContextSlot;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.context.AttributeScope;
import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Context;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of an agent, which begins when somebody subscribes to its events, once for each subscription. */
final class AgentSite implements SiteHandler {
    private static final String FLOWABLE = "io.reactivex.rxjava3.core.Flowable";
    private static final String SESSION = "session.id";
    private static final String USER = "user.id";

    private record Run(Object agent, Object invocation) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        return self == null || arguments == null || arguments[0] == null ? null : new Run(self, arguments[0]);
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Run run = (Run) scope;
        return error != null || result == null
                ? result
                : new ColdStep(place -> start(run, place), new Said()).follow(result, FLOWABLE);
    }

    private static @Nullable Step start(Run run, @Nullable Context place) {
        Object before = ContextSlot.swap(place);
        try {
            Attributes known = attributes(run.invocation(), place == null ? Attributes.NONE : place.inherited());
            if (!known.values().isEmpty()) {
                ContextSlot.swap(AttributeScope.of(known));
            }
            String name = String.valueOf(LibraryObjects.text(run.agent(), "name"));
            Step step =
                    Step.startJson("AGENT", name, AdkJson.said(LibraryObjects.get(run.invocation(), "userContent")));
            return step == null
                    ? null
                    : step.note(observation -> {
                        observation.attribute("gen_ai.operation.name", "invoke_agent");
                        observation.attribute("gen_ai.agent.name", name);
                        String description = LibraryObjects.text(run.agent(), "description");
                        if (description != null && !description.isEmpty()) {
                            observation.attribute("gen_ai.agent.description", description);
                        }
                    });
        } finally {
            ContextSlot.swap(before);
        }
    }

    /**
     * Session and user of the run, for all below it. An agent that is another one's tool runs in a session that is made
     * up for it, so what is known further out holds.
     */
    static Attributes attributes(Object invocation, Attributes around) {
        Map<String, Object> known = around.values();
        Attributes attributes = Attributes.NONE;
        if (known.containsKey(SESSION)) {
            return attributes;
        }
        String session = LibraryObjects.text(LibraryObjects.get(invocation, "session"), "id");
        String user = LibraryObjects.text(LibraryObjects.get(invocation, "session"), "userId");
        if (session != null && !session.isEmpty()) {
            attributes = attributes.with(SESSION, session);
        }
        if (user != null && !user.isEmpty() && !known.containsKey(USER)) {
            attributes = attributes.with(USER, user);
        }
        return attributes;
    }

    /** What an agent says in its events: its last whole content; pieces of it when it was given up before that. */
    static final class Said implements StepOutcome {
        @Override
        public void returned(Step step, @Nullable Object events) {
            step.endedJson(said(events));
        }

        @Override
        public void stopped(Step step, String why, @Nullable Object events) {
            step.stoppedJson(why, said(events));
        }

        /** Of a list of events; null when none says anything. */
        static @Nullable String said(@Nullable Object events) {
            String said = null;
            StringBuilder pieces = new StringBuilder();
            for (Object event : events instanceof List<?> list ? list : List.of()) {
                Object content = LibraryObjects.get(event, "content");
                if (Boolean.TRUE.equals(LibraryObjects.get(event, "partial"))) {
                    pieces.append(AdkJson.text(content));
                } else if (content != null) {
                    said = AdkJson.said(content);
                    pieces.setLength(0);
                }
            }
            return pieces.isEmpty() ? said : AdkJson.quoted(pieces);
        }
    }
}
