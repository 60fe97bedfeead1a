package dev.dorm.cache.differential;

import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hibernate.Hibernate;
import org.hibernate.SharedSessionContract;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.Query;

/** Steps that ask queries. */
final class Queries {

    private Queries() {}

    /** Asks a query; page 0 is all of its result, page n the n-th row. */
    record Ask(int t, Kind kind, Shape shape, boolean cacheable, int page) implements Step {
        @Override
        public void run(Run run) {
            run.in(t, work -> {
                List<?> rows = list(work, cacheable);
                run.see(
                        "\"" + shape.of(kind) + "\"" + (page > 0 ? " page " + page : ""),
                        texts(rows, shape),
                        probe -> texts(list(probe, false), shape));
                for (Object row : rows) {
                    for (Object column : row instanceof Object[] columns ? columns : new Object[] {row}) {
                        see(run, column);
                    }
                }
            });
        }

        private void see(Run run, Object column) {
            Object entity = Hibernate.unproxy(column);
            if (entity != null && Kind.isEntity(entity.getClass())) {
                Kind real = Kind.of(entity.getClass());
                run.seeRow(real.root(), real.id(entity), entity);
                if (shape.fetches()) {
                    fetched(run, real, entity);
                }
            }
        }

        private void fetched(Run run, Kind real, Object row) {
            Attribute collection =
                    real.attributes(Role.ELEMENTS, Role.MANY, Role.MANY_INVERSE).get(0);
            long id = real.id(row);
            run.see(real.root() + "#" + id + "." + collection.name(), Texts.elements(collection.get(row)), probe -> {
                Object owner = probe.find(real, id);
                return owner == null ? Texts.NONE : Texts.elements(collection.get(owner));
            });
        }

        private List<?> list(Work work, boolean caching) {
            SharedSessionContract session = work.session();
            String text = shape.of(kind);
            Query<?> query;
            if (shape == Shape.NATIVE_ROWS) {
                query = session.createNativeQuery(text, kind.type());
            } else if (shape == Shape.NATIVE_NAMES) {
                NativeQuery<?> names = session.createNativeQuery(text, String.class);
                query = names.addSynchronizedEntityClass(kind.type());
            } else {
                query = session.createQuery(text, Object.class);
            }
            if (shape == Shape.PARAMETER) {
                query.setParameter("id", kind.rowId(2));
            }
            // Hibernate refuses it to a session that reads the past.
            query.setCacheable(caching && !work.mode().past());
            if (page > 0) {
                query.setFirstResult(page - 1).setMaxResults(1);
            }
            return query.list();
        }
    }

    /** Asks for all rows with a lock. */
    record AskLocked(int t, Kind kind, LockModeType mode) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> work.stateful()
                    .createQuery(Shape.ROWS.of(kind), Object.class)
                    .setLockMode(mode)
                    .list()
                    .forEach(row -> {
                        Kind real = Kind.of(row.getClass());
                        run.seeRow(real.root(), real.id(row), row);
                    }));
        }
    }

    private static String texts(List<?> rows, Shape shape) {
        List<String> texts = new ArrayList<>();
        for (Object row : rows) {
            texts.add(
                    row instanceof Object[] array
                            ? Arrays.stream(array).map(Texts::element).toList().toString()
                            : Texts.element(row));
        }
        if (shape == Shape.JOINED) {
            texts.sort(null);
        }
        return texts.toString();
    }
}
