package dev.dorm.cache.internal.io;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a value has no encoding, or none that would give it back exactly. It is not cached; callers log
 * {@link #getMessage} once per {@link #cause}.
 */
public final class UnsupportedValueException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Where the place stands in a message. */
    private static final String PLACE = "\u0000";

    private final String message;
    private final String type;
    private final @Nullable String place;
    private final String path;

    private UnsupportedValueException(String message, String type) {
        this(message, type, null, "");
    }

    private UnsupportedValueException(String message, String type, @Nullable String place, String path) {
        super(message.replace(PLACE, place == null ? "a value" : place), null, false, false);
        this.message = message;
        this.type = type;
        this.place = place;
        this.path = path;
    }

    /** There is no encoding for a type. */
    public static UnsupportedValueException of(Class<?> type) {
        String name = TypeNames.of(type);
        String advice = name.startsWith("java.sql.")
                ? ". It is worth nothing after its transaction: map the attribute to byte[] or String"
                : ". Map it to a basic type or with an AttributeConverter, or, when Jackson can bind it, name the class"
                        + " in the setting hibernate.cache.dorm.allowed_types";
        return new UnsupportedValueException(
                "Not cached: " + PLACE + " is of type " + name + ", which has no encoding" + advice, name);
    }

    /** There is an encoding for the type, but this value of it would come back as another. */
    public static UnsupportedValueException inexact(Class<?> type, String reason) {
        String name = TypeNames.of(type);
        return new UnsupportedValueException(
                "Not cached: " + PLACE + " is a " + name + " that would not come back as it is: " + reason, name);
    }

    /**
     * A part of a value stands at two places of it. The cause is the whole value's: which part is met first may differ from
     * one time to the next, as in a set.
     */
    public static UnsupportedValueException shared(Object whole, Object part) {
        String what = part == whole ? "it" : "a " + TypeNames.of(part.getClass());
        return inexact(whole.getClass(), what + " stands at two places in it");
    }

    /** Something failed while a value was written, whatever it was. */
    public static UnsupportedValueException failed(@Nullable Object value, Throwable failure) {
        String name = value == null ? "null" : TypeNames.of(value.getClass());
        return new UnsupportedValueException(
                "Not cached: " + PLACE + " is of type " + name + " and cannot be written: " + failure, name);
    }

    /** Something else than a value's type is in the way. */
    public static UnsupportedValueException because(Class<?> type, String reason) {
        return new UnsupportedValueException("Not cached: " + reason + " (" + PLACE + ")", TypeNames.of(type));
    }

    /** Returns this exception with the place where the value stands, unless it is known already. */
    public UnsupportedValueException at(String owner, String part) {
        return place != null ? this : new UnsupportedValueException(message, type, owner + "." + part + path, path);
    }

    /** Returns this exception with an attribute of an embeddable, in which the value stands. */
    public UnsupportedValueException within(String part) {
        return new UnsupportedValueException(message, type, place, "." + part + path);
    }

    /**
     * Returns what to count and to log by.
     *
     * @return the place and the type: one entry of a log that logs once per cause
     */
    public String cause() {
        return place + ":" + type;
    }
}
