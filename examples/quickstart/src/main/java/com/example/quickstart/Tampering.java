package com.example.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dorm.cache.backend.Backend;
import java.io.PrintStream;

/** Somebody who can write to the store, but has not the key, cannot make the application believe anything. */
final class Tampering {

    private static final String COUNTRY = "AT";
    private static final String TRUTH = "Austria";
    private static final String LIE = "Erewhon";

    private final PrintStream out;

    Tampering(PrintStream out) {
        this.out = out;
    }

    void show(Application application) {
        read(application);
        application.cache().awaitSettled();
        Backend store = application.cache().backend();
        String key = Entries.row(application, COUNTRY);
        String entry = new String(store.get(key), UTF_8);
        String forged = entry.replace(TRUTH, LIE);
        Claim.that(!forged.equals(entry), "the entry says %s: %s", TRUTH, entry);
        store.set(key, forged.getBytes(UTF_8));
        out.printf("  In the row of %s, \"%s\" is overwritten by \"%s\".%n", COUNTRY, TRUTH, LIE);

        long before = unverified(application);
        Measured<String> first = read(application);
        Claim.that(first.sql() == 1, "the forged row is read from the database");
        Claim.that(unverified(application) == before + 1, "misses.unverified counts it");
        line("The next request rejects it, and counts it: misses.unverified +1", first);

        // A request replaces only what was known before it began: what appears meanwhile may be a writer's mark.
        Measured<String> second = read(application);
        Claim.that(second.sql() == 1, "the request that replaces the row reads the database");
        line("The one after it replaces it in the store", second);

        Measured<String> third = read(application);
        Claim.that(third.sql() == 0 && third.hits() == 1, "the row is served from the cache again");
        Claim.that(new String(store.get(key), UTF_8).contains(TRUTH), "the row in the store is true again");
        line("From then on, it is served from the cache again", third);
    }

    private static long unverified(Application application) {
        return application.statistics().getMisses().get("unverified");
    }

    private static Measured<String> read(Application application) {
        Measured<String> read = application.measuredRequest(
                session -> session.find(Country.class, COUNTRY).getName());
        Claim.that(read.result().equals(TRUTH), "the application reads %s, not %s", TRUTH, read.result());
        return read;
    }

    private void line(String what, Measured<String> measured) {
        out.printf("  %-65s %-10s SQL %d, hits %d%n", what, measured.result(), measured.sql(), measured.hits());
    }
}
