package dev.sonde.agent.instrumentation.plainhttp;

import org.junit.jupiter.api.Order;

@Order(2)
class ApacheOldIT extends ApacheContract {
    ApacheOldIT() {
        super("5.3.1", "http-2024");
    }
}
