package dev.sonde.agent.instrumentation.ollama4j;

import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Attached;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import org.jspecify.annotations.Nullable;

/**
 * The library's callers: an object for each chat or prompt, which sends the request and reads the answer on the thread
 * that called. What it is doing is found by itself.
 */
final class Callers {
    private static final Attached<Exchange> EXCHANGES = new Attached<>();

    private Callers() {}

    /** Sends a request: {@code callSync(request)}. */
    static final class Call implements SiteHandler {
        private final boolean chat;

        Call(boolean chat) {
            this.chat = chat;
        }

        private record Scope(Object caller, Exchange exchange) {}

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            if (SondeRuntime.tracerIfRunning() == null || self == null || arguments == null) {
                return null;
            }
            Object request = arguments[0];
            String json = OllamaJson.written(request);
            Asked asked = chat ? OllamaJson.chat(json) : OllamaJson.prompt(json);
            Exchange exchange = Exchange.start(
                    asked,
                    LibraryObjects.text(self, "getHost"),
                    Boolean.TRUE.equals(LibraryObjects.get(request, "isStream")));
            if (exchange == null) {
                return null;
            }
            EXCHANGES.put(self, exchange);
            return new Scope(self, exchange);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Scope entered = (Scope) scope;
            EXCHANGES.remove(entered.caller());
            entered.exchange().over(error);
            return result;
        }
    }

    /** Takes a line of the answer, and tells the application's handler of it. */
    static final class Line implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Exchange exchange = EXCHANGES.get(self);
            if (exchange != null && arguments != null && arguments[0] != null) {
                exchange.line(arguments[0]);
            }
            return exchange;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            if (error != null) {
                ((Exchange) scope).readerFailed();
            }
            return result;
        }
    }

    /** Looks at the status before each line. */
    static final class Status implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Exchange exchange = EXCHANGES.get(self);
            if (exchange != null && arguments != null && arguments[0] instanceof Integer status) {
                exchange.status(status);
            }
            return null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result;
        }
    }
}
