package dev.dorm.cache.codec;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a value is outside the closed set of encodings. It is not cached; callers log {@link #getMessage} once per
 * {@link #cause}.
 */
public final class UnsupportedValueException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final @Nullable String place;

    private UnsupportedValueException(String message, String type, @Nullable String place) {
        super(message, null, false, false);
        this.type = type;
        this.place = place;
    }

    static UnsupportedValueException of(Class<?> type) {
        String name = type.getTypeName();
        return new UnsupportedValueException(message(name, "a value"), name, null);
    }

    static UnsupportedValueException because(Class<?> type, String reason) {
        String name = type.getTypeName();
        return new UnsupportedValueException("Not cached: " + reason, name, "");
    }

    /** Returns this exception with the place where the value stands, unless it is known already. */
    UnsupportedValueException at(String owner, String part) {
        if (place != null) {
            return place.isEmpty()
                    ? new UnsupportedValueException(getMessage() + " (" + owner + "." + part + ")", type, owner)
                    : this;
        }
        String where = owner + "." + part;
        return new UnsupportedValueException(message(type, where), type, where);
    }

    /**
     * Returns what to count and to log by.
     *
     * @return the place and the type: one entry of a log that logs once per cause
     */
    public String cause() {
        return place + ":" + type;
    }

    private static String message(String type, String where) {
        return "Not cached: " + where + " is of type " + type
                + ", which has no encoding. Map it to a basic type or with"
                + " an AttributeConverter, or, when Jackson can bind it, name the class in the setting"
                + " hibernate.cache.dorm.allowed_types";
    }
}
