package dev.dorm.cache.differential;

import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.hibernate.CacheMode;
import org.jspecify.annotations.Nullable;

/** Makes a program of a seed. */
final class Generator {

    private static final int MOST_TRANSACTIONS = 4;

    private final Random random;
    private final Features features;
    private final List<Kind> kinds = new ArrayList<>();
    private final List<Supplier<@Nullable Step>> choices = new ArrayList<>();
    private final boolean[] open = new boolean[MOST_TRANSACTIONS + 1];
    private final boolean[] stateless = new boolean[MOST_TRANSACTIONS + 1];
    private final boolean[] foreign = new boolean[MOST_TRANSACTIONS + 1];
    private int number = 100;

    Generator(long seed, Features features) {
        this.random = new Random(seed);
        this.features = features;
    }

    Program program() {
        List<Setup> setups = features.setups().stream()
                .flatMap(each -> Collections.nCopies(each.weight(), each).stream())
                .toList();
        Setup setup = setups.get(random.nextInt(setups.size()));
        List<Kind> all = features.kinds();
        for (int families = 1 + random.nextInt(2); families > 0; families--) {
            List<Kind> family = new ArrayList<>(Families.of(all.get(random.nextInt(all.size()))));
            family.retainAll(all);
            kinds.addAll(family);
        }
        choose();
        int length = 6 + random.nextInt(24);
        int transactions = 1 + random.nextInt(MOST_TRANSACTIONS);
        boolean snapshots = random.nextInt(3) == 0;
        List<Step> steps = new ArrayList<>();
        while (steps.size() < length) {
            int t = 1 + random.nextInt(transactions);
            if (!open[t]) {
                Step begin = begin(t, transactions, snapshots);
                if (Duties.allow(setup, begin)) {
                    steps.add(begin);
                    open[t] = true;
                }
            } else if (random.nextInt(6) == 0) {
                steps.add(random.nextInt(6) == 0 ? new Sessions.Rollback(t) : new Sessions.Commit(t));
                open[t] = false;
            } else {
                current = t;
                Step step = choices.get(random.nextInt(choices.size())).get();
                if (step != null && features.allow(step) && Duties.allow(setup, step)) {
                    steps.add(step);
                }
            }
        }
        for (int t = 1; t <= transactions; t++) {
            if (open[t]) {
                steps.add(new Sessions.Commit(t));
            }
        }
        return new Program(setup, random.nextInt(3) != 0, List.copyOf(steps));
    }

    private int current;

    private Step begin(int t, int transactions, boolean snapshots) {
        int other = 1 + random.nextInt(transactions);
        if (other != t && open[other] && features.has(Feature.CHILD_SESSION) && random.nextInt(4) == 0) {
            stateless[t] = false;
            foreign[t] = foreign[other];
            boolean past = random.nextInt(past() ? 2 : 8) == 0 && features.has(Feature.PAST_CHILD_SESSION);
            return past ? new Sessions.PastChild(t, other) : new Sessions.Child(t, other);
        }
        Mode mode =
                switch (random.nextInt(past() ? 12 : 18)) {
                    case 0, 1 -> Mode.STATELESS;
                    case 2 -> Mode.OWN_CONNECTION;
                    case 3 -> Mode.OTHER_TENANT;
                    case 4 -> Mode.LOOSE;
                    case 5 -> Mode.LOOSE_STATELESS;
                    case 6, 7 -> past() ? Mode.PAST : Mode.STATEFUL;
                    case 8 -> past() ? Mode.PAST_STATELESS : Mode.PAST;
                    default -> Mode.STATEFUL;
                };
        if (!features.has(mode)) {
            mode = Mode.STATEFUL;
        }
        stateless[t] = mode.stateless();
        foreign[t] = mode == Mode.OTHER_TENANT;
        return new Sessions.Begin(
                t,
                random.nextInt(3) == 0 ? random.nextInt(3) == 0 ? Factory.C : Factory.B : Factory.A,
                snapshots && random.nextInt(2) == 0 ? Isolation.REPEATABLE_READ : Isolation.READ_COMMITTED,
                mode);
    }

    /** Whether the program is about an entity of which Hibernate keeps the past. */
    private boolean past() {
        return kinds.stream().anyMatch(Annals::keep);
    }

    /** Each program has a random part of all kinds of steps, so that it has more of these. */
    private void choose() {
        for (Choice choice : Choice.values()) {
            if (random.nextInt(2) == 0 || choice.always()) {
                for (int i = 0; i < choice.weight(); i++) {
                    choices.add(() -> make(choice));
                }
            }
        }
    }

    private Kind kind() {
        return kinds.get(random.nextInt(kinds.size()));
    }

    private long id(Kind kind) {
        return kind.rowId(1 + (random.nextInt(4) == 0 ? random.nextInt(Kind.SEEDED + 1) : 0));
    }

    private @Nullable Attribute any(List<Attribute> attributes) {
        return attributes.isEmpty() ? null : attributes.get(random.nextInt(attributes.size()));
    }

    private @Nullable Step make(Choice choice) {
        int t = current;
        Kind kind = kind();
        if (foreign[t] && !kind.ofTenants() && !features.has(Feature.SHARED_BY_TENANTS)) {
            return null;
        }
        long id = id(kind);
        Factory factory = Factory.values()[random.nextInt(Factory.values().length)];
        Attribute value = any(kind.attributes(Role.VALUE, Role.CODE));
        Attribute collection = any(kind.attributes(Role.ELEMENTS, Role.MANY, Role.MANY_INVERSE));
        Attribute own = any(kind.attributes(Role.ELEMENTS, Role.MANY));
        Attribute one = any(kind.attributes(Role.ONE));
        return switch (choice) {
            case FIND -> new Reads.Find(t, kind, id);
            case FIND_LOCKED -> new Reads.FindLocked(t, kind, id, lock(kind));
            case REFRESH -> new Reads.Refresh(t, kind, id);
            case FIND_ALL -> new Reads.FindAll(t, kind);
            case COLLECT -> collection == null ? null : new Reads.Collect(t, kind, id, collection.name());
            case BY_CODE -> kind.naturalId() == null ? null : new Reads.ByCode(t, kind, code());
            case ASK -> ask(t, kind);
            case SET -> value == null ? null : new Writes.Set(t, kind, id, value.name(), number++);
            case PERSIST -> new Writes.Persist(t, kind, id, number++);
            case REMOVE -> new Writes.Remove(t, kind, id);
            case DETACH -> new Writes.Detach(t, kind, id);
            case MERGE -> value == null ? null : new Writes.Merge(t, kind, id, value.name(), number++);
            case LINK -> one == null ? null : new Writes.Link(t, kind, id, one.name(), id(Kind.of(one.target())));
            case ADD ->
                own == null
                        ? null
                        : new Writes.Add(
                                t,
                                kind,
                                id,
                                own.name(),
                                own.role() == Role.ELEMENTS ? number++ : (int) id(Kind.of(own.target())));
            case DROP -> own == null ? null : new Writes.Drop(t, kind, id, own.name());
            case REPLACE -> own == null ? null : new Writes.Replace(t, kind, id, own.name());
            case HQL_SET -> value == null ? null : new Bulk.HqlSet(t, kind, id, value.name(), number++);
            case HQL_DELETE -> new Bulk.HqlDelete(t, kind, id);
            case NATIVE_SET ->
                value == null
                        ? null
                        : new Bulk.NativeSet(
                                t,
                                kind,
                                id,
                                value.name(),
                                number++,
                                random.nextInt(4) == 0 ? Bulk.Named.NOTHING : Bulk.Named.ENTITY);
            case FLUSH -> new Sessions.Flush(t);
            case CLEAR -> new Sessions.Clear(t);
            case CACHING -> new Sessions.Caching(t, any());
            case EVICT_ROW -> new Evictions.EvictRow(factory, kind, id);
            case EVICT_ROWS -> new Evictions.EvictRows(factory, kind);
            case EVICT_COLLECTIONS ->
                collection == null ? null : new Evictions.EvictCollections(factory, kind, collection.name());
            case MERGE_NEW -> new Writes.MergeNew(t, kind, id, number++);
            case UPSERT -> new Writes.Upsert(t, kind, id, number++);
            case ANEW ->
                Families.of(kind).size() == 1
                                && kind.naturalId() == null
                                && kind.attributes(Role.ELEMENTS).isEmpty()
                                && kind.attributes().stream()
                                        .allMatch(a -> a.secondaryTable().isEmpty())
                        ? new Writes.Anew(t, kind, id, number++)
                        : null;
            case HQL_INSERT -> new Bulk.HqlInsert(t, kind, id, number++);
            case NATIVE_DELETE -> new Bulk.NativeDelete(t, kind, id);
            case REFERENCE -> new Reads.Reference(t, kind, id);
            case LOCK -> new Reads.Lock(t, kind, id, lock(kind));
            case ASK_LOCKED -> new Queries.AskLocked(t, kind, lock(kind));
            case FILTER -> new Sessions.Filter(t);
            case EVICT_QUERIES -> new Evictions.EvictQueries(factory);
        };
    }

    private int code() {
        return random.nextInt(3) == 0 ? number - 1 : 1 + random.nextInt(Kind.SEEDED);
    }

    private CacheMode any() {
        CacheMode[] modes = CacheMode.values();
        return modes[random.nextInt(modes.length)];
    }

    private LockModeType lock(Kind kind) {
        LockModeType[] plain = {LockModeType.PESSIMISTIC_READ, LockModeType.PESSIMISTIC_WRITE, LockModeType.NONE};
        LockModeType[] versioned = {
            LockModeType.OPTIMISTIC,
            LockModeType.OPTIMISTIC_FORCE_INCREMENT,
            LockModeType.PESSIMISTIC_FORCE_INCREMENT,
            LockModeType.PESSIMISTIC_WRITE,
            LockModeType.WRITE
        };
        LockModeType[] modes = kind.versioned() ? versioned : plain;
        return modes[random.nextInt(modes.length)];
    }

    private @Nullable Step ask(int t, Kind kind) {
        Shape[] shapes = Shape.values();
        Shape shape = shapes[random.nextInt(shapes.length)];
        boolean cacheable = random.nextInt(5) != 0 && (!stateless[t] || features.has(Feature.STATELESS_QUERY));
        boolean paged = shape == Shape.FETCH_PAGE || (shape != Shape.FETCH && random.nextInt(5) == 0);
        int page = paged ? 1 + random.nextInt(2) : 0;
        return shape.fits(kind) ? new Queries.Ask(t, kind, shape, cacheable, page) : null;
    }
}
