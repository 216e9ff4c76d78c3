package dev.sonde.runtime;

import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.context.RemoteParent;
import dev.sonde.runtime.context.TraceState;
import dev.sonde.runtime.observe.Invocation;
import dev.sonde.runtime.observe.Rules;
import dev.sonde.runtime.observe.Setting;
import dev.sonde.runtime.observe.UserCode;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Calls of a method whose annotation says more than what a plain observation has. */
final class RuledCalls {

    private final ObserveSite site;
    private final Rules rules;
    private final double sampleRate;
    private final boolean newTrace;
    private final String project;
    private final String level;

    RuledCalls(ObserveSite site, Rules rules) {
        this.site = site;
        this.rules = rules;
        ObservedMethod method = site.method();
        this.sampleRate = method.says().get("sampleRate") instanceof Number rate ? rate.doubleValue() : -1;
        this.newTrace = Boolean.TRUE.equals(method.says().get("newTrace"));
        this.project = method.text("project");
        this.level = method.text("level");
    }

    /** A call that is being observed. */
    record Call(LiveObservation observation, Invocation begun) {}

    Rules rules() {
        return rules;
    }

    /** Begins a call; null when this one is not observed. */
    @Nullable
    Call enter(Invocation call) {
        if (!rules.observes(call)) {
            return null;
        }
        Call begun = begin(call, Context.current());
        begun.observation().makeCurrent();
        return begun;
    }

    /** Begins a call below {@code around}, without making it current. */
    Call begin(Invocation call, @Nullable Context around) {
        Attributes inherited = around == null ? Attributes.NONE : around.inherited();
        for (Setting setting : rules.settings()) {
            if (setting.holdsBelow() && !setting.needsEnd()) {
                Object value = setting.in(call);
                inherited = value == null ? inherited : inherited.with(setting.attribute(), value);
            }
        }
        Tracer tracer = tracer(around);
        String name = rules.name(call, false);
        Place place = place(call, around, tracer, inherited);
        LiveObservation observation =
                new LiveObservation(tracer, site.type(), name == null ? site.name() : name, place, site);
        if (!level.isEmpty()) {
            observation.level(level);
        }
        if (site.capturesInput()) {
            Object input = rules.replacesInput() ? rules.input(call) : site.inputOf(call.arguments());
            observation.input(transformed(rules.inputTransform(), input));
        }
        record(observation, call, false);
        return new Call(observation, call);
    }

    /** Ends a call's observation. */
    void ended(Call begun, @Nullable Object result, @Nullable Throwable error) {
        LiveObservation observation = begun.observation();
        try {
            recordEnd(observation, begun.begun().ended(result, error), error);
        } finally {
            observation.end(); // also where the stack or the heap has no room left to say more
        }
    }

    private void recordEnd(LiveObservation observation, Invocation call, @Nullable Throwable error) {
        if (error != null) {
            site.failed(observation, error);
        } else if (site.capturesOutput()
                && (rules.replacesOutput() || site.method().returnsValue())) {
            observation.output(transformed(rules.outputTransform(), rules.output(call)));
        }
        String name = rules.name(call, true);
        if (name != null && !name.isEmpty()) {
            observation.name(name);
        }
        record(observation, call, true);
    }

    private void record(LiveObservation observation, Invocation call, boolean ended) {
        for (Setting setting : rules.settings()) {
            boolean due = ended ? setting.needsEnd() : !setting.holdsBelow() && !setting.needsEnd();
            Object value = due ? setting.in(call) : null;
            if (value != null) {
                observation.record(setting.attribute(), value);
            }
        }
        String prompt = rules.prompt(call, ended);
        int at = prompt == null ? -1 : prompt.lastIndexOf('@');
        if (prompt != null && at > 0 && prompt.substring(at + 1).matches("\\d{1,9}")) {
            observation.prompt(prompt.substring(0, at), Long.parseLong(prompt.substring(at + 1)));
        }
    }

    private static @Nullable Object transformed(@Nullable UserCode transformer, @Nullable Object value) {
        return transformer == null || value == null ? value : transformer.apply(value);
    }

    private Tracer tracer(@Nullable Context around) {
        if (!project.isEmpty()) {
            return site.tracer().ofProject(project);
        }
        return around != null && around.observation() instanceof LiveObservation live ? live.tracer() : site.tracer();
    }

    private Place place(Invocation call, @Nullable Context around, Tracer tracer, Attributes inherited) {
        Object said = rules.parent(call);
        RemoteParent given = said == null ? null : RemoteParent.parse(inherited, said.toString());
        Place found = Place.below(given != null ? given : newTrace ? null : around, tracer);
        boolean left = sampleRate >= 0 && ThreadLocalRandom.current().nextDouble() >= sampleRate;
        TraceState trace = left ? found.trace().unrecorded() : found.trace();
        return new Place(inherited, trace, found.parentId());
    }
}
