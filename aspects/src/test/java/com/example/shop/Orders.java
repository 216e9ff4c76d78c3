package com.example.shop;

import dev.sonde.annotations.Capture;
import dev.sonde.annotations.ObservationType;
import dev.sonde.annotations.Observe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Observed in every way there is; prints what its callers saw. */
public class Orders {

    private final List<String> items = new ArrayList<>();

    @Observe(name = "new order", captureInput = Capture.OFF)
    Orders(String first) {
        items.add(first);
    }

    public static void main(String[] arguments) throws Exception {
        Orders orders = new Orders("tea");
        System.out.println(orders.total(List.of(1, 2)));
        try {
            orders.fail("no stock");
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
        System.out.println(orders.later().get());
        System.out.println(factorial(3));
    }

    @Observe(type = ObservationType.CHAIN)
    public int total(List<Integer> prices) {
        return sum(prices, 1);
    }

    /** Called from within, and private. */
    @Observe(type = ObservationType.TOOL)
    private int sum(List<Integer> prices, int factor) {
        return prices.stream().mapToInt(Integer::intValue).sum() * factor;
    }

    @Observe
    protected void fail(String reason) {
        throw new IllegalStateException(reason);
    }

    @Observe
    CompletableFuture<String> later() throws InterruptedException, ExecutionException {
        return CompletableFuture.supplyAsync(() -> "done");
    }

    @Observe(captureOutput = Capture.OFF)
    static int factorial(int n) {
        return n <= 1 ? 1 : n * factorial(n - 1);
    }
}
