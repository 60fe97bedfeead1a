package dev.dorm.cache.coherence;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Numbers by their order, which is all that matters of them. */
record Ranks(List<? extends Number> sorted) {

    static Ranks of(Collection<Integer> numbers) {
        return new Ranks(List.copyOf(new TreeSet<>(numbers)));
    }

    static Ranks ofLongs(Collection<Long> numbers) {
        return new Ranks(List.copyOf(new TreeSet<>(numbers)));
    }

    int of(Number number) {
        return sorted.indexOf(number);
    }
}
