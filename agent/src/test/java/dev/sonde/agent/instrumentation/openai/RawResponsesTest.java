package dev.sonde.agent.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.core.ObjectMappers;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.RawResponses;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RawResponsesTest {
    private static final String TEXT = "{\"content\":\"Hi\",\"role\":\"assistant\"}";

    private final List<String> record = new CopyOnWriteArrayList<>();

    @Test
    void parse_endsWithTheAnswerOnce() {
        HttpResponseFor<ChatCompletion> response = observed(plain(() -> completion("Hi")), false);

        ChatCompletion first = response.parse();

        assertThat(response.parse()).isSameAs(first);
        response.close();
        assertThat(record).containsExactly("null null " + TEXT + " [stop]");
    }

    @Test
    void parse_thatThrows_endsWithTheError() {
        IllegalStateException broken = new IllegalStateException("no JSON");
        HttpResponseFor<ChatCompletion> response = observed(
                plain(() -> {
                    throw broken;
                }),
                false);

        assertThatThrownBy(response::parse).isSameAs(broken);
        response.close();
        assertThat(record).containsExactly("ERROR no JSON null []");
    }

    @Test
    void close_withoutParse_ends() {
        HttpResponseFor<ChatCompletion> response = observed(plain(() -> completion("Hi")), false);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(record).isEmpty();
        response.close();

        assertThat(record).containsExactly("null The response was closed without being parsed. null []");
    }

    @Test
    void droppedResponse_endsWhenCollected() {
        int status = observed(plain(() -> completion("Hi")), false).statusCode();

        assertThat(status).isEqualTo(200);
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> {
            System.gc();
            return !record.isEmpty();
        });
        assertThat(record).containsExactly("WARNING The response was dropped before it was read to its end. null []");
    }

    @Test
    void stream_isReadNoFurtherThanAsked() {
        Source source = new Source(chunks("a", "b"), null);
        StreamResponse<ChatCompletionChunk> stream = observed(source);

        Iterator<ChatCompletionChunk> iterator = stream.stream().iterator();

        assertThat(source.read).isZero();
        assertThat(iterator.next()).isSameAs(source.parts.get(0));
        assertThat(source.read).isEqualTo(1);
        assertThat(record).containsExactly("started");
    }

    @Test
    void stream_readToItsEnd_endsThereAndNotAtClose() {
        StreamResponse<ChatCompletionChunk> stream = observed(new Source(chunks("H", "i"), null));

        List<ChatCompletionChunk> read = stream.stream().toList();

        assertThat(read).hasSize(2);
        String expected = "null null {\"role\":\"assistant\",\"content\":\"Hi\"} [stop]";
        assertThat(record).containsExactly("started", expected);
        stream.close();
        assertThat(record).containsExactly("started", expected);
    }

    @Test
    void stream_closedBeforeItsEnd_keepsWhatCame() {
        Source source = new Source(chunks("H", "i", "!"), null);
        StreamResponse<ChatCompletionChunk> stream = observed(source);

        Iterator<ChatCompletionChunk> iterator = stream.stream().iterator();
        iterator.next();
        iterator.next();
        stream.close();

        assertThat(source.closed).isTrue();
        assertThat(record)
                .containsExactly(
                        "started",
                        "WARNING The stream was closed before its end. {\"role\":\"assistant\",\"content\":\"Hi\"} []");
    }

    @Test
    void stream_closedAfterTheFinishReason_isComplete() {
        StreamResponse<ChatCompletionChunk> stream = observed(new Source(chunks("Hi"), null));

        stream.stream().iterator().next();
        stream.close();

        assertThat(record).containsExactly("started", "null null {\"role\":\"assistant\",\"content\":\"Hi\"} [stop]");
    }

    @Test
    void stream_thatBreaks_endsWithTheErrorAndWhatCame() {
        IllegalStateException broken = new IllegalStateException("connection reset");
        StreamResponse<ChatCompletionChunk> stream =
                observed(new Source(chunks("H", "i", "!").subList(0, 2), broken));

        assertThatThrownBy(() -> stream.stream().forEach(chunk -> {})).isSameAs(broken);

        assertThat(record)
                .containsExactly("started", "ERROR connection reset {\"role\":\"assistant\",\"content\":\"Hi\"} []");
    }

    @Test
    void stream_whoseReaderThrows_isNotTheStreamsError() {
        IllegalStateException own = new IllegalStateException("the application's own");

        assertThatThrownBy(() -> {
                    try (StreamResponse<ChatCompletionChunk> stream = observed(new Source(chunks("H", "i"), null))) {
                        stream.stream().forEach(chunk -> {
                            throw own;
                        });
                    }
                })
                .isSameAs(own);

        assertThat(record)
                .containsExactly(
                        "started",
                        "WARNING The stream was closed before its end. {\"role\":\"assistant\",\"content\":\"H\"} []");
    }

    @Test
    void droppedStreamResponse_whoseStreamIsStillRead_isNotAbandoned() {
        Iterator<ChatCompletionChunk> iterator =
                observed(new Source(chunks("H", "i"), null)).stream().iterator();
        iterator.next();

        System.gc();
        iterator.next();

        assertThat(iterator.hasNext()).isFalse();
        assertThat(record).last().isEqualTo("null null {\"role\":\"assistant\",\"content\":\"Hi\"} [stop]");
    }

    @Test
    void future_completesWithTheObservedResponse() {
        CompletableFuture<HttpResponseFor<ChatCompletion>> source = new CompletableFuture<>();
        CompletableFuture<HttpResponseFor<ChatCompletion>> future = observed(source);

        source.complete(plain(() -> completion("Hi")));

        assertThat(future.join().parse()).isNotNull();
        assertThat(record).containsExactly("null null " + TEXT + " [stop]");
    }

    @Test
    void future_failing_failsAlikeAndEnds() {
        CompletableFuture<HttpResponseFor<ChatCompletion>> source = new CompletableFuture<>();
        CompletableFuture<HttpResponseFor<ChatCompletion>> future = observed(source);
        CompletionException failure = new CompletionException(new IllegalArgumentException("refused"));

        source.completeExceptionally(failure);

        assertThatThrownBy(future::join).isSameAs(failure);
        assertThat(record).containsExactly("ERROR refused null []");
    }

    @Test
    void future_cancelled_cancelsTheLibrarysAndEnds() {
        CompletableFuture<HttpResponseFor<ChatCompletion>> source = new CompletableFuture<>();
        CompletableFuture<HttpResponseFor<ChatCompletion>> future = observed(source);

        assertThat(future.cancel(true)).isTrue();

        assertThat(source).isCancelled();
        assertThat(future).isCancelled();
        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        assertThat(record).containsExactly("WARNING The call was cancelled. null []");
    }

    @SuppressWarnings("unchecked")
    private <T> T observed(T result, boolean streaming) {
        ChatEndpoint endpoint = new ChatEndpoint();
        OpenAiObservationsTest.Options options = new OpenAiObservationsTest.Options();
        ModelCall call = new ModelCall(
                new ModelCall.Outcome() {
                    @Override
                    public void completionStarted() {
                        record.add("started");
                    }

                    @Override
                    public void ended(Answered answered, String level, String message, Throwable error) {
                        record.add(level + " " + message + " " + answered.output() + " " + answered.finishReasons());
                    }
                },
                streaming ? endpoint.fold(options) : null);
        return (T) RawResponses.observe(result, call, response -> endpoint.answered(options, response));
    }

    private CompletableFuture<HttpResponseFor<ChatCompletion>> observed(
            CompletableFuture<HttpResponseFor<ChatCompletion>> source) {
        return observed(source, false);
    }

    private StreamResponse<ChatCompletionChunk> observed(Source source) {
        return observed(RawResponsesTest.<StreamResponse<ChatCompletionChunk>>plain(() -> source), true)
                .parse();
    }

    private static ChatCompletion completion(String text) {
        return read(
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\""
                        + text + "\"}}]}",
                ChatCompletion.class);
    }

    /** One chunk for each text; the last one says that the answer is complete. */
    private static List<ChatCompletionChunk> chunks(String... texts) {
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            String reason = i == texts.length - 1 ? "\"stop\"" : "null";
            chunks.add(read(
                    "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + texts[i]
                            + "\"},\"finish_reason\":" + reason + "}]}",
                    ChatCompletionChunk.class));
        }
        return chunks;
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return ObjectMappers.jsonMapper().readValue(json, type);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> HttpResponseFor<T> plain(Supplier<T> parse) {
        return new HttpResponseFor<>() {
            @Override
            public T parse() {
                return parse.get();
            }

            @Override
            public int statusCode() {
                return 200;
            }

            @Override
            public Headers headers() {
                return Headers.builder().build();
            }

            @Override
            public InputStream body() {
                return InputStream.nullInputStream();
            }

            @Override
            public void close() {}
        };
    }

    /** Hands out parts one by one and breaks off at the end when told so. */
    private static final class Source implements StreamResponse<ChatCompletionChunk> {
        private final List<ChatCompletionChunk> parts;
        private final RuntimeException breaksWith;
        private int read;
        private boolean closed;

        Source(List<ChatCompletionChunk> parts, RuntimeException breaksWith) {
            this.parts = parts;
            this.breaksWith = breaksWith;
        }

        @Override
        public Stream<ChatCompletionChunk> stream() {
            return Stream.iterate(0, this::more, i -> i + 1).map(i -> {
                read++;
                return parts.get(i);
            });
        }

        private boolean more(int index) {
            if (index == parts.size() && breaksWith != null) {
                throw breaksWith;
            }
            return index < parts.size();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
