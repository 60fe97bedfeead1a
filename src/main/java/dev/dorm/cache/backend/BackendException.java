package dev.dorm.cache.backend;

/** Says that a backend could not be reached, did not answer in time, or answered with an error. */
public class BackendException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed
     */
    public BackendException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what failed
     * @param cause why
     */
    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
