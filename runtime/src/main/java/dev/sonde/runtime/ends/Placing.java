package dev.sonde.runtime.ends;

import dev.sonde.runtime.context.Context;

/** Puts work that a publisher stands for at a place in a trace, without observing it. */
public interface Placing {

    /** A publisher that looks the same, and below whose subscription the place is current. */
    Object at(Object publisher, Context place);
}
