package com.example.mcp;

import dev.sonde.annotations.Observe;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the tool does. */
final class Weather {

    static final CountDownLatch WAITING = new CountDownLatch(1);
    static final CountDownLatch RELEASED = new CountDownLatch(1);

    private Weather() {}

    static CallToolResult call(CallToolRequest request) {
        String place = String.valueOf(request.arguments().get("place"));
        CallToolResult.Builder result = CallToolResult.builder();
        return switch (place) {
            case "Nowhere" -> result.addTextContent("no such place").isError(true).build();
            case "Storm" -> throw new IllegalStateException("the station is down");
            case "Meta" -> result.addTextContent(
                            request.meta() == null ? "none" : new TreeMap<>(request.meta()).toString())
                    .build();
            case "Picture" -> result.addTextContent("as seen")
                    .addContent(new ImageContent(null, "iVBORw0KGgo=", "image/png"))
                    .build();
            case "Slow" -> result.addTextContent(lookUpSlowly(place)).build();
            default -> result.addTextContent(lookUp(place)).build();
        };
    }

    static Mono<CallToolResult> later(CallToolRequest request) {
        return Mono.fromSupplier(() -> call(request)).subscribeOn(Schedulers.parallel());
    }

    @Observe
    static String lookUp(String place) {
        return "sunny in " + place;
    }

    private static String lookUpSlowly(String place) {
        WAITING.countDown();
        try {
            RELEASED.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return lookUp(place);
    }
}
