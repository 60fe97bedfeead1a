package dev.dorm.cache.internal.hibernate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a fetch join that Hibernate did not read, and recorded as null. Their rows then bring nothing that an earlier
 * row has not, and lack something that it has.
 *
 * <p>Hibernate: when an entity stands in several rows and the session had it before, with its collections, only the first of
 * these rows is read ({@code EntityInitializerImpl.notifySubInitializersToReusePreviousRowInstance}). The result seems to say
 * that each collection has one element.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code FetchJoinsIT#askedAfterItsCollectionsWereLoaded} stays green without it.
 */
public final class SkippedColumns {

    /** As Hibernate names what it selects from: {@code c1_0.id}, where {@code c1_1} would be the same one's second table. */
    private static final Pattern ALIAS = Pattern.compile("\\b([a-z_]+\\w*\\d)_\\d+\\.", Pattern.CASE_INSENSITIVE);

    private static final String FROM = " from ";

    /** So many kinds of rows, by which of their values are null, are looked at: beyond that nothing is cached. */
    private static final int MAX_KINDS = 64;

    private SkippedColumns() {}

    /** Returns whether all columns were read, as far as a query's rows can tell. */
    public static boolean none(String sql, List<?> results) {
        return isOfOneEntity(sql) || !lacksSomething(rows(results));
    }

    /** Without a second entity or collection there is no fetch join. */
    private static boolean isOfOneEntity(String sql) {
        int from = sql.indexOf(FROM);
        Matcher alias = ALIAS.matcher(from < 0 ? sql : sql.substring(0, from));
        Set<String> selected = new HashSet<>();
        while (alias.find()) {
            selected.add(alias.group(1));
        }
        return selected.size() == 1;
    }

    private static List<Object[]> rows(List<?> results) {
        return results.stream()
                .filter(row -> row != null && row.getClass() == Object[].class)
                .map(Object[].class::cast)
                .toList();
    }

    private static boolean lacksSomething(List<@Nullable Object[]> rows) {
        Map<BitSet, Set<Values>> kinds = new HashMap<>();
        for (@Nullable Object[] row : rows) {
            kinds.computeIfAbsent(present(row), kind -> new HashSet<>());
        }
        if (kinds.size() == 1) {
            return false;
        }
        if (kinds.size() > MAX_KINDS) {
            return true;
        }
        for (@Nullable Object[] row : rows) {
            BitSet present = present(row);
            Set<Values> fuller = kinds.get(present);
            if (fuller != null && fuller.contains(Values.of(row, present))) {
                return true;
            }
            kinds.forEach((kind, seen) -> {
                if (!kind.equals(present) && includes(present, kind)) {
                    seen.add(Values.of(row, kind));
                }
            });
        }
        return false;
    }

    private static boolean includes(BitSet all, BitSet some) {
        BitSet rest = (BitSet) some.clone();
        rest.andNot(all);
        return rest.isEmpty();
    }

    private static BitSet present(@Nullable Object[] row) {
        BitSet present = new BitSet(row.length);
        for (int i = 0; i < row.length; i++) {
            present.set(i, row[i] != null);
        }
        return present;
    }

    /** Some of a row's values, which are equal if the database's are. */
    private record Values(@Nullable Object[] of) {

        static Values of(@Nullable Object[] row, BitSet columns) {
            return new Values(columns.stream().mapToObj(i -> row[i]).toArray());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Values that && Arrays.deepEquals(of, that.of);
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(of);
        }
    }
}
