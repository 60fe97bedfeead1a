package dev.dorm.cache.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A program: what several sessions do, one step after the other.
 *
 * @param setup how entities are cached
 * @param warm whether each session factory has read everything before
 * @param steps its steps
 */
record Program(Setup setup, boolean warm, List<Step> steps) {

    /** Whether this Hibernate tells the cache of all that it does. */
    boolean comparable() {
        return steps.stream()
                .allMatch(step -> step instanceof Sessions.Begin begin
                        ? begin.mode().comparable()
                        : !(step instanceof Sessions.PastChild) || Mode.PAST.comparable());
    }

    Program with(List<Step> others) {
        return new Program(setup, warm, List.copyOf(others));
    }

    /** The entities that it is about, and those that belong to them. */
    Set<Kind> kinds() {
        Set<Kind> kinds = new LinkedHashSet<>();
        for (Step step : steps) {
            Kind kind = Programs.kind(step);
            if (kind != null) {
                kinds.addAll(Families.of(kind));
            }
        }
        return kinds;
    }

    Program without(int from, int to) {
        List<Step> left = new ArrayList<>(steps.subList(0, from));
        left.addAll(steps.subList(to, steps.size()));
        return with(left);
    }
}
