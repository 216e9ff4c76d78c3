package dev.sonde.agent.instrumentation.plainhttp;

import org.junit.jupiter.api.Order;

@Order(2)
class OkHttp4IT extends OkHttpContract {
    OkHttp4IT() {
        super("4.12.0", "http-2024");
    }
}
