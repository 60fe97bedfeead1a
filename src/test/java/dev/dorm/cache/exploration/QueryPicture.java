package dev.dorm.cache.exploration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.internal.signing.OpenResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a query's world looks like, as far as its future depends on it: dates and values are compared for their order.
 */
final class QueryPicture {

    private final QueryWorld world;
    private final long clock;
    private final TableState table;
    private final Map<Integer, Long> tokens = new TreeMap<>();
    private final VirtualQueries.@Nullable Result entry;
    private final long version;

    QueryPicture(QueryWorld world) {
        this.world = world;
        Backend backend = world.store.backend();
        VirtualJvm any = world.jvms.get(0);
        Clock keys = any.clock.clock();
        byte[] record = backend.get(keys.tableKey("t"));
        this.clock = RowFormat.counter(backend.get(keys.key()));
        this.table = TableState.of(record);
        for (String field : record == null ? new String[0] : new String(record, ISO_8859_1).split("\\|")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                long millis = Long.parseLong(field.substring(equals + 1)) - world.store.millis();
                tokens.put(writer(field.substring(0, equals)), Math.max(0, Math.round(millis / 1e3)));
            }
        }
        this.version = world.version();
        String key = QueryWorld.key(any, version);
        byte[] bytes = backend.get(key);
        this.entry = bytes == null ? null : open(bytes, version, key);
    }

    private int writer(String token) {
        return world.writerOf.getOrDefault(token, -1);
    }

    static VirtualQueries.Result open(byte[] bytes, long version, String key) {
        OpenResult opened = VirtualJvm.ENVELOPE.open(bytes, version, key);
        return new VirtualQueries.Results().decode(opened.bytes(), opened.offset(), opened.length());
    }

    /** Returns what a reader would be given now, or null. */
    @Nullable
    Integer value() {
        return entry != null && table.covers(entry.timestamp()) ? entry.value() : null;
    }

    /** Returns the least of the texts that the symmetries of the scope make of this picture. */
    String state() {
        String least = null;
        for (Symmetry symmetry : world.symmetries) {
            String text = text(symmetry);
            least = least == null || text.compareTo(least) < 0 ? text : least;
        }
        return least;
    }

    private String text(Symmetry as) {
        Ranks dates = dates();
        Ranks values = values();
        StringBuilder out = new StringBuilder();
        out.append(dates.of(clock)).append(dates.of(table.clock())).append(as.tokens(tokens));
        out.append(entry == null ? "" : dates.of(entry.timestamp()) + "=" + values.of(entry.value()));
        out.append('c').append(values.of(world.committed)).append('p').append(world.passed);
        out.append(world.losses).append(world.copies).append(version == 0 ? "?" : "");
        for (int j : as.jvms()) {
            jvm(out.append('J'), j, as, dates);
            VirtualQueries.Result kept = world.jvms.get(j).kept();
            out.append(kept == null ? "" : "n" + dates.of(kept.timestamp()) + "=" + values.of(kept.value()));
            if (world.scope.settling()) {
                SentQueries settling = SentQueries.settling(world, version, world.jvms.get(j));
                out.append('Q').append(settling.each(as, dates, values));
            }
        }
        for (int r : as.readers()) {
            QueryReader reader = world.readers.get(r);
            out.append('r').append(reader.phase.ordinal()).append(reader.left);
            if (reader.context != null) {
                out.append(fills(reader));
                out.append('d').append(dates.of(reader.context.getCachingTimestamp()));
                out.append('f').append(values.of(reader.floor));
                out.append(reader.redates() ? "s" : "");
            }
            VirtualQueries.Result found = reader.found;
            out.append(found == null ? "" : dates.of(found.timestamp()) + "=" + values.of(found.value()));
        }
        for (int w : as.writers()) {
            QueryWriter writer = world.writers.get(w);
            boolean gone = writer.phase == QueryWriter.Phase.DEAD && !tokens.containsKey(w);
            out.append('w').append((gone ? QueryWriter.Phase.DONE : writer.phase).ordinal());
            out.append(writer.left).append(writer.lost ? "l" : "");
        }
        if (world.copies > 0) {
            out.append(SentQueries.of(world, version).text(as, dates, values));
        }
        return out.toString();
    }

    /** A reader's result will be found, or not: its key bears the version that was known before it began. */
    private String fills(QueryReader reader) {
        if (reader.phase == QueryReader.Phase.PUT) {
            return reader.pending() ? "+" : "-";
        }
        long before = reader.jvm.observed().versionBefore(QueryWorld.shard(reader.jvm), reader.context.began());
        return before == 0 ? "0" : before == version ? "+" : "-";
    }

    private void jvm(StringBuilder out, int j, Symmetry as, Ranks dates) {
        VirtualJvm jvm = world.jvms.get(j);
        out.append(dates.of(jvm.clock.begin().clock())).append(jvm.queries.knowsTables() ? "k" : "");
        out.append(jvm.observed().version(QueryWorld.shard(jvm)) == version ? "" : "-");
        if (world.scope.expiries() > 0) {
            out.append(as.tokens(since(j)));
        }
    }

    /** Returns for how many expiries a JVM has seen tokens stand: of those that do, or may once more. */
    private Map<Integer, Long> since(int jvm) {
        boolean comeBack = world.scope.losses() > 0 || world.scope.copies() > 0;
        Map<Integer, Long> since = new TreeMap<>();
        for (String token : comeBack ? world.writerOf.keySet() : table.tokens()) {
            Integer first = world.looked.get(jvm + token);
            if (first != null) {
                since.put(writer(token), (long) world.passed - first);
            }
        }
        return since;
    }

    private Ranks dates() {
        List<Long> dates = new ArrayList<>(List.of(clock, table.clock()));
        world.jvms.forEach(jvm -> dates.add(jvm.clock.begin().clock()));
        if (entry != null) {
            dates.add(entry.timestamp());
        }
        for (QueryReader reader : world.readers) {
            if (reader.context != null) {
                dates.add(reader.context.getCachingTimestamp());
            }
            if (reader.found != null) {
                dates.add(reader.found.timestamp());
            }
        }
        for (VirtualJvm jvm : world.jvms) {
            SentQueries.settling(world, version, jvm).results().forEach(result -> dates.add(result.timestamp()));
            if (jvm.kept() != null) {
                dates.add(jvm.kept().timestamp());
            }
        }
        if (world.copies > 0) {
            SentQueries.of(world, version).results().forEach(result -> dates.add(result.timestamp()));
        }
        return Ranks.ofLongs(dates);
    }

    private Ranks values() {
        List<Integer> values = new ArrayList<>(List.of(world.committed));
        if (entry != null) {
            values.add(entry.value());
        }
        for (QueryReader reader : world.readers) {
            if (reader.context != null) {
                values.add(reader.floor);
            }
            if (reader.found != null) {
                values.add(reader.found.value());
            }
        }
        for (VirtualJvm jvm : world.jvms) {
            SentQueries.settling(world, version, jvm).results().forEach(result -> values.add(result.value()));
            if (jvm.kept() != null) {
                values.add(jvm.kept().value());
            }
        }
        if (world.copies > 0) {
            SentQueries.of(world, version).results().forEach(result -> values.add(result.value()));
        }
        return Ranks.of(values);
    }
}
