package dev.dorm.cache.values;

import java.util.function.Supplier;

/**
 * An attribute of a generated entity.
 *
 * @param kind what it shows
 * @param name its name
 * @param source its declaration, with annotations
 * @param classes what classes it needs beside the entity
 * @param value makes values for it; what it gives may be an element of {@link Making}
 */
record Attribute(String kind, String name, String source, String classes, Supplier<Object> value) {

    Attribute(String kind, String name, String source, Supplier<Object> value) {
        this(kind, name, source, "", value);
    }

    /** A value of a class that is generated: its class's name, and its attributes by name, or a record's in order. */
    record Making(String type, java.util.Map<String, Object> fields) {}

    /** A reference to the entity that stands for all others, or to a new one that is persisted with its owner. */
    enum Reference {
        TARGET,
        NUMBERED
    }

    /** Whether it has a table of its own, whose rows Hibernate finds by a key that equals the owner's id as it has it. */
    boolean hasTable() {
        return source.contains("@ElementCollection");
    }

    /** Whether one value of it says little of the next one. */
    boolean isOfManyKinds() {
        return kind.startsWith("extreme") || kind.equals("serializable");
    }

    @Override
    public String toString() {
        return kind;
    }
}
