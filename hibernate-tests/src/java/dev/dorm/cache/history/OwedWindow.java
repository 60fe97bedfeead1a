package dev.dorm.cache.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long what was committed during an outage was owed to the others.
 *
 * @param sinceCommit from the commit to when the bump was paid, of each such transaction, sorted
 * @param sinceBack the part of it in which Redis served again
 * @param unpaid how many are still owed
 */
record OwedWindow(List<Duration> sinceCommit, List<Duration> sinceBack, long unpaid) {

    static OwedWindow of(Ledger ledger, long backAt) {
        List<Duration> sinceCommit = new ArrayList<>();
        List<Duration> sinceBack = new ArrayList<>();
        long unpaid = 0;
        long owing = Ledger.COMMITTED | Ledger.UNGUARDED;
        for (long number = 1; number <= ledger.drawn(); number++) {
            if ((ledger.state(number) & owing) == owing) {
                long paid = ledger.healedAt(number);
                long committed = ledger.committedAt(number);
                unpaid += paid == 0 ? 1 : 0;
                if (paid != 0) {
                    sinceCommit.add(Duration.ofNanos(paid - committed));
                    sinceBack.add(Duration.ofNanos(Math.max(0, paid - Math.max(committed, backAt))));
                }
            }
        }
        Collections.sort(sinceCommit);
        Collections.sort(sinceBack);
        return new OwedWindow(sinceCommit, sinceBack, unpaid);
    }

    @Override
    public String toString() {
        return "%,d commits, p50 %s, p99 %s, max %s; of it with Redis back: p50 %s, p99 %s, max %s; unpaid %d"
                .formatted(
                        sinceCommit.size(),
                        of(sinceCommit, 50),
                        of(sinceCommit, 99),
                        of(sinceCommit, 100),
                        of(sinceBack, 50),
                        of(sinceBack, 99),
                        of(sinceBack, 100),
                        unpaid);
    }

    private static String of(List<Duration> sorted, int percent) {
        if (sorted.isEmpty()) {
            return "-";
        }
        int index = Math.max(0, (sorted.size() * percent + 99) / 100 - 1);
        return sorted.get(index).toMillis() + " ms";
    }
}
