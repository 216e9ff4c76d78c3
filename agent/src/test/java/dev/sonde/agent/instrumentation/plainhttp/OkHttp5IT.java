package dev.sonde.agent.instrumentation.plainhttp;

import org.junit.jupiter.api.Order;

/** Before the older version, as they are listed. */
@Order(1)
class OkHttp5IT extends OkHttpContract {
    OkHttp5IT() {
        super("5.5.1", "http-2026");
    }
}
