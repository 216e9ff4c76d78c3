package dev.sonde.agent.instrumentation.plainhttp;

class ApacheNewIT extends ApacheContract {
    ApacheNewIT() {
        super("5.6.4", "http-2026");
    }
}
