package dev.dorm.cache.differential;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.annotations.OnDelete;
import org.jspecify.annotations.Nullable;

/** What a transaction has changed so far: what it reads of that, only its own database shows. */
final class Written {

    private static final Pattern ROW = Pattern.compile("(\\w+)#(\\d+)");

    private final Set<Kind> kinds = new LinkedHashSet<>();
    private final Set<String> rows = new LinkedHashSet<>();
    private final Set<Kind> reached = new LinkedHashSet<>();

    void add(Step step) {
        Kind kind = Programs.kind(step);
        kinds.addAll(Families.of(kind));
        if (!setsOneValue(step)) {
            reached.addAll(Families.of(kind));
        }
        rows.add(row(kind, Programs.id(step)));
    }

    /** Whether a row is among those. */
    boolean has(Kind kind, long id) {
        return rows.contains(row(kind, id));
    }

    private static String row(Kind kind, long id) {
        return kind.root().name() + "#" + id;
    }

    /**
     * Whether a unit may show what was changed: a row if it is among those, and everything else if it is about an entity
     * that belongs to one of them.
     *
     * @param unit what was read
     * @param kind what the step that read it is about
     */
    boolean shows(String unit, @Nullable Kind kind) {
        Matcher row = ROW.matcher(unit);
        if (!row.matches()) {
            return kinds.contains(kind);
        }
        Kind read = Kind.named(row.group(1));
        return kinds.contains(read)
                && (has(read, Long.parseLong(row.group(2)))
                        || reached.contains(read) && Families.of(read).stream().anyMatch(Written::reachesOthers));
    }

    /** A plain attribute of a row is shown by no other row. */
    private static boolean setsOneValue(Step step) {
        return step instanceof Writes.Set || step instanceof Bulk.HqlSet || step instanceof Bulk.NativeSet;
    }

    /** An entity's state tells who refers to it, and the database deletes rows along. */
    private static boolean reachesOthers(Kind kind) {
        return kind.attributes().stream()
                .anyMatch(attribute -> attribute.role() == Role.ONE_INVERSE
                        || attribute.field().isAnnotationPresent(OnDelete.class));
    }
}
