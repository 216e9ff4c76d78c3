package com.example.shop;

import dev.sonde.annotations.Observe;
import java.util.List;

/** Says which of the agent's libraries its own class loader sees, and from where. */
public final class Neighbours {

    private Neighbours() {}

    @Observe
    static void look(String name) {
        try {
            Class<?> found = Class.forName(name);
            System.out.println(
                    name + " " + found.getProtectionDomain().getCodeSource().getLocation());
        } catch (ClassNotFoundException e) {
            System.out.println(name + " none");
        }
    }

    public static void main(String[] arguments) throws Exception {
        for (String name : List.of(
                "com.fasterxml.jackson.core.JsonFactory",
                "dev.sonde.runtime.SondeRuntime",
                "io.opentelemetry.api.OpenTelemetry",
                "kotlin.Unit",
                "net.bytebuddy.ByteBuddy",
                "okhttp3.OkHttpClient",
                "okio.Buffer")) {
            look(name);
        }
        System.out.println(ClassLoader.getSystemResource("META-INF/services/com.fasterxml.jackson.core.JsonFactory"));
    }
}
