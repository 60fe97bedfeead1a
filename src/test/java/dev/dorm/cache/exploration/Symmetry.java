package dev.dorm.cache.exploration;

import dev.dorm.cache.exploration.RowScope.Kind;
import dev.dorm.cache.exploration.RowScope.Reads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A renaming of those who take part that leaves the scope as it is: whatever happens to some, can happen to the others.
 *
 * @param jvms who stands where each JVM stood
 * @param readers who stands where each reader stood
 * @param writers who stands where each writer stood
 */
record Symmetry(List<Integer> jvms, List<Integer> readers, List<Integer> writers) {

    /** A writer that has several tokens, one after the other, is told by its number and a multiple of this. */
    static final int ROUND = 100;

    private static final Map<RowScope, List<Symmetry>> KNOWN = new ConcurrentHashMap<>();

    static List<Symmetry> of(RowScope scope) {
        return KNOWN.computeIfAbsent(scope, Symmetry::find);
    }

    static List<Symmetry> of(QueryScope scope) {
        List<Kind> writers = scope.writers().stream()
                .map(writer -> writer == QueryScope.Kind.ONCE ? Kind.UPD : Kind.EARLY)
                .toList();
        return of(scope.jvms(), scope.readers(), writers);
    }

    private static List<Symmetry> of(int jvms, List<Reads> readers, List<Kind> writers) {
        return of(new RowScope(writers, readers, jvms, 0, 0, 0, Duration.ZERO, false, 0, 0, 0, false, RowMutant.NONE));
    }

    private static List<Symmetry> find(RowScope scope) {
        List<Symmetry> all = new ArrayList<>();
        for (List<Integer> jvms : permutations(scope.jvms())) {
            for (List<Integer> readers : permutations(scope.readers().size())) {
                for (List<Integer> writers : permutations(scope.writers().size())) {
                    Symmetry each = new Symmetry(jvms, readers, writers);
                    if (each.keeps(scope)) {
                        all.add(each);
                    }
                }
            }
        }
        return all;
    }

    private boolean keeps(RowScope scope) {
        for (int i = 0; i < readers.size(); i++) {
            Reads was = scope.readers().get(i);
            Reads is = scope.readers().get(readers.get(i));
            if (is.transactions() != was.transactions()
                    || is.reading() != was.reading()
                    || is.jvm() != jvms.get(was.jvm())) {
                return false;
            }
        }
        for (int i = 0; i < writers.size(); i++) {
            int is = writers.get(i);
            if (scope.writers().get(is) != scope.writers().get(i) || is % scope.jvms() != jvms.get(i % scope.jvms())) {
                return false;
            }
        }
        return true;
    }

    private static List<List<Integer>> permutations(int n) {
        List<List<Integer>> all = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < n; i++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> each : all) {
                for (int at = 0; at <= each.size(); at++) {
                    List<Integer> more = new ArrayList<>(each);
                    more.add(at, i);
                    longer.add(more);
                }
            }
            all = longer;
        }
        return all;
    }

    /** Returns the tokens of writers, by their new places. */
    String tokens(Map<Integer, Long> byWriter) {
        Map<Integer, Long> renamed = new TreeMap<>();
        byWriter.forEach((writer, left) -> renamed.put(writer(writer), left));
        return renamed.toString();
    }

    /** Returns the new place of a writer's token; -1 for one of nobody's. */
    int writer(int token) {
        return token < 0 ? token : writers.indexOf(token % ROUND) + token / ROUND * ROUND;
    }
}
