package com.example.quickstart;

import java.io.PrintStream;

/** What one instance of the application writes, another one reads at once. */
final class TwoInstances {

    private static final String COUNTRY = "BG";

    private final PrintStream out;

    TwoInstances(PrintStream out) {
        this.out = out;
    }

    /** Bulgaria has the euro since 2026, as newer JDKs know. Whatever yours says, this changes it. */
    void show(Application first, Application second) {
        Measured<String> before = currency(second);
        Measured<String> listBefore = list(second);
        Claim.that(before.sql() == 0, "the second instance reads the old value from the cache");
        Claim.that(listBefore.sql() <= 1, "the second instance reads the old list with one SQL statement at most");
        line("The second instance reads Bulgaria's currency", before);
        line("and the three currencies of the most countries", listBefore);

        String changed = before.result().equals("EUR") ? "BGN" : "EUR";
        Measured<String> write = first.measuredRequest(session -> {
            session.find(Country.class, COUNTRY).setCurrency(session.getReference(Currency.class, changed));
            return changed;
        });
        line("The first instance writes another one, and commits", write);
        // A commit does not wait for the end of its locks: until then others read the row from the database.
        first.cache().awaitSettled();

        Measured<String> after = currency(second);
        Claim.that(after.result().equals(changed), "the second instance reads %s, not %s", changed, after.result());
        Claim.that(after.sql() == 0, "the second instance reads the new value from the cache");
        line("The second instance reads it again", after);

        Measured<String> listAfter = list(second);
        Claim.that(!listAfter.result().equals(listBefore.result()), "the list has changed: %s", listAfter.result());
        Claim.that(listAfter.sql() == 1, "a list that was cached before the write is read anew");
        line("and the list, whose old result is no longer valid", listAfter);

        // A result is dated by what its instance knew before the request: the second has only now learned of the write.
        Measured<String> listAgain = list(second);
        line("and by the request after it, which stores it", listAgain);
        Measured<String> listCached = list(second);
        Claim.that(listCached.result().equals(listAfter.result()), "the list is the same again");
        Claim.that(listCached.sql() == 0, "the new list is served from the cache");
        line("and from then on", listCached);
    }

    private static Measured<String> currency(Application application) {
        return application.measuredRequest(
                session -> session.find(Country.class, COUNTRY).getCurrency().getCode());
    }

    private static Measured<String> list(Application application) {
        return application.measuredRequest(Work::widespreadCurrencies);
    }

    private void line(String what, Measured<String> measured) {
        out.printf("  %-51s %-24s SQL %d, hits %d%n", what, measured.result(), measured.sql(), measured.hits());
    }
}
