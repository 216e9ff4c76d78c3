package dev.sonde.runtime.context;

import org.jspecify.annotations.Nullable;

/** A context that adds attributes to everything observed below it and is no observation itself. */
public final class AttributeScope extends Context {

    private final @Nullable Current observation;
    private final @Nullable Object claim;

    private AttributeScope(Attributes inherited, @Nullable Current observation, @Nullable Object claim) {
        super(inherited);
        this.observation = observation;
        this.claim = claim;
    }

    /** A scope below the calling thread's context. */
    public static AttributeScope of(Attributes added) {
        Context around = Context.current();
        return around == null
                ? new AttributeScope(added, null, null)
                : new AttributeScope(around.inherited().with(added), around.observation(), around.claim());
    }

    @Override
    public @Nullable Current observation() {
        return observation;
    }

    @Override
    public @Nullable Object claim() {
        return claim;
    }
}
