package com.example.shop;

/** What one request needed: counted by {@link CountingListener} on the thread that serves it. */
final class Tally {

    private static final ThreadLocal<Tally> CURRENT = ThreadLocal.withInitial(Tally::new);

    private int statements;
    private int hits;

    private Tally() {}

    static Tally begin() {
        Tally tally = new Tally();
        CURRENT.set(tally);
        return tally;
    }

    static Tally current() {
        return CURRENT.get();
    }

    static void end() {
        CURRENT.remove();
    }

    void statement() {
        statements++;
    }

    void hit() {
        hits++;
    }

    int statements() {
        return statements;
    }

    int hits() {
        return hits;
    }
}
