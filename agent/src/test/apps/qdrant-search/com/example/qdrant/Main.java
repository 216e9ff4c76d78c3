package com.example.qdrant;

/** What the oldest version of the client can. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        new Searches(new Server()).play();
    }
}
