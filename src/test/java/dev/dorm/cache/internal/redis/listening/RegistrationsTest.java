package dev.dorm.cache.internal.redis.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.internal.redis.listening.Registrations.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one master's answers say of the time between them. */
class RegistrationsTest {

    private static final long PART = Registrations.LIFE.dividedBy(4).toNanos();

    private final List<String> lost = new ArrayList<>();

    private final Registrations registrations = new Registrations(new Listener() {
        @Override
        public void changed(String key) {
            throw new AssertionError(key);
        }

        @Override
        public void lost() {
            throw new AssertionError("everything");
        }

        @Override
        public void lost(String channel) {
            lost.add(channel);
        }
    });

    private long now = -5_000_000_000L;

    /** Asks of one channel, and is told a name, or null. */
    private boolean stands(String name) {
        Question question = registrations.ask(List.of("c"), now);
        return registrations
                .answered(question, name == null ? Map.of() : Map.of("c", name))
                .contains("c");
    }

    private List<String> lostSince() {
        List<String> since = List.copyOf(lost);
        lost.clear();
        return since;
    }

    @Test
    void whatIsRegisteredHereFirstWasNotToldBefore() {
        assertThat(stands("t.1")).isTrue();
        assertThat(lostSince()).containsExactly("c");
    }

    @Test
    void whatStillStandsWasTold() {
        stands("t.1");
        lostSince();
        assertThat(stands("t.1")).isTrue();
        assertThat(lostSince()).isEmpty();
    }

    @Test
    void whatHasAnotherNameWasNotAllTold() {
        stands("t.1");
        lostSince();
        assertThat(stands("u.2")).isTrue();
        assertThat(lostSince()).containsExactly("c");
        assertThat(stands("u.2")).isTrue();
        assertThat(lostSince()).isEmpty();
    }

    @Test
    void whatIsGoneIsNotTold() {
        stands("t.1");
        lostSince();
        assertThat(stands(null)).isFalse();
        assertThat(lostSince()).containsExactly("c");
        assertThat(registrations.ask(List.of("c"), now).made()).containsExactly("c");
        assertThat(stands("t.1")).isTrue();
        assertThat(lostSince()).containsExactly("c");
    }

    @Test
    void oneIsMadeAtFirstThenReadAndRenewedWhenAQuarterOfItsLifeIsOver() {
        Question first = registrations.ask(List.of("c", "d"), now);
        assertThat(first.made()).containsExactly("c", "d");
        assertThat(first.read()).isEmpty();
        registrations.answered(first, Map.of("c", "t.1"));

        Question second = registrations.ask(List.of("c", "d"), now + PART - 1);
        assertThat(second.made()).containsExactly("d");
        assertThat(second.read()).containsExactly("c");
        registrations.answered(second, Map.of("c", "t.1", "d", "t.2"));

        Question third = registrations.ask(List.of("c", "d"), now + PART);
        assertThat(third.made()).containsExactly("c");
        assertThat(third.read()).containsExactly("d");
        registrations.answered(third, Map.of("c", "t.1", "d", "t.2"));
        assertThat(registrations.ask(List.of("c"), now + 2 * PART - 1).made()).isEmpty();
    }

    @Test
    void whatWasToldElsewhereMeanwhileIsForgotten() {
        stands("t.1");
        lostSince();
        registrations.answered(registrations.ask(List.of(), now), Map.of());
        assertThat(stands("t.1")).isTrue();
        assertThat(lostSince()).containsExactly("c");
    }

    @Test
    void anAnswerThatComesLateHidesNothing() {
        stands("t.1");
        Question late = registrations.ask(List.of("c"), now);
        assertThat(stands(null)).isFalse();
        lostSince();
        registrations.answered(late, Map.of("c", "t.1"));
        assertThat(lostSince()).containsExactly("c");
        assertThat(stands("u.2")).isTrue();
        assertThat(lostSince()).containsExactly("c");
    }
}
