package dev.dorm.cache.internal.dynamic;

import dev.dorm.cache.internal.hibernate.mapping.SetPlan;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a set of basic values is while it is cached: how to make the set that the database would give. */
public final class SetState implements SetPlan.State {

    private static final long serialVersionUID = 1L;

    private final transient List<@Nullable Object> elements;
    private final transient Supplier<Object> making;

    public SetState(List<@Nullable Object> elements, Supplier<Object> making) {
        this.elements = elements;
        this.making = making;
    }

    List<@Nullable Object> elements() {
        return elements;
    }

    @Override
    public Object assembled() {
        return making.get();
    }
}
