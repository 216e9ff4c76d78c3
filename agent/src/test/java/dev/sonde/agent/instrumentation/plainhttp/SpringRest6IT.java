package dev.sonde.agent.instrumentation.plainhttp;

import org.junit.jupiter.api.Order;

@Order(2)
class SpringRest6IT extends SpringRestContract {
    SpringRest6IT() {
        super("6.2.19", "http-2024");
    }
}
