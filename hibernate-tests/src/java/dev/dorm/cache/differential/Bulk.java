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

    record HqlSet(int t, Kind kind, long id, String attribute, int number) implements Step {
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

    record HqlDelete(int t, Kind kind, long id) implements Step {
        @Override
        public void run(Run run) {
            run.in(t, work -> work.session()
                    .createMutationQuery("delete from %s e where e.id = :id".formatted(kind.name()))
                    .setParameter("id", id)
                    .executeUpdate());
        }
    }

    record NativeSet(int t, Kind kind, long id, String attribute, int number, Named named) implements Step {
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
}
