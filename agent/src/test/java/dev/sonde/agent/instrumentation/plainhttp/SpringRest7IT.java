package dev.sonde.agent.instrumentation.plainhttp;

class SpringRest7IT extends SpringRestContract {
    SpringRest7IT() {
        super("7.0.10", "http-2026");
    }
}
