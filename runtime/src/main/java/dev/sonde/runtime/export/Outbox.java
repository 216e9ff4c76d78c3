package dev.sonde.runtime.export;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.RuntimeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what it is given is sent, kept on disk, or given up and counted. Without a spool it waits for the server
 * as long as the retry window; with one it keeps everything on disk meanwhile, in order. Used by the export thread, except
 * for {@link #hurry}.
 */
final class Outbox implements AutoCloseable {

    private static final long FIRST_BACKOFF_MILLIS = 200;
    private static final long LONGEST_BACKOFF_MILLIS = 10_000;

    private final RuntimeConfig config;
    private final Counters counters;
    private final Patience patience;
    private final OtlpEncoder encoder;
    private final Delivery delivery;
    private final Media media;
    private final @Nullable Spool spool;
    private long backoffMillis = FIRST_BACKOFF_MILLIS;
    private long nextTryNanos = System.nanoTime();
    private volatile boolean hurried;

    /** What else decides how long to wait. */
    interface Patience {

        /** Waits; answers false when it may not wait so long. */
        boolean waitUntil(long nanos);

        /** How many wait behind, for the log. */
        long queued();
    }

    Outbox(RuntimeConfig config, Counters counters, Patience patience) {
        this.config = config;
        this.counters = counters;
        this.patience = patience;
        this.encoder = new OtlpEncoder(config);
        this.delivery = new Delivery(config);
        this.media = delivery.media(config);
        this.spool = openSpool();
    }

    private @Nullable Spool openSpool() {
        String directory = config.spoolDirectory();
        if (directory == null) {
            return null;
        }
        try {
            return Spool.open(Path.of(directory), config.spoolMaxBytes());
        } catch (IOException | RuntimeException e) {
            Log.warn("spool", "spool-directory " + directory + " cannot be used, nothing is kept on disk: " + e);
            return null;
        }
    }

    /** Uploads what media the observations hold, while the server is there. */
    void offloadMedia(List<LiveObservation> batch) {
        if (!hurried && System.nanoTime() - nextTryNanos >= 0) {
            media.offload(batch);
        }
    }

    /** Sends or keeps observations. */
    void observations(List<LiveObservation> batch) {
        if (batch.isEmpty()) {
            return;
        }
        ProtoWriter proto = encoder.encode(batch);
        Packet packet = new Packet(Packet.Kind.OBSERVATIONS, proto::bytes, proto.size(), batch.size());
        if (settle(packet, batch.size() > 1)) {
            return;
        }
        int half = batch.size() / 2;
        observations(batch.subList(0, half));
        observations(batch.subList(half, batch.size()));
    }

    /** Sends or keeps score events, each JSON text. */
    void scores(List<String> events) {
        if (events.isEmpty()) {
            return;
        }
        if (settle(PacketHalves.scores(events), events.size() > 1)) {
            return;
        }
        int half = events.size() / 2;
        scores(events.subList(0, half));
        scores(events.subList(half, events.size()));
    }

    /** Answers false when the request must be split, which it may be. */
    private boolean settle(Packet packet, boolean mayBeSplit) {
        if (spool != null && (hurried || System.nanoTime() - nextTryNanos < 0 || !spool.isEmpty())) {
            keep(packet, spool);
            return true;
        }
        Delivery.Answer answer = spool == null ? persistently(packet) : delivery.post(packet);
        if (answer.outcome() == Delivery.Outcome.TOO_LARGE && mayBeSplit) {
            return false;
        }
        if (answer.outcome() == Delivery.Outcome.RETRY && spool != null) {
            away(answer);
            keep(packet, spool);
        } else {
            account(packet, answer);
        }
        return true;
    }

    private void keep(Packet packet, Spool disk) {
        try {
            if (disk.append(packet)) {
                counters.spooled.add(packet.count());
                return;
            }
            Log.warn("spool", "the spool is full: the newest observations are dropped");
        } catch (IOException e) {
            Log.warn("spool", "the spool cannot be written, observations are dropped: " + e);
        }
        counters.discarded.add(packet.count());
    }

    /** Sends what is on disk, as far as the server takes it, when it is time to try again. */
    void replay() {
        Spool disk = spool;
        if (disk == null || hurried || System.nanoTime() - nextTryNanos < 0) {
            return;
        }
        try {
            SpoolRecord record = disk.peek();
            while (record != null && !hurried) {
                int delivered = replay(record.packet());
                if (delivered < 0) {
                    return;
                }
                int count = record.packet().count();
                if (record.inherited()) {
                    counters.replayed.add(delivered);
                } else {
                    counters.spooled.add(-count);
                    counters.sent.add(delivered);
                    counters.failed.add(count - delivered);
                }
                disk.acknowledge();
                record = disk.peek();
            }
            lost(disk);
        } catch (IOException e) {
            nextTryNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_BACKOFF_MILLIS);
            Log.warn("spool", "the spool cannot be read: " + e);
        }
    }

    /** Answers how many of the request the server took, or -1 when it is away. */
    private int replay(Packet packet) throws IOException {
        Delivery.Answer answer = delivery.post(packet);
        if (answer.outcome() == Delivery.Outcome.RETRY) {
            away(answer);
            return -1;
        }
        if (answer.outcome() == Delivery.Outcome.TOO_LARGE && packet.count() > 1) {
            int delivered = 0;
            for (Packet half : PacketHalves.of(packet)) {
                int taken = replay(half);
                if (taken < 0) {
                    return -1;
                }
                delivered += taken;
            }
            return delivered;
        }
        boolean taken = answer.outcome() == Delivery.Outcome.DELIVERED;
        int rejected = taken ? (int) Math.min(packet.count(), answer.rejected()) : packet.count();
        backoffMillis = taken ? FIRST_BACKOFF_MILLIS : backoffMillis;
        if (rejected > 0) {
            say(packet, rejected, answer);
        }
        return packet.count() - rejected;
    }

    /** What cannot be read back is counted and said. */
    private void lost(Spool disk) {
        int lost = disk.takeLost();
        if (lost > 0) {
            counters.spooled.add(-lost);
            counters.failed.add(lost);
            Log.warn("spool", lost + " observations on disk are damaged and are lost");
        }
    }

    /** Asks the server at once, whatever it said before. */
    void tryNow() {
        nextTryNanos = System.nanoTime();
    }

    /** From here on nothing is waited for: what is under way is given up, and what can be kept is. From any thread. */
    void hurry() {
        hurried = true;
        delivery.cancel();
    }

    /** Posts until it is settled or the retry window is over, and never before the server wants it. */
    private Delivery.Answer persistently(Packet packet) {
        long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.retryWindowMillis());
        boolean more = nextTryNanos - System.nanoTime() <= 0 || patience.waitUntil(earlier(nextTryNanos, giveUp));
        while (true) {
            Delivery.Answer answer = delivery.post(packet);
            if (answer.outcome() != Delivery.Outcome.RETRY) {
                return answer;
            }
            away(answer);
            more = more && !hurried && System.nanoTime() - giveUp < 0;
            if (!more || !patience.waitUntil(earlier(nextTryNanos, giveUp))) {
                return answer;
            }
        }
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private void away(Delivery.Answer answer) {
        long wait = Math.max(
                answer.retryAfterMillis(),
                backoffMillis / 2 + ThreadLocalRandom.current().nextLong(backoffMillis));
        nextTryNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
        backoffMillis = Math.min(LONGEST_BACKOFF_MILLIS, backoffMillis * 2);
        Log.warn("retry", "the server is away (" + answer.reason() + "); retrying, " + patience.queued() + " waiting");
    }

    private void account(Packet packet, Delivery.Answer answer) {
        if (answer.outcome() == Delivery.Outcome.DELIVERED) {
            backoffMillis = FIRST_BACKOFF_MILLIS;
            int rejected = (int) Math.min(packet.count(), answer.rejected());
            counters.sent.add(packet.count() - rejected);
            if (rejected > 0) {
                refused(packet, rejected, answer);
            }
        } else {
            refused(packet, packet.count(), answer);
        }
    }

    private void refused(Packet packet, int count, Delivery.Answer answer) {
        counters.failed.add(count);
        say(packet, count, answer);
    }

    private static void say(Packet packet, int count, Delivery.Answer answer) {
        String noun = packet.kind().noun;
        Log.warn("refused " + noun, count + " " + noun + " were not delivered: " + answer.reason());
    }

    @Override
    public void close() throws IOException {
        delivery.close();
        if (spool != null) {
            spool.close();
        }
    }
}
