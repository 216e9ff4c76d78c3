package dev.sonde.runtime.context;

import org.jspecify.annotations.Nullable;

/** A context that adds attributes to everything observed below it and is no observation itself. */
public final class AttributeScope extends Context {

    private final @Nullable Current observation;

    private AttributeScope(Attributes inherited, @Nullable Current observation) {
        super(inherited);
        this.observation = observation;
    }

    /** A scope below the calling thread's context. */
    public static AttributeScope of(Attributes added) {
        Context around = Context.current();
        return around == null
                ? new AttributeScope(added, null)
                : new AttributeScope(around.inherited().with(added), around.observation());
    }

    @Override
    public @Nullable Current observation() {
        return observation;
    }
}
