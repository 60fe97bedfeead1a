package dev.dorm.cache.internal.dynamic;

import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a set of basic values is while it is cached: how to make the set that the database would give. */
public final class SetState implements Serializable {

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

    public Object assembled() {
        return making.get();
    }
}
