package dev.sonde.agent.instrumentation.azure;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import java.util.List;

/** What is hooked in what Azure's clients share, which applications without any model have too. */
public final class AzureCoreInstrumentation implements LibraryInstrumentation {
    private static final String STREAM = "com.azure.core.util.IterableStream";

    @Override
    public String library() {
        return "azure-core";
    }

    @Override
    public List<LibraryMethod> methods() {
        return List.of(
                new LibraryMethod(STREAM, "iterator", List.of(), ReadStreams.ByIterator::new),
                new LibraryMethod(STREAM, "stream", List.of(), ReadStreams.ByStream::new));
    }
}
