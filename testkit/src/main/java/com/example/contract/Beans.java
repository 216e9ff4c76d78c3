package com.example.contract;

/** Where the program gets its objects from: a container may hand out proxies. */
public interface Beans {

    /** The one object of a class. */
    <T> T get(Class<T> type);
}
