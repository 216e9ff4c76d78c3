package dev.sonde.testkit.contract;

/** What a way of weaving may lack, by its nature. */
public enum Capability {
    /** Private and static methods, and calls of an object to itself. */
    EVERY_CALL,
    /** Annotations inherited from interfaces and superclasses. */
    INHERITED
}
