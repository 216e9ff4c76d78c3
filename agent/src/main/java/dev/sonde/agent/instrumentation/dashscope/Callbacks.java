package dev.sonde.agent.instrumentation.dashscope;

import dev.sonde.agent.calls.Attached;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.Reaper;
import dev.sonde.boot.SiteHandler;
import java.lang.ref.Cleaner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests whose results go to a callback. The call belongs to the callback's object from its start to its end. */
final class Callbacks {
    private static final String PACKAGE = "com.alibaba.dashscope.";

    /** What the SDK itself wraps around the callbacks of the application. */
    static final List<String> KNOWN = List.of(
            PACKAGE + "aigc.generation.Generation$1",
            PACKAGE + "aigc.generation.Generation$2",
            PACKAGE + "aigc.multimodalconversation.MultiModalConversation$1",
            PACKAGE + "aigc.multimodalconversation.MultiModalConversation$2",
            PACKAGE + "embeddings.TextEmbedding$1");

    private static final Attached<Pending> PENDING = new Attached<>();

    private Callbacks() {}

    /** A call that waits for its results. */
    private record Pending(DashScopeCall asked, ModelCall call, boolean streaming, Cleaner.Cleanable watch) {}

    private static @Nullable Pending end(@Nullable Object callback) {
        return PENDING.remove(callback);
    }

    /** The method that sends a request. */
    static final class Sent implements SiteHandler {
        private final boolean streaming;

        Sent(boolean streaming) {
            this.streaming = streaming;
        }

        /** The call, and the callback that it belongs to. */
        private record Scope(ModelCall call, Object callback) {}

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Object callback = arguments == null ? null : arguments[1];
            if (arguments == null
                    || callback == null
                    || !KNOWN.contains(callback.getClass().getName())) {
                return null;
            }
            DashScopeCall asked = DashScopeCall.of(arguments[0], streaming);
            ModelCall call = asked == null ? null : asked.start(streaming);
            if (asked == null || call == null) {
                return null;
            }
            PENDING.put(callback, new Pending(asked, call, streaming, Reaper.watch(callback, call::abandoned)));
            return new Scope(call.enter(), callback);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Scope sent = (Scope) scope;
            sent.call().leave();
            if (error != null && end(sent.callback()) != null) {
                sent.call().failed(error);
            }
            return result;
        }
    }

    /** A result, or a part of one. */
    static final class Event implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Pending pending = PENDING.get(self);
            Object result = arguments == null ? null : arguments[0];
            if (pending != null && result != null) {
                if (pending.streaming()) {
                    pending.call().part(result);
                } else {
                    pending.call().answered(() -> pending.asked().answered(result));
                }
            }
            return null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result;
        }
    }

    /** There will be no more. */
    static final class Complete implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Pending pending = end(self);
            if (pending != null) {
                if (pending.streaming()) {
                    pending.call().exhausted();
                } else {
                    pending.call().closed();
                }
                pending.watch().clean();
            }
            return null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result;
        }
    }

    /** It failed. */
    static final class Failure implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Pending pending = end(self);
            if (pending != null) {
                Object error = arguments == null ? null : arguments[0];
                if (error instanceof Throwable thrown) {
                    pending.call().failed(thrown);
                }
                pending.watch().clean();
            }
            return null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result;
        }
    }
}
