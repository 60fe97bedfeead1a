package dev.dorm.cache.simulation;

/** Why what was sent has no answer that counts. */
final class Unanswered extends RuntimeException {

    /** The connection ended before. */
    static final Unanswered LOST = new Unanswered("the connection was lost");

    /** There was no proof when it came. */
    static final Unanswered UNPROVEN = new Unanswered("there is no proof");

    private static final long serialVersionUID = 1;

    private Unanswered(String message) {
        super(message, null, false, false);
    }
}
