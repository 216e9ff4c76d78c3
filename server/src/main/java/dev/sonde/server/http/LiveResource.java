package dev.sonde.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.sse.ServerSentEvent;
import dev.sonde.server.ingest.Committed;
import dev.sonde.server.ingest.Committer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** {@code GET …/live}: tells open pages which traces a commit has touched, four times a second at most. */
final class LiveResource implements AutoCloseable {

    private static final long PERIOD_MILLIS = 250;
    private static final long HEARTBEAT_PERIODS = 60;
    private static final int MOST_IDS = 200;

    private final BrowserAuthentication browsers;
    private final Set<Page> pages = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "live");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> ticking;

    LiveResource(BrowserAuthentication browsers, Committer committer) {
        this.browsers = browsers;
        committer.onCommit(this::committed);
        ticking = timer.scheduleAtFixedRate(
                () -> pages.forEach(Page::tick), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    HttpResponse open(Call call) {
        String project = browsers.member(call).project().id();
        call.context().clearRequestTimeout();
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.EVENT_STREAM)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build());
        Page page = new Page(project, writer);
        pages.add(page);
        var unused = writer.whenComplete().handle((done, error) -> pages.remove(page));
        page.write(ServerSentEvent.ofComment("open"));
        return writer;
    }

    @Override
    public void close() {
        ticking.cancel(false);
        timer.shutdownNow();
        pages.forEach(page -> page.writer.close());
    }

    private void committed(Committed committed) {
        for (Page page : pages) {
            if (page.project.equals(committed.projectId())) {
                page.touch(committed.traceIds());
            }
        }
    }

    /** One open page. */
    private static final class Page {
        private final String project;
        private final HttpResponseWriter writer;
        private final Set<String> touched = ConcurrentHashMap.newKeySet();
        private long quietPeriods;

        Page(String project, HttpResponseWriter writer) {
            this.project = project;
            this.writer = writer;
        }

        void touch(Set<String> ids) {
            if (touched.size() < MOST_IDS) {
                touched.addAll(ids);
            }
        }

        void tick() {
            if (!touched.isEmpty()) {
                Set<String> ids = Set.copyOf(touched);
                touched.removeAll(ids);
                var data = Json.object();
                data.set("ids", Json.tree(ids));
                write(ServerSentEvent.builder()
                        .event("traces")
                        .data(data.toString())
                        .build());
            } else if (++quietPeriods % HEARTBEAT_PERIODS == 0) {
                write(ServerSentEvent.ofComment("still here"));
            }
        }

        void write(ServerSentEvent event) {
            if (!writer.tryWrite(HttpData.ofUtf8((event.event() == null ? "" : "event: " + event.event() + "\n")
                    + (event.data() == null ? ": " + event.comment() : "data: " + event.data())
                    + "\n\n"))) {
                writer.close();
            }
        }
    }
}
