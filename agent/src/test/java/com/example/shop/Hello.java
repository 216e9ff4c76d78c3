package com.example.shop;

/** Has nothing to observe. */
public final class Hello {

    private Hello() {}

    public static void main(String[] arguments) {
        System.out.println("hello");
        System.exit(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]));
    }
}
