package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the steps would do that were sent, if they came once more. */
final class SentPicture {

    private final RowPicture now;
    private final RowWorld world;

    private final List<Step<?>> sent;

    private SentPicture(RowPicture now, RowWorld world, List<Step<?>> sent) {
        this.now = now;
        this.world = world;
        this.sent = sent;
    }

    /** Pictures all that was sent. */
    static SentPicture of(RowPicture now, RowWorld world) {
        List<Step<?>> sent = new ArrayList<>();
        world.jvms.forEach(jvm -> sent.addAll(jvm.sent()));
        return new SentPicture(now, world, sent);
    }

    /** Pictures what a JVM has sent and what has not arrived. */
    static SentPicture settling(RowPicture now, RowWorld world, VirtualJvm jvm) {
        List<Step<?>> sent = new ArrayList<>();
        jvm.settling().forEach(sent::addAll);
        return new SentPicture(now, world, sent);
    }

    /** Returns the values that may yet be stored. */
    List<Integer> values() {
        List<Integer> values = new ArrayList<>();
        for (Step<?> step : sent) {
            Integer value = value(step);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    String text(Symmetry as, Ranks values) {
        TreeSet<String> texts = new TreeSet<>();
        for (Step<?> step : sent) {
            texts.add(text(step, as, values));
        }
        return texts.toString();
    }

    /** Tells of each by itself, also of what has no effect: it is answered all the same. */
    String each(Symmetry as, Ranks values) {
        List<String> texts = new ArrayList<>();
        for (Step<?> step : sent) {
            texts.add("(" + text(step, as, values) + ")");
        }
        Collections.sort(texts);
        return texts.toString();
    }

    private String text(Step<?> step, Symmetry as, Ranks values) {
        Integer value = value(step);
        String stored = value == null ? "" : "=" + values.of(value);
        if (step instanceof Step.PutRow put) {
            if (value == null) {
                return "";
            }
            String expected = put.expected();
            return "P" + stored + (expected == null ? "" : now.mark(expected)) + now.proof(put.written())
                    + left(put.latest());
        }
        if (step instanceof Step.UnlockRow unlock) {
            byte[] row = now.row();
            boolean left = row != null && RowFormat.isTombstone(row, unlock.token());
            boolean stands = row != null && Arrays.equals(row, unlock.entry());
            return "U" + writer(unlock.token(), as) + stored + (left ? "t" : "") + (stands ? "e" : "");
        }
        if (step instanceof Step.LockRow lock) {
            return late(lock.latest()) ? "" : "L" + writer(lock.token(), as) + left(lock.latest());
        }
        if (step instanceof Step.LockShard lock) {
            return late(lock.latest()) ? "" : "R" + writer(lock.token(), as) + left(lock.latest());
        }
        return step instanceof Step.UnlockShard unlock ? "r" + writer(unlock.token(), as) : "B";
    }

    /** Returns the value that a step may store, or null when it can store none any more. */
    private @Nullable Integer value(Step<?> step) {
        String key = world.jvms.get(0).row().key();
        if (step instanceof Step.PutRow put) {
            boolean stores = !late(put.latest()) && put.version() == now.version();
            return stores ? RowPicture.open(put.entry(), put.version(), key) : null;
        }
        if (step instanceof Step.UnlockRow unlock && unlock.entry() != null) {
            int writer = world.writerOf.getOrDefault(unlock.token(), -1);
            boolean stores = now.knows(writer, unlock.locked()) && unlock.version() == now.version();
            return stores || world.scope.mutant() != RowMutant.NONE
                    ? RowPicture.open(unlock.entry(), unlock.version(), key)
                    : null;
        }
        return null;
    }

    private String writer(String token, Symmetry as) {
        return String.valueOf(as.writers().indexOf(world.writerOf.getOrDefault(token, -1)));
    }

    private boolean late(long latest) {
        boolean counts = world.scope.mutant() != RowMutant.PUT_HAS_A_LATEST_TIME;
        return counts && latest != Step.ANY_TIME && latest < micros();
    }

    private String left(long latest) {
        return latest == Step.ANY_TIME ? "" : "@" + Math.round((latest - micros()) / 1e6);
    }

    private long micros() {
        return 1000 * world.store.millis() + world.store.ahead();
    }
}
