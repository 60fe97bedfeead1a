package dev.dorm.cache.internal.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Entries that were cached together do not end together. */
class LifetimeTest {

    private static final int MANY = 10_000;

    @Test
    void eachEntryLivesATenthShorterAtTheMost() {
        Lifetime lifetime = new Lifetime(Duration.ofSeconds(300), 10, 0, 0);
        TreeSet<Duration> lives = new TreeSet<>();
        for (int i = 0; i < MANY; i++) {
            lives.add(lifetime.next());
        }
        assertThat(lives.first()).isBetween(Duration.ofSeconds(270), Duration.ofSeconds(273));
        assertThat(lives.last()).isBetween(Duration.ofSeconds(297), Duration.ofSeconds(300));
        assertThat(lives).hasSizeGreaterThan(900);
    }

    @Test
    void withoutJitterAllLiveForTheSameTime() {
        Set<Duration> lives = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            lives.add(new Lifetime(Duration.ofSeconds(7), 0, 0, 0).next());
        }
        assertThat(lives).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void whatLivesUntilInvalidatedDoes() {
        Lifetime endless = new Lifetime(Duration.ZERO, 50, 0, 0);
        assertThat(endless.next()).isZero();
        assertThat(endless.shortest()).isZero();
    }

    @Test
    void noProcessGivesAShorterLifeThanTheShortest() {
        Lifetime lifetime = new Lifetime(Duration.ofSeconds(10), Lifetime.MOST_JITTER, 0, 0);
        for (int i = 0; i < MANY; i++) {
            assertThat(lifetime.next())
                    .isGreaterThanOrEqualTo(new Lifetime(Duration.ofSeconds(10), 0, 0, 0).shortest());
        }
    }

    @Test
    void aLifeOfAMillisecondIsOne() {
        assertThat(new Lifetime(Duration.ofMillis(1), 50, 0, 0).next()).isPositive();
    }

    @Test
    void centuriesDoNotOverflow() {
        assertThat(new Lifetime(Duration.ofSeconds(Long.MAX_VALUE / 1000), 50, 0, 0).next())
                .isPositive();
    }
}
