package dev.sonde.runtime;

import dev.sonde.boot.ContextSlot;
import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.context.TraceState;
import dev.sonde.runtime.observe.UserCode;
import io.opentelemetry.api.trace.SpanId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * An observation while it runs. Started and ended on any threads; between the two, one thread at a time writes to it, or
 * the writers order themselves. After {@link #end()} nothing changes any more.
 */
public final class LiveObservation extends Recording implements Context.Current {

    /** Wire name of the attribute that holds the level. */
    private static final String LEVEL = "langfuse.observation.level";

    private static final String STATUS_MESSAGE = "langfuse.observation.status_message";
    private static final String COMPLETION_START_TIME = "langfuse.observation.completion_start_time";
    private static final String MODEL = "langfuse.observation.model.name";
    private static final String USAGE_DETAILS = "langfuse.observation.usage_details";
    private static final VarHandle ENDED;

    static {
        try {
            ENDED = MethodHandles.lookup().findVarHandle(LiveObservation.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Tracer tracer;
    private final TraceState trace;
    /** Final, except for one that is recorded within another. */
    private long id;

    private long parentId;
    private long startNanos;
    private final Thread thread;
    private final @Nullable ObserveSite site;
    private long endNanos;

    private @Nullable Object before;

    @SuppressWarnings("unused") // written through ENDED
    private volatile boolean ended;

    /** What is under way around here, for {@link Context#claim()}. */
    private @Nullable Object claim;

    private boolean within;

    /** What {@link #later} has left to say; null for nothing. */
    private @Nullable Runnable unsaid;

    /** Set without order by whoever starts an observation below; read long after. */
    private boolean hasObservationsBelow;

    /** An observation below {@code around}, or a new trace when that is null or knows of no observation. */
    LiveObservation(Tracer tracer, String type, String name, @Nullable Context around, @Nullable ObserveSite site) {
        super(around == null ? Attributes.NONE : around.inherited(), type, name);
        Current parent = around == null ? null : around.observation();
        this.tracer = parent instanceof LiveObservation live ? live.tracer : tracer;
        this.trace = parent == null ? tracer.newTrace() : parent.trace();
        this.parentId = parent == null ? 0 : parent.id();
        this.id = tracer.nextId();
        this.site = site;
        this.thread = Thread.currentThread();
        this.startNanos = System.nanoTime();
        this.claim = around == null ? null : around.claim();
        if (parent instanceof LiveObservation above && !above.hasObservationsBelow) {
            above.hasObservationsBelow = true;
        }
    }

    /** What {@code first} has recorded at its start, at another place. */
    private LiveObservation(LiveObservation first, @Nullable Context around) {
        super(around == null ? first.inherited() : around.inherited().with(first.inherited()), first.type, first.name);
        Current parent = around == null ? null : around.observation();
        this.tracer = first.tracer;
        this.trace = parent == null ? first.tracer.newTrace() : parent.trace();
        this.parentId = parent == null ? 0 : parent.id();
        this.id = first.tracer.nextId();
        this.site = first.site;
        this.thread = Thread.currentThread();
        this.startNanos = System.nanoTime();
        this.input = first.input;
    }

    /** An observation at a given place, which may be of another tracer than what is around. */
    LiveObservation(Tracer tracer, String type, String name, Place place, @Nullable ObserveSite site) {
        super(place.inherited(), type, name);
        this.tracer = tracer;
        this.trace = place.trace();
        this.parentId = place.parentId();
        this.id = tracer.nextId();
        this.site = site;
        this.thread = Thread.currentThread();
        this.startNanos = System.nanoTime();
    }

    /**
     * A recording of something within {@code outer} that may turn out to be the same: it has the same id, and ends in
     * {@code outer} by {@link #absorb} or as a child of it by {@link #endBelow}, but never by itself.
     */
    private LiveObservation(LiveObservation outer, String type, String name) {
        super(outer.inherited(), type, name);
        this.tracer = outer.tracer;
        this.trace = outer.trace;
        this.id = outer.id;
        this.parentId = outer.parentId;
        this.site = null;
        this.thread = Thread.currentThread();
        this.startNanos = System.nanoTime();
        this.within = true;
    }

    /** A recording within this one, which is to be absorbed by it or to become its child. */
    public LiveObservation within(String innerType, String innerName) {
        return new LiveObservation(this, innerType, innerName);
    }

    @Override
    public Current observation() {
        return this;
    }

    @Override
    public @Nullable Object claim() {
        return claim;
    }

    /** What {@link Context#claim()} answers here and below. */
    public LiveObservation claim(@Nullable Object newClaim) {
        claim = newClaim;
        return this;
    }

    @Override
    public TraceState trace() {
        return trace;
    }

    @Override
    public long id() {
        return id;
    }

    /** The enclosing observation's id, 0 for a root. */
    public long parentId() {
        return parentId;
    }

    /** The id as 16 lower-case hex digits. */
    public String hexId() {
        return SpanId.fromLong(id);
    }

    /** The place below it for other processes, as W3C Trace Context writes it. */
    public String traceparent() {
        return "00-" + trace.id() + '-' + hexId() + (trace.recorded() ? "-01" : "-00");
    }

    /** {@link System#nanoTime()} at the start. */
    public long startNanos() {
        return startNanos;
    }

    /** {@link System#nanoTime()} at the end; meaningless before. */
    public long endNanos() {
        return endNanos;
    }

    /** The thread that started it. */
    public Thread thread() {
        return thread;
    }

    /** The method that is observed, null where it is no method. */
    public @Nullable ObservedMethod method() {
        return site == null ? null : site.method();
    }

    /** What the observed method's annotation asks of recorded texts before they leave the process; null for nothing. */
    public @Nullable UserCode mask() {
        return site == null ? null : site.mask();
    }

    /** The tracer it belongs to. */
    public Tracer tracer() {
        return tracer;
    }

    /** Makes this current on the calling thread, until {@link #leave()} on the same thread. */
    public LiveObservation makeCurrent() {
        before = ContextSlot.swap(this);
        return this;
    }

    /** Makes current again what was so before {@link #makeCurrent()}. */
    public void leave() {
        ContextSlot.swap(before);
        before = null;
    }

    /** Whether its parent is the nearest observation of this context, or it is a root and there is none. */
    boolean isBelow(@Nullable Context around) {
        Current parent = around == null ? null : around.observation();
        return parentId == (parent == null ? 0 : parent.id());
    }

    /** Whether another observation was started below it. */
    boolean hasObservationsBelow() {
        return hasObservationsBelow;
    }

    /** Moves the start to now, unless observations below it have started already. */
    void startAgain() {
        if (!hasObservationsBelow) {
            startNanos = System.nanoTime();
        }
    }

    /** Another observation of the same thing that starts now, below {@code around} or as a root when that is null. */
    LiveObservation again(@Nullable Context around) {
        return new LiveObservation(this, around);
    }

    /** What was current before {@link #makeCurrent()}; null when nothing was, or after {@link #leave()}. */
    @Nullable
    Object before() {
        return before;
    }

    /** Another name than the one it started with. */
    public LiveObservation name(String newName) {
        name = newName;
        return this;
    }

    /** Records the input: strings as they are, anything else as JSON at this moment. */
    public LiveObservation input(@Nullable Object value) {
        input = captured(value);
        return this;
    }

    /** Records the output: strings as they are, anything else as JSON at this moment. */
    public LiveObservation output(@Nullable Object value) {
        output = captured(value);
        return this;
    }

    /** Records input that is JSON text already. */
    public LiveObservation inputJson(String json) {
        input = json;
        return this;
    }

    /** Records output that is JSON text already. */
    public LiveObservation outputJson(String json) {
        output = json;
        return this;
    }

    /** The model's name. */
    public LiveObservation model(String model) {
        return attribute(MODEL, model);
    }

    /** Request parameters as JSON text of an object. */
    public LiveObservation modelParametersJson(String json) {
        return attribute("langfuse.observation.model.parameters", json);
    }

    /** Units by usage type as JSON text of an object; buckets exclude each other, except {@code total}. */
    public LiveObservation usageDetailsJson(String json) {
        return attribute(USAGE_DETAILS, json);
    }

    /** USD by usage type as JSON text of an object. */
    public LiveObservation costDetailsJson(String json) {
        return attribute("langfuse.observation.cost_details", json);
    }

    /** The prompt version this was made from. */
    public LiveObservation prompt(String promptName, long version) {
        attribute("langfuse.observation.prompt.name", promptName);
        return attribute("langfuse.observation.prompt.version", version);
    }

    /** One metadata entry: a string as it is, anything else as JSON at this moment; null is left out. */
    public LiveObservation metadata(String key, @Nullable Object value) {
        Object text = captured(value);
        return text == null ? this : attribute(METADATA + key, text);
    }

    /** One wire attribute from a value: a list of strings as it is, a string as it is, anything else as JSON. */
    LiveObservation record(String attribute, Object value) {
        Object recorded = value instanceof Collection<?> ? value : captured(value);
        return recorded == null ? this : attribute(attribute, recorded);
    }

    /** DEBUG, DEFAULT, WARNING or ERROR. */
    public LiveObservation level(String level) {
        failed = level.equals("ERROR");
        return attribute(LEVEL, level);
    }

    /** Why the level is what it is. */
    public LiveObservation statusMessage(@Nullable String message) {
        return message == null ? this : attribute(STATUS_MESSAGE, message);
    }

    /** Level ERROR with the exception's type and message. */
    public LiveObservation error(Throwable error) {
        errorWithoutStack(error);
        return attribute("exception.stacktrace", Stacks.of(error));
    }

    /** As {@link #error}, without the stack. */
    LiveObservation errorWithoutStack(Throwable error) {
        level("ERROR");
        String message = Stacks.message(error);
        String typeName = error.getClass().getName();
        attribute("exception.type", typeName);
        return statusMessage(message == null ? typeName : error.getClass().getSimpleName() + ": " + message);
    }

    /** The first token is here; only the first call counts. */
    public LiveObservation firstToken() {
        return firstToken(System.nanoTime());
    }

    /** The first token came at {@code nanos} on the clock of {@link System#nanoTime()}; only the first call counts. */
    public LiveObservation firstToken(long nanos) {
        return Slots.get(attributes, COMPLETION_START_TIME) == null
                ? attribute(COMPLETION_START_TIME, tracer.isoTime(nanos))
                : this;
    }

    /**
     * Any other wire attribute. Values are String, Long, Integer, Double, Boolean or a list of strings; a later value for
     * the same name replaces the earlier.
     */
    public LiveObservation attribute(String attribute, Object value) {
        attributes = Slots.put(attributes, attribute, value);
        return this;
    }

    /**
     * Leaves it to the exporter to say more, before masks and processors: for what takes time to write and does not change
     * any more. What is said at once may be replaced by it. Only before the end.
     */
    public LiveObservation later(Runnable saying) {
        Runnable before = unsaid;
        unsaid = before == null
                ? saying
                : () -> {
                    before.run();
                    saying.run();
                };
        return this;
    }

    /** Whether something was left to {@link #later}. */
    public boolean isUnsaid() {
        return unsaid != null;
    }

    /** Says what was left to {@link #later}, now. */
    public void say() {
        Runnable saying = unsaid;
        if (saying != null) {
            unsaid = null;
            saying.run();
        }
    }

    /**
     * Takes over what a recording {@link #within} this one says, where both say something its own words but for level and
     * message, and the earlier time of the first token.
     */
    public void absorb(LiveObservation inner) {
        say();
        inner.say();
        input = inner.input == null ? input : inner.input;
        output = inner.output == null ? output : inner.output;
        Object first = Slots.get(attributes, COMPLETION_START_TIME);
        @Nullable Object[] slots = inner.attributes;
        for (int i = 0; slots != null && i < slots.length && slots[i] instanceof String key; i += 2) {
            if (!key.equals(LEVEL) && !key.equals(STATUS_MESSAGE) && slots[i + 1] != null) {
                attribute(key, slots[i + 1]);
            }
        }
        if (first instanceof String time
                && Slots.get(attributes, COMPLETION_START_TIME) instanceof String innerTime
                && time.compareTo(innerTime) < 0) {
            attribute(COMPLETION_START_TIME, time);
        }
    }

    /** Takes over what a recording {@link #within} this one says and this one does not, but for level and message. */
    public void supplement(LiveObservation inner) {
        input = input == null ? inner.input : input;
        output = output == null ? inner.output : output;
        @Nullable Object[] slots = inner.attributes;
        for (int i = 0; slots != null && i < slots.length && slots[i] instanceof String key; i += 2) {
            boolean ofEnd = key.equals(LEVEL) || key.equals(STATUS_MESSAGE);
            if (!ofEnd && slots[i + 1] != null && Slots.get(attributes, key) == null) {
                attribute(key, slots[i + 1]);
            }
        }
    }

    /** Becomes of another type, and counts no use of a model any more. */
    public void becomeParent(String newType) {
        say();
        type = newType;
        Slots.remove(attributes, USAGE_DETAILS);
        Slots.remove(attributes, MODEL);
    }

    /** Ends a recording {@link #within} another as a child of that, at a time of {@link System#nanoTime()}. */
    public void endBelow(long nanos) {
        if (within && ENDED.compareAndSet(this, false, true)) {
            within = false;
            parentId = id;
            id = tracer.nextId();
            endNanos = nanos;
            tracer.ended(this);
        }
    }

    /** Ends it now and hands it to the exporter. Only the first call counts. */
    public void end() {
        endAt(System.nanoTime());
    }

    /** As {@link #end()}, as of an earlier time of {@link System#nanoTime()}. */
    public void endAt(long nanos) {
        if (!within && ENDED.compareAndSet(this, false, true)) {
            endNanos = nanos;
            tracer.ended(this);
        }
    }

    @Override
    protected boolean isOver() {
        return ended;
    }

    /** Whether {@link #end()} was called. */
    public boolean hasEnded() {
        return ended;
    }

    /** As an event: start and end are one moment. */
    void endAtStart() {
        if (ENDED.compareAndSet(this, false, true)) {
            endNanos = startNanos;
            tracer.ended(this);
        }
    }

    private @Nullable Object captured(@Nullable Object value) {
        return trace.recorded() ? tracer.capture(value, site == null ? null : site.capture()) : null;
    }
}
