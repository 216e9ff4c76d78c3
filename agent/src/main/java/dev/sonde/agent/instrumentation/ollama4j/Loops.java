package dev.sonde.agent.instrumentation.ollama4j;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.Hosts;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.Proxies;
import dev.sonde.agent.calls.Step;
import dev.sonde.boot.SiteHandler;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes on around requests: a chat, which may ask several times and run tools in between, the tools, and agents. A
 * chat that asks once is the same as its request.
 */
final class Loops {
    /** The chat that the thread is in: only there the library asks a tool for its function to run it. */
    private static final ThreadLocal<@Nullable InChat> IN_CHAT = new ThreadLocal<>();

    private Loops() {}

    /** A chat, and how its requests went so far: the library wraps their failures in its own. Of one thread. */
    private static final class InChat implements Fold {
        private final ModelCall call;
        private @Nullable AnswerLines latest;
        private @Nullable Integer refusedWith;
        private boolean readerFailed;

        InChat(ModelCall call) {
            this.call = call.streaming(this);
        }

        /** Its requests get the parts. */
        @Override
        public boolean add(Object part) {
            return false;
        }

        /** What came of the latest request, in case that it is all there will be. */
        @Override
        public Answered answered() {
            return latest == null ? Answered.NOTHING : latest.answered();
        }
    }

    /** A request is made on this thread, and these are the lines of its answer. */
    static void asked(AnswerLines lines) {
        InChat chat = IN_CHAT.get();
        if (chat != null) {
            chat.latest = lines;
        }
    }

    /** A request of this thread was refused with this status. */
    static void refused(int status) {
        InChat chat = IN_CHAT.get();
        if (chat != null) {
            chat.refusedWith = status;
        }
    }

    /** The application's handler threw on this thread. */
    static void readerFailed() {
        InChat chat = IN_CHAT.get();
        if (chat != null) {
            chat.readerFailed = true;
        }
    }

    /** {@code chat(request, handler)}. */
    static final class Chat implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            if (self == null || arguments == null || IN_CHAT.get() != null) {
                return null;
            }
            Asked asked = OllamaJson.chat(OllamaJson.written(arguments[0]));
            Object host = LibraryObjects.field(self, "host");
            ModelCall call = ModelCall.start(
                    Layer.FRAMEWORK, "GENERATION", asked.to("ollama", Hosts.of(host == null ? null : host.toString())));
            if (call == null) {
                return null;
            }
            InChat chat = new InChat(call.enter());
            IN_CHAT.set(chat);
            return chat;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            InChat chat = (InChat) scope;
            ModelCall call = chat.call;
            IN_CHAT.remove();
            call.leave();
            if (chat.readerFailed) {
                call.closed();
            } else if (error != null && error.getCause() instanceof InterruptedException) {
                call.cancelled();
            } else if (error != null) {
                call.failed(error, chat.refusedWith);
            } else {
                call.answered(() -> answered(result));
            }
            return result;
        }

        private static Answered answered(@Nullable Object result) {
            String json = OllamaJson.written(LibraryObjects.get(result, "getResponseModel"));
            AnswerLines lines = new AnswerLines();
            if (json != null) {
                lines.add(json);
            }
            return lines.answered();
        }
    }

    /** Finds what runs a tool: of the tool itself, or by its name. */
    static final class ToolFunction implements SiteHandler {
        private record Scope(String tool) {}

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            if (arguments != null && arguments.length == 1 && arguments[0] instanceof String name) {
                return new Scope(name);
            }
            if (IN_CHAT.get() == null) {
                return null;
            }
            String name = LibraryObjects.text(LibraryObjects.get(self, "getToolSpec"), "getName");
            return name == null ? null : new Scope(name);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result == null
                    ? null
                    : Proxies.of(result, "ToolFunction", new ObservedTool(result, ((Scope) scope).tool()));
        }
    }

    /** Runs a tool as a step. */
    private record ObservedTool(Object function, String name) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Step step = method.getName().equals("apply") && arguments != null
                    ? Step.start("TOOL", name, arguments[0])
                    : null;
            if (step == null) {
                return Proxies.forward(function, method, arguments);
            }
            step.enter();
            try {
                Object result = Proxies.forward(function, method, arguments);
                step.ended(result);
                return result;
            } catch (Exception | Error e) {
                step.failed(e);
                throw e;
            } finally {
                step.leave();
            }
        }
    }

    /** {@code interact(input, handler)} of an agent: what it says last is its output. */
    static final class Agent implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            if (self == null || arguments == null) {
                return null;
            }
            Object name = LibraryObjects.field(self, "name");
            Step step = Step.start("AGENT", name == null ? "agent" : name.toString(), arguments[0]);
            return step == null ? null : step.enter();
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Step step = (Step) scope;
            step.leave();
            if (error != null) {
                step.failed(error);
            } else {
                step.ended(
                        result instanceof List<?> history && !history.isEmpty()
                                ? LibraryObjects.get(history.get(history.size() - 1), "getResponse")
                                : null);
            }
            return result;
        }
    }
}
