package dev.dorm.cache.history;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How long it takes from when Redis serves again until each process hits again. */
final class Healing {

    private final Ledger ledger;
    private final long[] before;
    private final long[] hitAt;
    private long backAt;

    Healing(Ledger ledger, int processes) {
        this.ledger = ledger;
        this.before = new long[processes];
        this.hitAt = new long[processes];
    }

    /** Says that Redis serves again; the first time counts. */
    void back(long at) {
        if (backAt == 0) {
            backAt = at;
            Arrays.setAll(before, ledger::hitsOf);
        }
    }

    /** Looks who has hit; is called every so often. */
    void look() {
        for (int process = 0; backAt != 0 && process < hitAt.length; process++) {
            if (hitAt[process] == 0 && ledger.hitsOf(process) > before[process]) {
                hitAt[process] = Ledger.now();
            }
        }
    }

    boolean isOver() {
        return Arrays.stream(hitAt).noneMatch(at -> at == 0);
    }

    /** Returns how long it took the slowest. */
    Optional<Duration> longest() {
        long last = Arrays.stream(hitAt).max().orElse(0);
        return isOver() ? Optional.of(Duration.ofNanos(last - backAt)) : Optional.empty();
    }
}
