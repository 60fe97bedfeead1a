package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the steps of the query clock would do that were sent, if they came once more. */
final class SentQueries {

    private final QueryWorld world;
    private final long version;

    private final List<Step<?>> sent;

    private SentQueries(QueryWorld world, long version, List<Step<?>> sent) {
        this.world = world;
        this.version = version;
        this.sent = sent;
    }

    /** Pictures all that was sent. */
    static SentQueries of(QueryWorld world, long version) {
        List<Step<?>> sent = new ArrayList<>();
        world.jvms.forEach(jvm -> sent.addAll(jvm.sent()));
        return new SentQueries(world, version, sent);
    }

    /** Pictures what a JVM has sent and what has not arrived. */
    static SentQueries settling(QueryWorld world, long version, VirtualJvm jvm) {
        List<Step<?>> sent = new ArrayList<>();
        jvm.settling().forEach(sent::addAll);
        return new SentQueries(world, version, sent);
    }

    /** Returns the results that may yet be stored where somebody finds them. */
    List<VirtualQueries.Result> results() {
        List<VirtualQueries.Result> results = new ArrayList<>();
        for (Step<?> step : sent) {
            VirtualQueries.Result result = step instanceof Step.PutQuery put ? result(put) : null;
            if (result != null) {
                results.add(result);
            }
        }
        return results;
    }

    private VirtualQueries.@Nullable Result result(Step.PutQuery put) {
        String key = QueryWorld.key(world.jvms.get(0), version);
        return put.resultKey().equals(key) ? QueryPicture.open(put.entry(), version, key) : null;
    }

    String text(Symmetry as, Ranks dates, Ranks values) {
        TreeSet<String> texts = new TreeSet<>();
        for (Step<?> step : sent) {
            texts.add(text(step, as, dates, values));
        }
        return texts.toString();
    }

    /** Tells of each by itself, also of what has no effect: it is answered all the same. */
    String each(Symmetry as, Ranks dates, Ranks values) {
        List<String> texts = new ArrayList<>();
        for (Step<?> step : sent) {
            texts.add("(" + text(step, as, dates, values) + ")");
        }
        Collections.sort(texts);
        return texts.toString();
    }

    private String text(Step<?> step, Symmetry as, Ranks dates, Ranks values) {
        if (step instanceof Step.PutQuery put) {
            VirtualQueries.Result result = result(put);
            return result == null ? "" : "P" + dates.of(result.timestamp()) + "=" + values.of(result.value());
        }
        if (step instanceof Step.LockTables lock) {
            long left = lock.latest() - 1000 * world.store.millis() - world.store.ahead();
            boolean late = lock.latest() != Step.ANY_TIME && left < 0;
            return late ? "" : "L" + writer(lock.token(), as) + "@" + Math.round(left / 1e6);
        }
        return step instanceof Step.UnlockTables unlock ? "U" + writer(unlock.token(), as) : "S";
    }

    private int writer(String token, Symmetry as) {
        return as.writer(world.writerOf.getOrDefault(token, -1));
    }
}
