package dev.sonde.testkit.collector;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One collector for a test class: {@code @RegisterExtension static final CollectorExtension collector = new
 * CollectorExtension();}. A test that leaves observations untaken fails.
 */
public final class CollectorExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private @Nullable OtlpCollector collector;

    /** The running collector; fails outside of a test. */
    public OtlpCollector get() {
        if (collector == null) {
            throw new IllegalStateException("the collector runs only during tests");
        }
        return collector;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        collector = OtlpCollector.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            if (context.getExecutionException().isEmpty()) {
                get().assertNothingLeft();
            }
        } finally {
            get().reset();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        get().close();
        collector = null;
    }
}
