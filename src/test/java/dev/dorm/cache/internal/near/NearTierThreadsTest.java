package dev.dorm.cache.internal.near;

import static dev.dorm.cache.threads.Threads.check;

import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.threads.Threads;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** What is kept of a row in this process, whatever its threads do at one moment. */
class NearTierThreadsTest {

    /** A row in a backend, which changes once, and what a process keeps of it. */
    public static class Process {

        private final NearTier tier = new NearTier(10, () -> 0);
        private final NearRows rows = NearRows.in(tier, null, Duration.ZERO);
        private final Namespace namespace = Layout.UNDIVIDED.namespace("dormqs:app.Row");
        private final Row row = namespace.row("1");
        private volatile String stored = "old";
        private volatile boolean changed;

        public Process() {
            rows.meet(namespace);
            beat();
        }

        final void beat() {
            tier.received(tier.epoch(), tier.channels(), 1);
        }

        private boolean servesWhatIsOld() {
            return "old".equals(rows.get(row));
        }

        /** Reads the row as a session does, and keeps it. */
        @Operation
        public void read() {
            rows.meet(namespace);
            NearStamp sent = tier.stamp(row);
            String read = stored;
            if (sent != null) {
                rows.put(row, read, null, sent);
            }
        }

        @Operation
        public boolean hearOfTheRow() {
            stored = "new";
            tier.changed(row.key());
            changed = true;
            return servesWhatIsOld();
        }

        @Operation
        public boolean hearOfTheShard() {
            stored = "new";
            tier.changed(row.shard().versionKey());
            changed = true;
            return servesWhatIsOld();
        }

        @Operation
        public boolean lock() {
            stored = "new";
            tier.touch(new Step.LockRow(row, "t"));
            changed = true;
            return servesWhatIsOld();
        }

        /** A registration is gone, and made anew: what happened between is not told. */
        @Operation
        public boolean registerAnew() {
            tier.lost(row.shard().channel());
            stored = "new";
            tier.lost(row.shard().channel());
            beat();
            changed = true;
            return servesWhatIsOld();
        }

        /** The connection is lost, and another one made: what was told between is not heard. */
        @Operation
        public boolean connectAnew() {
            tier.lost();
            stored = "new";
            beat();
            changed = true;
            return servesWhatIsOld();
        }

        @Validate
        public void whatChangedIsNotServed() {
            check(!changed || !servesWhatIsOld(), "what changed is not served");
        }
    }

    @Test
    void aRowThatWasReadBeforeItsMessageIsNotKeptAfterIt() {
        Threads.atOnce(Process.class, "read", "hearOfTheRow");
    }

    @Test
    void aRowThatWasReadBeforeItsShardsMessageIsNotKeptAfterIt() {
        Threads.atOnce(Process.class, "read", "hearOfTheShard");
    }

    @Test
    void aRowThatWasReadBeforeThisProcessLockedItIsNotKeptAfterIt() {
        Threads.atOnce(Process.class, "read", "lock");
    }

    @Test
    void aRowThatChangedUnheardIsNotServedWhenBeatsComeAgain() {
        Threads.atOnce(Process.class, "read", "connectAnew");
    }

    @Test
    void aRowThatChangedUntoldIsNotServedWhenItIsRegisteredAnew() {
        Threads.atOnce(Process.class, "read", "registerAnew");
    }

    /** The same, before anybody has read of the namespace. */
    public static class FirstReads {

        private final NearTier tier = new NearTier(10, () -> 0);
        private final NearRows rows = NearRows.in(tier, null, Duration.ZERO);
        private final Namespace namespace = Layout.UNDIVIDED.namespace("dormqs:app.Row");
        private final Row row = namespace.row("1");
        private volatile String stored = "old";

        @Operation
        public void read() {
            rows.meet(namespace);
            tier.received(tier.epoch(), tier.channels(), 1);
            NearStamp sent = tier.stamp(row);
            String read = stored;
            if (sent != null) {
                rows.put(row, read, null, sent);
            }
        }

        @Operation
        public void hearOfTheRow() {
            stored = "new";
            tier.changed(row.key());
        }

        @Validate
        public void whatChangedIsNotServed() {
            check(stored.equals("old") || !"old".equals(rows.get(row)), "what changed is not served");
        }
    }

    @Test
    void aRowIsHeardOfByWhoeverKeepsItAlsoWhenOthersMeetItsNamespaceJustNow() {
        Threads.atOnce(FirstReads.class, "read", "read", "hearOfTheRow");
    }

    /** A near tier that holds a row, and beats. */
    public static class Beats {

        private final NearTier tier = new NearTier(10, () -> 0);
        private final NearRows rows = NearRows.in(tier, null, Duration.ZERO);
        private final Row row = Layout.UNDIVIDED.namespace("dormqs:app.Row").row("1");
        private volatile long sentIn;

        public Beats() {
            Namespace namespace = Layout.UNDIVIDED.namespace("dormqs:app.Row");
            rows.meet(namespace);
            tier.received(tier.epoch(), tier.channels(), 1);
            rows.put(row, "value", null, tier.stamp(row));
        }

        @Operation
        public void beat() {
            sentIn = tier.epoch();
            tier.received(sentIn, tier.channels(), 1);
        }

        @Operation
        public boolean lose() {
            tier.lost();
            return rows.get(row) != null;
        }

        @Validate
        public void aBeatSentBeforeALossDoesNotEndIt() {
            check(sentIn == tier.epoch() || !tier.serves(0), "a beat that was sent before a loss does not end it");
        }
    }

    @Test
    void aBeatThatWasSentBeforeALossDoesNotEndIt() {
        Threads.atOnce(Beats.class, "beat", "lose");
    }
}
