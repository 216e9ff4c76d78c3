package com.example.contract;

/** Runs everything once and prints what came out, which must be the same whether it is observed or not. */
public final class Program {

    private Program() {}

    public static void main(String... arguments) {
        System.out.println("named " + new Named().run());
        System.out.println("captured " + new Captured().run());
        System.out.println("traced " + new Traced().run());
    }
}
