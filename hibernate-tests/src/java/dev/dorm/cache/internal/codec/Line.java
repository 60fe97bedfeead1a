package dev.dorm.cache.internal.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A line of the list of what the codec can write: an entity that holds it, and what that entity refers to. The entities
 * are made anew for each session factory.
 *
 * @param name what the line shows
 * @param entities what is persisted, in this order; the last one is what is read
 */
record Line(String name, Supplier<List<Object>> entities) {

    /** An entity with one attribute set, and null or empty in all others. */
    interface Setter<E> {
        void set(E entity) throws Exception;
    }

    /** The lines of one theme. */
    static final class Lines<E> {

        private final Supplier<E> entity;
        private final List<Line> lines = new ArrayList<>();

        private Lines(Supplier<E> entity) {
            this.entity = entity;
        }

        Lines<E> line(String name, Setter<E> setter) {
            return withOthers(name, e -> {
                setter.set(e);
                return List.of();
            });
        }

        Lines<E> withOthers(String name, Filler<E> filler) {
            lines.add(new Line(name, () -> {
                try {
                    E one = entity.get();
                    List<Object> all = new ArrayList<>(filler.fill(one));
                    all.add(one);
                    return all;
                } catch (Exception e) {
                    throw new AssertionError(name, e);
                }
            }));
            return this;
        }

        Stream<Line> stream() {
            return lines.stream();
        }
    }

    /** Sets an attribute, and returns the entities that must be persisted before. */
    interface Filler<E> {
        List<?> fill(E entity) throws Exception;
    }

    static <E> Lines<E> of(Supplier<E> entity) {
        return new Lines<>(entity);
    }

    static Line of(String name, Supplier<Object[]> entities) {
        return new Line(name, () -> Arrays.asList(entities.get()));
    }

    @Override
    public String toString() {
        return name;
    }
}
