package dev.sonde.runtime.export;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.RuntimeConfig;
import dev.sonde.runtime.observe.UserCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets the application's masks and processors change observations before they are sent. Their code runs on a thread of its
 * own, three seconds at most for a batch; where a mask fails the text is lost, where a processor fails the observation is.
 * Costs nothing and starts no thread while there are none.
 */
public final class Processing {

    private static final long MOST_MILLIS = 3_000;

    private final List<UserCode> masks = new CopyOnWriteArrayList<>();
    private final List<UserCode> processors = new CopyOnWriteArrayList<>();

    /** With the masks and processors that are configured by the names of their classes. */
    public Processing(RuntimeConfig config) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        config.masks().forEach(name -> masks.add(new UserCode(name, loader)));
        config.processors().forEach(name -> processors.add(new UserCode(name, loader)));
    }

    /** Adds a function from a recorded text to what is sent instead. */
    public void addMask(UnaryOperator<?> mask) {
        masks.add(new UserCode(mask));
    }

    /** Adds a function from an observation's fields to those that are sent; null for an observation that is not sent. */
    public void addProcessor(UnaryOperator<?> processor) {
        processors.add(new UserCode(processor));
    }

    /** Applies them to a batch, which may become smaller. For the exporter's thread. */
    void apply(List<LiveObservation> batch) {
        if (masks.isEmpty() && processors.isEmpty() && batch.stream().allMatch(o -> o.mask() == null)) {
            return;
        }
        List<Map<String, Object>> before =
                batch.stream().map(LiveObservation::fields).toList();
        List<LiveObservation> sent = new ArrayList<>(batch.size());
        List<@Nullable Map<String, Object>> after = processed(batch, before);
        for (int i = 0; i < batch.size(); i++) {
            Map<String, Object> fields = after.get(i);
            if (fields != null) {
                batch.get(i).replace(fields);
                sent.add(batch.get(i));
            }
        }
        batch.clear();
        batch.addAll(sent);
    }

    /** The fields to send of each; where time ran out, what is known not to be a text, or null where a processor is asked. */
    private List<@Nullable Map<String, Object>> processed(
            List<LiveObservation> batch, List<Map<String, Object>> before) {
        List<@Nullable Map<String, Object>> done = new ArrayList<>(batch.size());
        FutureTask<Void> work = new FutureTask<>(
                () -> {
                    for (int i = 0; i < before.size(); i++) {
                        Map<String, Object> fields = processed(
                                new HashMap<>(before.get(i)), batch.get(i).mask());
                        synchronized (done) {
                            done.add(fields);
                        }
                    }
                },
                null);
        Thread worker = new Thread(work, "sonde-processing");
        worker.setDaemon(true);
        worker.start();
        Exception failure = null;
        try {
            work.get(MOST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            failure = e;
        }
        List<@Nullable Map<String, Object>> all;
        synchronized (done) {
            all = new ArrayList<>(done);
        }
        if (failure != null) {
            // only now: a mask that is interrupted may answer the text as it was
            work.cancel(true);
            Log.warn("processing", "a mask or processor failed, what it was to change is not sent: " + failure);
        }
        for (int i = all.size(); i < before.size(); i++) {
            all.add(processors.isEmpty() ? withoutTexts(before.get(i)) : null);
        }
        return all;
    }

    private @Nullable Map<String, Object> processed(Map<String, Object> fields, @Nullable UserCode own) {
        if (own != null) {
            mask(fields, own);
        }
        for (UserCode mask : masks) {
            mask(fields, mask);
        }
        Map<String, Object> current = fields;
        for (UserCode processor : processors) {
            if (!(processor.apply(current) instanceof Map<?, ?> changed)) {
                return null;
            }
            Map<String, Object> next = new HashMap<>();
            changed.forEach((name, value) -> {
                if (name != null && value != null) {
                    next.put(name.toString(), value);
                }
            });
            current = next;
        }
        return current;
    }

    private static void mask(Map<String, Object> fields, UserCode mask) {
        for (String name : List.copyOf(fields.keySet())) {
            if (isText(name) && fields.get(name) instanceof String text) {
                Object masked = mask.apply(text);
                if (masked == null) {
                    fields.remove(name);
                } else {
                    fields.put(name, masked.toString());
                }
            }
        }
    }

    private static Map<String, Object> withoutTexts(Map<String, Object> fields) {
        Map<String, Object> left = new HashMap<>(fields);
        left.keySet().removeIf(Processing::isText);
        return left;
    }

    /** Whether a field holds what the application said, and not what it did. */
    private static boolean isText(String name) {
        return name.equals("input")
                || name.equals("output")
                || name.equals("langfuse.trace.input")
                || name.equals("langfuse.trace.output")
                || name.equals("langfuse.observation.status_message")
                || name.equals("exception.stacktrace")
                || name.startsWith("langfuse.observation.metadata.")
                || name.startsWith("langfuse.trace.metadata.");
    }
}
