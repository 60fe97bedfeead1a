package dev.dorm.cache.internal.redis.proof;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.backend.BackendException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServerEpochsTest {

    private static final String HERE = "127.0.0.1:6379";
    private static final ReplicationInfo FIRST = new ReplicationInfo("aa", false, false);
    private static final ReplicationInfo PROMOTED = new ReplicationInfo("bb", false, true);

    private final AtomicLong clock =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(2).toNanos());
    private final ServerEpochs epochs = new ServerEpochs(clock::get);

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private ServerMemory.Proof asked(ServerMemory memory) {
        return requireNonNull(epochs.due(memory));
    }

    private ServerMemory looked(Object connection, Object address, ReplicationInfo said) {
        return epochs.looked(connection, address, said, epochs.now());
    }

    @Test
    void aLookThatWasAskedBeforeAnotherServerWasMetChangesNothing() {
        long early = epochs.now();
        pass(Duration.ofMillis(1));
        ServerMemory newer = looked("c2", HERE, PROMOTED);
        epochs.answered("c2", HERE, asked(newer), PROMOTED, 0);
        assertThatThrownBy(() -> epochs.looked("c1", HERE, FIRST, early)).isInstanceOf(BackendException.class);
        assertThat(newer.isBelieved(epochs.now())).isTrue();
        assertThat(epochs.of("c1")).as("it is looked at again").isNull();
        assertThat(epochs.looked("c1", HERE, PROMOTED, early)).isSameAs(newer);
        assertThat(looked("c3", HERE, FIRST)).as("asked since").isNotSameAs(newer);
    }

    @Test
    void aProofIsDatedByWhenItWasAskedFor() {
        ServerMemory memory = looked("c1", HERE, FIRST);
        ServerMemory.Proof proof = asked(memory);
        pass(ServerMemory.LEASE.minusMillis(100));
        epochs.answered("c1", HERE, proof, FIRST, 0);
        assertThat(memory.isBelieved(epochs.now())).isTrue();
        pass(Duration.ofMillis(101));
        assertThat(memory.isBelieved(epochs.now())).isFalse();
    }

    @Test
    void anAnswerThatComesLateTakesNothingBack() {
        ServerMemory memory = looked("c1", HERE, FIRST);
        ServerMemory.Proof early = asked(memory);
        pass(ServerMemory.LEASE.minusMillis(200));
        epochs.answered("c2", HERE, asked(memory), FIRST, 0);
        epochs.answered("c1", HERE, early, FIRST, 0);
        pass(ServerMemory.LEASE.minusMillis(100));
        assertThat(memory.isBelieved(epochs.now())).isTrue();
    }

    @Test
    void aMemoryWhosePlaceAnotherHasTakenIsNeverBelievedAgain() {
        ServerMemory memory = looked("c1", HERE, FIRST);
        epochs.answered("c1", HERE, asked(memory), FIRST, 0);
        looked("c2", HERE, PROMOTED);
        assertThat(memory.isBelieved(epochs.now())).isFalse();
        assertThat(epochs.of("c1")).isNull();
        assertThatThrownBy(() -> looked("c1", HERE, FIRST)).isInstanceOf(BackendException.class);
        // One that has another address stands beside it.
        looked("c3", "127.0.0.1:6380", new ReplicationInfo("cc", false, false));
        assertThat(epochs.of("c2")).isNotNull();
    }

    @Test
    void locksCountLaterOnlyAtAServerThatMayHaveBeenAReplica() {
        assertThat(looked("c1", HERE, FIRST).locksFrom()).isEqualTo(epochs.now());
        assertThat(looked("c2", HERE, PROMOTED).locksFrom() - epochs.now())
                .isEqualTo(ServerMemory.HOLD.toNanos())
                .isGreaterThan(ServerMemory.LEASE.toNanos());
    }

    @Test
    void aQuestionMayFailOnceAndAFailoverIsOverWithinASecond() {
        assertThat(ServerMemory.LEASE).isGreaterThan(ServerMemory.PAUSE.multipliedBy(2));
        assertThat(ServerMemory.HOLD.plus(ServerMemory.PAUSE)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aNumberThatWentBackIsAnotherMemory() {
        ServerMemory memory = looked("c1", HERE, FIRST);
        ServerMemory.Proof first = asked(memory);
        assertThat(epochs.answered("c1", HERE, first, FIRST, 0)).isSameAs(memory);
        pass(ServerMemory.PAUSE);
        ServerMemory.Proof second = asked(memory);
        ServerMemory other = epochs.answered("c1", HERE, second, FIRST, first.number() - 1);
        assertThat(other).isNotSameAs(memory);
        assertThat(epochs.count()).isEqualTo(2);
        assertThat(memory.isBelieved(epochs.now())).isFalse();
        assertThat(other.isBelieved(epochs.now())).isTrue();
        // What was asked of the memory before says nothing of this one.
        assertThat(epochs.answered("c1", HERE, second, FIRST, 0)).isSameAs(other);
    }

    @Test
    void aLossHasANameUntilEachIsRenewedUnderIt() {
        Loss loss = new Loss();
        assertThat(loss.nameFor("a")).isEmpty();
        loss.found();
        String name = loss.nameFor("a");
        loss.renewed("a", name);
        assertThat(loss.nameFor("a")).isEmpty();
        assertThat(loss.nameFor("b")).isEqualTo(name).isNotEmpty();
        loss.found();
        loss.renewed("b", name);
        assertThat(List.of(loss.nameFor("a"), loss.nameFor("b"))).doesNotContain("", name);
    }

    @Test
    void oneCallerAsksInAWhileAndAllWhenProofRunsOut() {
        ServerMemory memory = looked("c1", HERE, FIRST);
        epochs.answered("c1", HERE, asked(memory), FIRST, 0);
        assertThat(epochs.due(memory)).isNull();
        pass(ServerMemory.PAUSE);
        assertThat(epochs.due(memory)).isNotNull();
        assertThat(epochs.due(memory)).isNull();
        pass(ServerMemory.PAUSE);
        assertThat(epochs.due(memory)).isNotNull();
        assertThat(epochs.due(memory)).isNotNull();
    }

    @Test
    void aServerThatDoesNotAnswerIsAskedNoMoreOften() {
        assertThat(epochs.mayAsk(HERE)).isTrue();
        assertThat(epochs.mayAsk(HERE)).isFalse();
        pass(ServerMemory.PAUSE);
        assertThat(epochs.mayAsk(HERE)).isTrue();
    }

    @Test
    void keptRowsNeedProofOfEveryServer() {
        assertThat(epochs.isProven()).isFalse();
        epochs.answered("c1", HERE, asked(looked("c1", HERE, FIRST)), FIRST, 0);
        epochs.lookAt(List.of(HERE));
        assertThat(epochs.isProven()).isTrue();
        epochs.lookAt(List.of(HERE, "127.0.0.1:6380"));
        assertThat(epochs.isProven()).isFalse();
        epochs.lookAt(List.of(HERE));
        pass(ServerMemory.LEASE);
        assertThat(epochs.isProven()).isFalse();
    }

    private static final ReplicationInfo UNTOLD = new ReplicationInfo(ReplicationInfo.UNTOLD, false, true);

    @Test
    void aServerWithoutAnIdIsAnotherOneWhenNoConnectionHasLasted() {
        ServerMemory first = looked("c1", HERE, UNTOLD);
        assertThat(looked("c2", HERE, UNTOLD)).isSameAs(first);
        epochs.ended("c1");
        assertThat(looked("c3", HERE, UNTOLD)).as("c2 lasts").isSameAs(first);
        epochs.ended("c2");
        epochs.ended("c3");
        ServerMemory second = looked("c4", HERE, UNTOLD);
        assertThat(second).isNotSameAs(first);
        assertThat(epochs.count()).isEqualTo(2);
        assertThat(epochs.loss().nameFor("k")).isNotEmpty();
    }

    @Test
    void aServerWithoutAnIdIsNoneOfAnotherPlaceAndEachReadAsksForProof() {
        ServerMemory here = looked("c1", HERE, UNTOLD);
        assertThat(here.idInScripts()).isEqualTo("unknown");
        assertThat(looked("c2", "127.0.0.1:6380", UNTOLD)).isNotSameAs(here);
        epochs.answered("c1", HERE, asked(here), UNTOLD, 0);
        assertThat(here.isBelieved(epochs.now())).isTrue();
        assertThat(epochs.due(here))
                .as("proof of another connection says nothing")
                .isNotNull();
    }

    @Test
    void whoMeetsAServerWithoutAnIdRenewsUnderANameOfItsOwn() {
        assertThat(epochs.loss().nameFor("k")).isEmpty();
        looked("c1", HERE, UNTOLD);
        String name = epochs.loss().nameFor("k");
        assertThat(name).isNotEmpty();
        epochs.loss().renewed("k", name);
        assertThat(epochs.loss().nameFor("k")).isEmpty();
    }

    @Test
    void onlyAMasterIsBelieved() {
        for (String role : List.of("slave", "replica", "sentinel", "")) {
            byte[] info = ("role:" + role + "\r\nmaster_replid:aa\r\n").getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> looked("c1", HERE, ReplicationInfo.of(info)))
                    .hasMessageContaining("a replica answered");
            assertThatThrownBy(() -> looked("c1", HERE, ReplicationInfo.ofRole(List.of(role))))
                    .hasMessageContaining("a replica answered");
        }
        assertThat(ReplicationInfo.ofHello(List.of("proto", 2L, "role", "replica"))
                        .replica())
                .isTrue();
        assertThat(ReplicationInfo.ofHello(List.of("proto", 2L, "role", "master"))
                        .replica())
                .isFalse();
        assertThat(ReplicationInfo.of("role:master\r\nmaster_replid:aa\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new ReplicationInfo("aa", false, false));
    }
}
