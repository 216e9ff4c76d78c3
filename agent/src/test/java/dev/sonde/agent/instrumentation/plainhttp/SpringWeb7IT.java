package dev.sonde.agent.instrumentation.plainhttp;

class SpringWeb7IT extends SpringWebContract {
    SpringWeb7IT() {
        super("7.0.10", "http-2026");
    }
}
