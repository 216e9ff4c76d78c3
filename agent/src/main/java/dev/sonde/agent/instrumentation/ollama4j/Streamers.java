package dev.sonde.agent.instrumentation.ollama4j;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The threads behind {@code generateAsync}: one for each prompt, which reads the answer into queues. It keeps no part of
 * it but its text; what it asks each part is where the part can be seen.
 */
final class Streamers {
    private static final String FAILED = "[FAILED] ";
    private static final ThreadLocal<@Nullable Exchange> RUNNING = new ThreadLocal<>();

    private Streamers() {}

    /** The thread's {@code run()}, which throws nothing. */
    static final class Run implements SiteHandler {
        private record Scope(Object streamer, Exchange exchange) {}

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            if (SondeRuntime.tracerIfRunning() == null || self == null) {
                return null;
            }
            Object request = LibraryObjects.field(self, "ollamaRequestModel");
            Exchange exchange = Exchange.start(OllamaJson.prompt(OllamaJson.written(request)), uri(self), true);
            if (exchange == null) {
                return null;
            }
            RUNNING.set(exchange);
            return new Scope(self, exchange);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Scope entered = (Scope) scope;
            RUNNING.remove();
            if (error != null || Boolean.TRUE.equals(LibraryObjects.get(entered.streamer(), "isSucceeded"))) {
                entered.exchange().over(error);
            } else if (Thread.currentThread().isInterrupted()) {
                entered.exchange().over(new InterruptedException());
            } else {
                String said = String.valueOf(LibraryObjects.text(entered.streamer(), "getCompleteResponse"));
                int status =
                        LibraryObjects.get(entered.streamer(), "getHttpStatusCode") instanceof Integer code ? code : 0;
                entered.exchange().refused(status, said.startsWith(FAILED) ? said.substring(FAILED.length()) : said);
            }
            return result;
        }

        private static @Nullable String uri(Object streamer) {
            Object request = LibraryObjects.call(LibraryObjects.field(streamer, "requestBuilder"), "build");
            return LibraryObjects.text(request, "uri");
        }
    }

    /** {@code isDone()} of a part, which the thread asks after it has put the part's text into the queues. */
    static final class Part implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Exchange exchange = RUNNING.get();
            if (exchange != null && self != null) {
                exchange.line(line(self));
            }
            return null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result;
        }

        /** The part as it came over the wire, as far as it is of interest. */
        private static String line(Object part) {
            Map<String, String> line = new LinkedHashMap<>();
            put(line, "model", LibraryObjects.get(part, "getModel"));
            put(line, "response", LibraryObjects.get(part, "getResponse"));
            put(line, "thinking", LibraryObjects.get(part, "getThinking"));
            put(line, "done", LibraryObjects.field(part, "done"));
            put(line, "done_reason", LibraryObjects.get(part, "getDoneReason"));
            put(line, "prompt_eval_count", LibraryObjects.get(part, "getPromptEvalCount"));
            put(line, "eval_count", LibraryObjects.get(part, "getEvalCount"));
            return JsonText.object(line);
        }

        private static void put(Map<String, String> line, String name, @Nullable Object value) {
            if (value != null) {
                line.put(name, value instanceof String text ? JsonText.quoted(text) : value.toString());
            }
        }
    }
}
