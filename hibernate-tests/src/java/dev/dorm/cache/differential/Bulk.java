package dev.dorm.cache.differential;

import org.hibernate.query.NativeQuery;

/** Steps that change rows by statements. */
final class Bulk {

    private Bulk() {}

    /** Which tables a native statement names. */
    enum Named {
        ENTITY,
        NOTHING
    }

    record HqlSet(int t, Kind kind, long id, String attribute, int number) implements Write {
        @Override
        public void run(Run run) {
            run.in(t, work -> work.session()
                    .createMutationQuery(
                            "update %s e set e.%s = :value where e.id = :id".formatted(kind.name(), attribute))
                    .setParameter(
                            "value", Values.of(kind.attribute(attribute).field().getType(), number))
                    .setParameter("id", id)
                    .executeUpdate());
        }
    }

    record HqlDelete(int t, Kind kind, long id) implements Write {
        @Override
        public void run(Run run) {
            run.in(t, work -> work.session()
                    .createMutationQuery("delete from %s e where e.id = :id".formatted(kind.name()))
                    .setParameter("id", id)
                    .executeUpdate());
        }
    }

    record NativeSet(int t, Kind kind, long id, String attribute, int number, Named named) implements Write {
        @Override
        public void run(Run run) {
            run.in(t, work -> {
                Attribute set = kind.attribute(attribute);
                NativeQuery<?> query = work.session()
                        .createNativeQuery("update %s set %s = %s where id = %d"
                                .formatted(
                                        kind.table(set),
                                        attribute,
                                        Values.literal(set.field().getType(), number),
                                        id));
                if (named == Named.ENTITY) {
                    query.addSynchronizedEntityClass(kind.type());
                }
                query.executeUpdate();
            });
        }
    }

    record HqlInsert(int t, Kind kind, long id, int number) implements Write {
        @Override
        public void run(Run run) {
            boolean counted =
                    kind.attributes(Role.VALUE).stream().anyMatch(a -> a.name().equals("amount"));
            run.in(t, work -> work.session()
                    .createMutationQuery((counted
                                    ? "insert into %s (id, name, amount) values (:id, :name, 7)"
                                    : "insert into %s (id, name) values (:id, :name)")
                            .formatted(kind.name()))
                    .setParameter("id", id)
                    .setParameter("name", Values.of(String.class, number))
                    .executeUpdate());
        }
    }

    record NativeDelete(int t, Kind kind, long id) implements Write {
        @Override
        public void run(Run run) {
            run.in(t, work -> {
                NativeQuery<?> query = work.session()
                        .createNativeQuery(
                                "delete from %s where id = %d".formatted(kind.table(kind.attribute("name")), id));
                query.addSynchronizedEntityClass(kind.type());
                query.executeUpdate();
            });
        }
    }
}
