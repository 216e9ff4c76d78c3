package dev.sonde.runtime;

import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.context.TraceState;
import org.jspecify.annotations.Nullable;

/**
 * Where an observation stands.
 *
 * @param parentId 0 for a root
 */
record Place(Attributes inherited, TraceState trace, long parentId) {

    /** Below what is around; what another tracer observes there is a root of the same trace. */
    static Place below(@Nullable Context around, Tracer tracer) {
        Attributes inherited = around == null ? Attributes.NONE : around.inherited();
        Context.Current parent = around == null ? null : around.observation();
        if (parent == null) {
            return new Place(inherited, tracer.newTrace(), 0);
        }
        boolean elsewhere = parent instanceof LiveObservation live && live.tracer() != tracer;
        return elsewhere
                ? new Place(inherited, parent.trace().apart(), 0)
                : new Place(inherited, parent.trace(), parent.id());
    }
}
