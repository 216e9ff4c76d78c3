package dev.sonde.agent.instrumentation.plainhttp;

import org.junit.jupiter.api.Order;

@Order(2)
class SpringWeb6IT extends SpringWebContract {
    SpringWeb6IT() {
        super("6.2.19", "http-2024");
    }
}
