package dev.sonde.agent.calls;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of {@code HttpResponse} of SDKs generated as OpenAI's, where the body itself is the answer, such as
 * speech. The body is counted as the application reads it and nothing of it is kept; the call ends with the body.
 */
public final class BodyResponses {
    private BodyResponses() {}

    /** What the hooked method shall return instead: a response, or a future of one. */
    @SuppressWarnings("FutureReturnValueIgnored") // the application gets it
    public static @Nullable Object observe(@Nullable Object result, ModelCall call) {
        if (result instanceof CompletableFuture<?> future) {
            return new ObservedFuture(future, call, response -> observe(response, call));
        }
        if (result == null) {
            return null;
        }
        if (LibraryObjects.get(result, "statusCode") instanceof Integer status && status >= 400) {
            // Early versions hand out the error's body as if it were the answer's.
            String error = "HTTP " + status;
            call.answered(() -> new Answered(null, null, null, Map.of(), List.of(), error));
            return result;
        }
        Object headers = LibraryObjects.get(result, "headers");
        Body body = new Body(header(headers, "content-type"), JsonText.number(header(headers, "content-length")));
        call.streaming(body);
        Object proxy = Proxies.of(result, "HttpResponse", new ResponseHandler(result, call, body));
        if (proxy == result) {
            call.closed();
        }
        return proxy;
    }

    private static @Nullable String header(@Nullable Object headers, String name) {
        return LibraryObjects.call(headers, "values", name) instanceof List<?> values && !values.isEmpty()
                ? String.valueOf(values.get(0))
                : null;
    }

    /** Of what type and how long the body is so far. Its parts are the numbers of bytes read. */
    private static final class Body implements Fold {
        private final @Nullable String contentType;
        private final long announced;
        private long bytes;

        /** @param announced how long it will be; 0 when that is not said */
        Body(@Nullable String contentType, long announced) {
            this.contentType = contentType;
            this.announced = announced;
        }

        @Override
        public boolean add(Object part) {
            bytes += (Integer) part;
            return true;
        }

        boolean complete() {
            return announced > 0 && bytes >= announced;
        }

        @Override
        public Answered answered() {
            if (bytes == 0) {
                return Answered.NOTHING;
            }
            Map<String, String> output = new LinkedHashMap<>();
            if (contentType != null) {
                output.put("content_type", JsonText.quoted(contentType));
            }
            output.put("size", Long.toString(bytes));
            return new Answered(null, null, JsonText.object(output), Map.of(), List.of(), null);
        }
    }

    /** {@code HttpResponse}: {@code body()} is watched, {@code close()} before its end cancels. */
    private static final class ResponseHandler implements InvocationHandler {
        private final Object target;
        private final ModelCall call;
        private final Body fold;
        private final RawResponses.Handle handle;
        private final Cleaner.Cleanable watch;
        private final Object lock = new Object();
        /** Guarded by lock; the library, too, has one body. */
        private @Nullable Counted counted;

        ResponseHandler(Object target, ModelCall call, Body fold) {
            this.target = target;
            this.call = call;
            this.fold = fold;
            this.handle = new RawResponses.Handle(call);
            this.watch = Reaper.watch(handle, call::abandoned);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Object result = Proxies.forward(target, method, arguments);
            if (method.getName().equals("close")) {
                call.closed();
                watch.clean();
            } else if (result instanceof InputStream body) {
                synchronized (lock) {
                    if (counted == null || !counted.reads(body)) {
                        counted = new Counted(body, handle, fold, watch);
                    }
                    return counted;
                }
            }
            return result;
        }
    }

    /** The body; what the application reads of it is counted. */
    private static final class Counted extends FilterInputStream {
        private final RawResponses.Handle handle;
        private final Body fold;
        private final Cleaner.Cleanable watch;

        Counted(InputStream body, RawResponses.Handle handle, Body fold, Cleaner.Cleanable watch) {
            super(body);
            this.handle = handle;
            this.fold = fold;
            this.watch = watch;
        }

        boolean reads(InputStream body) {
            return in == body;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read;
            try {
                read = in.read(target, offset, length);
            } catch (IOException | RuntimeException e) {
                handle.call().failed(e);
                watch.clean();
                throw e;
            }
            counted(read);
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = in.skip(bytes);
            for (long left = skipped; left > 0; left -= Integer.MAX_VALUE) {
                counted((int) Math.min(left, Integer.MAX_VALUE));
            }
            return skipped;
        }

        @Override
        public void close() throws IOException {
            handle.call().closed();
            watch.clean();
            super.close();
        }

        private void counted(int read) {
            if (read > 0) {
                handle.call().part(read);
            }
            if (read < 0 || fold.complete()) {
                handle.call().exhausted();
                watch.clean();
            }
        }
    }
}
