package com.example.contract;

import dev.sonde.annotations.Capture;
import dev.sonde.annotations.Input;
import dev.sonde.annotations.Masker;
import dev.sonde.annotations.Metadata;
import dev.sonde.annotations.NoCapture;
import dev.sonde.annotations.Observe;
import dev.sonde.annotations.Redact;
import dev.sonde.annotations.ValueTransformer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is recorded of arguments and results. */
class Captured {

    /** A bean with a secret, and one that fails. */
    public static final class Login {
        public String getUser() {
            return "ada";
        }

        public String getPassword() {
            return "hunter2";
        }

        public String getBroken() {
            return getUser().repeat(-1);
        }
    }

    record Message(String role, String text) {}

    record Request(String id, List<Message> messages, Optional<Integer> limit) {}

    /** Refers to itself. */
    static final class Ring {
        private final String label = "ring";
        private final List<Ring> next = new ArrayList<>();

        public String getLabel() {
            return label;
        }

        public List<Ring> getNext() {
            return next;
        }
    }

    /** Shouts. */
    public static final class Shout implements ValueTransformer {
        @Override
        public Object apply(Object value) {
            return String.valueOf(value).toUpperCase(java.util.Locale.ROOT);
        }
    }

    /** Fails. */
    public static final class Broken implements ValueTransformer {
        @Override
        public Object apply(Object value) {
            return "broken transformer".charAt(-1);
        }
    }

    /** Hides digits. */
    public static final class Digits implements Masker {
        @Override
        public String apply(String text) {
            return text.replaceAll("[0-9]", "#");
        }
    }

    /** Fails as well. */
    public static final class BrokenMask implements Masker {
        @Override
        public String apply(String text) {
            return text.isEmpty() ? text : apply(text);
        }
    }

    String run(Beans beans) {
        Captured self = beans.get(Captured.class);
        Ring ring = new Ring();
        ring.next.add(ring);
        List<String> list = new ArrayList<>(List.of("before"));
        Request request = new Request(
                "r7", List.of(new Message("system", "be brief"), new Message("user", "hello")), Optional.of(9));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("api_key", "sk-1");
        map.put("tokens", 5);
        return String.join(
                ",",
                self.off("in"),
                self.on("in"),
                self.some("a", "b", "c"),
                self.parts("visible", "hidden", "pin"),
                self.named("x", "y"),
                self.paths(request),
                self.every(request),
                self.login(new Login()),
                String.valueOf(self.ring(ring).getLabel()),
                self.mutated(list),
                self.keys(map),
                self.transformed("quiet"),
                self.brokenTransform("kept"),
                self.masked("call 555"),
                self.brokenMask("gone"),
                self.cut("0123456789".repeat(20)),
                self.stream(new java.io.ByteArrayInputStream(new byte[0])),
                String.valueOf(self.nothing()));
    }

    @Observe(captureInput = Capture.OFF, captureOutput = Capture.OFF)
    String off(String in) {
        return in;
    }

    @Observe(captureInput = Capture.ON, captureOutput = Capture.ON)
    String on(String in) {
        return in;
    }

    @Observe
    String some(String a, @Input String b, String c) {
        return a + b + c;
    }

    @Observe
    String parts(String open, @NoCapture String secret, @Redact String pin) {
        return open.length() + "" + secret.length() + pin.length();
    }

    @Observe
    String named(@Input("first") String a, @Input String b) {
        return a + b;
    }

    @Observe(
            input = "request.messages[1].text",
            output = "return",
            metadata = {"limit=request.limit", "missing=request.nothing.at.all", "fixed=7"})
    String paths(Request request) {
        return request.id();
    }

    @Observe(input = "request.messages[*].role")
    String every(Request request) {
        return request.id();
    }

    @Observe
    String login(Login login) {
        return login.getUser();
    }

    @Observe
    Ring ring(Ring ring) {
        return ring;
    }

    @Observe
    String mutated(List<String> list) {
        list.set(0, "after");
        return list.get(0);
    }

    @Observe
    String keys(@Metadata(value = "count", path = "tokens") Map<String, Object> map) {
        return String.valueOf(map.size());
    }

    @Observe(inputTransform = Shout.class, outputTransform = Shout.class)
    String transformed(String text) {
        return text + "!";
    }

    @Observe(inputTransform = Broken.class)
    String brokenTransform(String text) {
        return text;
    }

    @Observe(mask = Digits.class)
    String masked(String text) {
        return text + " 1";
    }

    @Observe(mask = BrokenMask.class)
    String brokenMask(String text) {
        return text;
    }

    @Observe(maxChars = 100)
    String cut(String text) {
        return String.valueOf(text.length());
    }

    @Observe
    String stream(java.io.InputStream in) {
        return String.valueOf(in != null);
    }

    @Observe
    Map<String, String> nothing() {
        return Map.of();
    }
}
