package dev.sonde.benchmarks.programs;

/** Says when its main method began. Argument: a class of calls of which one is made, or nothing. */
public final class HelloProgram {

    private HelloProgram() {}

    /** Says the time of day in milliseconds. */
    public static void main(String[] arguments) throws Exception {
        long begun = System.currentTimeMillis();
        long called = begun;
        if (arguments.length > 0) {
            try (Calls calls = Calls.of(arguments[0])) {
                calls.root(1);
                called = System.currentTimeMillis();
            }
        }
        Answer.say("main", (double) begun);
        Answer.say("called", (double) called);
    }
}
