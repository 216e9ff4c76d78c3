package dev.sonde.agent.tooling;

import dev.sonde.boot.Hooks;
import dev.sonde.boot.SiteHandler;
import org.jspecify.annotations.Nullable;

/** Registers handlers so that the first call of any of them lets the context cross threads before it has one. */
public final class Sites {

    private final ContextWeaving context;

    public Sites(ContextWeaving context) {
        this.context = context;
    }

    /** The site id to write into woven code. */
    int register(SiteHandler handler) {
        if (context.isDone()) {
            return Hooks.register(handler);
        }
        FirstCall first = new FirstCall(handler);
        first.site = Hooks.register(first);
        return first.site;
    }

    /** Stands in until the first call, then leaves the site to the handler itself. */
    private final class FirstCall implements SiteHandler {
        private final SiteHandler handler;
        private volatile int site = -1;

        FirstCall(SiteHandler handler) {
            this.handler = handler;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            context.ensure();
            if (context.isDone()) {
                Hooks.replace(site, handler);
            }
            return handler.enter(self, arguments);
        }

        @Override
        public @Nullable Object argument(Object scope, @Nullable Object value) {
            return handler.argument(scope, value);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return handler.exit(scope, result, error);
        }
    }
}
