package dev.dorm.cache.values;

import dev.dorm.cache.internal.metrics.Counter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hibernate.CacheMode;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;

/** Checks one row of a generated entity in two processes, over one database and one store. */
final class RowCheck {

    /** How often a row is read until it must be cached: the first load may only learn what stands in the way of its puts. */
    private static final int FILLS = 6;

    private static final Pattern SUBJECT = Pattern.compile("^.*? is (a|of type) \\S+");

    private final MadeEntity made;
    private final Way way;
    private List<Jvm> jvms;
    private MadeRow row;
    private boolean steady;
    private final Map<Jvm, Truth> truths = new IdentityHashMap<>();
    private final long number;
    private final Map<Attribute, Object> set;
    private final String value;
    private final List<Finding> findings;
    private final Tally tally;

    RowCheck(
            MadeEntity made,
            Way way,
            List<Jvm> jvms,
            long number,
            Map<Attribute, Object> set,
            List<Finding> findings,
            Tally tally) {
        this.made = made;
        this.way = way;
        this.jvms = jvms;
        this.number = number;
        this.set = set;
        this.value = set.values().stream().map(Picture::of).toList().toString();
        this.findings = findings;
        this.tally = tally;
    }

    /** Persists the row, and looks what it is without a cache; a value that Hibernate or the database refuses is passed over. */
    boolean prepare() {
        Object entity = jvms.get(0).in(() -> made.make(number, set));
        try {
            jvms.get(0).in(() -> {
                persist(jvms.get(0).factory().get(), entity);
                return null;
            });
            row = new MadeRow(made, number, set.keySet(), MadeEntity.get(entity, "id"));
            truths();
            return true;
        } catch (RuntimeException e) {
            tally.refused(e);
            return false;
        }
    }

    /** One of three rows before its transaction begins, when the database does not yet give out ids. */
    private void persist(SessionFactory factory, Object entity) {
        try (Session session = factory.openSession()) {
            Transaction transaction = session.getTransaction();
            try {
                if (number % 3 == 0) {
                    session.persist(entity);
                    transaction.begin();
                } else {
                    transaction.begin();
                    session.persist(entity);
                }
                transaction.commit();
            } catch (RuntimeException e) {
                if (transaction.isActive()) {
                    transaction.rollback();
                }
                throw e;
            }
        }
    }

    /** Reads and changes the row through the cache; says whether all was right. */
    boolean check() {
        int before = findings.size();
        for (Jvm jvm : jvms) {
            guarded(jvm, () -> reads(jvm, truth(jvm)));
        }
        return findings.size() == before;
    }

    /** Whether writing the row once more leaves it as it is; where another attribute makes each read write, that matters. */
    boolean isSteady() {
        return steady;
    }

    Map<Attribute, Object> set() {
        return set;
    }

    /** What each process reads and writes without a cache. */
    private void truths() {
        for (Jvm jvm : jvms) {
            uncached(jvm);
        }
        Map<Jvm, Map<String, String>> columns = new IdentityHashMap<>();
        for (Jvm jvm : jvms) {
            columns.put(jvm, baseline(jvm));
        }
        if (columns.values().stream().distinct().count() > 1) {
            // What one writes the other reads in another way, and writes back in its own.
            tally.refused(new IllegalStateException("the processes write one value in two ways"));
            jvms = jvms.subList(0, 1);
            columns.put(jvms.get(0), baseline(jvms.get(0)));
        }
        steady = baseline(jvms.get(0)).equals(columns.get(jvms.get(0)));
        for (Jvm jvm : jvms) {
            truths.put(jvm, new Truth(uncached(jvm), columns.get(jvm), dirtyByItself(jvm)));
        }
    }

    /** Where each write changes the value, there is another truth after each. */
    private Truth truth(Jvm jvm) {
        Truth truth = truths.get(jvm);
        return steady ? truth : new Truth(uncached(jvm), truth.columns(), truth.dirty());
    }

    private record Truth(Map<String, String> picture, Map<String, String> columns, boolean dirty) {}

    private void guarded(Jvm jvm, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException e) {
            find(jvm, "fails on a hit", "as the database", String.valueOf(e));
        }
    }

    private void reads(Jvm jvm, Truth truth) {
        long undecodable = jvm.factory().count(Counter.MISS_UNDECODABLE);
        int told = jvm.heard().size();
        Map<Counter, Long> counted = counters(jvm);
        boolean hit = false;
        for (int i = 0; i < FILLS && !hit; i++) {
            jvm.factory().statements().clear();
            Map<String, String> found = read(jvm, CacheMode.NORMAL);
            List<String> statements = jvm.factory().statements().all();
            hit = statements.stream().noneMatch(sql -> sql.startsWith("select"));
            same(jvm, hit ? "a hit differs" : "a miss differs", truth.picture(), found);
            if (!truth.dirty() && !written(jvm).isEmpty()) {
                find(jvm, "a flush without a change writes", "no statement", statements.toString());
            }
        }
        tally.row(hit);
        if (jvm.factory().count(Counter.MISS_UNDECODABLE) > undecodable && !maySurprise(hit)) {
            find(jvm, "what was put is rejected when it is read", "a hit, or not put", "rejected");
        }
        if (!hit && set.size() == 1 && isCached(set.keySet().iterator().next())) {
            find(
                    jvm,
                    "is not cached, though it can be",
                    "a hit",
                    since(jvm, told).toString());
        }
        warned(jvm, hit, truth.dirty(), since(jvm, told), counted);
        shares(jvm, truth);
        queries(jvm, truth);
        changes(jvm, truth);
    }

    /** What is not cached is warned of once, by its name; what is cached is not, nor need be what each read writes. */
    private void warned(Jvm jvm, boolean hit, boolean dirty, List<String> now, Map<Counter, Long> counted) {
        if (now.size() > (hit ? 0 : 1) && set.size() == 1) {
            find(jvm, "more is warned of than there is", hit ? "no warning" : "one warning", now.toString());
        }
        if (!hit && !dirty && jvm.heard().stream().noneMatch(this::isOfThis)) {
            find(
                    jvm,
                    "never a hit, and no warning",
                    "a hit, or a warning",
                    now + " " + since(jvm, counted) + " "
                            + jvm.factory().statements().all());
        }
    }

    private boolean isOfThis(String warning) {
        return warning.contains(made.entityName())
                && (warning.contains("$E.id")
                        || warning.contains("$E.natural id")
                        || set.keySet().stream().anyMatch(each -> warning.contains("$E." + each.name())));
    }

    private static List<String> since(Jvm jvm, int told) {
        return List.copyOf(jvm.heard().subList(told, jvm.heard().size()));
    }

    /** Whether every value of an attribute can be cached. */
    private boolean isCached(Attribute attribute) {
        return attribute.kind().equals("bean") && way.beans()
                || attribute.kind().startsWith("converted")
                || attribute.kind().startsWith("user type");
    }

    /** What a type assembles of what it has just taken apart, and not of what is read, is found out by reading it. */
    private boolean maySurprise(boolean hit) {
        return !hit && set.keySet().stream().anyMatch(each -> each.kind().contains("Forgetful"));
    }

    private static Map<Counter, Long> counters(Jvm jvm) {
        Map<Counter, Long> counters = new LinkedHashMap<>();
        for (Counter counter : Counter.values()) {
            counters.put(counter, jvm.factory().count(counter));
        }
        return counters;
    }

    private static Map<Counter, Long> since(Jvm jvm, Map<Counter, Long> before) {
        Map<Counter, Long> now = counters(jvm);
        now.replaceAll((counter, count) -> count - before.get(counter));
        now.values().removeIf(count -> count == 0);
        return now;
    }

    private static List<String> written(Jvm jvm) {
        return jvm.factory().statements().all().stream()
                .filter(sql -> !sql.startsWith("select"))
                .toList();
    }

    private boolean dirtyByItself(Jvm jvm) {
        jvm.factory().statements().clear();
        read(jvm, CacheMode.IGNORE);
        // Whether two of these have the same bytes is chance.
        return !written(jvm).isEmpty() || value.contains("Hash") && Picture.isHashedByIdentity(value);
    }

    /** What one session does to its values is not seen by another. */
    private void shares(Jvm jvm, Truth truth) {
        jvm.in(() -> {
            try (Session session = jvm.factory().get().openSession()) {
                session.setHibernateFlushMode(FlushMode.MANUAL);
                Object entity = row.find(session);
                for (Attribute attribute : set.keySet()) {
                    Poke.at(MadeEntity.get(entity, attribute.name()), AnyValues.DEPTH + 4);
                }
            }
            return null;
        });
        same(jvm, "what one session changed another one sees", truth.picture(), read(jvm, CacheMode.NORMAL));
    }

    /** Another attribute is changed on a hit: the others stay in the database as they were. */
    private void changes(Jvm jvm, Truth truth) {
        read(jvm, CacheMode.NORMAL);
        rename(jvm, CacheMode.NORMAL, "changed on a hit");
        Map<String, String> columns = in(jvm, row::columns);
        if (steady && !columns.equals(truth.columns())) {
            find(
                    jvm,
                    "the database was changed beside the change",
                    difference(truth.columns(), columns),
                    difference(columns, truth.columns()));
        }
        for (Jvm each : jvms) {
            Map<String, String> now = uncached(each);
            if (steady && each == jvm) {
                same(each, "the database has another value after a change of another attribute", truth.picture(), now);
            }
            read(each, CacheMode.NORMAL);
            same(each, "a hit differs after a change of another attribute", now, read(each, CacheMode.NORMAL));
        }
    }

    private static String difference(Map<String, String> one, Map<String, String> other) {
        Map<String, String> different = new TreeMap<>(one);
        different.entrySet().removeAll(other.entrySet());
        return different.toString();
    }

    /** Columns of query results, alone, in a tuple and in a constructor's arguments. */
    private void queries(Jvm jvm, Truth truth) {
        if (set.size() != 1) {
            return;
        }
        List<String> asked = MadeRow.queries(made, set.keySet().iterator().next());
        String hql = asked.get((int) (number % asked.size()));
        String expected;
        try {
            expected = result(jvm, hql, false);
        } catch (RuntimeException e) {
            // Not every attribute can be selected.
            return;
        }
        int told = jvm.heard().size();
        long undecodable = jvm.factory().count(Counter.MISS_UNDECODABLE);
        for (int i = 0; i < FILLS; i++) {
            String found = result(jvm, hql, true);
            if (!found.equals(expected)) {
                find(jvm, (i == 0 ? "a query's miss differs: " : "a query's hit differs: ") + hql, expected, found);
            }
        }
        if (jvm.factory().count(Counter.MISS_UNDECODABLE) > undecodable && !maySurprise(false)) {
            find(jvm, "a query's result that was put is rejected: " + hql, "a hit, or not put", "rejected");
        }
        List<String> warnings = since(jvm, told);
        // A set that is ordered by chance is refused for another of its elements each time.
        if (warnings.size()
                > warnings.stream().map(RowCheck::subject).distinct().count()) {
            find(jvm, "a query is warned of more than once: " + hql, "one warning", warnings.toString());
        }
    }

    /** A warning up to the name of the class that it is about. */
    private static String subject(String warning) {
        return SUBJECT.matcher(warning)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElse(warning);
    }

    private String result(Jvm jvm, String hql, boolean cacheable) {
        return in(jvm, session -> row.result(session, hql, cacheable));
    }

    /** The columns, after Hibernate has written the row without a cache. */
    private Map<String, String> baseline(Jvm jvm) {
        rename(jvm, CacheMode.IGNORE, "changed without a cache");
        return in(jvm, row::columns);
    }

    private void rename(Jvm jvm, CacheMode mode, String name) {
        in(jvm, session -> {
            row.rename(session, mode, name + " " + System.nanoTime());
            return null;
        });
    }

    private Map<String, String> uncached(Jvm jvm) {
        return read(jvm, CacheMode.IGNORE);
    }

    private Map<String, String> read(Jvm jvm, CacheMode mode) {
        return in(jvm, session -> row.picture(session, mode));
    }

    private static <T> T in(Jvm jvm, Function<Session, T> work) {
        return jvm.in(() -> jvm.factory().fromTransaction(work));
    }

    private void same(Jvm jvm, String what, Map<String, String> expected, Map<String, String> found) {
        if (!found.equals(expected)) {
            find(jvm, what, difference(expected, found), difference(found, expected));
        }
    }

    private void find(Jvm jvm, String what, String expected, String found) {
        findings.add(new Finding(
                what, new ArrayList<>(set.keySet()), jvm + ", " + way + ", " + made.id(), value, expected, found));
    }
}
