package dev.dorm.cache.backend;

/**
 * A call was not made, since too many others wait for the store already. It says nothing about the store: the caller goes to
 * the database, and no outage is counted.
 */
public final class BusyException extends BackendException {

    private static final long serialVersionUID = 1;

    /**
     * Creates it.
     *
     * @param message how many wait, and for what
     */
    public BusyException(String message) {
        super(message);
    }
}
