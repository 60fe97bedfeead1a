package com.example.quickstart;

/** What the program says is checked before it is printed. */
final class Claim {

    private Claim() {}

    static void that(boolean holds, String claim, Object... values) {
        if (!holds) {
            throw new Untrue(claim.formatted(values));
        }
    }

    /** Something that the program was about to say is not so. */
    static final class Untrue extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Untrue(String claim) {
            super("This should be so, and is not: " + claim);
        }
    }
}
