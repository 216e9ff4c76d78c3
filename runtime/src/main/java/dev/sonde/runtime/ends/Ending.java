package dev.sonde.runtime.ends;

/** How one kind of result ends the observation of the call that returned it. */
public interface Ending {

    /**
     * Sees to it that the call is ended when the result is complete.
     *
     * @return what the caller gets: the result itself, or something that looks the same to it
     */
    Object follow(Object result, ObservedCall call);
}
