package dev.dorm.cache.differential;

/** What an attribute is to a program. */
enum Role {
    /** A basic value that a program sets. */
    VALUE,
    /** A basic value that only Hibernate or the database sets: a version, a formula, a generated column. */
    COMPUTED,
    /** A mutable natural id. */
    CODE,
    /** A natural id that stays. */
    STAMP,
    /** A reference to one entity. */
    ONE,
    /** The other side of a reference to one entity. */
    ONE_INVERSE,
    /** A collection of values. */
    ELEMENTS,
    /** A collection of entities that the database holds for its owner. */
    MANY,
    /** The other side of a collection or of a reference. */
    MANY_INVERSE;

    boolean collection() {
        return this == ELEMENTS || this == MANY || this == MANY_INVERSE;
    }
}
