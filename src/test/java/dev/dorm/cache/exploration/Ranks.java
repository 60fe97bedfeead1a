package dev.dorm.cache.exploration;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Numbers by their order, which is all that matters of most of them. */
record Ranks(@Nullable List<? extends Number> sorted) {

    /** Numbers as they are. */
    static final Ranks NONE = new Ranks(null);

    static Ranks of(Collection<Integer> numbers) {
        return new Ranks(List.copyOf(new TreeSet<>(numbers)));
    }

    static Ranks ofLongs(Collection<Long> numbers) {
        return new Ranks(List.copyOf(new TreeSet<>(numbers)));
    }

    int of(Number number) {
        return sorted == null ? number.intValue() : sorted.indexOf(number);
    }
}
